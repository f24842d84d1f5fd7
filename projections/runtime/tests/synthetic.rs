//! Histories made up from a seed: every kind of stream, late entries, corrections, annulments of all of them.
//!
//! Nobody in them exists. The same seed makes the same commits. The benches make theirs here too.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::codes::{AidKind, Cell, CodeList, ContractKind, Label, Measure};
use domain::contract::{AbsenceReason, EndCause, Place, Terms};
use domain::correction::{self, CorrectionReason, Replacement};
use domain::fact::{About, Fact};
use domain::hours::Hours;
use domain::ids::{
    AbsenceId, AgreementId, CourseId, EngagementId, EventId, GrantId, HireId, JudicialFileId, OrganisationId,
    PathwayId, PenaltyId, PersonId, PiisId, PostId, SessionId,
};
use domain::{
    agreement, aid, contract, course, hiring, merge, offboarding, organisation, pathway, penalty, person, piis, post,
    training, wire,
};
use std::sync::Mutex;
use store::{Actor, Clock, Commit, Event};
use uuid::Uuid;

/// Numbers from a seed (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    pub fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// A clock that is a second later each time it is asked, unless it stands still for a while.
pub struct Ticking(Mutex<DateTime<Utc>>);

impl Default for Ticking {
    fn default() -> Self {
        Self(Mutex::new(DateTime::from_timestamp(1_700_000_000, 0).unwrap_or_default()))
    }
}

impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now += TimeDelta::seconds(1);
        *now
    }
}

/// An event that was made: what a correction of it must know.
#[derive(Clone)]
struct Made {
    id: EventId,
    position: u64,
    /// The streams of the event and of every correction of it.
    about: Vec<About>,
    /// An original fact, which may be corrected.
    original: bool,
}

/// Some people, posts, agreements, courses and organisations, and what has happened to them.
pub struct World {
    pub random: Random,
    persons: Vec<PersonId>,
    posts: Vec<PostId>,
    agreements: Vec<AgreementId>,
    courses: Vec<CourseId>,
    organisations: Vec<OrganisationId>,
    made: Vec<Made>,
    position: u64,
    /// Percent of events that correct or annul an earlier one.
    pub corrections: usize,
    /// Percent of events that merge two persons' files or take two apart.
    pub merges: usize,
}

impl World {
    pub fn new(seed: u64, persons: usize) -> Self {
        let mut random = Random(seed);
        let uuids = |random: &mut Random, count: usize| (0..count).map(|_| random.uuid()).collect::<Vec<_>>();
        let name = |number: usize| OrganisationId::new(format!("organisation-{number}")).ok();
        Self {
            persons: uuids(&mut random, persons).into_iter().map(PersonId).collect(),
            posts: uuids(&mut random, persons / 5 + 2).into_iter().map(PostId).collect(),
            agreements: uuids(&mut random, persons / 50 + 2).into_iter().map(AgreementId).collect(),
            courses: uuids(&mut random, persons / 50 + 2).into_iter().map(CourseId).collect(),
            organisations: (0..persons / 100 + 3).filter_map(name).collect(),
            random,
            made: Vec::new(),
            position: 0,
            corrections: 15,
            merges: 0,
        }
    }

    /// One to four events, recorded together.
    pub fn commit(&mut self) -> Commit {
        let events = 1 + self.random.below(4);
        Commit { events: (0..events).map(|_| self.event()).collect(), guards: Vec::new() }
    }

    /// The next event: a fact on any day, or an answer to an earlier one.
    pub fn event(&mut self) -> Event {
        if !self.made.is_empty() && self.random.chance(self.corrections) {
            return self.answer();
        }
        let merges = self.random.chance(self.merges);
        let (on, fact) = (self.day(), if merges { self.of_merge() } else { self.fact() });
        self.event_of(on, fact)
    }

    /// Two persons of whom the one's file is to be read as part of the other's.
    pub fn two(&mut self) -> (PersonId, PersonId) {
        loop {
            let (survivor, absorbed) = (self.person(), self.person());
            if survivor != absorbed {
                return (survivor, absorbed);
            }
        }
    }

