//! What the runtime promises, tried on views made for it.

mod trial;

use crate::runtime::{Runtime, silent};
use domain::fact::Fact;
use domain::history::Cut;
use domain::ids::{OrganisationId, PersonId};
use domain::law::Law;
use domain::{person, wire};
use std::sync::Arc;
use std::time::Duration;
use store::{Actor, Commit, Event, EventStore, MemoryStore, Position, SystemClock};
use trial::Trial;
use uuid::Uuid;

fn registered(person: u128) -> Commit {
    let organisation = OrganisationId::new("cpas-molenbeek").unwrap();
    let fact = Fact::from(person::Event::Registered { person: PersonId(Uuid::from_u128(person)), organisation });
    let stored = wire::encode(&fact);
    let about = |about: domain::fact::About| store::About {
        stream: crate::stream_id(about.stream),
        role: store::Role(about.role as u8),
    };
    let event = Event {
        id: Uuid::now_v7(),
        about: fact.about().into_iter().map(about).collect(),
        kind: stored.kind,
        version: stored.version,
        effective_on: chrono::NaiveDate::default(),
        actor: Actor { user: "u".into(), role: "r".into(), organisation: "o".into() },
        on_behalf_of: None,
        source: "api".into(),
        batch: None,
        causation: None,
        correlation: None,
        rule_set: None,
        legal_basis: None,
        corrects: None,
        fact: stored.fact,
        sealed: Vec::new(),
    };
    Commit { events: vec![event], guards: Vec::new() }
}

#[tokio::test]
async fn what_was_written_is_read_by_who_names_its_position() {
    let store = Arc::new(MemoryStore::new(Arc::new(SystemClock)));
    let runtime: Runtime<_, Trial> = Runtime::start(store.clone(), Arc::new(Law::default()), None, &silent).unwrap();
    let appended = store.append(registered(7)).await.unwrap();
    let snapshot = runtime.at_least(appended.last, Duration::from_secs(5)).await.unwrap();
    assert_eq!(snapshot.position, Position(1));
    assert_eq!(snapshot.entries.of(Uuid::from_u128(7)).len(), 1);
    assert_eq!(*runtime.at(Cut::default()).await.unwrap(), *snapshot);
}
