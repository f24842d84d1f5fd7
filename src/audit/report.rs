//! The bundle for people: one page of HTML that prints well, needs nothing from elsewhere, and says how to check it.

mod words;

use super::bundle::{Bundle, Proven};
use chrono::NaiveDate;
use domain::deadline::Language;
use domain::wire;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use words::Words;

/// Kept in the page, so that it looks the same wherever it is opened, and on paper.
const STYLE: &str = include_str!("report/style.css");

/// Writes the page.
#[must_use]
pub fn page(bundle: &Bundle, language: Language) -> String {
    let words = Words::of(language);
    let page = html! {
        (DOCTYPE)
        html lang=(words.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (words.title) " " (bundle.participant) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (words.title) }
                (about(bundle, words))
                (proof(bundle, words))
                (timeline(bundle, words, language))
            }
        }
    };
    page.into_string()
}

fn about(bundle: &Bundle, words: &Words) -> Markup {
    html! {
        dl {
            dt { (words.participant) } dd { code { (bundle.participant) } }
            dt { (words.made_at) } dd { (bundle.made_at) }
            @if let Some(day) = bundle.as_of { dt { (words.as_of) } dd { (day) } }
            @if let Some(instant) = &bundle.as_known_at { dt { (words.as_known_at) } dd { (instant) } }
            dt { (words.records) } dd { (bundle.records.len()) }
            @if bundle.streams.len() > 1 {
                dt { (words.merged) }
                dd { @for file in &bundle.streams[1..] { code { (file.stream) } " " } }
            }
        }
    }
}

fn proof(bundle: &Bundle, words: &Words) -> Markup {
    html! {
        section {
            h2 { (words.proof) }
            p { (words.explained) }
            pre { (bundle.checkpoint) }
            p { (words.key) }
            pre { (bundle.verifier_key) }
            @if let Some(growth) = &bundle.consistency { p { (words.growth) " " (growth.from) "." } }
        }
    }
}

fn timeline(bundle: &Bundle, words: &Words, language: Language) -> Markup {
    html! {
        section {
            h2 { (words.timeline) }
            table {
                thead { tr { @for head in words.columns { th { (head) } } } }
                tbody { @for proven in &bundle.records { (record(proven, words, language)) } }
            }
        }
    }
}

fn record(proven: &Proven, words: &Words, language: Language) -> Markup {
    let read = |name: &str| proven.reading.get(name).and_then(Value::as_str).unwrap_or_default();
    let standing = &proven.standing;
    let gone = standing.annulled_by.is_some() || standing.corrected_by.is_some();
    html! {
        tr class=[gone.then_some("gone")] id=(read("id")) {
            td { (proven.reading["position"]) }
            td {
                (read("effectiveOn"))
                @if let Some(day) = moved(proven) { br; em { (words.counts_on) " " (day) } }
            }
            td { (read("recordedAt")) br; (words.delay(standing.delay_days)) }
            td { strong { (label(read("kind"), language)) } br; code { (read("kind")) } (answers(proven, words)) }
            td { (person(proven)) br; (read("source")) }
            td { (fields(&proven.reading["fact"])) (sealed(proven, words)) }
            td { @if let Some(set) = proven.reading.get("ruleSet").and_then(Value::as_str) { code { (set) } } }
        }
    }
}

/// The day on which a corrected record counts, if it is another than the one recorded.
fn moved(proven: &Proven) -> Option<NaiveDate> {
    let recorded = proven.reading.get("effectiveOn").and_then(Value::as_str);
    proven.standing.counts_on.filter(|day| recorded != Some(&day.to_string()))
}

fn answers(proven: &Proven, words: &Words) -> Markup {
    let corrects = proven.reading.get("corrects").and_then(Value::as_str);
    let of = |text: &'static str, id: String| html! { br; em { (text) " " a href={ "#" (id) } { (id) } } };
    html! {
        @if let Some(id) = proven.standing.annulled_by { (of(words.annulled_by, id.to_string())) }
        @if let Some(id) = proven.standing.corrected_by { (of(words.corrected_by, id.to_string())) }
        @if let Some(id) = corrects { (of(words.corrects, id.to_owned())) }
    }
}

fn person(proven: &Proven) -> Markup {
    let actor = &proven.reading["actor"];
    let read = |name: &str| actor[name].as_str().unwrap_or_default();
    html! {
        (read("user")) " (" (read("role")) ", " (read("organisation")) ")"
        @if let Some(other) = proven.reading.get("onBehalfOf").and_then(Value::as_str) { br; "→ " (other) }
    }
}

/// The fields of a fact, as deep as they are nested.
fn fields(value: &Value) -> Markup {
    html! {
        @match value {
            Value::Object(pairs) => ul { @for (name, value) in pairs { li { (name) ": " (fields(value)) } } },
            Value::Array(items) => ul { @for item in items { li { (fields(item)) } } },
            Value::String(text) => (text),
            Value::Null => "–",
            Value::Bool(_) | Value::Number(_) => (value),
        }
    }
}

fn sealed(proven: &Proven, words: &Words) -> Markup {
    html! {
        @for (class, state) in &proven.standing.classes {
            p class="sealed" { (class) ": " (words.state(state)) }
        }
        @for one in &proven.opened { p { (one.field) ": " (one.value) } }
    }
}

fn label(kind: &str, language: Language) -> &'static str {
    let Some(labels) = wire::labels(kind) else { return "" };
    match language {
        Language::Fr => labels.fr,
        Language::Nl => labels.nl,
        Language::En => labels.en,
    }
}
