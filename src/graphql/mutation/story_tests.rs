//! One person's whole story, told by mutations to a real engine; and what happens when it is told twice, or by two.

use crate::Engine;
use crate::access::Caller;
use crate::config::DataDir;
use crate::engine::Setup;
use crate::graphql::{self, Schema};
use async_graphql::{Request, Response, Variables};
use domain::fact::{Stream, StreamKind};
use domain::history::Cut;
use serde_json::{Value, json};
use std::sync::Arc;
use store::SystemClock;
use tempfile::TempDir;
use uuid::Uuid;

/// An engine of its own, and the mutations in front of it.
pub(super) struct House {
    pub schema: Schema,
    pub engine: Engine,
    _data: TempDir,
}

/// Who and what the story is about; the names are invented.
pub(super) const ANNA: Uuid = Uuid::from_u128(0xa);
pub(super) const BORIS: Uuid = Uuid::from_u128(0xb);
const POST: Uuid = Uuid::from_u128(0xc);
const AGREEMENT: Uuid = Uuid::from_u128(0xd);
const COURSE: Uuid = Uuid::from_u128(6);
const SESSION: Uuid = Uuid::from_u128(7);

pub(super) fn id(kind: &str, id: Uuid) -> String {
    format!("{kind}:{id}")
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(None).await
    }

    /// A house that keeps national numbers, if it names a legal basis.
    pub async fn open_with(national_numbers: Option<String>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let path = DataDir::new(data.path());
        let open = move || Engine::open(Setup { national_numbers, ..Setup::new(path, Arc::new(SystemClock)) });
        let engine = tokio::task::spawn_blocking(open).await.unwrap().unwrap();
        let schema = graphql::schema(engine.clone());
        Self { schema, engine, _data: data }
    }

    pub async fn ask(&self, mutation: &str, key: Uuid, input: Value) -> Response {
        self.ask_for("position repeated events", mutation, key, input).await
    }

    async fn ask_for(&self, selection: &str, mutation: &str, key: Uuid, mut input: Value) -> Response {
        input["idempotencyKey"] = json!(key);
        let pascal = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!("mutation($input: {pascal}Input!) {{ {mutation}(input: $input) {{ {selection} }} }}");
        let variables = Variables::from_json(json!({ "input": input }));
        self.schema.execute(Request::new(document).variables(variables)).await
    }

    /// Records a command under a new key, which must succeed.
    pub async fn record(&self, mutation: &str, input: Value) -> Value {
        let response = self.ask(mutation, Uuid::now_v7(), input).await;
        assert!(response.errors.is_empty(), "{mutation}: {:?}", response.errors);
        response.data.into_json().unwrap()[mutation].take()
    }

    /// The object in a payload, which shows what was written.
    pub async fn changed(&self, selection: &str, mutation: &str, input: Value) -> Value {
        let response = self.ask_for(selection, mutation, Uuid::now_v7(), input).await;
        assert!(response.errors.is_empty(), "{mutation}: {:?}", response.errors);
        response.data.into_json().unwrap()[mutation].take()
    }

    /// Code and field of the error with which a command is answered.
    pub async fn refused(&self, mutation: &str, input: Value) -> (String, String) {
        told(&self.ask(mutation, Uuid::now_v7(), input).await)
    }

    /// What a query answers, without errors.
    pub async fn data(&self, query: &str) -> Value {
        let response = self.schema.execute(query).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        response.data.into_json().unwrap()
    }

    pub async fn register(&self, person: Uuid) {
        let input = json!({"participant": id("Participant", person), "on": "2022-01-03",
            "organisation": "Organisation:cpas-molenbeek", "familyName": "Invented", "givenName": "Name"});
        self.record("registerParticipant", input).await;
    }

    async fn open_post(&self) {
        let input = json!({"post": id("Post", POST), "on": "2022-01-01", "organisation": "samusocial", "measure": "ART60",
            "function": "chauffeur", "site": "Bruxelles"});
        self.record("openPost", input).await;
    }

    fn engagement(&self, person: Uuid, engagement: u128) -> Value {
        json!({"participant": id("Participant", person), "engagement": Uuid::from_u128(engagement), "on": "2022-04-20",
            "measure": "ART60", "organisation": "samusocial", "employer": "cpas-molenbeek", "plannedFrom": "2022-05-02",
            "plannedUntil": "2022-12-30", "weeklyHours": "38", "kind": "CDD", "post": id("Post", POST)})
    }

    pub async fn kinds(&self, person: Uuid) -> Vec<String> {
        let stream = Stream { kind: StreamKind::Person, id: person };
        let told = self.engine.timeline(stream, Cut::default()).await.unwrap();
        told.into_iter().map(|told| told.record.event.kind).collect()
    }
}

