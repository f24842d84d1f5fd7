//! A deadline in words: what was counted from which day, by which rule.

use super::{Deadline, PeriodUnit};
use crate::codes::{CodeList, Labels, codes};
use crate::law::{Country, Law};
use chrono::{Datelike, NaiveDate, Weekday};

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

/// What a day that is no working day is: a legal holiday, else a Saturday or Sunday.
fn day_off(day: NaiveDate) -> Option<Labels> {
    let holiday = Country::Belgium.holiday(day).map(|holiday| holiday.name);
    holiday.or(match day.weekday() {
        Weekday::Sat => Some(Labels { fr: "un samedi", nl: "een zaterdag", en: "a Saturday" }),
        Weekday::Sun => Some(Labels { fr: "un dimanche", nl: "een zondag", en: "a Sunday" }),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => None,
    })
}

impl Deadline {
    /// One sentence that says how the last day was found; it names no person.
    #[must_use]
    pub fn explanation(&self, law: &Law, language: Language) -> String {
        let mut text = self.counted_in_words(language);
        if let Some(rule) = self.rule(law) {
            text.push_str(&format!(" ({}; {})", rule.article, rule.source));
        }
        if let Some(rule_set) = &self.rule_set {
            text.push_str(&format!(" [{rule_set}]"));
        }
        if let Some(day) = day_off(self.due_on) {
            text.push_str(&match language {
                Language::Fr => format!(" ; le dernier jour est {} et n'est pas reporté", day.fr),
                Language::Nl => format!("; de laatste dag is {} en wordt niet verschoven", day.nl),
                Language::En => format!("; the last day is {} and is not moved", day.en),
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
