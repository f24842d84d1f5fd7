//! What every input carries beside its command: the key that makes it recorded once, and what binds it to other acts.

use crate::Engine;
use crate::access::caller;
use crate::commands::{Origin, Request};
use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::scalars::Uuid;
use async_graphql::indexmap::IndexMap;
use async_graphql::{Error, InputObject, InputType, Name, Value};

/// What every input carries beside its command.
#[derive(InputObject)]
pub struct Envelope {
    /// Chosen by the caller, once for each act: a UUID, by preference of version 7.
    ///
    /// It becomes the id of the first event. Sent again with the same content it is answered as the first time, and
    /// nothing is written; with another content it is refused (`IDEMPOTENCY_KEY_REUSED`).
    idempotency_key: Uuid,
    /// The revision of the changed object that the caller has seen; another one is refused (`REVISION_MOVED`).
    expected_revision: Option<u32>,
    /// The user for whom the caller acts, as an opaque id: 1 to 64 letters, digits and `. _ - @`; never a name in full.
    on_behalf_of: Option<String>,
    /// The event or request that led to this one.
    causation: Option<Uuid>,
    /// What binds the events of one business act: the same value in each of its commands.
    correlation: Option<Uuid>,
}

impl Envelope {
    /// The request that an input makes, as whoever the server says is acting.
    pub(super) fn request(&self, engine: &Engine, name: &str, input: Value, origin: &Origin) -> Result<Request, Error> {
        let key = self.idempotency_key.0;
        let own = super::input::to_json(without(input, &self.to_value()))?;
        let command = engine.parse(name, key, own)?;
        let origin = Origin {
            on_behalf_of: self.on_behalf_of.as_deref().map(user).transpose()?,
            causation: self.causation.map(|id| id.0),
            correlation: self.correlation.map(|id| id.0),
            ..origin.clone()
        };
        Ok(Request { key, command, expected_revision: self.expected_revision.map(u64::from), origin })
    }
}

/// The fields of an input that are not those of its envelope.
fn without(input: Value, envelope: &Value) -> IndexMap<Name, Value> {
    let (Value::Object(mut fields), Value::Object(taken)) = (input, envelope) else { return IndexMap::default() };
    fields.retain(|name, _| !taken.contains_key(name));
    fields
}

/// A user's opaque id: it stands in the plain part of a record, so nothing like a name fits in.
fn user(text: &str) -> Result<String, BadInput> {
    caller::user(text).map_err(|message| bad_input("onBehalfOf", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_done_on_behalf_of_an_id_and_never_of_a_name() {
        assert!(user("m.rossi@cpas").is_ok() && user(&"x".repeat(64)).is_ok());
        for text in ["", "Invented Name", "é", &"x".repeat(65)] {
            assert_eq!(user(text).unwrap_err().field, "onBehalfOf", "{text}");
        }
    }
}
