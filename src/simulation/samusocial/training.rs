//! Courses, their sessions and who was there; and the Job Day of 2022.
//!
//! Sessions come in blocks of 56 person-hours: 8 people for 7 hours, 16 for 3.5, or two courses of 4 people for 7.
//! 43 blocks in 2022 are the 2,408 published hours.

use super::OFFICE;
use super::workers::Worker;
use crate::simulation::day;
use crate::simulation::random::Random;
use crate::simulation::story::{Story, id_of};
use chrono::{Days, NaiveDate};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A course, and how its sessions are held.
#[derive(Debug, PartialEq, Eq)]
struct Course {
    label: &'static str,
    title: &'static str,
    mandatory: bool,
    provider: Option<&'static str>,
    hours: &'static str,
    seats: usize,
    /// For whom it is, by the function of the post; none for all.
    function: Option<&'static str>,
    /// Sessions that complete it; none for a table that goes on.
    sessions: usize,
}

const APPROACH: Course = Course {
    label: "approche",
    title: "Approche adéquate du public",
    mandatory: true,
    provider: None,
    hours: "3.5",
    seats: 16,
    function: None,
    sessions: 2,
};
const AGGRESSION: Course = Course {
    label: "agressivite",
    title: "Gestion et compréhension de l'agressivité",
    mandatory: true,
    provider: Some("formation-agressivite"),
    hours: "7",
    seats: 8,
    function: None,
    sessions: 2,
};
const FIRST_AID: Course = Course {
    label: "secours",
    title: "Premiers secours",
    mandatory: true,
    provider: Some("formation-secours"),
    hours: "7",
    seats: 8,
    function: None,
    sessions: 2,
};
const REDUCED_MOBILITY: Course = Course {
    label: "mobilite-reduite",
    title: "Accompagner les personnes à mobilité réduite",
    mandatory: false,
    provider: Some("formation-metiers"),
    hours: "7",
    seats: 4,
    function: Some("chauffeur"),
    sessions: 2,
};
const HYGIENE: Course = Course {
    label: "hygiene",
    title: "Bonnes pratiques de l'hygiène",
    mandatory: false,
    provider: Some("formation-metiers"),
    hours: "7",
    seats: 4,
    function: Some("aide-cuisine"),
    sessions: 2,
};
/// Always has people who may come: it stands in where a course finds too few.
const FRENCH: Course = Course {
    label: "francais",
    title: "Français au travail",
    mandatory: false,
    provider: None,
    hours: "3.5",
    seats: 16,
    function: None,
    sessions: usize::MAX,
};
const COURSES: [&Course; 6] = [&APPROACH, &AGGRESSION, &FIRST_AID, &REDUCED_MOBILITY, &HYGIENE, &FRENCH];

/// Courses of one block, held on one day.
type Block = &'static [&'static Course];
/// How often each block is held in a year.
const BLOCKS_2021: [(Block, usize); 4] = [(&[&APPROACH], 4), (&[&AGGRESSION], 5), (&[&FIRST_AID], 5), (&[&FRENCH], 6)];
const BLOCKS_2022: [(Block, usize); 5] = [
    (&[&APPROACH], 6),
    (&[&AGGRESSION], 10),
    (&[&FIRST_AID], 10),
    (&[&REDUCED_MOBILITY, &HYGIENE], 5),
    (&[&FRENCH], 12),
];
/// Distinct participants of the Job Day.
const JOB_DAY: usize = 21;

