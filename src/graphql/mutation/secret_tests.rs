//! What stands under an id of its own: the judicial file, and the alias of a national number.

use super::story_tests::{ANNA, BORIS, House, id};
use async_graphql::{Request, Variables};
use domain::personal::FieldClass;
use serde_json::{Value, json};
use store::EventStore;
use uuid::Uuid;

const NUMBER: &str = "93.05.18-223.61";

async fn ask(house: &House, query: &str, variables: Value) -> Value {
    let response = house.schema.execute(Request::new(query).variables(Variables::from_json(variables))).await;
    assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
    response.data.into_json().unwrap()
}

fn penalty(on: &str) -> Value {
    json!({"participant": ANNA, "penalty": Uuid::from_u128(9), "on": on})
}

/// Twenty hours ordered, eight performed, one absence, three months more.
async fn with_a_penalty() -> House {
    let house = House::open().await;
    house.register(ANNA).await;
    let mut assigned = penalty("2022-03-15");
    for (field, value) in [
        ("organisation", "samusocial"),
        ("hoursOrdered", "20"),
        ("finalOn", "2022-03-01"),
        ("mandateReference", "invented 42"),
    ] {
        assigned[field] = json!(value);
    }
    let shown = house.changed("participant { id workPenalties { hoursOrdered } }", "assignPenalty", assigned).await;
    let expected = json!({"id": id("Participant", ANNA), "workPenalties": [{"hoursOrdered": "20"}]});
    assert_eq!(shown["participant"], expected);
    let mut performed = penalty("2022-04-01");
    performed["hours"] = json!("8");
    house.record("performPenaltyHours", performed).await;
    let mut absent = penalty("2022-04-08");
    absent["justified"] = json!(true);
    house.record("recordPenaltyAbsence", absent).await;
    let mut longer = penalty("2023-02-01");
    longer["until"] = json!("2023-06-01");
    house.record("extendPenaltyDeadline", longer).await;
    house
}

const PENALTIES: &str = "query($id: ID!) { participant(id: $id) { timeline { totalCount } workPenalties {
    deadline performed { on hours } absences { on justified } events { kind personal { field value } streams { kind role } } } }
    indicators { workPenalty(year: 2022) { persons { numerator } hours { numerator } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_penalty_is_told_by_the_participant_and_by_no_timeline() {
    let house = with_a_penalty().await;
    let told = ask(&house, PENALTIES, json!({"id": ANNA})).await;
    assert_eq!(told["participant"]["timeline"]["totalCount"], json!(1));
    assert_eq!(house.kinds(ANNA).await, ["ParticipantRegistered"]);
    let one = &told["participant"]["workPenalties"][0];
    assert_eq!((&one["deadline"], &one["performed"][0]["hours"]), (&json!("2023-06-01"), &json!("8")));
    assert_eq!(one["absences"], json!([{"on": "2022-04-08", "justified": true}]));
    let kinds: Vec<_> = one["events"].as_array().unwrap().iter().map(|event| event["kind"].clone()).collect();
    let expected = ["PenaltyAssigned", "PenaltyHoursPerformed", "PenaltyAbsence", "PenaltyDeadlineExtended"];
    assert_eq!(kinds, expected.map(Value::from));
    let first = &one["events"][0];
    assert_eq!(first["personal"][0]["value"], json!("invented 42"));
    assert_eq!(first["streams"], json!([{"kind": "JUDICIAL", "role": "JUDICIAL_FILE"}]));
    let of_2022 = &told["indicators"]["workPenalty"];
    assert_eq!((&of_2022["persons"]["numerator"], &of_2022["hours"]["numerator"]), (&json!("1"), &json!("8")));
}

/// Once the key of the person's judicial data is destroyed nothing leads to the file, and every figure stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_its_key_is_nobodys_and_still_counted() {
    let house = with_a_penalty().await;
    let before = ask(&house, PENALTIES, json!({"id": ANNA})).await;
    house.engine.vault.shred(ANNA, &[store::Class(FieldClass::Judicial.number())]).unwrap();
    let after = ask(&house, PENALTIES, json!({"id": ANNA})).await;
    assert_eq!(after["participant"]["workPenalties"], json!([]));
    assert_eq!(after["indicators"], before["indicators"]);
    let mut more = penalty("2022-05-01");
    more["hours"] = json!("8");
    assert_eq!(house.refused("performPenaltyHours", more).await.0, "PENALTY_UNKNOWN");
    let mut again = penalty("2022-05-01");
    for (field, value) in [("organisation", "samusocial"), ("hoursOrdered", "20"), ("finalOn", "2022-03-01")] {
        again[field] = json!(value);
    }
    assert_eq!(house.refused("assignPenalty", again).await.0, "PERSON_ERASED");
}

fn number(person: Uuid, value: &str) -> Value {
    json!({"participant": person, "on": "2022-02-01", "kind": "NISS", "value": value})
}

const HOLDER: &str = "query($value: String!) { participantByNumber(kind: NISS, value: $value) { uuid
    identifiers { kind on replacedOn } personal(classes: [IDENTIFYING]) { field value } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_found_by_its_hash_and_held_by_one_person() {
    let house = House::open_with(Some("law of 8 August 1983, article 5".into())).await;
    house.register(ANNA).await;
    house.register(BORIS).await;
    assert_eq!(ask(&house, HOLDER, json!({"value": NUMBER})).await["participantByNumber"], Value::Null);
    house.record("addIdentifier", number(ANNA, NUMBER)).await;
    let found = ask(&house, HOLDER, json!({"value": "93051822361"})).await["participantByNumber"].take();
    assert_eq!(found["uuid"], json!(ANNA));
    assert_eq!(found["identifiers"], json!([{"kind": "NISS", "on": "2022-02-01", "replacedOn": null}]));
    let values = found["personal"].as_array().unwrap();
    assert!(values.iter().any(|one| one["field"] == "NATIONAL_NUMBER" && one["value"] == "93051822361"), "{values:?}");
    let refused = ("NATIONAL_NUMBER_OF_ANOTHER".to_owned(), "value".to_owned());
    assert_eq!(house.refused("addIdentifier", number(BORIS, "93 0518 223 61")).await, refused);
    let records = house.engine.store.read(store::Position(0), 100).unwrap();
    let added = records.iter().find(|record| record.event.kind == "IdentifierAdded").unwrap();
    assert_eq!(added.event.legal_basis.as_deref(), Some("law of 8 August 1983, article 5"));
    assert!(
        records
            .iter()
            .filter(|record| record.event.kind != "IdentifierAdded")
            .all(|record| record.event.legal_basis.is_none())
    );
    assert!(records.iter().all(|record| !format!("{record:?}").contains("93051822361")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_without_a_legal_basis_keeps_no_number() {
    let house = House::open().await;
    house.register(ANNA).await;
    assert_eq!(house.refused("addIdentifier", number(ANNA, NUMBER)).await.0, "NATIONAL_NUMBERS_OFF");
    let variables = Variables::from_json(json!({"value": NUMBER}));
    let response = house.schema.execute(Request::new(HOLDER).variables(variables)).await;
    assert!(format!("{:?}", response.errors).contains("NATIONAL_NUMBERS_OFF"), "{:?}", response.errors);
}
