//! What is due around an engagement, a post, an agreement and a work penalty.

use super::*;
use crate::ids::{AgreementId, PostId};
use crate::scenario::{employed, judicial_file};

#[test]
fn an_engagement_is_to_start_and_to_end_as_planned() {
    let scenario = employed::scenario();
    let person: PersonId = PersonId(id(employed::PERSON));
    let found = told(&scenario, person);
    let term = found.iter().find(|one| one.kind == Kind::EngagementTerm).unwrap();
    assert_eq!((term.due_on, term.status_on(day("2022-07-01"))), (day("2022-06-30"), Status::Overdue));
    let start = found.iter().find(|one| one.kind == Kind::EngagementStart).unwrap();
    assert_eq!((start.due_on, start.status_on(day("2022-01-03"))), (day("2022-01-03"), Status::Met));
    let ended = scenario.given_command("endEngagement", employed::end("2022-06-30"));
    let term = told(&ended, person).into_iter().find(|one| one.kind == Kind::EngagementTerm).unwrap();
    assert_eq!(term.status_on(day("2022-07-01")), Status::Met);
}

#[test]
fn an_empty_subsidised_post_is_to_be_filled_within_six_months() {
    let engagement = "00000000-0000-4000-8000-00000000000d";
    let contract = json!({"engagement": engagement, "measure": "ACS", "organisation": "samusocial",
        "employer": "samusocial", "plannedFrom": "2022-02-01", "weeklyHours": "38", "kind": "CDI", "post": POST});
    let emptied = registered()
        .given_command(
            "openPost",
            json!({"post": POST, "on": "2022-01-01", "organisation": "samusocial", "measure": "ACS", "function": "x"}),
        )
        .given_command("signEngagement", of_person("2022-01-20", contract))
        .given_command("startEngagement", of_person("2022-02-01", json!({"engagement": engagement})))
        .given_command(
            "endEngagement",
            of_person("2022-08-31", json!({"engagement": engagement, "cause": "EARLY_PERSON"})),
        );
    // Last filled on 31 August 2022; February 2023 has 28 days.
    let found = told(&emptied, PostId(id(POST)));
    assert_eq!(
        found.iter().map(|one| (one.kind, one.due_on)).collect::<Vec<_>>(),
        [(Kind::PostRefill, day("2023-02-28"))]
    );
    assert_eq!(found[0].status_on(day("2023-03-01")), Status::Overdue);
    assert_eq!(found[0].organisation.as_ref().map(|one| one.as_str()), Some("samusocial"));
}

#[test]
fn an_agreement_runs_out_on_its_last_day_as_renewed() {
    let agreement = json!({"agreement": AGREEMENT, "on": "2022-01-01", "organisation": "samusocial",
        "partner": "cpas-jette", "measure": "ART60", "from": "2022-01-01", "until": "2022-12-31"});
    let signed = Scenario::new().today(day("2023-12-31")).given_command("signAgreement", agreement);
    let of = AgreementId(id(AGREEMENT));
    assert_eq!(told(&signed, of)[0].status_on(day("2023-01-01")), Status::Overdue);
    let renewal = json!({"agreement": AGREEMENT, "on": "2022-12-01", "until": "2023-12-31"});
    let renewed = signed.given_command("renewAgreement", renewal);
    let found = told(&renewed, of);
    assert_eq!((found.len(), found[0].due_on), (1, day("2023-12-31")));
    assert_eq!(found[0].organisation.as_ref().map(|one| one.as_str()), Some("samusocial"));
}

/// The deadlines of the house of the one worker: code, last day, status on a day.
fn of_house(scenario: &Scenario, on: &str) -> Vec<(String, String, Status)> {
    let all = told(scenario, PersonId(id(employed::PERSON))).into_iter();
    let told = all.filter_map(|one| Some((one.house.clone()?, one.due_on.to_string(), one.status_on(day(on)))));
    told.collect()
}

