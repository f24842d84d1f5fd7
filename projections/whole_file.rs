//! One person's whole file through every view of persons, and how much room its rows take.

use crate::past::{day, history, organisation};
use crate::{
    View, accompaniment, acquired, aids, applications, cells, engagements, operations, outcomes, penalties, projects,
    sanctions, standing, trainings,
};
use domain::codes::{AidKind, Cell, ContractKind, Measure};
use domain::contract::{self, AbsenceReason, EndCause, Place, Terms};
use domain::fact::Fact;
use domain::history::History;
use domain::hours::Hours;
use domain::ids::{AbsenceId, CourseId, EngagementId, GrantId, HireId, PathwayId, PersonId, PiisId, PostId, SessionId};
use domain::law::Law;
use domain::pathway::{MemberRole, Origin, Outcome};
use domain::piis::PiisKind;
use domain::{aid, appraisal, hiring, pathway, person, piis, training};
use uuid::Uuid;

/// What all rows of one person may take, in bytes as saved.
const BYTES_MAX: usize = 1_200;

const PERSON: PersonId = PersonId(Uuid::from_u128(1));
const PATHWAY: PathwayId = PathwayId(Uuid::from_u128(2));
const GRANT: GrantId = GrantId(Uuid::from_u128(3));
const PIIS: PiisId = PiisId(Uuid::from_u128(4));
const ENGAGEMENT: EngagementId = EngagementId(Uuid::from_u128(5));
const PLACE: Place = Place { post: Some(PostId(Uuid::from_u128(6))), agreement: None };
const COURSE: CourseId = CourseId(Uuid::from_u128(7));

fn entered(cell: Cell) -> Fact {
    pathway::Event::CellEntered { person: PERSON, pathway: PATHWAY, cell }.into()
}

/// The beginning of a file: registered, on aid, in a pathway, with a project.
fn welcomed() -> Vec<(&'static str, Fact)> {
    let cpas = || organisation("cpas-molenbeek");
    let requested = aid::Event::Requested { person: PERSON, grant: GRANT, organisation: cpas(), kind: AidKind::Ris };
    let granted = aid::Event::Granted {
        person: PERSON,
        grant: GRANT,
        organisation: cpas(),
        kind: AidKind::Ris,
        category: None,
        notified_on: day("2020-02-01"),
    };
    let opened =
        pathway::Event::Opened { person: PERSON, pathway: PATHWAY, organisation: cpas(), origin: Origin::AidFile };
    let assigned = pathway::Event::MemberAssigned {
        person: PERSON,
        pathway: PATHWAY,
        user: "user-17".to_owned(),
        role: MemberRole::JobCoach,
        referent: true,
    };
    let proposed = piis::Event::Proposed {
        person: PERSON,
        piis: PIIS,
        grant: Some(GRANT),
        organisation: cpas(),
        kind: PiisKind::General,
        label: None,
    };
    let signed = piis::Event::Signed {
        person: PERSON,
        piis: PIIS,
        grant: Some(GRANT),
        until: None,
        subsidy_code: None,
        reflection_cut: false,
    };
    vec![
        ("2020-01-02", person::Event::Registered { person: PERSON, organisation: cpas() }.into()),
        ("2020-01-02", requested.into()),
        ("2020-02-01", granted.into()),
        ("2020-02-10", opened.into()),
        ("2020-02-10", assigned.into()),
        ("2020-02-10", entered(Cell::ProjectFacilitator)),
        ("2020-03-01", proposed.into()),
        ("2020-03-10", signed.into()),
        ("2020-06-01", entered(Cell::Art60)),
    ]
}