    /// Any two persons: no rule is asked, so that circles and merges of what is merged come up too.
    fn of_merge(&mut self) -> Fact {
        let (survivor, absorbed) = self.two();
        match self.random.below(3) {
            0..=1 => merge::Event::Merged { survivor, absorbed },
            _ => merge::Event::Unmerged { survivor, absorbed },
        }
        .into()
    }

    /// A day in three years.
    pub fn day(&mut self) -> NaiveDate {
        day(self.random.below(1_100))
    }

    /// The event of a fact.
    pub fn event_of(&mut self, on: NaiveDate, fact: Fact) -> Event {
        let about = fact.about();
        self.make(on, &fact, about, None)
    }

    fn answer(&mut self) -> Event {
        let index = self.random.below(self.made.len());
        let target = self.made[index].clone();
        let on = self.day();
        let mut about = target.about.clone();
        let fact: Fact = if target.original && self.random.chance(60) {
            let fact = self.fact();
            for more in fact.about() {
                if about.iter().all(|one| one.stream != more.stream) {
                    about.push(more);
                }
            }
            // An annulment of the original must reach the streams of its corrections.
            self.made[index].about.clone_from(&about);
            let replacement = Replacement { effective_on: self.day(), fact: Box::new(fact) };
            let (target, target_position) = (target.id, target.position);
            correction::Event::Corrected { target, target_position, replacement, reason: CorrectionReason::TypingError }
                .into()
        } else {
            correction::Event::Annulled { target: target.id, reason: CorrectionReason::NeverHappened }.into()
        };
        self.make(on, &fact, about, Some(target.id.0))
    }

    fn make(&mut self, effective_on: NaiveDate, fact: &Fact, about: Vec<About>, corrects: Option<Uuid>) -> Event {
        let id = self.random.uuid();
        self.position += 1;
        let original = corrects.is_none();
        self.made.push(Made { id: EventId(id), position: self.position, about: about.clone(), original });
        let stored = wire::encode(fact);
        let stored_about = |one: About| store::About {
            stream: store::StreamId { kind: one.stream.kind as u8, id: one.stream.id },
            role: store::Role(one.role as u8),
        };
        Event {
            id,
            about: about.into_iter().map(stored_about).collect(),
            kind: stored.kind,
            version: stored.version,
            effective_on,
            actor: Actor { user: "worker-1".into(), role: "case-worker".into(), organisation: "organisation-1".into() },
            on_behalf_of: None,
            source: "api".into(),
            batch: None,
            causation: None,
            correlation: None,
            rule_set: None,
            legal_basis: None,
            corrects,
            fact: stored.fact,
            sealed: Vec::new(),
        }
    }

    /// Any fact about anything.
    pub fn fact(&mut self) -> Fact {
        match self.random.below(20) {
            0..=1 => self.of_person(),
            2..=4 => self.of_aid(),
            5..=8 => self.of_pathway(),
            9..=10 => self.of_piis(),
            11..=14 => self.of_contract(),
            15 => self.of_training(),
            16 => self.of_hiring(),
            17 => self.of_penalty(),
            18 => self.of_place(),
            _ => self.of_house(),
        }
    }

    fn person(&mut self) -> PersonId {
        self.random.pick(&self.persons)
    }

    fn organisation(&mut self) -> OrganisationId {
        self.random.pick(&self.organisations)
    }

    fn of_person(&mut self) -> Fact {
        let (person, organisation) = (self.person(), self.organisation());
        match self.random.below(12) {
            0..=7 => person::Event::Registered { person, organisation },
            8 => person::Event::IdentityCorrected { person },
            9..=10 => person::Event::ContactChanged { person },
            _ => person::Event::DeathRecorded { person },
        }
        .into()
    }

    fn of_aid(&mut self) -> Fact {
        let (person, organisation) = (self.person(), self.organisation());
        let grant = GrantId(self.one_of(person.0));
        let kind = self.random.pick(AidKind::all());
        match self.random.below(4) {
            0 => aid::Event::Requested { person, grant, organisation, kind },
            1..=2 => {
                let notified_on = self.day();
                aid::Event::Granted { person, grant, organisation, kind, category: None, notified_on }
            }
            _ => aid::Event::Ended { person, grant, motive: aid::AidEndMotive::Employment },
        }
        .into()
    }