fn told(response: &Response) -> (String, String) {
    let error = response.errors.first().expect("an error");
    let extension = |name: &str| {
        let value = error.extensions.as_ref().and_then(|extensions| extensions.get(name));
        value.map(|value| value.to_string().trim_matches('"').to_owned()).unwrap_or_default()
    };
    (extension("code"), extension("field"))
}

/// A step of the story.
type Step = (&'static str, Value);

/// What has to be there before the story begins: an agreement, and a course with its session.
fn before() -> Vec<Step> {
    vec![
        (
            "signAgreement",
            json!({"agreement": AGREEMENT, "on": "2021-12-15", "organisation": "samusocial", "partner": "cpas-molenbeek",
                "measure": "ART60", "from": "2022-01-01", "quota": 5}),
        ),
        (
            "planCourse",
            json!({"course": COURSE, "on": "2022-01-10", "organisation": "samusocial", "title": "Premiers secours",
                "mandatoryFor": "ART60"}),
        ),
        ("holdSession", json!({"course": COURSE, "session": SESSION, "on": "2022-06-01", "hours": "7.6"})),
    ]
}

/// From the grant to the signature of the project.
fn towards_work() -> Vec<Step> {
    let (grant, pathway, piis) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    vec![
        (
            "grantAid",
            json!({"grant": grant, "on": "2022-01-10", "organisation": "cpas-molenbeek", "kind": "RIS",
                "category": "SINGLE", "notifiedOn": "2022-01-14"}),
        ),
        (
            "openPathway",
            json!({"pathway": pathway, "on": "2022-01-20", "organisation": "cpas-molenbeek", "origin": "AID_FILE"}),
        ),
        ("enterCell", json!({"pathway": pathway, "on": "2022-01-20", "cell": "PROJECT_FACILITATOR"})),
        (
            "orient",
            json!({"pathway": pathway, "on": "2022-02-01",
                "to": {"cell": "ART60", "measure": "ART60", "partner": "Organisation:samusocial"}}),
        ),
        (
            "proposePiis",
            json!({"piis": piis, "grant": id("Aid", grant), "on": "2022-02-07", "organisation": "cpas-molenbeek",
                "kind": "GENERAL", "label": "PIIS Emploi", "objectives": "to drive again"}),
        ),
        ("signPiis", json!({"piis": piis, "on": "2022-02-14", "subsidyCode": 11})),
    ]
}

/// From the contract to the job after it.
fn at_work() -> Vec<Step> {
    let (engagement, hire) = (Uuid::from_u128(4), Uuid::from_u128(5));
    vec![
        (
            "signEngagement",
            json!({"engagement": engagement, "on": "2022-04-20", "measure": "ART60", "organisation": "samusocial",
                "employer": "cpas-molenbeek", "plannedFrom": "2022-05-02", "plannedUntil": "2022-12-30",
                "weeklyHours": "38", "kind": "CDD", "post": id("Post", POST), "agreement": id("Agreement", AGREEMENT)}),
        ),
        ("startEngagement", json!({"engagement": engagement, "on": "2022-05-02"})),
        (
            "recordAttendance",
            json!({"course": id("Course", COURSE), "session": id("Session", SESSION), "on": "2022-06-01", "hours": "7.6"}),
        ),
        ("endEngagement", json!({"engagement": engagement, "on": "2022-12-30", "cause": "TERM"})),
        (
            "completeExitReview",
            json!({"engagement": engagement, "on": "2022-12-29", "reserveOptIn": true, "note": "an invented summary"}),
        ),
        (
            "recordHire",
            json!({"hire": hire, "engagement": engagement, "on": "2023-01-05", "employer": "samusocial", "kind": "CDI",
                "start": "2023-01-16"}),
        ),
        (
            "recordFollowUp",
            json!({"on": "2023-03-30", "atMonths": 3, "situation": "EMPLOYED_CDI", "source": "EMPLOYER"}),
        ),
    ]
}

/// Each step of the story in the order in which it is recorded.
fn story() -> Vec<Step> {
    let mut steps = before();
    for (mutation, mut input) in towards_work().into_iter().chain(at_work()) {
        input["participant"] = json!(id("Participant", ANNA));
        steps.push((mutation, input));
    }
    steps
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_story_is_recorded_and_stands_on_its_timeline() {
    let house = House::open().await;
    house.open_post().await;
    house.register(ANNA).await;
    let mut last = 0;
    for (mutation, input) in story() {
        let payload = house.record(mutation, input).await;
        let position = payload["position"].as_str().unwrap().parse().unwrap();
        assert!(last < position, "{mutation}");
        assert_eq!(payload["repeated"], false);
        last = position;
    }
    let expected = [
        "ParticipantRegistered",
        "AidGranted",
        "PathwayOpened",
        "CellEntered",
        "Oriented",
        "ProjectProposed",
        "ProjectSigned",
        "EngagementSigned",
        "EngagementStarted",
        "ParticipantAttended",
        "EngagementEnded",
        "ExitReviewCompleted",
        "HiredAfterEngagement",
        "FollowUpRecorded",
    ];
    assert_eq!(house.kinds(ANNA).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_shows_what_was_written() {
    let house = House::open().await;
    let named = json!({"organisation": "samusocial", "on": "2022-01-01", "name": "Samusocial", "kind": "HOST"});
    let shown = house.changed("organisation { id slug name }", "registerOrganisation", named).await;
    let expected = json!({"id": "Organisation:samusocial", "slug": "samusocial", "name": "Samusocial"});
    assert_eq!(shown["organisation"], expected);

    house.register(ANNA).await;
    let opened =
        json!({"participant": ANNA, "on": "2022-01-20", "organisation": "cpas-molenbeek", "origin": "AID_FILE"});
    let shown = house.changed("participant { id revision lastStep { kind on } }", "openPathway", opened).await;
    let step = json!({"kind": "PathwayOpened", "on": "2022-01-20"});
    assert_eq!(shown["participant"], json!({"id": id("Participant", ANNA), "revision": 2, "lastStep": step}));

    house.open_post().await;
    let closed = json!({"post": POST, "on": "2022-07-01"});
    let shown = house.changed("position events post { id closedOn }", "closePost", closed).await;
    assert_eq!(shown["post"], json!({"id": id("Post", POST), "closedOn": "2022-07-01"}));
    let annulled = json!({"stream": id("Post", POST), "target": shown["events"][0], "reason": "TYPING_ERROR"});
    let shown = house.changed("subject { id ... on Post { closedOn } }", "annulEvent", annulled).await;
    assert_eq!(shown["subject"], json!({"id": id("Post", POST), "closedOn": null}));

    let (agreement, course) = (before().remove(0).1, before().remove(1).1);
    let shown = house.changed("agreement { id from }", "signAgreement", agreement).await;
    assert_eq!(shown["agreement"], json!({"id": id("Agreement", AGREEMENT), "from": "2022-01-01"}));
    let shown = house.changed("course { id plannedOn }", "planCourse", course).await;
    assert_eq!(shown["course"], json!({"id": id("Course", COURSE), "plannedOn": "2022-01-10"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_is_one_event_and_another_content_is_refused() {
    let house = House::open().await;
    let key = Uuid::now_v7();
    let input = |on: &str| json!({"on": on, "organisation": "samusocial", "measure": "ART60", "function": "cook"});
    let first = house.ask("openPost", key, input("2022-01-01")).await.data.into_json().unwrap()["openPost"].take();
    let again = house.ask("openPost", key, input("2022-01-01")).await.data.into_json().unwrap()["openPost"].take();
    assert_eq!((&first["position"], &first["events"]), (&again["position"], &again["events"]));
    assert_eq!((&first["repeated"], &again["repeated"]), (&json!(false), &json!(true)));
    assert_eq!(first["events"], json!([id("Event", key)]));
    let other = house.ask("openPost", key, input("2022-01-02")).await;
    assert_eq!(told(&other), ("IDEMPOTENCY_KEY_REUSED".into(), "idempotencyKey".into()));
    assert_eq!(house.record("openPost", input("2022-01-01")).await["position"], json!("2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_names_the_rule_and_the_field() {
    let house = House::open().await;
    let nobody = json!({"participant": ANNA, "on": "2022-01-03", "phone": "0"});
    assert_eq!(house.refused("changeContact", nobody).await, ("PARTICIPANT_UNKNOWN".into(), "participant".into()));
    house.open_post().await;
    let early = json!({"post": POST, "on": "2021-12-31"});
    assert_eq!(house.refused("closePost", early.clone()).await, ("POST_NOT_OPEN_YET".into(), "on".into()));
    let mut other_kind = early.clone();
    other_kind["post"] = json!(id("Participant", ANNA));
    assert_eq!(house.refused("closePost", other_kind).await, ("BAD_INPUT".into(), "post".into()));
    let mut seen = early;
    seen["on"] = json!("2022-06-01");
    seen["expectedRevision"] = json!(2);
    assert_eq!(house.refused("closePost", seen.clone()).await, ("REVISION_MOVED".into(), "expectedRevision".into()));
    seen["onBehalfOf"] = json!("Invented Name");
    assert_eq!(house.refused("closePost", seen.clone()).await, ("BAD_INPUT".into(), "onBehalfOf".into()));
    let function = json!({"on": "2022-01-01", "organisation": "samusocial", "measure": "ART60", "function": ""});
    assert_eq!(house.refused("openPost", function).await, ("BAD_INPUT".into(), "function".into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_race_for_one_post_exactly_one_wins() {
    let house = Arc::new(House::open().await);
    house.open_post().await;
    for person in [ANNA, BORIS] {
        house.register(person).await;
    }
    let sign = |person, engagement| {
        let house = Arc::clone(&house);
        tokio::spawn(async move {
            let input = house.engagement(person, engagement);
            house.ask("signEngagement", Uuid::now_v7(), input).await
        })
    };
    let (one, two) = tokio::join!(sign(ANNA, 1), sign(BORIS, 2));
    let answers = [one.unwrap(), two.unwrap()];
    let lost: Vec<_> = answers.iter().filter(|answer| !answer.errors.is_empty()).map(told).collect();
    assert_eq!(lost.len(), 1, "{answers:?}");
    assert_eq!(lost[0].0, "POST_TAKEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_acts_is_told_by_the_server_and_for_whom_by_the_caller() {
    let house = House::open().await;
    let correlation = Uuid::now_v7();
    let input = json!({"on": "2022-01-01", "organisation": "samusocial", "measure": "ART60", "function": "cook",
        "post": POST, "onBehalfOf": "worker-7", "correlation": correlation});
    house.record("openPost", input).await;
    let stream = Stream { kind: StreamKind::Post, id: POST };
    let event = house.engine.timeline(stream, Cut::default()).await.unwrap().remove(0).record.event;
    assert_eq!((event.actor, event.source), (Caller::local().actor(), "api".to_owned()));
    assert_eq!((event.on_behalf_of.as_deref(), event.correlation), (Some("worker-7"), Some(correlation)));
}