/// How many sessions of a course each worker attended.
type Attended = BTreeMap<(usize, &'static str), usize>;

/// Adds training to the workers' stories, and returns the stories of the courses.
pub(super) fn tell(seed: u64, workers: &mut [Worker]) -> Vec<Story> {
    let mut courses: Vec<Story> = COURSES.iter().map(|course| course.story(seed)).collect();
    let mut attended = Attended::new();
    for (year, blocks) in [(2021, BLOCKS_2021.as_slice()), (2022, BLOCKS_2022.as_slice())] {
        let mut random = Random::of(seed, format!("training/{year}").as_bytes());
        let mut all: Vec<Block> =
            blocks.iter().flat_map(|(block, times)| std::iter::repeat_n(*block, *times)).collect();
        random.shuffle(&mut all);
        let apart = 344 / all.len() as u64;
        for (number, block) in all.into_iter().enumerate() {
            let on = weekday(day(year, 1, 11) + Days::new(number as u64 * apart));
            hold(workers, &mut courses, &mut attended, block, on);
        }
    }
    courses.push(job_day(seed, workers));
    courses
}

/// Sessions are held from Monday to Friday.
fn weekday(on: NaiveDate) -> NaiveDate {
    crate::simulation::schedule::workday(on)
}

/// Holds a block with those who need it, or the French table if a course finds too few.
fn hold(workers: &mut [Worker], courses: &mut [Story], attended: &mut Attended, block: Block, on: NaiveDate) {
    let enough = block.iter().all(|course| able(workers, attended, course, on).len() >= course.seats);
    let block: Block = if enough { block } else { &[&FRENCH] };
    for course in block {
        let place = COURSES.iter().position(|each| each == course).unwrap_or(0);
        let session = courses[place].inner(&format!("session/{on}"));
        let id = courses[place].id;
        courses[place].add(on, "holdSession", json!({"course": id, "session": session, "hours": course.hours}));
        let able = able(workers, attended, course, on);
        let (present, others) = able.split_at(course.seats.min(able.len()));
        for index in present {
            let times = attended.entry((*index, course.label)).or_default();
            course.attend(&mut workers[*index], times, (id, session), on);
        }
        // One who is enrolled and was expected does not come.
        let enrolled = |index: &&usize| attended.get(&(**index, course.label)).is_some_and(|times| *times > 0);
        if let Some(index) = others.iter().find(enrolled) {
            let input = json!({"course": id, "session": session});
            workers[*index].story.add(on, "recordMissedSession", input);
        }
    }
}

/// Who works that day, may come and has not completed the course; those who came least often first.
fn able(workers: &[Worker], attended: &Attended, course: &Course, on: NaiveDate) -> Vec<usize> {
    let times = |index: usize| attended.get(&(index, course.label)).copied().unwrap_or(0);
    let may = |worker: &Worker| {
        // Neither the first nor the last days: people arrive, and people leave.
        let there = worker.from() + Days::new(7) <= on && on < worker.until();
        there && worker.contract_on(on).is_some() && course.function.is_none_or(|function| function == worker.function)
    };
    let mut able: Vec<usize> =
        (0..workers.len()).filter(|index| may(&workers[*index]) && times(*index) < course.sessions).collect();
    able.sort_by_key(|index| (times(*index), *index));
    able
}

impl Course {
    fn story(&self, seed: u64) -> Story {
        let mut story = Story::of_thing(seed, &format!("samusocial/course/{}", self.label), &OFFICE);
        let input = json!({"course": story.id, "organisation": OFFICE.id, "title": self.title,
            "mandatoryFor": self.mandatory.then_some("ART60"), "provider": self.provider});
        // Compulsory from the first day of 2021 on.
        story.add(day(2021, 1, 1), "planCourse", input);
        story
    }

    fn attend(&self, worker: &mut Worker, times: &mut usize, (course, session): (Uuid, Uuid), on: NaiveDate) {
        if *times == 0 {
            worker.story.add(on - Days::new(3), "enrolParticipant", json!({"course": course}));
        }
        *times += 1;
        let input = json!({"course": course, "session": session, "hours": self.hours});
        let key = worker.story.add(on, "recordAttendance", input);
        if worker.number == super::mistakes::CORRECTION_ANNULLED && self.hours == "7" && *times == 1 {
            super::mistakes::correct_and_take_back(&mut worker.story, key, on);
        }
        if *times == self.sessions {
            worker.story.add(on, "completeTraining", json!({"course": course}));
            if *self == FIRST_AID {
                worker.story.add(on, "awardCertificate", json!({"course": course}));
            }
        }
    }
}

fn job_day(seed: u64, workers: &mut [Worker]) -> Story {
    let on = day(2022, 10, 20);
    let mut story = Story::of_thing(seed, "samusocial/job-day/2022", &OFFICE);
    let activity = id_of(seed, "samusocial/job-day/2022");
    story.add(on, "holdActivity", json!({"activity": activity, "organisation": OFFICE.id, "kind": "JOB_DAY"}));
    let mut there: Vec<usize> = (0..workers.len()).filter(|index| workers[*index].contract_on(on).is_some()).collect();
    story.random.shuffle(&mut there);
    for index in there.into_iter().take(JOB_DAY) {
        workers[index].story.add(on, "attendActivity", json!({"activity": activity}));
    }
    story
}
