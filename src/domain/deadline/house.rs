//! The deadlines of the house: so long after one kind of event, until another kind answers it.
//!
//! Two events belong together if they name the same inner thing (an engagement, a project …); where either names
//! none, the person binds them: a follow-up is of the person, whichever engagement ended.

use super::{Count, Deadline, Kind, Mark, Unit};
use crate::codes::Measure;
use crate::contract;
use crate::fact::Fact;
use crate::history::{Entry, History};
use crate::ids::{EngagementId, OrganisationId};
use crate::law::Law;
use crate::law::house::HouseDeadline;
use crate::law::register::RuleUnit;
use crate::wire;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) fn deadlines(history: &History, law: &Law) -> Vec<Deadline> {
    let mut desk = Desk { law, engagements: contract::State::of(history), open: Vec::new() };
    let entries: Vec<(Entry<'_>, &'static str)> =
        history.entries().map(|entry| (entry, wire::kind(entry.fact))).collect();
    for (entry, kind) in &entries {
        desk.begin(entry, kind, history.stream().id);
    }
    for (entry, kind) in &entries {
        desk.answer(entry, kind);
    }
    desk.open.into_iter().map(|one| one.deadline).collect()
}

/// A deadline, with what answers it.
struct Open<'a> {
    deadline: Deadline,
    rule: &'a HouseDeadline,
    /// The inner thing of its clock, by the name of the field.
    thing: Option<(&'static str, Uuid)>,
}

struct Desk<'a> {
    law: &'a Law,
    engagements: contract::State,
    open: Vec<Open<'a>>,
}

impl<'a> Desk<'a> {
    fn begin(&mut self, entry: &Entry<'_>, kind: &str, person: Uuid) {
        let house = self.law.house_on(entry.on);
        for rule in house.deadlines.iter().filter(|rule| rule.after == kind) {
            let thing = inner_thing(entry.fact);
            let measure = thing.and_then(|thing| self.measure(thing));
            let wanted = rule.measures.is_empty() || measure.is_some_and(|measure| rule.measures.contains(&measure));
            if wanted && !self.goes_on(entry) {
                let of = thing.map_or(person, |(_, id)| id);
                let counted = Count { amount: rule.amount, unit: unit(rule.unit), from: entry.on };
                let mut deadline = Deadline::new(Kind::House, of, Mark::of(entry), counted, rule.due_on(entry.on));
                deadline.house = Some(rule.code.clone());
                deadline.organisation = self.organisation(thing);
                self.open.push(Open { deadline, rule, thing });
            }
        }
    }

    fn answer(&mut self, entry: &Entry<'_>, kind: &str) {
        let begins = matches!(entry.fact, Fact::Contract(contract::Event::Started { .. }));
        for one in &mut self.open {
            let answers = one.rule.until == kind && one.rule.counts_from(one.deadline.clock.on) <= entry.on;
            if answers && may_belong(one.thing, inner_thing(entry.fact)) {
                one.deadline.close(Mark::of(entry), true);
            } else if one.rule.after != ENDED && over(one.thing, entry.fact) {
                // What was owed during an engagement is not owed after it.
                one.deadline.close(Mark::of(entry), false);
            } else if begins && one.rule.after == ENDED && one.deadline.clock.on < entry.on {
                // Back in an engagement: who left is not asked any more how it went.
                one.deadline.close(Mark::of(entry), false);
            }
        }
    }

    /// True for the end of an engagement that another one follows without a gap: nobody left.
    fn goes_on(&self, entry: &Entry<'_>) -> bool {
        let Fact::Contract(contract::Event::Ended { engagement, .. }) = entry.fact else { return false };
        let follows = |start: NaiveDate| start > entry.on && Some(start) == entry.on.succ_opt();
        let mut others = self.engagements.engagements.iter().filter(|(id, _)| *id != engagement);
        others.any(|(_, other)| other.started_on.is_some_and(follows))
    }

    fn engagement(&self, (name, id): (&str, Uuid)) -> Option<&contract::Engagement> {
        (name == "engagement").then(|| self.engagements.engagements.get(&EngagementId(id))).flatten()
    }

    fn measure(&self, thing: (&'static str, Uuid)) -> Option<Measure> {
        Some(self.engagement(thing)?.terms.as_ref()?.measure)
    }

    fn organisation(&self, thing: Option<(&'static str, Uuid)>) -> Option<OrganisationId> {
        Some(self.engagement(thing?)?.terms.as_ref()?.organisation.clone())
    }
}

/// True for the end of the engagement that a deadline is about.
fn over(thing: Option<(&'static str, Uuid)>, fact: &Fact) -> bool {
    let Fact::Contract(contract::Event::Ended { engagement, .. }) = fact else { return false };
    thing == Some(("engagement", engagement.0))
}

/// The end of an engagement, as it is stored.
const ENDED: &str = "EngagementEnded";

/// The names of the fields by which an event says of which inner thing it is, the narrowest first.
const THINGS: [&str; 8] = ["engagement", "piis", "pathway", "grant", "orientation", "hire", "operation", "assessment"];

fn inner_thing(fact: &Fact) -> Option<(&'static str, Uuid)> {
    let fields: BTreeMap<_, _> = wire::to_json(fact).into_iter().collect();
    THINGS.into_iter().find_map(|name| Some((name, fields.get(name)?.as_str()?.parse().ok()?)))
}

/// True unless both name a thing of one sort, and not the same one.
fn may_belong(one: Option<(&str, Uuid)>, other: Option<(&str, Uuid)>) -> bool {
    match (one, other) {
        (Some((sort, one)), Some((same, other))) if sort == same => one == other,
        _ => true,
    }
}

const fn unit(unit: RuleUnit) -> Unit {
    match unit {
        RuleUnit::WorkingDays => Unit::WorkingDays,
        RuleUnit::Months | RuleUnit::Years => Unit::Months,
        RuleUnit::CalendarDays
        | RuleUnit::DaysOfWork
        | RuleUnit::Hours
        | RuleUnit::Age
        | RuleUnit::Times
        | RuleUnit::Euros
        | RuleUnit::Percent
        | RuleUnit::Holds => Unit::CalendarDays,
    }
}