    fn of_pathway(&mut self) -> Fact {
        let (person, organisation) = (self.person(), self.organisation());
        let pathway = PathwayId(self.one_of(person.0));
        let cell = self.random.pick(Cell::all());
        match self.random.below(9) {
            0..=1 => pathway::Event::Opened { person, pathway, organisation, origin: pathway::Origin::AidFile },
            2..=4 => pathway::Event::CellEntered { person, pathway, cell },
            5 => pathway::Event::CellLeft { person, pathway, cell, motive: pathway::CellMotive::Completed },
            6 => {
                let (user, role) = ("worker-1".to_owned(), pathway::MemberRole::JobCoach);
                pathway::Event::MemberAssigned { person, pathway, user, role, referent: self.random.chance(50) }
            }
            7 => pathway::Event::Closed { person, pathway, outcome: pathway::Outcome::Employment },
            _ => pathway::Event::Reopened { person, pathway },
        }
        .into()
    }

    fn of_piis(&mut self) -> Fact {
        let (person, organisation) = (self.person(), self.organisation());
        let (piis, grant) = (PiisId(self.one_of(person.0)), Some(GrantId(self.one_of(person.0))));
        match self.random.below(4) {
            0 => {
                let kind = piis::PiisKind::General;
                piis::Event::Proposed { person, piis, grant, organisation, kind, label: None }
            }
            1 => {
                let until = Some(self.day());
                piis::Event::Signed { person, piis, grant, until, subsidy_code: None, reflection_cut: false }
            }
            2 => {
                let in_person = self.random.chance(50);
                piis::Event::Evaluated { person, piis, in_person, next_on: None }
            }
            _ => piis::Event::Ended { person, piis, reason: piis::PiisEnd::Term },
        }
        .into()
    }

    fn of_contract(&mut self) -> Fact {
        let person = self.person();
        let engagement = EngagementId(self.one_of(person.0));
        let place = Place {
            post: self.random.chance(70).then(|| self.random.pick(&self.posts)),
            agreement: self.random.chance(30).then(|| self.random.pick(&self.agreements)),
        };
        let (from, hours) = (self.day(), Hours(760));
        match self.random.below(8) {
            0..=1 => contract::Event::Signed { person, engagement, place, terms: self.terms() },
            2..=3 => contract::Event::Started { person, engagement, place },
            4 => {
                let from_post = Some(self.random.pick(&self.posts));
                contract::Event::WorkplaceChanged { person, engagement, from_post, place }
            }
            5 => contract::Event::HoursScheduled { person, engagement, from, until: from + Days::new(30), hours },
            6 => {
                let (absence, until) = (AbsenceId(self.one_of(person.0)), from + Days::new(3));
                let reason = AbsenceReason::Justified;
                contract::Event::AbsenceRecorded { person, engagement, absence, from, until, hours, reason }
            }
            _ => contract::Event::Ended { person, engagement, place, cause: EndCause::Term },
        }
        .into()
    }

    fn terms(&mut self) -> Terms {
        Terms {
            measure: self.random.pick(Measure::all()),
            organisation: self.organisation(),
            employer: self.organisation(),
            planned_from: self.day(),
            planned_until: Some(self.day()),
            weekly_hours: Some(Hours::whole(38)),
            kind: ContractKind::Cdd,
        }
    }

    fn of_training(&mut self) -> Fact {
        let (person, course) = (self.person(), self.random.pick(&self.courses));
        let session = SessionId(self.one_of(course.0));
        match self.random.below(5) {
            0 => training::Event::Enrolled { person, course },
            1 => training::Event::Attended { person, course, session, hours: Hours(350) },
            2 => training::Event::Missed { person, course, session },
            3 => training::Event::Completed { person, course },
            _ => training::Event::ActivityAttended { person, activity: course },
        }
        .into()
    }

