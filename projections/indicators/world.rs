//! Small worlds for the tests of figures: rows written by hand.

use super::{Indicators, Period, Scope, Source};
use crate::past::{day, organisation};
use crate::{
    agreements, aids, cells, courses, engagements, outcomes, penalties, posts, projects, sanctions, trainings,
};
use domain::aid;
use domain::codes::{AidKind, ContractKind, Label, Measure};
use domain::hours::Hours;
use domain::ids::{EngagementId, GrantId, HireId, JudicialFileId, OrganisationId, PathwayId, PersonId, PiisId, PostId};
use domain::law::Law;
use domain::post::Profile;
use std::sync::LazyLock;
use uuid::Uuid;

static LAW: LazyLock<Law> = LazyLock::new(Law::default);

/// The rows of a world.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub engagements: Vec<(PersonId, engagements::Row)>,
    pub cells: Vec<(PersonId, cells::Row)>,
    pub aids: Vec<(PersonId, aids::Row)>,
    pub projects: Vec<(PersonId, projects::Row)>,
    pub trainings: Vec<(PersonId, trainings::Row)>,
    pub outcomes: Vec<(PersonId, outcomes::Row)>,
    pub penalties: Vec<(JudicialFileId, penalties::Row)>,
    pub sanctions: Vec<(PersonId, sanctions::Row)>,
    pub posts: Vec<posts::Row>,
    pub agreements: Vec<agreements::Row>,
    pub courses: Vec<courses::Row>,
    ids: u128,
}

impl Source for World {
    fn engagements(&self) -> impl Iterator<Item = (PersonId, &engagements::Row)> {
        self.engagements.iter().map(|(person, row)| (*person, row))
    }
    fn cells(&self) -> impl Iterator<Item = (PersonId, &cells::Row)> {
        self.cells.iter().map(|(person, row)| (*person, row))
    }
    fn aids(&self) -> impl Iterator<Item = (PersonId, &aids::Row)> {
        self.aids.iter().map(|(person, row)| (*person, row))
    }
    fn projects(&self) -> impl Iterator<Item = (PersonId, &projects::Row)> {
        self.projects.iter().map(|(person, row)| (*person, row))
    }
    fn trainings(&self) -> impl Iterator<Item = (PersonId, &trainings::Row)> {
        self.trainings.iter().map(|(person, row)| (*person, row))
    }
    fn outcomes(&self) -> impl Iterator<Item = (PersonId, &outcomes::Row)> {
        self.outcomes.iter().map(|(person, row)| (*person, row))
    }
    fn penalties(&self) -> impl Iterator<Item = (JudicialFileId, &penalties::Row)> {
        self.penalties.iter().map(|(file, row)| (*file, row))
    }
    fn sanctions(&self) -> impl Iterator<Item = (PersonId, &sanctions::Row)> {
        self.sanctions.iter().map(|(person, row)| (*person, row))
    }
    fn posts(&self) -> impl Iterator<Item = &posts::Row> {
        self.posts.iter()
    }
    fn agreements(&self) -> impl Iterator<Item = &agreements::Row> {
        self.agreements.iter()
    }
    fn courses(&self) -> impl Iterator<Item = &courses::Row> {
        self.courses.iter()
    }
}

/// The person of this number.
pub const fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

/// The post of this number.
pub const fn post(number: u128) -> PostId {
    PostId(Uuid::from_u128(number))
}

/// The grant that a row tells of, as far as what is owed hangs on it.
fn grant(row: &aids::Row) -> aid::Grant {
    aid::Grant {
        organisation: row.organisation.clone(),
        kind: row.kind,
        category: None,
        categories: Vec::new(),
        requested_on: row.requested_on,
        from: row.from,
        notified_on: row.notified_on,
        ended_on: row.ended_on,
        refused_on: row.refused_on,
        motive: None,
        suspensions: Vec::new(),
        transferred: None,
    }
}

/// The calendar year.
pub fn year(year: i32) -> Period {
    Period::year(year).unwrap()
}

/// The days between two.
pub fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).unwrap()
}

