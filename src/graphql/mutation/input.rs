//! From an input object to the JSON of its command: global ids made bare, empty fields left out.

use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::ids::{self, Kind};
use async_graphql::indexmap::IndexMap;
use async_graphql::{Name, Value};
use domain::fact::{Stream, StreamKind};
use serde_json::{Map, Value as Json};

/// The field that carries the new values of a correction: there, null empties a field, and so is kept.
const CHANGES: &str = "changes";
/// The field that carries personal values by their code: nothing in it is an id.
const PERSONAL: &str = "personal";

/// What a field of this name refers to, if it is an id. One word has one meaning in all commands; a test holds it.
pub(super) fn kind_of(field: &str) -> Option<Kind> {
    Some(match field {
        "participant" | "person" | "survivor" | "absorbed" => Kind::Participant,
        "organisation" | "employer" | "partner" | "provider" | "receiver" => Kind::Organisation,
        "post" => Kind::Post,
        "agreement" => Kind::Agreement,
        "course" | "activity" => Kind::Course,
        "session" => Kind::Session,
        "grant" => Kind::Aid,
        "pathway" => Kind::Pathway,
        "orientation" => Kind::Orientation,
        "piis" => Kind::Piis,
        "sanction" | "recurrenceOf" => Kind::Sanction,
        "application" => Kind::Application,
        "engagement" => Kind::Engagement,
        "absence" => Kind::Absence,
        "hire" => Kind::Hire,
        "penalty" => Kind::Penalty,
        "barrier" => Kind::Barrier,
        "assessment" => Kind::Assessment,
        "appointment" => Kind::Appointment,
        "interview" => Kind::Interview,
        "action" => Kind::Action,
        "target" => Kind::Event,
        _ => return None,
    })
}

/// The JSON of a command, from the fields of its input.
///
/// # Errors
/// [`BadInput`] names the field whose id is not one, or is of another kind.
pub(super) fn to_json(fields: IndexMap<Name, Value>) -> Result<Json, BadInput> {
    let json = Value::Object(fields).into_json().map_err(|error| bad_input("input", error))?;
    object(json, "", false)
}

fn object(json: Json, path: &str, keeps_null: bool) -> Result<Json, BadInput> {
    let Json::Object(fields) = json else { return Ok(json) };
    let mut kept = Map::new();
    for (name, value) in fields {
        if value.is_null() && !keeps_null {
            continue;
        }
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let value = field(&name, value, &path, keeps_null)?;
        kept.insert(name, value);
    }
    Ok(Json::Object(kept))
}

fn field(name: &str, value: Json, path: &str, keeps_null: bool) -> Result<Json, BadInput> {
    match (name, value) {
        (PERSONAL, value) => Ok(value),
        (CHANGES, value) => object(value, path, true),
        ("stream", Json::String(text)) => Ok(Json::String(stream(path, &text)?.to_string())),
        (name, Json::String(text)) => Ok(Json::String(match kind_of(name) {
            None => text,
            Some(Kind::Organisation) => ids::organisation(path, &text)?.to_string(),
            Some(kind) => ids::uuid(kind, path, &text)?.to_string(),
        })),
        (_, value) => object(value, path, keeps_null),
    }
}

/// The stream of a thing that has a history of its own, by its global id.
fn stream(path: &str, text: &str) -> Result<Stream, BadInput> {
    let (kind, _) = ids::split(path, text)?;
    let of = |stream_kind| Ok(Stream { kind: stream_kind, id: ids::uuid(kind, path, text)? });
    match kind {
        Kind::Participant => of(StreamKind::Person),
        Kind::Post => of(StreamKind::Post),
        Kind::Agreement => of(StreamKind::Agreement),
        Kind::Course => of(StreamKind::Course),
        Kind::Judicial => of(StreamKind::Judicial),
        Kind::Organisation => ids::organisation(path, text).map(|name| Stream::from(&name)),
        other => Err(bad_input(path, format_args!("a {other} has no history of its own; name its participant"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "018f2d4c-7a10-7b3e-9c55-0a1b2c3d4e5f";

    fn read(json: Json) -> Result<Json, BadInput> {
        let Value::Object(fields) = Value::from_json(json).unwrap() else { panic!("an object") };
        to_json(fields)
    }

    #[test]
    fn global_ids_become_bare_and_empty_fields_go() {
        let input = json!({"participant": format!("Participant:{ID}"), "on": "2022-01-01", "until": null,
            "to": {"cell": "ALPHA", "measure": null, "partner": "Organisation:samusocial"}});
        let expected = json!({"participant": ID, "on": "2022-01-01", "to": {"cell": "ALPHA", "partner": "samusocial"}});
        assert_eq!(read(input).unwrap(), expected);
    }

    #[test]
    fn an_id_of_another_kind_is_refused_by_its_field() {
        assert_eq!(read(json!({"post": format!("Participant:{ID}")})).unwrap_err().field, "post");
        assert_eq!(read(json!({"to": {"partner": "No Name"}})).unwrap_err().field, "to.partner");
        assert_eq!(read(json!({"stream": format!("Piis:{ID}")})).unwrap_err().field, "stream");
    }

    #[test]
    fn a_correction_may_empty_a_field() {
        let input = json!({"stream": format!("Participant:{ID}"), "changes": {"until": null, "post": format!("Post:{ID}")},
            "personal": {"NOTE": "post"}});
        let expected = json!({"stream": format!("person:{ID}"), "changes": {"until": null, "post": ID},
            "personal": {"NOTE": "post"}});
        assert_eq!(read(input).unwrap(), expected);
    }
}