    fn of_hiring(&mut self) -> Fact {
        let (person, employer) = (self.person(), self.organisation());
        let (hire, engagement) = (HireId(self.one_of(person.0)), EngagementId(self.one_of(person.0)));
        match self.random.below(4) {
            0 => {
                let (kind, start) = (ContractKind::Cdi, self.day());
                hiring::Event::Hired { person, hire, engagement, employer, kind, start }.into()
            }
            1 => hiring::Event::HireEnded { person, hire }.into(),
            2 => {
                let (situation, source) = (hiring::Situation::EmployedCdi, hiring::FollowUpSource::Person);
                hiring::Event::FollowUpRecorded { person, at_months: 6, situation, source }.into()
            }
            _ => offboarding::Event::ExitReviewCompleted { person, engagement, reserve_opt_in: true }.into(),
        }
    }

    fn of_penalty(&mut self) -> Fact {
        let (person, organisation) = (self.person(), self.organisation());
        let penalty = PenaltyId(self.one_of(person.0));
        // Some stand in the person's own history, as before version 2.
        let file = match self.random.below(4) {
            0 => JudicialFileId::of_version_1(person),
            _ => JudicialFileId(domain::ids::derived_id(*person.0.as_bytes())),
        };
        match self.random.below(4) {
            0 => {
                let (hours_ordered, final_on) = (Hours::whole(120), self.day());
                let deadline = final_on + Days::new(365);
                penalty::Event::Assigned {
                    file,
                    penalty,
                    organisation,
                    partner: None,
                    hours_ordered,
                    final_on,
                    deadline,
                }
            }
            1..=2 => penalty::Event::HoursPerformed { file, penalty, hours: Hours(400) },
            _ => penalty::Event::Completed { file, penalty },
        }
        .into()
    }

    /// Of a post or an agreement.
    fn of_place(&mut self) -> Fact {
        let (organisation, partner) = (self.organisation(), self.organisation());
        let (post, agreement) = (self.random.pick(&self.posts), self.random.pick(&self.agreements));
        let measure = self.random.pick(Measure::all());
        match self.random.below(7) {
            0..=1 => {
                let profile = post::Profile { function: self.label(), site: None, social_economy: false };
                post::Event::Opened { post, organisation, measure, profile }.into()
            }
            2 => post::Event::Frozen { post, until: Some(self.day()) }.into(),
            3 => post::Event::Closed { post }.into(),
            4 => {
                let (from, until) = (self.day(), Some(self.day()));
                agreement::Event::Signed { agreement, organisation, partner, measure, from, until, quota: Some(5) }
                    .into()
            }
            5 => agreement::Event::Amended { agreement, quota: Some(7) }.into(),
            _ => agreement::Event::Ended { agreement }.into(),
        }
    }

    /// Of a course or an organisation.
    fn of_house(&mut self) -> Fact {
        let (organisation, course) = (self.organisation(), self.random.pick(&self.courses));
        match self.random.below(5) {
            0 => {
                let title = self.label();
                course::Event::Planned { course, organisation, title, mandatory_for: None, provider: None }.into()
            }
            1 => {
                let session = SessionId(self.one_of(course.0));
                course::Event::SessionHeld { course, session, hours: Hours(350) }.into()
            }
            2 => course::Event::Cancelled { course }.into(),
            3 => {
                let (name, kind) = (self.label(), organisation::OrganisationKind::Host);
                organisation::Event::Registered { organisation, name, kind }.into()
            }
            _ => organisation::Event::Renamed { organisation, name: self.label() }.into(),
        }
    }

    fn label(&mut self) -> Label {
        let words = ["Jardinage", "Cuisine", "Magasin", "Onthaal", "Entretien"].map(Label::new);
        let known: Vec<Label> = words.into_iter().flatten().collect();
        self.random.pick(&known)
    }

    /// One of the few inner things that belong to a thing.
    fn one_of(&mut self, owner: Uuid) -> Uuid {
        Uuid::from_u128(owner.as_u128() ^ (1 + self.random.below(3) as u128))
    }
}

/// A day, counted from the first of January 2022.
pub fn day(number: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 1, 1).unwrap_or_default() + Days::new(number as u64)
}
