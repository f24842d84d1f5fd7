//! A deadline in words: what was counted from which day, by which rule.

use super::{Deadline, PeriodUnit};
use crate::codes::{CodeList, codes};
use chrono::{Datelike, Weekday};

codes! {
    /// The languages in which trajet explains itself.
    Language {
        /// French.
        Fr = "FR" ("français", "Frans", "French"),
        /// Dutch.
        Nl = "NL" ("néerlandais", "Nederlands", "Dutch"),
        /// English.
        En = "EN" ("anglais", "Engels", "English"),
    }
}

impl Deadline {
    /// One sentence that says how the last day was found; it names no person.
    #[must_use]
    pub fn explanation(&self, language: Language) -> String {
        let mut text = self.counted_in_words(language);
        if let Some(article) = self.kind.article() {
            text.push_str(&format!(" ({article})"));
        }
        if let Some(rule_set) = &self.rule_set {
            text.push_str(&format!(" [{rule_set}]"));
        }
        if matches!(self.due_on.weekday(), Weekday::Sat | Weekday::Sun) {
            text.push_str(match language {
                Language::Fr => " ; le dernier jour tombe un week-end et n'est pas reporté",
                Language::Nl => "; de laatste dag valt in een weekend en wordt niet verschoven",
                Language::En => "; the last day falls on a weekend and is not moved",
            });
        }
        text
    }

    fn counted_in_words(&self, language: Language) -> String {
        let (due, from) = (self.due_on, self.counted.from);
        if self.counted.unit == PeriodUnit::Given {
            return match language {
                Language::Fr => format!("jour convenu : {due}"),
                Language::Nl => format!("afgesproken dag: {due}"),
                Language::En => format!("day agreed on: {due}"),
            };
        }
        let labels = self.counted.unit.labels();
        let amount = self.counted.amount;
        match language {
            Language::Fr => format!("{amount} {} à compter du {from} : {due} inclus", labels.fr),
            Language::Nl => format!("{amount} {} vanaf {from}: tot en met {due}", labels.nl),
            Language::En => format!("{amount} {} from {from}: {due} inclusive", labels.en),
        }
    }
}
