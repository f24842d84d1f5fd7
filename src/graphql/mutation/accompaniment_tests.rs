//! What happens between the intake and the work, told by mutations to a real engine and read back from it.

use super::story_tests::{House, id};
use serde_json::{Value, json};
use uuid::Uuid;

const PERSON: Uuid = Uuid::from_u128(0xa);
const PATHWAY: Uuid = Uuid::from_u128(1);
const GRANT: Uuid = Uuid::from_u128(2);
const BARRIER: Uuid = Uuid::from_u128(3);
const ASSESSMENT: Uuid = Uuid::from_u128(4);
const APPOINTMENT: Uuid = Uuid::from_u128(5);
const INTERVIEW: Uuid = Uuid::from_u128(6);
const ACTION: Uuid = Uuid::from_u128(7);
const MISSED: Uuid = Uuid::from_u128(8);
const GIVEN_UP: Uuid = Uuid::from_u128(9);

async fn tell(house: &House, steps: Vec<(&'static str, Value)>) {
    for (mutation, mut input) in steps {
        input["participant"] = json!(id("Participant", PERSON));
        house.record(mutation, input).await;
    }
}

/// A house with one person on aid, in a pathway from 10 January 2022 on.
async fn house() -> House {
    let house = House::open().await;
    house.register(PERSON).await;
    let grant = json!({"grant": GRANT, "on": "2022-01-10", "organisation": "cpas-molenbeek", "kind": "RIS",
        "notifiedOn": "2022-01-14"});
    let open = json!({"pathway": PATHWAY, "on": "2022-01-10", "organisation": "cpas-molenbeek", "origin": "AID_FILE"});
    tell(&house, vec![("grantAid", grant), ("openPathway", open)]).await;
    house
}

fn pathway_and(mut input: Value) -> Value {
    input["pathway"] = json!(id("Pathway", PATHWAY));
    input
}

#[tokio::test]
async fn an_accompaniment_is_recorded_and_read_back() {
    let house = house().await;
    let spoken = json!({"on": "2022-02-04", "mode": "IN_PERSON", "topic": "FOLLOW_UP",
        "appointment": id("Appointment", APPOINTMENT), "interview": id("Interview", INTERVIEW)});
    let planned =
        |appointment: Uuid, on: &str| json!({"appointment": appointment, "on": on, "mode": "PHONE", "topic": "WORK"});
    tell(
        &house,
        vec![
            (
                "identifyBarrier",
                pathway_and(json!({"barrier": BARRIER, "on": "2022-02-01", "kind": "CARE", "severity": "HIGH"})),
            ),
            ("requestInterview", pathway_and(json!({"interview": INTERVIEW, "on": "2022-02-01"}))),
            ("planAppointment", pathway_and(planned(APPOINTMENT, "2022-02-04"))),
            ("recordContact", pathway_and(spoken)),
            ("planAppointment", planned(MISSED, "2022-02-08")),
            (
                "missAppointment",
                json!({"appointment": id("Appointment", MISSED), "on": "2022-02-08", "excused": false}),
            ),
            ("startAssessment", pathway_and(json!({"assessment": ASSESSMENT, "on": "2022-02-10"}))),
            (
                "versionAssessment",
                json!({"assessment": id("Assessment", ASSESSMENT), "on": "2022-02-20",
                    "competences": ["Cuisine", "Permis B"], "document": "BSP 2022/17", "aspirations": "to cook"}),
            ),
            ("determineProject", pathway_and(json!({"on": "2022-02-20", "scheme": "ROME", "occupation": "G1602"}))),
            ("completeAssessment", json!({"assessment": ASSESSMENT, "on": "2022-03-01"})),
            (
                "agreeAction",
                pathway_and(json!({"action": ACTION, "on": "2022-03-01", "party": "PERSON", "label": "Actiris",
                    "dueOn": "2022-03-15"})),
            ),
            ("completeAction", json!({"action": id("Action", ACTION), "on": "2022-03-10"})),
            ("agreeAction", json!({"action": GIVEN_UP, "on": "2022-03-01", "party": "THIRD", "text": "an errand"})),
            ("abandonAction", json!({"action": GIVEN_UP, "on": "2022-03-11"})),
            ("suspendPathway", pathway_and(json!({"on": "2022-04-01", "motive": "MATERNITY"}))),
            ("resumePathway", pathway_and(json!({"on": "2022-07-01"}))),
            ("liftBarrier", json!({"barrier": id("Barrier", BARRIER), "on": "2022-08-01"})),
        ],
    )
    .await;
    let asked = format!(
        "{{ participant(id: \"{PERSON}\", asOf: \"2022-07-15\") {{ accompaniment {{
            barriers {{ severity identifiedOn liftedOn standing }}
            assessments {{ versions {{ number competences document }} completedOn }}
            projects {{ scheme occupation }} contacts {{ on topic }}
            appointments {{ plannedOn keptOn missedOn excused }} interviews {{ requestedOn heldOn }}
            actions {{ party label dueOn doneOn abandonedOn }} suspensions {{ from resumedOn running }} }} }} }}"
    );
    let told = house.data(&asked).await["participant"]["accompaniment"].take();
    let expected = json!({
        "barriers": [{"severity": "HIGH", "identifiedOn": "2022-02-01", "liftedOn": null, "standing": true}],
        "assessments": [{"versions": [{"number": 1, "competences": ["Cuisine", "Permis B"], "document": "BSP 2022/17"}],
            "completedOn": "2022-03-01"}],
        "projects": [{"scheme": "ROME", "occupation": "G1602"}],
        "contacts": [{"on": "2022-02-04", "topic": "FOLLOW_UP"}],
        "appointments": [
            {"plannedOn": "2022-02-04", "keptOn": "2022-02-04", "missedOn": null, "excused": null},
            {"plannedOn": "2022-02-08", "keptOn": null, "missedOn": "2022-02-08", "excused": false}],
        "interviews": [{"requestedOn": "2022-02-01", "heldOn": "2022-02-04"}],
        "actions": [
            {"party": "PERSON", "label": "Actiris", "dueOn": "2022-03-15", "doneOn": "2022-03-10", "abandonedOn": null},
            {"party": "THIRD", "label": null, "dueOn": null, "doneOn": null, "abandonedOn": "2022-03-11"}],
        "suspensions": [{"from": "2022-04-01", "resumedOn": "2022-07-01", "running": false}],
    });
    assert_eq!(told, expected);
}