#[test]
fn a_skills_plan_is_due_thirty_days_after_the_start() {
    let scenario = employed::scenario();
    let due = |status| [("SKILLS_PLAN".to_owned(), "2022-02-02".to_owned(), status)];
    assert_eq!(of_house(&scenario, "2022-02-02"), due(Status::Due));
    assert_eq!(of_house(&scenario, "2022-02-03"), due(Status::Overdue));
    let signed = scenario.given_command(
        "signSkillsPlan",
        json!({"participant": employed::PERSON, "engagement": employed::ENGAGEMENT, "on": "2022-01-20"}),
    );
    assert_eq!(of_house(&signed, "2022-02-03"), due(Status::Met));
}

#[test]
fn after_an_exit_a_review_and_three_follow_ups_are_due() {
    let ended =
        employed::scenario().today(day("2023-12-31")).given_command("endEngagement", employed::end("2022-06-30"));
    let of = |scenario: &Scenario, code: &str| {
        of_house(scenario, "2022-08-01").into_iter().find(|one| one.0 == code).map(|one| (one.1, one.2))
    };
    assert_eq!(of(&ended, "EXIT_REVIEW"), Some(("2022-07-30".into(), Status::Overdue)));
    assert_eq!(of(&ended, "FOLLOW_UP_3"), Some(("2022-09-30".into(), Status::Due)));
    assert_eq!(of(&ended, "FOLLOW_UP_12"), Some(("2023-06-30".into(), Status::Due)));
    let asked = ended.clone().given_command(
        "recordFollowUp",
        json!({"participant": employed::PERSON, "on": "2022-09-28", "atMonths": 3, "situation": "UNEMPLOYED",
            "source": "PERSON"}),
    );
    let on_the_day = of_house(&asked, "2022-09-30");
    let standing = |code: &str| on_the_day.iter().find(|one| one.0 == code).map(|one| one.2);
    assert_eq!((standing("FOLLOW_UP_3"), standing("FOLLOW_UP_6")), (Some(Status::Met), Some(Status::Due)));
}

#[test]
fn who_goes_on_without_a_gap_has_not_left() {
    let again = |from: &str| {
        let second = "00000000-0000-0000-0000-000000000003";
        employed::scenario()
            .today(day("2023-12-31"))
            .given_command("endEngagement", employed::end("2022-06-30"))
            .given_command(
                "signEngagement",
                json!({"participant": employed::PERSON, "engagement": second, "on": "2022-06-01", "measure": "ART60",
                    "organisation": "samusocial", "employer": "cpas-bruxelles", "plannedFrom": from,
                    "plannedUntil": "2022-12-31", "weeklyHours": "38", "kind": "CDD"}),
            )
            .given_command(
                "startEngagement",
                json!({"participant": employed::PERSON, "engagement": second, "on": from}),
            )
    };
    let reviews = |scenario: &Scenario| {
        of_house(scenario, "2022-09-01")
            .into_iter()
            .filter(|one| one.0 == "EXIT_REVIEW")
            .map(|one| one.2)
            .collect::<Vec<_>>()
    };
    assert_eq!(reviews(&again("2022-07-01")), []);
    assert_eq!(reviews(&again("2022-07-02")), [Status::Void], "left, and back");
}

#[test]
fn a_work_penalty_is_performed_within_twelve_months_or_as_the_commission_says() {
    // Article 37quinquies: final on 29 February 2024, so by 28 February 2025, for 2025 has no 29th.
    let penalty = json!({"penalty": PIIS, "organisation": "samusocial", "hoursOrdered": "40", "finalOn": "2024-02-29"});
    let assigned = registered().given_command("assignPenalty", of_person("2024-03-15", penalty));
    let file = judicial_file(WHO);
    assert_eq!(told(&assigned, PersonId(id(WHO))), [], "nothing of it stands in the person's file");
    let one = told(&assigned, file).remove(0);
    assert_eq!((one.kind, one.due_on, one.clock.on), (Kind::PenaltyTime, day("2025-02-28"), day("2024-02-29")));
    assert_eq!(one.status_on(day("2025-03-01")), Status::Overdue);
    let extension = json!({"penalty": PIIS, "until": "2025-08-31"});
    let extended = assigned.given_command("extendPenaltyDeadline", of_person("2025-02-01", extension));
    let one = told(&extended, file).remove(0);
    assert_eq!(
        (one.due_on, one.status_on(day("2025-03-01")), one.clock.on),
        (day("2025-08-31"), Status::Due, day("2025-02-01"))
    );
}
