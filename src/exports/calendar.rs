//! Deadlines as an iCalendar file (RFC 5545): one all-day entry each, for any calendar that people use.
//!
//! An entry names the file by its id and the task by its kind: no name, no note, so that a phone may hold it.

use crate::graphql::ids;
use crate::queries::FoundDeadline;
use domain::codes::CodeList;
use domain::deadline::Language;
use domain::law::Law;
use icalendar::{Calendar, Component, Event, EventLike};

/// The calendar of these deadlines. An entry keeps its name when its day moves, so that importing again moves it too.
#[must_use]
pub fn of(found: &[FoundDeadline], law: &Law, language: Language) -> String {
    let mut calendar = Calendar::new();
    calendar.name("trajet");
    for one in found {
        calendar.push(entry(one, law, language));
    }
    calendar.to_string()
}

fn entry(found: &FoundDeadline, law: &Law, language: Language) -> Event {
    let deadline = &found.deadline;
    let [fr, nl, en] = deadline.labels(law);
    let label = match language {
        Language::Fr => fr,
        Language::Nl => nl,
        Language::En => en,
    };
    Event::new()
        .uid(&format!("{}@trajet", deadline.id()))
        .summary(&format!("{label} ({})", ids::of_stream(found.stream).as_str()))
        .description(&deadline.explanation(law, language))
        .add_property("CATEGORIES", deadline.kind.code())
        // A task of the day, not an hour of it: nobody is busy because of it.
        .add_property("TRANSP", "TRANSPARENT")
        // Without an end an entry lasts the whole day (RFC 5545, 3.6.1).
        .starts(deadline.due_on)
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::deadline;
    use domain::fact::Fact;
    use domain::history::{Cut, History, Known};
    use domain::ids::{AgreementId, EventId};
    use domain::wire;
    use uuid::Uuid;

    /// The deadline of an agreement that runs out on 31 December 2022.
    fn found() -> FoundDeadline {
        let fields = r#"{"AgreementSigned": {"agreement": "00000000-0000-4000-8000-000000000001", "organisation":
            "samusocial", "partner": "cpas-jette", "measure": "ART60", "from": "2022-01-01", "until": "2022-12-31"}}"#;
        let fact: Fact = serde_json::from_str(fields).unwrap();
        assert_eq!(wire::kind(&fact), "AgreementSigned");
        let of = AgreementId(Uuid::from_u128(0x4000_8000_0000_0000_0001));
        let effective_on = "2022-01-01".parse().unwrap();
        let (id, recorded_at, about) = (EventId(Uuid::from_u128(9)), chrono::DateTime::default(), fact.about());
        let known = Known { position: 1, id, recorded_at, effective_on, about, fact };
        let history = History::new(of.into(), vec![known], Cut::default());
        let deadline = deadline::of(&history, &Law::default()).remove(0);
        FoundDeadline { stream: of.into(), status: deadline.status_on(effective_on), deadline }
    }

    #[test]
    fn an_entry_lasts_the_whole_last_day_and_keeps_its_name() {
        let text = super::of(&[found()], &Law::default(), Language::Nl);
        for line in ["BEGIN:VEVENT\r\n", "DTSTART;VALUE=DATE:20221231\r\n", "CATEGORIES:AGREEMENT_TERM\r\n"] {
            assert!(text.contains(line), "{text}");
        }
        assert!(!text.contains("DTEND"));
        assert!(text.contains(&format!("UID:{}@trajet", found().deadline.id())));
        assert!(text.contains("afgesproken dag: 2022-12-31"));
        assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
    }
}
