//! Pages, filters and orders.

use crate::house::{House, code, person};
use serde_json::{Value, json};

fn ids(connection: &Value) -> Vec<&str> {
    connection["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["id"].as_str()).collect()
}

#[test]
fn participants_are_paged_from_both_sides_without_gap_or_repetition() {
    let house = House::with_participants(7);
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = house.server.data_with(
            "query($after: String) { participants(first: 3, after: $after) {
                totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }",
            &json!({ "after": after }),
        );
        let page = &data["participants"];
        assert_eq!(page["totalCount"], 7);
        assert_eq!(page["pageInfo"]["hasPreviousPage"], !seen.is_empty());
        seen.extend(ids(page).into_iter().map(str::to_owned));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(seen, (1..=7).map(person).collect::<Vec<_>>());
    let data = house.server.data("{ participants(last: 2) { nodes { id } pageInfo { hasPreviousPage hasNextPage } } }");
    assert_eq!(ids(&data["participants"]), [person(6), person(7)]);
    assert_eq!(data["participants"]["pageInfo"], json!({"hasPreviousPage": true, "hasNextPage": false}));
}

#[test]
fn participants_are_filtered_and_sorted() {
    let house = House::with_participants(5);
    let ask = |arguments: &str| {
        let data = house.server.data(&format!("{{ participants({arguments}) {{ totalCount nodes {{ id }} }} }}"));
        ids(&data["participants"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let persons = |numbers: &[u32]| numbers.iter().map(|number| person(*number)).collect::<Vec<_>>();
    assert_eq!(ask("filter: {hasOpenPathway: true}"), persons(&[2, 4]));
    assert_eq!(ask("filter: {hasOpenPathway: false}"), persons(&[1, 3, 5]));
    assert_eq!(ask("filter: {cell: ALPHA, aidKind: RIS, organisation: \"cpas-exemple\"}"), persons(&[2, 4]));
    assert_eq!(ask("filter: {cell: ART60}"), persons(&[]));
    assert_eq!(ask("filter: {organisation: \"samusocial\"}"), persons(&[]));
    assert_eq!(ask("filter: {registeredFrom: \"2022-01-04\"}"), persons(&[4, 5]));
    assert_eq!(ask("orderBy: {field: REGISTERED_ON, direction: DESC}, first: 2"), persons(&[5, 4]));
    // Those without a pathway come last, whichever the direction.
    assert_eq!(ask("orderBy: {field: PATHWAY_OPENED_ON, direction: DESC}"), persons(&[2, 4, 1, 3, 5]));
}

#[test]
fn the_log_is_paged_from_both_sides_and_counted_when_asked() {
    let house = House::with_participants(2);
    let positions = |arguments: &str| {
        let data = house.server.data(&format!("{{ events({arguments}) {{ totalCount nodes {{ position }} }} }}"));
        let nodes = data["events"]["nodes"].as_array().expect("nodes").clone();
        (
            nodes.iter().map(|node| node["position"].as_str().unwrap().to_owned()).collect::<Vec<_>>(),
            data["events"]["totalCount"].clone(),
        )
    };
    // To read the log is itself recorded, once a sitting: the sixth record.
    assert_eq!(positions("first: 50").1, json!(5));
    assert_eq!(positions("first: 2"), (vec!["1".into(), "2".into()], json!(6)));
    assert_eq!(positions("last: 2"), (vec!["5".into(), "6".into()], json!(6)));
    assert_eq!(positions("filter: {kinds: [ParticipantRegistered]}, last: 1"), (vec!["2".into()], json!(2)));
    let of_one = format!("filter: {{participant: \"{}\"}}, first: 1", person(2));
    assert_eq!(positions(&of_one), (vec!["2".into()], json!(4)));
}

#[test]
fn a_page_beyond_the_limit_and_a_wrong_id_are_refused_with_their_field() {
    let house = House::new();
    for (query, field) in [
        ("{ participants(first: 501) { totalCount } }", "first"),
        ("{ participants(first: 1, last: 1) { totalCount } }", "last"),
        ("{ participants(after: \"x\") { totalCount } }", "after"),
        ("{ participant(id: \"Post:00000000-0000-0000-0000-000000000001\") { id } }", "id"),
        ("{ indicators(organisation: \"CPAS Molenbeek\") { continuing(year: 2022) { value } } }", "organisation"),
        ("{ indicators { continuing(year: 22) { value } } }", "year"),
    ] {
        let answer = house.server.answer(query, &json!({}));
        assert_eq!(
            (code(&answer), &answer["errors"][0]["extensions"]["field"]),
            ("BAD_INPUT", &json!(field)),
            "{query}"
        );
    }
}

#[test]
fn everything_that_is_told_has_an_id_that_finds_it_again() {
    let house = House::with_participants(2);
    let data = house.server.data("{ events { nodes { id streams { id } } } }");
    for event in data["events"]["nodes"].as_array().expect("events") {
        for id in [&event["id"], &event["streams"][0]["id"]] {
            let found =
                house.server.data_with("query($id: ID!) { node(id: $id) { __typename id } }", &json!({ "id": id }));
            assert_eq!(found["node"]["id"], *id);
        }
    }
    let data = house.server.data(&format!("{{ node(id: \"{}\") {{ ... on Participant {{ cells }} }} }}", person(2)));
    assert_eq!(data["node"]["cells"], json!(["ALPHA"]));
}
