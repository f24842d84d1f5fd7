//! Which files move, and when. A file is a person with or without aid, in a cell or in none.

use super::OFFICE;
use super::flows::{ALPHA, ART60, CELLS, EMPLOYMENT, FACILITATOR, Flows, STUDIES, Stock};
use crate::simulation::day;
use crate::simulation::people;
use crate::simulation::random::Random;
use crate::simulation::story::Story;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// Days that a file stays in a cell at least.
const STAY_DAYS_MIN: u64 = 14;
/// Share of those without pathway whose aid ends in a period, in percent.
const AID_ENDS_PERCENT: usize = 7;
/// Of the grants, so many in a hundred are RIS and the others ERIS.
const RIS_PERCENT: u64 = 70;
/// One move in so many is recorded as an orientation too.
const ORIENTED_PERCENT: u64 = 14;
/// Of those granted RIS who stay, so many in a hundred have a PIIS.
const PIIS_PERCENT: u64 = 9;

/// One file.
struct File {
    story: Story,
    aid: Option<Aid>,
    grants: usize,
    /// The cell, and the day on which it was entered.
    cell: Option<(usize, NaiveDate)>,
    pathways: usize,
    /// True once a pathway was closed.
    left: bool,
    orientations: usize,
    oriented_to: Option<usize>,
}

/// Aid that runs.
#[derive(Debug, Clone, Copy)]
struct Aid {
    from: NaiveDate,
    notified_on: NaiveDate,
    ris: bool,
}

/// All files of the CPAS, at a date of the table.
pub(super) struct Files {
    seed: u64,
    random: Random,
    files: Vec<File>,
}

impl Files {
    /// The files at the first date: so many in each cell, and so many with aid.
    pub(super) fn at_first(seed: u64, on: NaiveDate, stock: Stock, aided: usize) -> Self {
        let mut files = Self { seed, random: Random::of(seed, b"molenbeek"), files: Vec::new() };
        for (cell, count) in stock.into_iter().enumerate() {
            for _ in 0..count {
                files.first_in_cell(cell, on);
            }
        }
        let begun = files.files.iter().filter(|file| file.aid.is_some()).count();
        for _ in begun..aided {
            let granted_on = files.random.day(day(2005, 1, 3), on);
            files.new_file(granted_on);
        }
        files.ended_at_first(on);
        files
    }

    fn first_in_cell(&mut self, cell: usize, on: NaiveDate) {
        let granted_on = self.random.day(day(2005, 1, 3), on - Days::new(200));
        let entered_on = self.random.day(granted_on.max(day(2008, 1, 7)), on);
        let file = self.new_file(granted_on);
        file.enter(cell, entered_on);
        if cell == ART60 {
            // A wage replaces the aid.
            file.end_aid(entered_on, "EMPLOYMENT");
        }
    }

    /// Some files that ended in the first year: they are in no figure of the table.
    fn ended_at_first(&mut self, on: NaiveDate) {
        for _ in 0..180 {
            let granted_on = self.random.day(day(2005, 1, 3), day(2008, 12, 31));
            let ended_on = self.random.day(day(2009, 1, 12), on);
            self.new_file(granted_on).end_aid(ended_on, "RESOURCES");
        }
    }

    fn new_file(&mut self, granted_on: NaiveDate) -> &mut File {
        let index = self.files.len();
        let mut story = Story::of_person(self.seed, &format!("molenbeek/file/{index}"), &OFFICE);
        people::register(&mut story, OFFICE.id, granted_on);
        let mut file = File {
            story,
            aid: None,
            grants: 0,
            cell: None,
            pathways: 0,
            left: false,
            orientations: 0,
            oriented_to: None,
        };
        file.grant(granted_on);
        self.files.push(file);
        &mut self.files[index]
    }

    /// Moves files between two dates, so that the cells and the aid files come to the figures of the second.
    pub(super) fn move_on(&mut self, (from, until): (NaiveDate, NaiveDate), flows: &Flows, aided: usize) {
        self.enter_pathways(from, until, flows.entries);
        for (cell, next, count) in &flows.moves {
            self.leave_cell((from, until), *cell, *next, *count);
        }
        self.end_some_aid(from, until);
        let running = self.files.iter().filter(|file| file.aid.is_some()).count();
        for _ in running..aided {
            let granted_on = self.random.day(from + Days::new(1), until);
            self.new_file(granted_on);
        }
    }

