//! Two files of one person, asked of as one, and apart again.

use crate::house::{House, code, person};
use serde_json::{Value, json};

const FILE: &str = "registeredOn mergedInto { id } absorbed { id } aids { kind } personal { field value } \
                    timeline { totalCount nodes { kind streams { id role } } }";

fn file(house: &House, number: u32, moment: &str) -> Value {
    let query = format!("{{ participant(id: \"{}\"{moment}) {{ {FILE} }} }}", person(number));
    house.server.data(&query)["participant"].take()
}

fn listed(house: &House) -> Value {
    house.server.data("{ participants { totalCount } }")["participants"]["totalCount"].take()
}

fn files() -> Value {
    json!({"survivor": person(1), "absorbed": person(2), "on": "2022-06-01", "motive": "an invented reason"})
}

fn family_name(file: &Value) -> Option<&Value> {
    let fields = file["personal"].as_array()?;
    fields.iter().find(|each| each["field"] == "FAMILY_NAME").map(|each| &each["value"])
}

#[test]
fn a_merged_file_is_asked_of_as_one_and_apart_again() {
    let house = House::with_participants(2);
    let (one, two) = (file(&house, 1, ""), file(&house, 2, ""));
    let before = house.last_instant();
    house.record("mergeParticipants", files());

    let survivor = file(&house, 1, "");
    assert_eq!(survivor["absorbed"], json!([{"id": person(2)}]));
    assert_eq!((&survivor["mergedInto"], &survivor["aids"]), (&Value::Null, &two["aids"]));
    assert_eq!(family_name(&survivor), Some(&json!("Invented 1")), "the survivor's own name");
    let records = survivor["timeline"]["nodes"].as_array().expect("records");
    let first_of_two =
        records.iter().find(|each| each["streams"][0]["id"] == person(2)).expect("a record of the other");
    assert_eq!(first_of_two["kind"], "ParticipantRegistered");

    let absorbed = file(&house, 2, "");
    assert_eq!(absorbed["mergedInto"], json!({"id": person(1)}));
    assert_eq!((&absorbed["aids"], &absorbed["personal"]), (&json!([]), &json!([])));
    let of_two = two["timeline"]["totalCount"].as_u64().expect("a number");
    assert_eq!(absorbed["timeline"]["totalCount"], of_two + 1, "its own records and the merge");
    assert_eq!(listed(&house), 1);

    let contact = "mutation($input: ChangeContactInput!) { changeContact(input: $input) { position } }";
    let input =
        json!({"participant": person(2), "on": "2022-07-01", "phone": "0", "idempotencyKey": uuid::Uuid::now_v7()});
    let refused = house.server.answer(contact, &json!({"input": input}));
    assert_eq!(code(&refused), "MERGED_INTO", "{refused}");

    let then = format!(", asKnownAt: {before}");
    assert_eq!((file(&house, 1, &then), file(&house, 2, &then)), (one.clone(), two.clone()));
    house.record("unmergeParticipants", files());
    for (number, was) in [(1, &one), (2, &two)] {
        let is = file(&house, number, "");
        for field in ["registeredOn", "mergedInto", "absorbed", "aids"] {
            assert_eq!(is[field], was[field], "{field} of {number}");
        }
        assert_eq!(family_name(&is), family_name(was));
    }
    assert_eq!(listed(&house), 2);
}