/// A year of work under article 60, with its months, an absence and training.
fn worked() -> Vec<(&'static str, Fact)> {
    let terms = Terms {
        measure: Measure::Art60,
        organisation: organisation("samusocial"),
        employer: organisation("cpas-molenbeek"),
        planned_from: day("2020-07-01"),
        planned_until: Some(day("2021-06-30")),
        weekly_hours: Some(Hours::whole(38)),
        kind: ContractKind::Cdd,
    };
    let (person, engagement, place) = (PERSON, ENGAGEMENT, PLACE);
    let absent = contract::Event::AbsenceRecorded {
        person,
        engagement,
        absence: AbsenceId(Uuid::from_u128(8)),
        from: day("2020-10-05"),
        until: day("2020-10-09"),
        hours: Hours::whole(38),
        reason: AbsenceReason::Sick,
    };
    let mut past = vec![
        ("2020-06-20", contract::Event::Signed { person, engagement, place, terms }.into()),
        ("2020-07-01", contract::Event::Started { person, engagement, place }.into()),
        ("2020-07-01", contract::Event::SkillsPlanSigned { person, engagement }.into()),
        ("2020-10-05", absent.into()),
    ];
    for month in 0..10 {
        let from = domain::law::add_months(day("2020-07-01"), month);
        let until = domain::law::add_months(from, 1).pred_opt().unwrap();
        let hours = Hours::whole(152);
        past.push(("2020-07-01", contract::Event::HoursScheduled { person, engagement, from, until, hours }.into()));
    }
    let session = SessionId(Uuid::from_u128(9));
    past.push(("2020-08-01", training::Event::Enrolled { person, course: COURSE }.into()));
    past.push(("2020-09-01", training::Event::Attended { person, course: COURSE, session, hours: Hours(760) }.into()));
    past.push(("2021-06-30", contract::Event::Ended { person, engagement, place, cause: EndCause::Term }.into()));
    past
}

/// The exit: a job, and aid ended.
fn left() -> Vec<(&'static str, Fact)> {
    let hired = hiring::Event::Hired {
        person: PERSON,
        hire: HireId(Uuid::from_u128(10)),
        engagement: ENGAGEMENT,
        employer: organisation("samusocial"),
        kind: ContractKind::Cdi,
        start: day("2021-07-01"),
    };
    let closed = pathway::Event::Closed { person: PERSON, pathway: PATHWAY, outcome: Outcome::Employment };
    let ended = aid::Event::Ended { person: PERSON, grant: GRANT, motive: aid::AidEndMotive::Employment };
    vec![("2020-07-01", ended.into()), ("2021-06-15", hired.into()), ("2021-07-01", closed.into())]
}