    /// The files for which something holds, in an order drawn anew.
    fn drawn(&mut self, which: impl Fn(&File) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.files.len()).filter(|index| which(&self.files[*index])).collect();
        self.random.shuffle(&mut found);
        found
    }

    fn enter_pathways(&mut self, from: NaiveDate, until: NaiveDate, count: usize) {
        let able = self.drawn(|file| file.cell.is_none() && !file.left && file.aid.is_some());
        for index in able.into_iter().take(count) {
            let on = self.random.day(from + Days::new(1), until);
            self.files[index].enter(FACILITATOR, on);
        }
    }

    fn leave_cell(&mut self, (from, until): (NaiveDate, NaiveDate), cell: usize, next: Option<usize>, count: usize) {
        let stayed = |since: NaiveDate| since.max(from) + Days::new(STAY_DAYS_MIN) <= until;
        let able = self.drawn(|file| file.cell.is_some_and(|(in_cell, since)| in_cell == cell && stayed(since)));
        for index in able.into_iter().take(count) {
            let since = self.files[index].cell.map_or(from, |(_, since)| since.max(from));
            let on = self.random.day(since + Days::new(STAY_DAYS_MIN), until);
            match next {
                Some(next) => self.files[index].go_on(next, on),
                None => self.files[index].close(cell, on),
            }
        }
    }

    /// Aid also ends for some who are in no pathway and do not enter one.
    fn end_some_aid(&mut self, from: NaiveDate, until: NaiveDate) {
        let able = self.drawn(|file| file.cell.is_none() && file.aid.is_some_and(|aid| aid.from <= from));
        let count = able.len() * AID_ENDS_PERCENT / 100;
        for index in able.into_iter().take(count) {
            let on = self.random.day(from + Days::new(1), until);
            let motive = *self.random.pick(&["RESOURCES", "MOVED", "CONDITIONS", "RENOUNCED"]);
            self.files[index].end_aid(on, motive);
        }
    }

    /// The stories, once some of those who stay have a PIIS.
    pub(super) fn into_stories(mut self, until: NaiveDate) -> Vec<Story> {
        for file in &mut self.files {
            if !file.left && file.cell.is_some() && file.story.random.percent(PIIS_PERCENT) {
                file.piis(until);
            }
        }
        self.files.into_iter().map(|file| file.story).collect()
    }
}

impl File {
    fn inner(&self, what: &str, number: usize) -> Value {
        json!(self.story.inner(&format!("{what}/{number}")))
    }

    fn grant(&mut self, on: NaiveDate) {
        self.grants += 1;
        let ris = self.story.random.percent(RIS_PERCENT);
        let notified_on = on + Days::new(self.story.random.between(8, 30));
        let category = *self.story.random.pick(&["COHABITING", "SINGLE", "WITH_FAMILY"]);
        let input = json!({"grant": self.inner("grant", self.grants), "organisation": OFFICE.id,
            "kind": if ris { "RIS" } else { "ERIS" }, "category": category, "notifiedOn": notified_on});
        self.story.add_after(notified_on, on, "grantAid", input);
        self.aid = Some(Aid { from: on, notified_on, ris });
    }

    fn end_aid(&mut self, on: NaiveDate, motive: &str) {
        if let Some(aid) = self.aid.take() {
            let input = json!({"grant": self.inner("grant", self.grants), "motive": motive});
            self.story.add_after(aid.notified_on, on, "endAid", input);
        }
    }

    fn enter(&mut self, cell: usize, on: NaiveDate) {
        self.pathways += 1;
        let pathway = self.inner("pathway", self.pathways);
        let input = json!({"pathway": pathway, "organisation": OFFICE.id, "origin": "AID_FILE"});
        self.story.add(on, "openPathway", input);
        let (user, role) = worker(cell, &mut self.story.random);
        self.story.add(on, "assignMember", json!({"pathway": pathway, "user": user, "role": role, "referent": true}));
        self.enter_cell(cell, on);
    }

