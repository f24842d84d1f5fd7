//! One person's whole story, recorded over GraphQL, read back as a timeline after the process was killed.

mod support;

use serde_json::{Value, json};
use support::Server;
use uuid::Uuid;

/// What the story is told with: a server, and the ids that its steps share.
struct Teller<'a> {
    server: &'a Server,
    keys: u128,
}

impl Teller<'_> {
    /// Records one step; the answer is the payload.
    fn tell(&mut self, mutation: &str, mut input: Value) -> Value {
        self.keys += 1;
        let key = Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 + self.keys);
        input["idempotencyKey"] = json!(key);
        let mut kind = mutation.to_owned();
        kind[..1].make_ascii_uppercase();
        let query =
            format!("mutation Tell($input: {kind}Input!) {{ it: {mutation}(input: $input) {{ position repeated }} }}");
        self.server.data_with(&query, &json!({"input": input}))["it"].take()
    }
}

const WHO: &str = "018f0000-0000-7000-8000-0000000000aa";
const GRANT: &str = "018f0000-0000-7000-8000-0000000000ab";
const PATHWAY: &str = "018f0000-0000-7000-8000-0000000000ac";
const PIIS: &str = "018f0000-0000-7000-8000-0000000000ad";
const POST: &str = "018f0000-0000-7000-8000-0000000000ae";
const AGREEMENT: &str = "018f0000-0000-7000-8000-0000000000af";
const WORK: &str = "018f0000-0000-7000-8000-0000000000b0";
const COURSE: &str = "018f0000-0000-7000-8000-0000000000b1";
const SESSION: &str = "018f0000-0000-7000-8000-0000000000b2";
const HIRE: &str = "018f0000-0000-7000-8000-0000000000b3";

/// Every step, in the order in which it happened: orientation, PIIS, contract, training, off-boarding, hiring, follow-up.
fn steps() -> Vec<(&'static str, Value)> {
    let of = |mut input: Value| {
        input["participant"] = json!(WHO);
        input
    };
    vec![
        (
            "openPost",
            json!({"post": POST, "on": "2022-01-01", "organisation": "samusocial", "measure": "ART60", "function": "aide-cuisine"}),
        ),
        (
            "signAgreement",
            json!({"agreement": AGREEMENT, "on": "2021-12-15", "organisation": "samusocial", "partner": "cpas-exemple", "measure": "ART60", "from": "2022-01-01"}),
        ),
        (
            "planCourse",
            json!({"course": COURSE, "on": "2022-05-01", "organisation": "samusocial", "title": "Premiers secours"}),
        ),
        ("holdSession", json!({"course": COURSE, "session": SESSION, "on": "2022-06-10", "hours": "7.6"})),
        (
            "registerParticipant",
            of(
                json!({"on": "2022-01-10", "organisation": "cpas-exemple", "familyName": "Exemplaire", "givenName": "Inventée"}),
            ),
        ),
        (
            "grantAid",
            of(
                json!({"grant": GRANT, "on": "2022-01-10", "organisation": "cpas-exemple", "kind": "RIS", "notifiedOn": "2022-01-20"}),
            ),
        ),
        (
            "openPathway",
            of(json!({"pathway": PATHWAY, "on": "2022-02-01", "organisation": "cpas-exemple", "origin": "AID_FILE"})),
        ),
        ("enterCell", of(json!({"pathway": PATHWAY, "on": "2022-02-01", "cell": "PROJECT_FACILITATOR"}))),
        ("orient", of(json!({"pathway": PATHWAY, "on": "2022-03-01", "to": {"cell": "ART60", "measure": "ART60"}}))),
        (
            "proposePiis",
            of(
                json!({"piis": PIIS, "grant": GRANT, "on": "2022-03-01", "organisation": "cpas-exemple", "kind": "GENERAL"}),
            ),
        ),
        ("signPiis", of(json!({"piis": PIIS, "on": "2022-03-07"}))),
        ("enterCell", of(json!({"pathway": PATHWAY, "on": "2022-04-01", "cell": "ART60"}))),
        (
            "signEngagement",
            of(
                json!({"engagement": WORK, "on": "2022-04-01", "measure": "ART60", "organisation": "samusocial", "employer": "cpas-exemple", "plannedFrom": "2022-04-04", "plannedUntil": "2022-12-31", "weeklyHours": "38", "kind": "CDD", "post": POST, "agreement": AGREEMENT}),
            ),
        ),
        ("startEngagement", of(json!({"engagement": WORK, "on": "2022-04-04"}))),
        ("enrolParticipant", of(json!({"course": COURSE, "on": "2022-06-01"}))),
        ("recordAttendance", of(json!({"course": COURSE, "session": SESSION, "on": "2022-06-10", "hours": "7.6"}))),
        ("endEngagement", of(json!({"engagement": WORK, "on": "2022-12-31", "cause": "TERM"}))),
        (
            "completeExitReview",
            of(json!({"engagement": WORK, "on": "2023-01-05", "note": "Prête pour un emploi.", "reserveOptIn": true})),
        ),
        (
            "recordHire",
            of(
                json!({"hire": HIRE, "engagement": WORK, "on": "2023-01-10", "employer": "samusocial", "kind": "CDI", "start": "2023-01-16"}),
            ),
        ),
        (
            "recordFollowUp",
            of(json!({"on": "2023-06-30", "atMonths": 6, "situation": "EMPLOYED_CDI", "source": "PERSON"})),
        ),
    ]
}

const TIMELINE: &str = r#"query Timeline($id: ID!) {
  participant(id: $id) { timeline(first: 100) { totalCount nodes { kind effectiveOn position } } }
}"#;

#[test]
fn a_whole_story_outlives_a_kill_and_is_never_recorded_twice() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let mut teller = Teller { server: &server, keys: 0 };
    for (mutation, input) in steps() {
        let payload = teller.tell(mutation, input);
        assert_eq!(payload["repeated"], false, "{mutation}");
    }
    let before = server.data_with(TIMELINE, &json!({"id": WHO}));
    server.kill();

    let server = Server::start(folder.path());
    let after = server.data_with(TIMELINE, &json!({"id": WHO}));
    assert_eq!(after, before);
    let timeline = &after["participant"]["timeline"];
    let of_person = steps().iter().filter(|(_, input)| input.get("participant").is_some()).count();
    assert_eq!(timeline["totalCount"], of_person, "{timeline}");

    let mut teller = Teller { server: &server, keys: 0 };
    for (mutation, input) in steps() {
        let payload = teller.tell(mutation, input);
        assert_eq!(payload["repeated"], true, "{mutation} was recorded again");
    }
    assert_eq!(server.data_with(TIMELINE, &json!({"id": WHO})), before);
}

#[test]
fn a_refusal_names_its_rule_and_its_field_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let query = "mutation($input: ClosePostInput!) { closePost(input: $input) { position } }";
    let input = json!({"input": {"idempotencyKey": Uuid::now_v7(), "post": POST, "on": "2022-01-01"}});
    let answer = server.answer(query, &input);
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!((&extensions["code"], &extensions["field"]), (&json!("POST_UNKNOWN"), &json!("post")), "{answer}");
    assert_eq!(server.data("{ events { totalCount } }")["events"]["totalCount"], 0);
}

#[test]
fn an_address_that_others_can_reach_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let output = support::trajet(&["serve", "--data", path, "--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no access control"));
}

#[test]
fn a_data_directory_belongs_to_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let _server = Server::start(folder.path());
    let output = support::trajet(&["verify", "--data", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("in use"));
}