fn file(parts: &[Vec<(&'static str, Fact)>]) -> History {
    let mut past = parts.concat();
    past.sort_by_key(|(on, _)| *on);
    history(PERSON, &past)
}

fn saved<V: View>(history: &History) -> usize {
    let rows = V::rows(history, &Law::default());
    let bytes = rmp_serde::to_vec(&rows).unwrap();
    assert_eq!(rmp_serde::from_slice::<Vec<V::Row>>(&bytes).unwrap(), rows, "{} is read as it was saved", V::NAME);
    bytes.len()
}

#[test]
fn the_rows_of_one_person_are_small_and_read_as_they_were_saved() {
    let history = file(&[welcomed(), worked(), left()]);
    assert!(history.entries().count() >= 29);
    let sizes = [
        saved::<standing::Standing>(&history),
        saved::<cells::Cells>(&history),
        saved::<engagements::Engagements>(&history),
        saved::<trainings::Trainings>(&history),
        saved::<outcomes::Outcomes>(&history),
        saved::<aids::Aids>(&history),
        saved::<projects::Projects>(&history),
        saved::<accompaniment::Accompaniment>(&history),
        saved::<operations::Operations>(&history),
        saved::<penalties::Penalties>(&history),
        saved::<sanctions::Sanctions>(&history),
        saved::<applications::Applications>(&history),
        saved::<acquired::Acquired>(&history),
    ];
    println!("bytes by view: {sizes:?}, {} in all", sizes.iter().sum::<usize>());
    assert!(sizes.iter().sum::<usize>() <= BYTES_MAX, "{sizes:?}");
}

#[test]
fn a_person_stands_where_the_last_steps_left_them() {
    let law = Law::default();
    let working = standing::Standing::rows(&file(&[welcomed(), worked()[..4].to_vec()]), &law).remove(0);
    assert_eq!(working.registered, Some((day("2020-01-02"), organisation("cpas-molenbeek"))));
    assert_eq!(working.pathways[0].cell, Some((Cell::Art60, day("2020-06-01"))));
    assert_eq!(working.pathways[0].referent.as_deref(), Some("user-17"));
    assert_eq!(working.piis, standing::Piis::Running(PIIS, day("2020-03-10")));
    assert_eq!((working.engagements[0].post, working.aids[0].kind), (PLACE.post, AidKind::Ris));
    assert_eq!(working.last, Some(("AbsenceRecorded".to_owned(), day("2020-10-05"))));
    let gone = standing::Standing::rows(&file(&[welcomed(), worked(), left()]), &law).remove(0);
    assert!(gone.pathways.is_empty() && gone.engagements.is_empty() && gone.aids.is_empty());
}

#[test]
fn an_exit_is_told_with_the_spell_and_the_job() {
    let told = outcomes::Outcomes::rows(&file(&[welcomed(), worked(), left()]), &Law::default()).remove(0);
    assert_eq!((told.spells[0].start, told.spells[0].last_day), (day("2020-07-01"), day("2021-06-30")));
    assert_eq!((told.hires[0].signed_on, told.exits[0].outcome), (day("2021-06-15"), Outcome::Employment));
}

/// Suspended, amended, proposed, worked and evaluated: what most engagements never know.
#[test]
fn an_engagement_tells_what_followed_its_signature() {
    let (person, engagement, place) = (PERSON, ENGAGEMENT, PLACE);
    let proposal = contract::BenefitProposal {
        application_on: day("2021-07-01"),
        age_band: 0,
        required_days: 312,
        reference_months: 21,
        basis: contract::BenefitBasis::ByAge,
    };
    let (from, until, hours) = (day("2020-07-01"), day("2020-07-31"), Hours::whole(150));
    let weekly_hours = Some(Hours::whole(15));
    let confirmed = contract::Event::BenefitDaysConfirmed {
        person,
        engagement,
        required_days: proposal.required_days,
        reference_months: proposal.reference_months,
    };
    let result = appraisal::EvaluationResult::Good;
    let later: Vec<(&'static str, Fact)> = vec![
        ("2020-06-21", contract::Event::BenefitDaysProposed { person, engagement, proposal }.into()),
        ("2020-06-22", confirmed.into()),
        ("2020-07-01", contract::Event::HoursWorked { person, engagement, from, until, hours }.into()),
        ("2020-08-01", contract::Event::Suspended { person, engagement }.into()),
        ("2020-08-15", contract::Event::Resumed { person, engagement }.into()),
        ("2020-09-01", appraisal::Event::EvaluationRecorded { person, engagement, result }.into()),
        ("2021-01-01", contract::Event::Amended { person, engagement, place, weekly_hours, kind: None }.into()),
    ];
    let row = engagements::Engagements::rows(&file(&[worked(), later]), &Law::default()).remove(0);
    assert_eq!((row.weekly_hours, row.kind), (weekly_hours, ContractKind::Cdd));
    assert!(row.suspended_on(day("2020-08-14")) && !row.suspended_on(day("2020-08-15")));
    assert!(row.active_on(day("2020-08-14")), "a suspended engagement runs");
    let later = row.later.unwrap();
    assert_eq!(later.amended_on, [day("2021-01-01")]);
    assert_eq!((later.hours_worked[0].from, later.hours_worked[0].hours), (from, hours));
    assert_eq!(later.benefit.and_then(|it| it.confirmed), Some((day("2020-06-22"), 312, 21)));
    assert_eq!(later.evaluations, [(day("2020-09-01"), result)]);
    assert_eq!(later.warnings, [contract::EngagementWarning::BelowHalfTime]);
    let plain = engagements::Engagements::rows(&file(&[worked()]), &Law::default()).remove(0);
    assert_eq!(plain.later, None);
}

#[test]
fn a_project_that_went_on_runs_on_both_sides_of_its_gap() {
    let (person, piis) = (PERSON, PIIS);
    let reason = piis::PiisEnd::GoalReached;
    let reactivated =
        piis::Event::Reactivated { person, piis, job_from: None, job_until: None, new_assessment_needed: true };
    let gap: Vec<(&'static str, Fact)> =
        vec![("2020-09-01", piis::Event::Ended { person, piis, reason }.into()), ("2020-11-01", reactivated.into())];
    let row = projects::Projects::rows(&file(&[welcomed(), gap]), &Law::default()).remove(0);
    let running =
        ["2020-08-31", "2020-09-01", "2020-10-31", "2020-11-01"].map(|on| row.projects[0].running_on(day(on)));
    assert_eq!(running, [true, false, false, true]);
    assert!(row.projects[0].gaps[0].new_assessment_needed && row.projects[0].ended.is_none());
}
