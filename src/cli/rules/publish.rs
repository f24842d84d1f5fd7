//! `trajet rules --publish`: which rules and codes the house works by, recorded.

use super::super::{Failure, Place, async_runtime, table};
use crate::commands::Origin;
use crate::publish::Published;
use serde_json::json;
use store::Actor;

pub fn run(place: &Place, as_json: bool) -> Result<(), Failure> {
    async_runtime()?.block_on(async {
        let engine = place.open_existing()?;
        let told = engine.publish_all(&origin()).await;
        engine.close().map_err(Failure::other)?;
        tell(told.map_err(Failure::other)?, as_json);
        Ok(())
    })
}

fn origin() -> Origin {
    let actor = Actor { user: "local".into(), role: "administrator".into(), organisation: "local".into() };
    Origin { actor, on_behalf_of: None, source: "cli".into(), batch: None, causation: None, correlation: None }
}

fn tell(told: Published, as_json: bool) {
    let Published { rule_sets, lists, known } = told;
    if as_json {
        table::json(&json!({"ruleSets": rule_sets, "lists": lists, "known": known}));
        return;
    }
    say!("{rule_sets} rule sets and {lists} lists of codes published, {known} were published already");
}
