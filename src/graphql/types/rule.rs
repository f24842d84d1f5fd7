//! The rules of the law and of the house, as the register lists them.

use super::day;
use crate::graphql::codes::Code;
use crate::graphql::scalars::{Date, Decimal};
use async_graphql::SimpleObject;
use chrono::NaiveDate;
use domain::law::register::{ClockStart, Confidence, RuleUnit};
use domain::law::{Country, Law, RuleEntry};

/// A rule as it held between two days. A rule whose value changed is told once for each value.
#[derive(SimpleObject)]
pub struct Rule {
    /// Its stable code, such as PIIS_SIGNATURE: a code of the list RuleCode, or the name that the house gave to a deadline.
    code: String,
    /// The label in French.
    fr: String,
    /// The label in Dutch.
    nl: String,
    /// The label in English.
    en: String,
    /// The country whose law it is; null for a deadline of the house.
    country: Option<Code<Country>>,
    /// The article or text; for a deadline of the house the kinds of event that start and answer it.
    article: String,
    /// Where it was read.
    source: String,
    /// How sure it is.
    confidence: Code<Confidence>,
    /// What starts the clock, if it is a period.
    starts: Code<ClockStart>,
    /// How much, in the unit.
    amount: Decimal,
    /// What it is counted in.
    unit: Code<RuleUnit>,
    /// First day on which it held with that value; the oldest one of a rule reaches further back.
    from: Date,
    /// Last day, inclusive; null if it holds on.
    until: Option<Date>,
    /// The rule set that began it, as events name it; null for a deadline of the house.
    rule_set: Option<String>,
}

/// A set of rules that were in force together: events name the one that swayed them.
#[derive(SimpleObject)]
pub struct RuleSet {
    /// Its stable name, such as be-2016-11-01, or be-2016-11-01+house-2021-01-01 where the house changed it.
    id: String,
    /// The country whose law it is.
    country: Code<Country>,
    /// True if it is of the Brussels Region, beside the federal set of that day.
    regional: bool,
    /// True if the house changed it.
    house: bool,
    /// First day in force; the first set of each family reaches further back.
    from: Date,
    /// Last day in force, inclusive; null for the set in force now.
    until: Option<Date>,
}

impl From<RuleEntry> for Rule {
    fn from(entry: RuleEntry) -> Self {
        let [fr, nl, en] = entry.labels.map(String::from);
        Self {
            code: entry.code.into(),
            fr,
            nl,
            en,
            country: entry.country.map(Code),
            article: entry.article.into(),
            source: entry.source.into(),
            confidence: Code(entry.confidence),
            starts: Code(entry.starts),
            amount: Decimal(entry.parameter.amount.to_string()),
            unit: Code(entry.parameter.unit),
            from: Date(entry.from),
            until: day(entry.until),
            rule_set: entry.rule_set.map(str::to_owned),
        }
    }
}

impl Rule {
    /// Every rule, or those of a day or a country; what the house asks for is told with any country.
    pub(crate) fn all(law: &Law, on: Option<NaiveDate>, country: Option<Country>) -> Vec<Self> {
        let entries = on.map_or_else(|| law.register(), |on| law.register_on(on));
        let wanted = |entry: &RuleEntry| country.is_none() || entry.country.is_none() || entry.country == country;
        entries.into_iter().filter(wanted).map(Into::into).collect()
    }
}

impl RuleSet {
    /// Every set: the Belgian family, that of Brussels, the French one, each in order of its days.
    pub(crate) fn all(law: &Law) -> Vec<Self> {
        let set = |id: &str, country, from, until| Self {
            id: id.to_owned(),
            country: Code(country),
            regional: id.starts_with("bru-"),
            house: id.contains("+house-"),
            from: Date(from),
            until: day(until),
        };
        let belgian = law.sets().map(|it| set(it.id, Country::Belgium, it.from, it.until));
        let brussels = law.brussels_sets().map(|it| set(it.id, Country::Belgium, it.from, it.until));
        let french = law.france_sets().map(|it| set(it.id, Country::France, it.from, it.until));
        belgian.chain(brussels).chain(french).collect()
    }
}
