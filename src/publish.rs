//! Publishing all that the house works by: every rule set and every list of codes whose content is not yet published.

use crate::Engine;
use crate::clock::brussels_day;
use crate::commands::{CommandError, Origin, Request};
use domain::codes::dictionary;
use domain::decision::Refusal;
use serde_json::{Value, json};
use uuid::Uuid;

/// What came of publishing everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Rule sets published now.
    pub rule_sets: u64,
    /// Lists of codes published now.
    pub lists: u64,
    /// Sets and lists that had been published as they are.
    pub known: u64,
}

impl Engine {
    /// Publishes every set of the law and of the house, and every list of codes, that is not published as it is.
    ///
    /// Each is a record of its own: asked again it goes on where it was, and then adds nothing.
    ///
    /// # Errors
    /// What stopped it: what was published stays so, ask again.
    pub async fn publish_all(&self, origin: &Origin) -> Result<Published, CommandError> {
        let on = brussels_day(self.clock.now());
        let mut told = Published::default();
        for set in self.law.whole_sets() {
            let is_new = self.publish("publishRuleSet", json!({"on": on, "ruleSet": set.name}), origin).await?;
            if is_new { told.rule_sets += 1 } else { told.known += 1 }
        }
        for list in dictionary() {
            let is_new = self.publish("publishDictionary", json!({"on": on, "list": list.name}), origin).await?;
            if is_new { told.lists += 1 } else { told.known += 1 }
        }
        Ok(told)
    }

    /// Publishes one thing; false if it was published as it is.
    async fn publish(&self, command: &str, input: Value, origin: &Origin) -> Result<bool, CommandError> {
        // A new key each time: content that comes back after another one is published again.
        let key = Uuid::now_v7();
        let command = self.parse(command, key, input)?;
        match self.execute(&Request { key, command, expected_revision: None, origin: origin.clone() }).await {
            Ok(_) => Ok(true),
            Err(CommandError::Refused(Refusal { rule: "ALREADY_PUBLISHED", .. })) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
