//! A row from a history, step by step; dates by hand.

use super::*;
use crate::past::{day, history, organisation};
use domain::fact::Fact;
use domain::ids::PersonId;
use domain::{assessment, barrier, contact, pathway, person};
use uuid::Uuid;

const PERSON: PersonId = PersonId(Uuid::from_u128(1));
const PATHWAY: PathwayId = PathwayId(Uuid::from_u128(2));
const ASSESSMENT: AssessmentId = AssessmentId(Uuid::from_u128(3));
const APPOINTMENT: AppointmentId = AppointmentId(Uuid::from_u128(4));
const ACTION: ActionId = ActionId(Uuid::from_u128(5));
const BARRIER: BarrierId = BarrierId(Uuid::from_u128(6));
const INTERVIEW: InterviewId = InterviewId(Uuid::from_u128(7));

fn welcomed() -> Vec<(&'static str, Fact)> {
    let registered = person::Event::Registered { person: PERSON, organisation: organisation("cpas") };
    let (organisation, origin) = (organisation("cpas"), pathway::Origin::AidFile);
    let opened = pathway::Event::Opened { person: PERSON, pathway: PATHWAY, organisation, origin };
    vec![("2022-01-01", registered.into()), ("2022-01-10", opened.into())]
}

fn met() -> Vec<(&'static str, Fact)> {
    let (person, pathway) = (PERSON, Some(PATHWAY));
    let (mode, topic) = (ContactMode::InPerson, ContactTopic::FollowUp);
    let planned = contact::Event::Planned { person, pathway, appointment: APPOINTMENT, mode, topic };
    let asked = contact::Event::Requested { person, pathway, interview: INTERVIEW };
    let held = contact::Event::Recorded {
        person,
        pathway,
        mode,
        topic,
        appointment: Some(APPOINTMENT),
        interview: Some(INTERVIEW),
    };
    vec![("2022-02-01", asked.into()), ("2022-02-10", held.into()), ("2022-02-11", planned.into())]
}

fn worked_on() -> Vec<(&'static str, Fact)> {
    let (person, pathway) = (PERSON, PATHWAY);
    let competences = vec![Label::new("Cuisine").unwrap()];
    let version =
        assessment::Event::Versioned { person, assessment: ASSESSMENT, version: 1, competences, document: None };
    let (scheme, occupation) = (OccupationScheme::Rome, "G1602".to_owned());
    let agreed = action::Event::Agreed {
        person,
        pathway: Some(pathway),
        action: ACTION,
        party: ActionParty::Person,
        label: None,
        due_on: Some(day("2022-04-01")),
    };
    let severity = Severity::High;
    vec![
        ("2022-02-12", barrier::Event::Identified { person, pathway, barrier: BARRIER, severity }.into()),
        ("2022-02-13", assessment::Event::Started { person, pathway, assessment: ASSESSMENT }.into()),
        ("2022-02-14", version.into()),
        ("2022-02-15", assessment::Event::Determined { person, pathway, scheme, occupation }.into()),
        ("2022-02-16", agreed.into()),
        ("2022-03-01", pathway::Event::Suspended { person, pathway, until: None }.into()),
        ("2022-04-01", pathway::Event::Resumed { person, pathway }.into()),
        ("2022-04-02", action::Event::Done { person, action: ACTION }.into()),
        ("2022-04-03", barrier::Event::Lifted { person, pathway, barrier: BARRIER }.into()),
    ]
}

#[test]
fn who_was_registered_only_has_no_row() {
    assert!(Accompaniment::rows(&history(PERSON, &welcomed()), &Law::default()).is_empty());
}

#[test]
fn a_row_tells_each_step_with_its_days() {
    let past = [welcomed(), met(), worked_on()].concat();
    let row = Accompaniment::rows(&history(PERSON, &past), &Law::default()).remove(0);
    let barrier = row.barriers[0];
    assert_eq!(["2022-02-11", "2022-02-12", "2022-04-03"].map(|on| barrier.stands_on(day(on))), [false, true, false]);
    assert_eq!((row.assessments[0].versions[0].number, row.projects[0].occupation.as_str()), (1, "G1602"));
    assert_eq!(row.contacts.len(), 1);
    assert_eq!(row.appointments[0].kept_on, Some(day("2022-02-10")));
    assert_eq!(row.interviews[0].held_on, Some(day("2022-02-10")));
    assert_eq!(row.actions[0].settled, Some((day("2022-04-02"), true)));
    let suspended = ["2022-02-28", "2022-03-01", "2022-04-01"].map(|on| row.suspensions[0].covers(day(on)));
    assert_eq!(suspended, [false, true, false]);
}

#[test]
fn as_of_a_day_in_between_what_came_later_is_not_told() {
    let past = [welcomed(), met(), worked_on()].concat();
    let until = past.iter().filter(|(on, _)| *on <= "2022-03-15").cloned().collect::<Vec<_>>();
    let row = Accompaniment::rows(&history(PERSON, &until), &Law::default()).remove(0);
    assert_eq!((row.actions[0].settled, row.suspensions[0].resumed_on), (None, None));
}