impl World {
    /// A number that no other thing has.
    pub fn id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    /// The figures of all, long after everything.
    pub fn figures(&self) -> Indicators<'_, Self> {
        Indicators::new(self, Scope::default(), day("2030-01-01"), &LAW)
    }

    /// The figures of one host.
    pub fn figures_of(&self, host: &str) -> Indicators<'_, Self> {
        let scope = Scope { organisation: Some(organisation(host)), measure: None };
        Indicators { scope, ..self.figures() }
    }

    /// An article 60 engagement at Samusocial, from a first to a last day, or still running.
    pub fn engaged(&mut self, who: u128, from: &str, last: Option<&str>) -> &mut engagements::Row {
        let row = engagements::Row {
            engagement: EngagementId(self.id()),
            measure: Measure::Art60,
            organisation: organisation("samusocial"),
            employer: organisation("cpas"),
            kind: ContractKind::Cdd,
            weekly_hours: None,
            signed_on: day(from),
            start: Some(day(from)),
            planned_until: None,
            last_day: last.map(day),
            cause: None,
            cancelled_on: None,
            counts: true,
            placements: Vec::new(),
            absences: Vec::new(),
            schedules: Vec::new(),
            later: None,
        };
        self.engagements.push((person(who), row));
        &mut self.engagements.last_mut().unwrap().1
    }

    /// An engagement that fills a post throughout.
    pub fn fills(&mut self, who: u128, number: u128, from: &str, last: Option<&str>) {
        let row = self.engaged(who, from, last);
        let until = row.last_day;
        row.placements =
            vec![engagements::Placement { from: day(from), until, post: Some(post(number)), agreement: None }];
    }

    /// A hire by Samusocial for a fixed term, signed and begun on one day.
    pub fn hired(&mut self, who: u128, on: &str, last: Option<&str>) -> &mut outcomes::Hire {
        let hire = outcomes::Hire {
            hire: HireId(self.id()),
            engagement: EngagementId(Uuid::nil()),
            employer: organisation("samusocial"),
            kind: ContractKind::Cdd,
            signed_on: day(on),
            start: day(on),
            last_day: last.map(day),
        };
        let hires = &mut self.outcome(who).hires;
        hires.push(hire);
        hires.last_mut().unwrap()
    }

    /// What became of somebody.
    pub fn outcome(&mut self, who: u128) -> &mut outcomes::Row {
        let found = self.outcomes.iter().position(|(other, _)| *other == person(who));
        let index = found.unwrap_or_else(|| {
            self.outcomes.push((person(who), outcomes::Row::default()));
            self.outcomes.len() - 1
        });
        &mut self.outcomes[index].1
    }

    /// An article 60 post of Samusocial, open from a day until the first day without it.
    pub fn post(&mut self, number: u128, from: &str, closed: Option<&str>) -> &mut posts::Row {
        let profile = Profile { function: Label::new("chauffeur").unwrap(), site: None, social_economy: false };
        self.posts.push(posts::Row {
            post: post(number),
            organisation: organisation("samusocial"),
            measure: Measure::Art60,
            opened_on: day(from),
            closed_on: closed.map(day),
            frozen: Vec::new(),
            profiles: vec![(day(from), profile)],
        });
        self.posts.last_mut().unwrap()
    }

    /// Aid of a CPAS, from its first day until the first day without it.
    pub fn aided(&mut self, who: u128, kind: AidKind, from: &str, ended: Option<&str>) -> &mut aids::Row {
        let row = aids::Row {
            grant: GrantId(self.id()),
            organisation: organisation("cpas"),
            kind,
            requested_on: None,
            from: Some(day(from)),
            notified_on: Some(day(from)),
            ended_on: ended.map(day),
            refused_on: None,
            suspensions: Vec::new(),
            transferred: None,
            owes_project: None,
        };
        self.aids.push((person(who), row));
        let rows: Vec<&mut aids::Row> =
            self.aids.iter_mut().filter(|(one, _)| *one == person(who)).map(|(_, row)| row).collect();
        let state = aid::State { grants: rows.iter().map(|row| (row.grant, grant(row))).collect() };
        for row in rows {
            row.owes_project = state.owes_project(row.grant, &LAW);
        }
        &mut self.aids.last_mut().unwrap().1
    }

    /// The project of a grant, signed on a day.
    pub fn project(&mut self, who: u128, grant: Option<GrantId>, signed: Option<&str>) -> &mut projects::Project {
        let project = projects::Project {
            piis: PiisId(self.id()),
            grant,
            organisation: Some(organisation("cpas")),
            kind: None,
            proposed_on: None,
            signed_on: signed.map(day),
            until: None,
            evaluations: Vec::new(),
            ended: None,
            gaps: Vec::new(),
        };
        let row = projects::Row { projects: vec![project], waivers: Vec::new() };
        self.projects.push((person(who), row));
        &mut self.projects.last_mut().unwrap().1.projects[0]
    }

    /// A pathway with a CPAS in these stays; each is left when the next begins.
    pub fn file(&mut self, who: u128, stays: &[(Option<domain::codes::Cell>, &str)]) -> &mut cells::Row {
        let next = |index: usize| stays.get(index + 1).map(|(_, from)| day(from));
        let row = cells::Row {
            pathway: PathwayId(self.id()),
            organisation: organisation("cpas"),
            open: vec![cells::Open { from: day(stays[0].1), closed: None }],
            stays: stays
                .iter()
                .enumerate()
                .map(|(index, (cell, from))| cells::Stay { cell: *cell, from: day(from), left_on: next(index) })
                .collect(),
        };
        self.cells.push((person(who), row));
        &mut self.cells.last_mut().unwrap().1
    }
}

/// A number of hours such as 7.6.
pub fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

/// The organisation of this name, for short.
pub fn at(name: &str) -> OrganisationId {
    organisation(name)
}