#[tokio::test]
async fn an_operation_names_the_record_of_the_situation_that_is_frozen_for_it() {
    let house = house().await;
    let situation =
        json!({"on": "2022-02-01", "employmentStatus": "UNEMPLOYED", "isced": "ISCED_2", "disability": "YES"});
    tell(
        &house,
        vec![
            ("recordEntrySituation", situation),
            ("enterOperation", json!({"operation": "fse-1", "on": "2022-02-01", "organisation": "cpas-molenbeek"})),
            (
                "leaveOperation",
                json!({"operation": "fse-1", "on": "2022-06-01", "exitSituation": "EMPLOYED", "qualified": true}),
            ),
        ],
    )
    .await;
    let asked = format!(
        "{{ participant(id: \"{PERSON}\") {{ operations {{ operation from leftOn qualified isced situation exit running }} }} }}"
    );
    let stay = house.data(&asked).await["participant"]["operations"][0].take();
    assert_eq!(
        (&stay["operation"], &stay["leftOn"], &stay["running"]),
        (&json!("fse-1"), &json!("2022-06-01"), &json!(false))
    );
    assert_eq!((&stay["isced"], &stay["qualified"]), (&json!("ISCED_2"), &json!(true)));
    let sealed = |record: &Value| {
        let record = record.as_str().unwrap();
        format!("{{ node(id: \"{record}\") {{ ... on Event {{ fact personal {{ field class value }} }} }} }}")
    };
    let entry = house.data(&sealed(&stay["situation"])).await["node"].take();
    let expected = json!([{"field": "EMPLOYMENT_STATUS", "class": "SOCIAL_AID", "value": "UNEMPLOYED"},
        {"field": "DISABILITY", "class": "HEALTH", "value": "YES"}]);
    assert_eq!(entry["personal"], expected);
    assert!(!entry["fact"].to_string().contains("UNEMPLOYED"));
    let exit = house.data(&sealed(&stay["exit"])).await["node"].take();
    assert_eq!(exit["personal"], json!([{"field": "EXIT_SITUATION", "class": "SOCIAL_AID", "value": "EMPLOYED"}]));
}

#[tokio::test]
async fn a_suspended_payment_leaves_the_aid_running_and_a_transfer_does_not() {
    let house = house().await;
    let suspend = json!({"grant": id("Aid", GRANT), "on": "2022-05-01", "until": "2022-05-31", "share": 50, "motive": "SANCTION"});
    tell(
        &house,
        vec![
            ("suspendAidPayment", suspend),
            ("resumeAidPayment", json!({"grant": GRANT, "on": "2022-05-16"})),
            ("transferAid", json!({"grant": GRANT, "on": "2022-09-01", "receiver": "Organisation:cpas-uccle"})),
        ],
    )
    .await;
    let on = |day: &str| {
        format!(
            "{{ participant(id: \"{PERSON}\", asOf: \"{day}\") {{ aids {{ running endedOn transferredOn
            suspensions {{ from until resumedOn share running }} }} }} }}"
        )
    };
    let then = house.data(&on("2022-05-10")).await["participant"]["aids"][0].take();
    let suspension =
        json!({"from": "2022-05-01", "until": "2022-05-31", "resumedOn": null, "share": 50, "running": true});
    assert_eq!((&then["running"], &then["suspensions"]), (&json!(true), &json!([suspension])));
    let later = house.data(&on("2022-09-01")).await["participant"]["aids"][0].take();
    assert_eq!((&later["running"], &later["transferredOn"]), (&json!(false), &json!("2022-09-01")));
    assert_eq!(later["suspensions"][0]["resumedOn"], "2022-05-16");
}
