//! A post that stands empty, and an agreement that runs out.

use super::{Count, Deadline, Kind, Mark};
use crate::agreement;
use crate::codes::Measure;
use crate::contract;
use crate::fact::Fact;
use crate::history::{Entry, History};
use crate::ids::{EngagementId, PostId};
use crate::law::{Law, add_months};
use crate::post;
use std::collections::BTreeSet;

/// A subsidised post is lost if it stands empty for too long, counted from the last day on which it was filled.
pub(super) fn vacancies(history: &History, law: &Law) -> Vec<Deadline> {
    let state = post::State::of(history);
    let Some(opening) = state.opened.as_ref().filter(|opening| opening.measure == Measure::Acs) else {
        return Vec::new();
    };
    let post = PostId(history.stream().id);
    let mut board = Board { post, present: BTreeSet::new(), vacancies: Vec::new() };
    for entry in history.entries() {
        if let Fact::Contract(event) = entry.fact {
            board.moved(&entry, event, law);
        } else if let Fact::Post(post::Event::Closed { .. }) = entry.fact {
            board.close(Mark::of(&entry), false);
        }
    }
    let with =
        |deadline: Deadline| Deadline { paused: state.frozen.clone(), ..deadline.at(Some(&opening.organisation)) };
    board.vacancies.into_iter().map(with).collect()
}

/// Who works at a post, and since when nobody does.
struct Board {
    post: PostId,
    present: BTreeSet<EngagementId>,
    vacancies: Vec<Deadline>,
}

impl Board {
    fn moved(&mut self, entry: &Entry<'_>, event: &contract::Event, law: &Law) {
        match event {
            contract::Event::Started { engagement, place, .. } if place.post == Some(self.post) => {
                self.enters(*engagement, Mark::of(entry));
            }
            contract::Event::WorkplaceChanged { engagement, place, .. } if place.post == Some(self.post) => {
                self.enters(*engagement, Mark::of(entry));
            }
            contract::Event::WorkplaceChanged { engagement, .. } => {
                // The day of the change is the first at the other post.
                let last = Mark { event: entry.id, on: entry.on.pred_opt().unwrap_or(entry.on) };
                self.leaves(*engagement, last, law);
            }
            contract::Event::Ended { engagement, .. } => self.leaves(*engagement, Mark::of(entry), law),
            contract::Event::Started { .. }
            | contract::Event::Signed { .. }
            | contract::Event::SkillsPlanSigned { .. }
            | contract::Event::Extended { .. }
            | contract::Event::HoursScheduled { .. }
            | contract::Event::AbsenceRecorded { .. }
            | contract::Event::Amended { .. }
            | contract::Event::Replanned { .. }
            | contract::Event::Suspended { .. }
            | contract::Event::Resumed { .. }
            | contract::Event::HoursWorked { .. }
            | contract::Event::BenefitDaysProposed { .. }
            | contract::Event::BenefitDaysConfirmed { .. }
            | contract::Event::Cancelled { .. } => {}
        }
    }

    fn enters(&mut self, engagement: EngagementId, mark: Mark) {
        self.present.insert(engagement);
        self.close(mark, true);
    }

    fn leaves(&mut self, engagement: EngagementId, last: Mark, law: &Law) {
        if self.present.remove(&engagement) && self.present.is_empty() {
            let rules = law.on(last.on);
            let counted = Count::months(rules.acs.refill_months, last.on);
            let due_on = add_months(last.on, counted.amount);
            let vacancy = Deadline::new(Kind::PostRefill, self.post.0, last, counted, due_on);
            self.vacancies.push(vacancy.under(rules.id));
        }
    }

    fn close(&mut self, by: Mark, met: bool) {
        self.vacancies.last_mut().into_iter().for_each(|vacancy| vacancy.close(by, met));
    }
}

/// The last day of an agreement, as renewed; it stays in force until its end is recorded (`choices.md`).
pub(super) fn terms(history: &History) -> Vec<Deadline> {
    let mut term: Option<Deadline> = None;
    let of = history.stream().id;
    for entry in history.entries() {
        let Fact::Agreement(event) = entry.fact else { continue };
        let mark = Mark::of(&entry);
        let until = |last| Deadline::new(Kind::AgreementTerm, of, mark, Count::given(last), last);
        match event {
            agreement::Event::Signed { organisation, until: last, .. } => {
                term = last.map(until).map(|term| term.at(Some(organisation)));
            }
            agreement::Event::Renewed { until: last, .. } => {
                let organisation = term.take().and_then(|term| term.organisation);
                term = last.map(until).map(|term| term.at(organisation.as_ref()));
            }
            agreement::Event::Ended { .. } => term.iter_mut().for_each(|term| term.close(mark, true)),
            agreement::Event::Amended { .. } => {}
        }
    }
    term.into_iter().collect()
}
