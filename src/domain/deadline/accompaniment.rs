//! What was asked for, planned and agreed on the way: interviews, appointments, actions, and the follow-up of the ESF.

use super::{Count, Deadline, Kind, Mark, Unit};
use crate::fact::Fact;
use crate::hiring;
use crate::history::{Entry, History};
use crate::ids::{OperationId, OrganisationId, PathwayId};
use crate::law::{Country, Law, add_months};
use crate::{action, contact, operation, pathway};
use chrono::Days;
use uuid::Uuid;

/// Days around that day within which a follow-up tells of it (`choices.md`, sustained).
const OBSERVED_WITHIN_DAYS: u64 = 15;

pub(super) fn deadlines(history: &History, law: &Law) -> Vec<Deadline> {
    let mut desk = Desk { law, pathways: pathway::State::of(history), open: Vec::new() };
    for entry in history.entries() {
        let mark = Mark::of(&entry);
        if let Fact::Contact(event) = entry.fact {
            desk.contact(&entry, event);
        } else if let Fact::Action(event) = entry.fact {
            desk.action(mark, event);
        } else if let Fact::Operation(event) = entry.fact {
            desk.operation(mark, event);
        } else if let Fact::Hiring(hiring::Event::FollowUpRecorded { .. }) = entry.fact {
            desk.followed_up(mark);
        }
    }
    desk.open
}

struct Desk<'a> {
    law: &'a Law,
    pathways: pathway::State,
    open: Vec<Deadline>,
}

impl Desk<'_> {
    fn contact(&mut self, entry: &Entry<'_>, event: &contact::Event) {
        let mark = Mark::of(entry);
        match event {
            contact::Event::Requested { interview, pathway, .. } => {
                let rules = self.law.on(mark.on);
                let amount = rules.piis.interview_working_days;
                let counted = Count { amount, unit: Unit::WorkingDays, from: mark.on };
                let due_on = Country::Belgium.add_working_days(mark.on, amount);
                let asked = Deadline::new(Kind::Interview, interview.0, mark, counted, due_on).under(rules.id);
                self.open.push(asked.at(self.organisation(*pathway)));
            }
            contact::Event::Planned { appointment, pathway, .. } => {
                let planned = Deadline::new(Kind::Appointment, appointment.0, mark, Count::given(mark.on), mark.on);
                self.open.push(planned.at(self.organisation(*pathway)));
            }
            contact::Event::Missed { appointment, .. } => self.close(Kind::Appointment, appointment.0, mark, false),
            contact::Event::Recorded { appointment, interview, .. } => {
                appointment.iter().for_each(|kept| self.close(Kind::Appointment, kept.0, mark, true));
                interview.iter().for_each(|held| self.close(Kind::Interview, held.0, mark, true));
            }
        }
    }

    fn action(&mut self, mark: Mark, event: &action::Event) {
        match event {
            action::Event::Agreed { action, pathway, due_on: Some(due_on), .. } => {
                let agreed = Deadline::new(Kind::Action, action.0, mark, Count::given(*due_on), *due_on);
                self.open.push(agreed.at(self.organisation(*pathway)));
            }
            action::Event::Agreed { .. } => {}
            action::Event::Done { action, .. } => self.close(Kind::Action, action.0, mark, true),
            action::Event::Abandoned { action, .. } => self.close(Kind::Action, action.0, mark, false),
        }
    }

    /// Who comes back to an operation is asked after the last exit only (D.1: the exit is updated to the last).
    fn operation(&mut self, mark: Mark, event: &operation::Event) {
        match event {
            operation::Event::Left { operation, .. } => {
                let rules = self.law.on(mark.on);
                let counted = Count::months(rules.esf.longer_term_months, mark.on);
                let due_on = add_months(mark.on, counted.amount);
                let left = Deadline::new(Kind::EsfFollowUp, id_of(operation), mark, counted, due_on);
                self.open.push(left.under(rules.id));
            }
            operation::Event::Entered { operation, .. } => {
                self.close(Kind::EsfFollowUp, id_of(operation), mark, false);
            }
        }
    }

    fn followed_up(&mut self, mark: Mark) {
        let near = Days::new(OBSERVED_WITHIN_DAYS);
        let tells = |one: &&mut Deadline| one.kind == Kind::EsfFollowUp && one.due_on <= mark.on + near;
        self.open.iter_mut().filter(tells).for_each(|one| one.close(mark, true));
    }

    fn close(&mut self, kind: Kind, of: Uuid, by: Mark, met: bool) {
        self.open.iter_mut().filter(|one| one.kind == kind && one.of == of).for_each(|one| one.close(by, met));
    }

    fn organisation(&self, pathway: Option<PathwayId>) -> Option<&OrganisationId> {
        self.pathways.pathways.get(&pathway?).map(|pathway| &pathway.organisation)
    }
}

/// An id that follows from an operation's name.
fn id_of(operation: &OperationId) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, operation.as_str().as_bytes())
}