    fn enter_cell(&mut self, cell: usize, on: NaiveDate) {
        let input = json!({"pathway": self.inner("pathway", self.pathways), "cell": CELLS[cell]});
        self.story.add(on, "enterCell", input);
        self.cell = Some((cell, on));
    }

    fn go_on(&mut self, next: usize, on: NaiveDate) {
        let pathway = self.inner("pathway", self.pathways);
        if matches!(next, EMPLOYMENT | ART60) && self.story.random.percent(30) {
            let level = *self.story.random.pick(&["WITH_SUPPORT", "READY"]);
            self.story.add(on, "judgeReadiness", json!({"pathway": pathway, "level": level}));
        }
        if self.story.random.percent(ORIENTED_PERCENT) && self.oriented_to != Some(next) {
            self.orientations += 1;
            self.oriented_to = Some(next);
            let orientation = self.inner("orientation", self.orientations);
            let input = json!({"pathway": pathway, "orientation": orientation, "to": {"cell": CELLS[next]}});
            self.story.add(on, "orient", input);
        }
        let back_from_work = self.cell.is_some_and(|(cell, _)| cell == ART60);
        self.enter_cell(next, on);
        if next == ART60 {
            self.end_aid(on, "EMPLOYMENT");
        } else if back_from_work && self.story.random.percent(40) {
            self.grant(on);
        }
    }

    fn close(&mut self, cell: usize, on: NaiveDate) {
        let outcomes: &[(&str, Option<&str>)] = match cell {
            ALPHA | FACILITATOR => &[("ABANDONED", None), ("AID", None), ("MOVED", Some("MOVED"))],
            STUDIES => &[("TRAINING", Some("EMPLOYMENT")), ("EMPLOYMENT", Some("EMPLOYMENT")), ("ABANDONED", None)],
            ART60 => &[("RIGHTS_OPENED", None), ("EMPLOYMENT", None), ("RIGHTS_OPENED", None)],
            _ => &[("EMPLOYMENT", Some("EMPLOYMENT")), ("EMPLOYMENT", Some("RESOURCES")), ("AID", None)],
        };
        let (outcome, aid_ends) = *self.story.random.pick(outcomes);
        let pathway = self.inner("pathway", self.pathways);
        self.story.add(on, "closePathway", json!({"pathway": pathway, "outcome": outcome}));
        self.cell = None;
        self.left = true;
        if let Some(motive) = aid_ends {
            self.end_aid(on, motive);
        }
    }

    /// A PIIS within three months of the notification, evaluated every four months.
    fn piis(&mut self, until: NaiveDate) {
        let Some(Aid { from: granted_on, ris: true, .. }) = self.aid else { return };
        if granted_on < day(2009, 2, 1) || granted_on + Days::new(120) > until {
            return;
        }
        let random = &mut self.story.random;
        let handed_on = granted_on + Days::new(random.between(35, 60));
        let signed_on = handed_on + Days::new(random.between(5, 24));
        let kind = *random.pick(&["GENERAL", "GENERAL", "STUDIES"]);
        let months = random.between(110, 125);
        let (piis, grant) = (self.inner("piis", 1), self.inner("grant", self.grants));
        let input = json!({"piis": piis, "grant": grant, "organisation": OFFICE.id, "kind": kind,
            "label": if kind == "GENERAL" { "PIIS Emploi" } else { "PIIS Études" }});
        self.story.add(handed_on, "proposePiis", input);
        self.story.add(signed_on, "signPiis", json!({"piis": piis}));
        let mut evaluated_on = signed_on + Days::new(months);
        while evaluated_on <= until {
            let in_person = self.story.random.percent(80);
            self.story.add(evaluated_on, "evaluatePiis", json!({"piis": piis, "inPerson": in_person}));
            evaluated_on = evaluated_on + Days::new(months);
        }
    }
}

/// Who follows a file in a cell, as an opaque user id.
fn worker(cell: usize, random: &mut Random) -> (String, &'static str) {
    let (team, role) = match cell {
        FACILITATOR => ("facilitation", "FACILITATOR"),
        EMPLOYMENT => ("emploi", "JOB_COACH"),
        STUDIES | ART60 => ("insertion", "INSERTION_AGENT"),
        _ => ("social", "SOCIAL_WORKER"),
    };
    (format!("{team}-{:02}", random.between(1, 24)), role)
}
