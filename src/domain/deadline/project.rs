//! The integration project (PIIS / GPMI): its signature, its evaluations, its term, and the waivers of it.
//!
//! Law of 26 May 2002 articles 11 and 13. The age of a person is sealed: a project owed only because the person is
//! under 25 is not watched here.

use super::{Count, Deadline, Kind, Mark};
use crate::aid;
use crate::fact::Fact;
use crate::history::{Entry, History};
use crate::ids::{GrantId, OrganisationId, PiisId};
use crate::law::{Law, add_months};
use crate::piis::Event;
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;

pub(super) fn deadlines(history: &History, law: &Law) -> Vec<Deadline> {
    let grants = aid::State::of(history);
    let mut desk = Desk::new(law, signatures(history, &grants, law));
    for entry in history.entries() {
        if let Fact::Piis(event) = entry.fact {
            desk.piis(&entry, event);
        } else if let Fact::Aid(aid::Event::Ended { grant, .. } | aid::Event::Transferred { grant, .. }) = entry.fact {
            desk.aid_ended(*grant, Mark::of(&entry));
        }
    }
    desk.all()
}

/// What is watched while the history is read.
struct Desk<'a> {
    law: &'a Law,
    signatures: BTreeMap<GrantId, Deadline>,
    waivers: BTreeMap<GrantId, Deadline>,
    projects: BTreeMap<PiisId, Project>,
    done: Vec<Deadline>,
}

/// A project as far as it is known.
#[derive(Default)]
struct Project {
    grant: Option<GrantId>,
    organisation: Option<OrganisationId>,
    signed: Option<Mark>,
    evaluations: Vec<(Mark, bool)>,
    term: Option<(Mark, NaiveDate)>,
    ended: Option<Mark>,
}

/// The signature owed for each grant that obliges to a project, open as long as nothing closes it.
fn signatures(history: &History, grants: &aid::State, law: &Law) -> BTreeMap<GrantId, Deadline> {
    let mut owed = BTreeMap::new();
    for entry in history.entries() {
        let Fact::Aid(aid::Event::Granted { grant, organisation, notified_on, .. }) = entry.fact else {
            continue;
        };
        if grants.owes_project(*grant, law) == Some(true) {
            // What is owed hangs on the day of the grant, the clock on its notification.
            let rules = law.on(entry.on);
            let counted = Count::months(rules.piis.signature_months, *notified_on);
            let clock = Mark { event: entry.id, on: *notified_on };
            let due_on = rules.piis.signature_due(*notified_on);
            let deadline = Deadline::new(Kind::PiisSignature, grant.0, clock, counted, due_on);
            owed.insert(*grant, deadline.under(rules.id).at(Some(organisation)));
        }
    }
    owed
}

impl<'a> Desk<'a> {
    const fn new(law: &'a Law, signatures: BTreeMap<GrantId, Deadline>) -> Self {
        Self { law, signatures, waivers: BTreeMap::new(), projects: BTreeMap::new(), done: Vec::new() }
    }

    fn piis(&mut self, entry: &Entry<'_>, event: &Event) {
        let mark = Mark::of(entry);
        match event {
            Event::Waived { grant, until, .. } => self.waived(*grant, mark, *until),
            Event::Proposed { piis, grant, organisation, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.grant = *grant;
                project.organisation = Some(organisation.clone());
            }
            Event::Signed { piis, grant, until, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.grant = grant.or(project.grant);
                project.signed.get_or_insert(mark);
                project.term = until.map(|last| (mark, last));
                let signature = project.grant.and_then(|grant| self.signatures.get_mut(&grant));
                signature.into_iter().for_each(|signature| signature.close(mark, true));
                // Nothing is waived any more of what is signed.
                let waiver = project.grant.and_then(|grant| self.waivers.get_mut(&grant));
                waiver.into_iter().for_each(|waiver| waiver.close(mark, false));
            }
            Event::Evaluated { piis, in_person, .. } => {
                self.projects.entry(*piis).or_default().evaluations.push((mark, *in_person));
            }
            Event::Amended { piis, until, .. } => {
                let project = self.projects.entry(*piis).or_default();
                project.term = until.map(|last| (mark, last)).or(project.term);
            }
            Event::Ended { piis, .. } => {
                self.projects.entry(*piis).or_default().ended.get_or_insert(mark);
            }
            Event::Reactivated { piis, .. } => self.goes_on(*piis, mark),
        }
    }

    /// What was owed before the gap ended with it; the clocks of what follows start with the reactivation.
    fn goes_on(&mut self, piis: PiisId, mark: Mark) {
        let Some(former) = self.projects.get(&piis).filter(|project| project.ended.is_some()) else { return };
        let (grant, organisation, term) = (former.grant, former.organisation.clone(), former.term);
        let before = of_project(piis, former, self.law);
        self.done.extend(before);
        let again = Project { grant, organisation, term, signed: Some(mark), ..Project::default() };
        self.projects.insert(piis, again);
    }

