//! `trajet audit PARTICIPANT --ledger`: who read the file, took it along or was refused it.

use crate::access::told::{Asked, Entry};
use crate::audit::AuditError;
use crate::cli::{Failure, Place, async_runtime, table};
use domain::access::Event;
use domain::codes::CodeList;
use domain::ids::PersonId;
use domain::personal::FieldClass;
use domain::wire;
use serde_json::{Value, json};

/// Prints the ledger, oldest first. To ask it is no reading of the file.
pub(super) fn print(place: &Place, person: PersonId, as_json: bool) -> Result<(), Failure> {
    async_runtime()?.block_on(async {
        let engine = place.open_existing()?;
        let entries = engine.access_ledger(Asked { person: Some(person), ..Asked::default() }).await;
        let views = engine.runtime.snapshot();
        engine.close().map_err(Failure::other)?;
        let entries = entries.map_err(Failure::other)?;
        let is_known = !views.standing.of(person.0).is_empty() || !views.merges.of(person.0).is_empty();
        if entries.is_empty() && !is_known {
            return Err(Failure::Refused(AuditError::Unknown(person).to_string()));
        }
        if as_json {
            entries.into_iter().for_each(|entry| table::json(&whole(entry)));
            return Ok(());
        }
        let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
        table::print(&["recorded at (UTC)", "user", "role", "purpose", "way", "what", "classes opened"], &rows);
        eprintln!("{} entries; one stands for all readings of the same within 15 minutes", rows.len());
        Ok(())
    })
}

fn whole(entry: Entry) -> Value {
    let fact = entry.event.into();
    let event = entry.record.event;
    json!({
        "position": entry.record.position.0,
        "recordedAt": entry.record.recorded_at,
        "kind": event.kind,
        "actor": {"user": event.actor.user, "role": event.actor.role, "organisation": event.actor.organisation},
        "onBehalfOf": event.on_behalf_of,
        "fact": wire::to_json(&fact),
    })
}

fn row(entry: &Entry) -> Vec<String> {
    let actor = &entry.record.event.actor;
    let list = |classes: &[FieldClass]| classes.iter().map(|class| class.code()).collect::<Vec<_>>().join(" ");
    let (what, classes) = match &entry.event {
        Event::Viewed { seen, .. } => {
            let classes: Vec<FieldClass> = seen.iter().flat_map(|one| one.classes.iter().copied()).collect();
            ("read".to_owned(), list(&classes))
        }
        Event::Exported { content, classes, .. } => (format!("exported {}", content.as_str()), list(classes)),
        Event::Refused { operation, code, .. } => {
            (format!("refused {} ({})", operation.as_str(), code.as_str()), String::new())
        }
    };
    vec![
        entry.record.recorded_at.format("%Y-%m-%d %H:%M:%S").to_string(),
        actor.user.clone(),
        actor.role.clone(),
        entry.event.purpose().map_or("-", CodeList::code).to_owned(),
        entry.event.way().code().to_owned(),
        what,
        classes,
    ]
}
