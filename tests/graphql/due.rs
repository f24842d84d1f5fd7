//! What must be done by when, and who has to do it.

use crate::house::{House, person};
use serde_json::json;

const GRANT: &str = "00000000-0000-4000-8000-0000000000b1";
const PATHWAY: &str = "00000000-0000-4000-8000-0000000000b2";

/// A person granted income with notice on 31 March 2022, followed by two workers.
fn followed() -> House {
    let house = House::with_participants(1);
    let who = || json!({"participant": person(1), "on": "2022-03-01"});
    let with = |more: serde_json::Value| {
        let mut whole = who();
        more.as_object().expect("fields").iter().for_each(|(field, value)| whole[field] = value.clone());
        whole
    };
    house.record(
        "grantAid",
        with(json!({"grant": GRANT, "organisation": "cpas-molenbeek", "kind": "RIS", "notifiedOn": "2022-03-31"})),
    );
    house.record(
        "openPathway",
        with(json!({"pathway": PATHWAY, "organisation": "cpas-molenbeek", "origin": "AID_FILE"})),
    );
    for (user, referent) in [("lea", true), ("max", false)] {
        let member = json!({"pathway": PATHWAY, "user": user, "role": "SOCIAL_WORKER", "referent": referent});
        house.record("assignMember", with(member));
    }
    house
}

#[test]
fn a_deadline_explains_itself_and_stands_as_of_any_day() {
    let house = followed();
    let asked = |day: &str, filter: &str| {
        let query = format!(
            "{{ deadlines(asOf: \"{day}\", filter: {{{filter}}}) {{ totalCount nodes {{ kind status dueOn daysLeft worker \
             article ruleSet startedBy {{ kind }} counted {{ amount unit from }} explanation(language: FR) \
             }} }} }}"
        );
        house.server.data(&query)["deadlines"].clone()
    };
    let due = asked("2022-06-30", "kind: [PIIS_SIGNATURE]");
    let one = &due["nodes"][0];
    assert_eq!((&due["totalCount"], &one["status"], &one["daysLeft"]), (&json!(1), &json!("DUE"), &json!(0)));
    assert_eq!(one["dueOn"], "2022-06-30");
    assert_eq!(one["startedBy"]["kind"], "AidGranted");
    assert_eq!(one["counted"], json!({"amount": 3, "unit": "MONTHS", "from": "2022-03-31"}));
    assert_eq!((&one["worker"], &one["ruleSet"]), (&json!("lea"), &json!("be-2016-11-01")));
    assert!(one["explanation"].as_str().is_some_and(|text| text.starts_with("3 mois à compter du 2022-03-31")));
    let overdue = asked("2022-07-01", "status: [OVERDUE]");
    assert_eq!((&overdue["totalCount"], &overdue["nodes"][0]["daysLeft"]), (&json!(1), &json!(-1)));
    let by_article = asked("2022-07-01", "article: \"article 11\", worker: \"lea\", organisation: \"cpas-molenbeek\"");
    assert_eq!(by_article["totalCount"], 1);
    for none in
        ["worker: \"max\"", "organisation: \"cpas-jette\"", "dueUntil: \"2022-06-29\"", "article: \"article 99\""]
    {
        assert_eq!(asked("2022-07-01", none)["totalCount"], 0, "{none}");
    }
    assert_eq!(asked("2022-03-30", "")["totalCount"], 0, "no clock runs before the notification");
}

#[test]
fn a_caseload_counts_who_follows_whom_and_what_is_due() {
    let house = followed();
    let asked = |query: &str| house.server.data(query);
    let of = "worker pathwaysFollowed asReferent overdue dueInSevenDays dueLater pathways { referent since }";
    let all = asked(&format!("{{ caseloads(asOf: \"2022-06-25\") {{ {of} }} }}"));
    assert_eq!(
        all["caseloads"],
        json!([
            {"worker": "lea", "pathwaysFollowed": 1, "asReferent": 1, "overdue": 0, "dueInSevenDays": 2, "dueLater": 0,
                "pathways": [{"referent": true, "since": "2022-03-01"}]},
            {"worker": "max", "pathwaysFollowed": 1, "asReferent": 0, "overdue": 0, "dueInSevenDays": 0, "dueLater": 0,
                "pathways": [{"referent": false, "since": "2022-03-01"}]},
        ]),
        "the signature and the appeal, both on 30 June"
    );
    let one = asked("{ caseload(worker: \"lea\", asOf: \"2022-07-01\") { overdue deadlines { nodes { kind } } } }");
    assert_eq!(one["caseload"], json!({"overdue": 1, "deadlines": {"nodes": [{"kind": "PIIS_SIGNATURE"}]}}));
    let nobody = asked("{ caseload(worker: \"nobody\") { pathwaysFollowed } }");
    assert_eq!(nobody["caseload"]["pathwaysFollowed"], 0);
    let elsewhere = asked("{ caseloads(organisation: \"cpas-jette\", asOf: \"2022-06-25\") { worker } }");
    assert_eq!(elsewhere["caseloads"], json!([]));
}