    /// While a waiver runs nothing is owed; afterwards the old day counts again (`choices.md`, after a waiver).
    fn waived(&mut self, grant: GrantId, mark: Mark, until: Option<NaiveDate>) {
        if let Some(signature) = self.signatures.get_mut(&grant) {
            signature.paused.push((mark.on, until));
        }
        if let Some(mut former) = self.waivers.remove(&grant) {
            former.close(mark, true);
            self.done.push(former);
        }
        if let Some(last) = until {
            let organisation = self.signatures.get(&grant).and_then(|signature| signature.organisation.clone());
            let term = Deadline::new(Kind::WaiverTerm, grant.0, mark, Count::given(last), last);
            self.waivers.insert(grant, term.at(organisation.as_ref()));
        }
    }

    /// Without aid no project is owed for it, and no waiver is to be renewed.
    fn aid_ended(&mut self, grant: GrantId, mark: Mark) {
        let of_grant = self.signatures.get_mut(&grant).into_iter().chain(self.waivers.get_mut(&grant));
        of_grant.for_each(|deadline| deadline.close(mark, false));
    }

    fn all(mut self) -> Vec<Deadline> {
        self.done.extend(self.waivers.into_values());
        for (piis, project) in &self.projects {
            self.done.extend(of_project(*piis, project, self.law));
        }
        self.done.extend(self.signatures.into_values());
        self.done
    }
}

/// Everything that a project owes.
fn of_project(piis: PiisId, project: &Project, law: &Law) -> Vec<Deadline> {
    let organisation = project.organisation.as_ref();
    let owed = evaluations(piis, project, law).into_iter().chain(term(piis, project));
    let owed = owed.chain(year(piis, project, law)).chain(in_person(piis, project, law));
    owed.map(|deadline| deadline.at(organisation)).collect()
}

/// One deadline after the signature and after each evaluation, closed by the next.
fn evaluations(piis: PiisId, project: &Project, law: &Law) -> Vec<Deadline> {
    let Some(signed) = project.signed else { return Vec::new() };
    let clocks = std::iter::once(signed).chain(project.evaluations.iter().map(|(mark, _)| *mark));
    let nexts = project.evaluations.iter().map(|(mark, _)| Some(*mark)).chain([None]);
    let owed = clocks.zip(nexts).map(|(clock, next)| {
        let rules = law.on(clock.on);
        let counted = Count::months(rules.piis.evaluation_gap_months, clock.on);
        let due_on = add_months(clock.on, counted.amount);
        let mut deadline = Deadline::new(Kind::PiisEvaluation, piis.0, clock, counted, due_on).under(rules.id);
        next.into_iter().for_each(|next| deadline.close(next, true));
        project.ended.into_iter().for_each(|ended| deadline.close(ended, false));
        deadline
    });
    owed.collect()
}

/// Enough evaluations in any twelve months, told where it asks for more than their even spread does.
fn year(piis: PiisId, project: &Project, law: &Law) -> Option<Deadline> {
    let held: Vec<Mark> = project.evaluations.iter().map(|(mark, _)| *mark).collect();
    let rules = law.on(project.signed?.on);
    let owed = yearly(Kind::PiisYear, piis, project, &held, rules.piis.evaluations_a_year)?.under(rules.id);
    let last = held.last().copied().or(project.signed)?;
    (owed.due_on < add_months(last.on, law.on(last.on).piis.evaluation_gap_months)).then_some(owed)
}

/// Enough evaluations in person in any twelve months.
fn in_person(piis: PiisId, project: &Project, law: &Law) -> Option<Deadline> {
    let met = project.evaluations.iter().filter(|(_, in_person)| *in_person);
    let held: Vec<Mark> = met.map(|(mark, _)| *mark).collect();
    let rules = law.on(project.signed?.on);
    Some(yearly(Kind::PiisInPerson, piis, project, &held, rules.piis.in_person_a_year)?.under(rules.id))
}

/// The last day before twelve months would hold too few, once the project is twelve months old.
///
/// The twelve months up to a day D begin after D − 12 months, so the one that counts oldest leaves on the first day
/// with D − 12 months at or behind it; on its eve the next one is in time.
fn yearly(kind: Kind, piis: PiisId, project: &Project, held: &[Mark], wanted: u32) -> Option<Deadline> {
    let signed = project.signed?;
    let wanted = usize::try_from(wanted).ok().filter(|wanted| *wanted > 0)?;
    let oldest = held.len().checked_sub(wanted).map(|index| held[index]);
    let clock = oldest.filter(|mark| mark.on > signed.on).unwrap_or(signed);
    let due_on = leaves_the_year(clock.on).max(add_months(signed.on, 12)).pred_opt()?;
    let mut deadline = Deadline::new(kind, piis.0, clock, Count::months(12, clock.on), due_on);
    project.ended.into_iter().for_each(|ended| deadline.close(ended, false));
    Some(deadline)
}

/// The first day D with D − 12 months at or behind a day: 1 March 2025 for 29 February 2024.
pub(super) fn leaves_the_year(day: NaiveDate) -> NaiveDate {
    let later = add_months(day, 12);
    let back = later.checked_sub_months(Months::new(12)).unwrap_or(day);
    if back < day { later.succ_opt().unwrap_or(later) } else { later }
}

/// The last planned day of a running project; an amendment moves it.
fn term(piis: PiisId, project: &Project) -> Option<Deadline> {
    let (clock, last) = project.term?;
    let mut deadline = Deadline::new(Kind::PiisTerm, piis.0, clock, Count::given(last), last);
    project.ended.into_iter().for_each(|ended| deadline.close(ended, true));
    Some(deadline)
}
