//! What stands in the ledger, and when once is enough.

use crate::house::{ANNA, BART, House};
use domain::access::Purpose;
use futures_util::StreamExt;
use futures_util::future::join_all;
use serde_json::{Value, json};
use store::EventStore;
use trajet::access::{REFUSALS_MAX, SITTING};

fn of(person: &str) -> String {
    format!("{{ participant(id: \"{person}\") {{ registeredOn }} }}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_names_the_reader_the_person_the_classes_and_the_purpose() {
    let house = House::open().await;
    let query =
        format!("{{ participant(id: \"{ANNA}\") {{ personal(classes: [IDENTIFYING, CONTACT]) {{ value }} }} }}");
    let answer = house.schema.execute(House::request("lea", Some(Purpose::CaseWork), &query, json!({}))).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    let entries = house.by_person(ANNA).await;
    assert_eq!(entries.len(), 1, "{entries:?}");
    let entry = &entries[0];
    assert_eq!(entry["kind"], "RecordViewed");
    assert_eq!(entry["actor"], json!({"user": "lea", "role": "case_worker", "organisation": "cpas-exemple"}));
    assert_eq!((&entry["purpose"], &entry["way"]), (&json!("CASE_WORK"), &json!("API")));
    // Only the class that holds a value was opened.
    assert_eq!(entry["seen"], json!([{"file": format!("Participant:{ANNA}"), "classes": ["IDENTIFYING"]}]));
    assert_eq!(house.by_reader("lea").await, entries);
    assert!(house.by_person(BART).await.is_empty() && house.by_reader("max").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn within_a_sitting_one_entry_stands_for_all_readings_of_the_same() {
    let house = House::open().await;
    for _ in 0..5 {
        house.ask("lea", &of(ANNA)).await;
    }
    assert_eq!(house.by_person(ANNA).await.len(), 1);
    house.ask("max", &of(ANNA)).await;
    assert_eq!(house.by_person(ANNA).await.len(), 2, "another reader");
    let asked = House::request("lea", Some(Purpose::Audit), &of(ANNA), json!({}));
    assert!(house.schema.execute(asked).await.errors.is_empty());
    assert_eq!(house.by_person(ANNA).await.len(), 3, "another purpose");
    house.ask("lea", &format!("{{ participant(id: \"{ANNA}\") {{ personal {{ value }} }} }}")).await;
    assert_eq!(house.by_person(ANNA).await.len(), 4, "a class opened");
    house.later(SITTING.num_minutes() - 1);
    house.ask("lea", &of(ANNA)).await;
    assert_eq!(house.by_person(ANNA).await.len(), 4, "still the same sitting");
    house.later(1);
    house.ask("lea", &of(ANNA)).await;
    assert_eq!(house.by_person(ANNA).await.len(), 5, "another sitting");
    assert_eq!(house.by_reader("lea").await.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_at_the_same_time_wait_for_one_entry_each() {
    let house = House::open().await;
    let query = of(ANNA);
    join_all((0..32).map(|_| house.ask("lea", &query))).await;
    assert_eq!(house.by_person(ANNA).await.len(), 1);
    let readers: Vec<String> = (0..32).map(|reader| format!("reader-{reader}")).collect();
    join_all(readers.iter().map(|reader| house.ask(reader, &query))).await;
    assert_eq!(house.by_person(ANNA).await.len(), 33);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_persons_ledger_another_persons_reading_is_not_told() {
    let house = House::open().await;
    house.ask("lea", "{ participants { nodes { id } } }").await;
    let both = &house.by_reader("lea").await[0];
    assert_eq!(both["seen"].as_array().unwrap().len(), 2);
    let of_one = &house.by_person(BART).await[0];
    assert_eq!(of_one["seen"], json!([{"file": format!("Participant:{BART}"), "classes": []}]));
    let instant = both["recordedAt"].as_str().unwrap();
    assert_eq!(house.ledger(&format!("reader: \"lea\", from: \"{instant}\", to: \"{instant}\"")).await.len(), 1);
    house.later(1);
    assert!(house.ledger("reader: \"lea\", from: \"2024-06-03T08:00:01Z\"").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_counts_and_the_ledger_itself_are_no_reading() {
    let house = House::open().await;
    for query in [
        "{ indicators { posts(at: \"2024-01-01\") { value } personsAccompanied(year: 2023) { value } } }".to_owned(),
        "{ participants { totalCount } events { totalCount } deadlines { totalCount } }".to_owned(),
        "{ caseload(worker: \"lea\") { pathwaysFollowed overdue } posts { nodes { filled } } }".to_owned(),
        format!("{{ participant(id: \"{ANNA}\") {{ id accessLedger {{ totalCount nodes {{ id }} }} }} }}"),
        format!("{{ accessLedger(participant: \"{ANNA}\") {{ nodes {{ id }} }} }}"),
    ] {
        house.ask("max", &query).await;
        assert_eq!(house.by_reader("max").await, Vec::<Value>::new(), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn to_be_read_moves_no_revision_no_figure_and_no_view() {
    let house = House::open().await;
    let figures =
        "{ indicators { personsAccompanied(year: 2023) { value numerator } posts(at: \"2024-01-01\") { value } } }";
    let revision = format!("{{ participant(id: \"{ANNA}\") {{ revision timeline {{ totalCount }} }} }}");
    let before = (house.ask("dpo", figures).await, house.ask("dpo", &revision).await);
    let views = house.engine.runtime.snapshot().views.clone();
    let head = house.engine.store.head().borrow().0;
    for reader in 0..20 {
        house.ask(&format!("reader-{reader}"), &revision).await;
    }
    assert_eq!(house.engine.store.head().borrow().0, head + 20);
    assert_eq!((house.ask("dpo", figures).await, house.ask("dpo", &revision).await), before);
    let end = *house.engine.store.head().borrow();
    let now = house.engine.runtime.at_least(end, std::time::Duration::from_secs(30)).await.unwrap();
    assert!(now.views.standing.is_one_with(&views.standing), "nothing was folded again");
    assert!(now.views == views);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscriber_reads_too_and_hears_of_its_own_reading_once() {
    let house = House::open().await;
    let query = "subscription { events(from: \"0\") { kind fact } }";
    let stream = house.schema.execute_stream(House::request("sam", None, query, json!({})));
    let recorded = usize::try_from(house.engine.store.head().borrow().0).unwrap();
    // Everything recorded before, and the two entries that reading it made.
    let told: Vec<Value> = stream.take(recorded + 2).map(|answer| answer.data.into_json().unwrap()).collect().await;
    let kinds: Vec<&str> = told.iter().map(|one| one["events"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "RecordViewed").count(), 2, "{kinds:?}");
    let entries = house.by_person(ANNA).await;
    assert_eq!(entries.len(), 1);
    assert_eq!((&entries[0]["way"], &entries[0]["actor"]["user"]), (&json!("SUBSCRIPTION"), &json!("sam")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_that_shows_a_participant_is_a_reading() {
    let house = House::open().await;
    let input = json!({"idempotencyKey": uuid::Uuid::now_v7(), "participant": BART, "on": "2023-02-01",
        "organisation": "cpas-exemple", "origin": "AID_FILE"});
    let query = "mutation($input: OpenPathwayInput!) { openPathway(input: $input) { participant { id } } }";
    let answer = house.schema.execute(House::request("lea", None, query, json!({"input": input}))).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    assert_eq!(house.by_person(BART).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_refusals_is_counted_and_not_written() {
    let house = House::open().await;
    let query = "{ participantByNumber(kind: NISS, value: \"85073003328\") { id } }";
    let ask = || house.schema.execute(House::request("max", None, query, json!({})));
    for _ in 0..200 {
        assert_eq!(ask().await.errors.len(), 1);
    }
    let expected =
        |repeated| json!({"operation": "participantByNumber", "code": "NATIONAL_NUMBERS_OFF", "repeated": repeated});
    let entries = house.by_reader("max").await;
    assert_eq!(entries.len(), 1);
    assert_eq!((&entries[0]["kind"], &entries[0]["refused"]), (&json!("AccessRefused"), &expected(0)));
    house.later(SITTING.num_minutes());
    ask().await;
    assert_eq!(house.by_reader("max").await[1]["refused"], expected(199));
}

#[tokio::test(flavor = "multi_thread")]
async fn different_refusals_are_bounded_too() {
    use domain::access::Word;
    use domain::ids::PersonId;
    let house = House::open().await;
    let caller = trajet::access::Caller::local();
    for person in 0..3 * REFUSALS_MAX as u128 {
        let operation = trajet::access::Operation {
            name: Word::new("participant").unwrap(),
            code: Word::new("FORBIDDEN").unwrap(),
        };
        let person = PersonId(uuid::Uuid::from_u128(person));
        house.engine.ledger.refused(&caller, operation, Some(person)).await.unwrap();
    }
    assert_eq!(house.by_reader("local").await.len(), REFUSALS_MAX);
    assert_eq!(house.by_person(&uuid::Uuid::from_u128(5).to_string()).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_shown_that_cannot_be_remembered() {
    let house = House::open().await;
    house.ask("lea", &of(ANNA)).await;
    house.engine.store.close().unwrap();
    // Within the sitting it is remembered already.
    house.ask("lea", &of(ANNA)).await;
    house.ask("max", "{ indicators { personsAccompanied(year: 2023) { value } } }").await;
    let answer = house.schema.execute(House::request("max", None, &of(ANNA), json!({}))).await;
    assert_eq!(answer.data, async_graphql::Value::Null);
    let code = answer.errors[0].extensions.as_ref().unwrap().get("code").unwrap().to_string();
    assert_eq!(code, "\"LEDGER_UNAVAILABLE\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_purpose_is_told_with_the_known_ones() {
    let house = House::open().await;
    let mut request = House::request("lea", None, &of(ANNA), json!({}));
    request.extensions.insert("purpose".into(), async_graphql::Value::from("CURIOSITY"));
    let answer = house.schema.execute(request).await;
    let error = &answer.errors[0];
    assert!(error.message.contains("CASE_WORK, SUPERVISION, AUDIT"), "{}", error.message);
    assert_eq!(error.extensions.as_ref().unwrap().get("code").unwrap().to_string(), "\"BAD_REQUEST\"");
    assert!(house.by_reader("lea").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_entry_leads_from_a_person_to_the_judicial_file_and_both_are_told_of_the_person() {
    let house = House::open().await;
    house
        .record(
            "assignPenalty",
            json!({"participant": ANNA, "on": "2023-05-02", "organisation": "samusocial", "partner": "cpas-exemple",
                "hoursOrdered": "60", "finalOn": "2023-04-03"}),
        )
        .await;
    let penalties = |person: &str| {
        format!("{{ participant(id: \"{person}\") {{ workPenalties {{ id events {{ id personal {{ value }} }} }} }} }}")
    };
    let found = house.ask("lea", &penalties(ANNA)).await;
    let event = found["participant"]["workPenalties"][0]["events"][0]["id"].as_str().unwrap().to_owned();
    house.ask("lea", &penalties(BART)).await;
    for person in [ANNA, BART] {
        let entries = house.by_person(person).await;
        let seen = json!([{"file": format!("Participant:{person}"), "classes": ["JUDICIAL"]}]);
        assert_eq!((entries.len(), &entries[0]["seen"]), (1, &seen), "whether there is a penalty is not told");
    }
    // Read by itself, the record is of the judicial file; only the person's key leads there.
    house.ask("max", &format!("{{ event(id: \"{event}\") {{ kind }} events(filter: {{participant: \"{ANNA}\"}}) {{ nodes {{ id }} }} }}")).await;
    let apart = house.by_reader("max").await;
    let files = |entry: &Value| {
        entry["seen"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(apart.len(), 2, "{apart:?}");
    assert_eq!(files(&apart[0]), [format!("Participant:{ANNA}")]);
    assert!(files(&apart[1])[0].starts_with("Judicial:"), "{apart:?}");
    assert_eq!(house.by_person(ANNA).await.len(), 3);
    assert_eq!(house.by_person(BART).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_survivor_of_a_merge_tells_who_read_the_absorbed_file() {
    let house = House::open().await;
    house.ask("lea", &of(BART)).await;
    house.ask("max", &of(ANNA)).await;
    assert_eq!(house.by_person(ANNA).await.len(), 1);
    house.record("mergeParticipants", json!({"survivor": ANNA, "absorbed": BART, "on": "2024-06-03"})).await;
    let readers: Vec<_> = house.by_person(ANNA).await.iter().map(|entry| entry["actor"]["user"].clone()).collect();
    assert_eq!(readers, [json!("lea"), json!("max")]);
    assert_eq!(house.by_person(BART).await.len(), 1);
}
