//! What holds of a work penalty whatever is asked of it, in whatever order.

use super::{Event, State};
use crate::fact::Fact;
use crate::history::Cut;
use crate::hours::Hours;
use crate::ids::{OrganisationId, PersonId};
use crate::person;
use crate::scenario::{Scenario, judicial_file};
use chrono::{Days, NaiveDate};
use proptest::prelude::{Strategy, any, prop, prop_assert, proptest};
use serde_json::{Value, json};
use uuid::Uuid;

const PERSON: &str = "00000000-0000-0000-0000-000000000001";
/// Final on that day, so the deadline by law is 3 January 2023.
const FINAL_ON: NaiveDate = NaiveDate::from_ymd_opt(2022, 1, 3).unwrap();

/// Something asked of one of two penalties: allowed or not.
fn any_command() -> impl Strategy<Value = (&'static str, Value)> {
    (0..8u8, 2..4u128, 0..500u64, 0..3_000u32, any::<bool>()).prop_map(|(which, penalty, days, hundredths, truth)| {
        let on = FINAL_ON + Days::new(days);
        let hours = Hours(hundredths.into()).to_string();
        let mut input = json!({"participant": PERSON, "penalty": Uuid::from_u128(penalty), "on": on});
        let name = match which {
            0 => {
                input["organisation"] = json!("samusocial");
                input["hoursOrdered"] = json!(if truth { "20" } else { "45.5" });
                input["finalOn"] = json!(FINAL_ON);
                "assignPenalty"
            }
            1 => {
                input["hours"] = json!(hours);
                input["justified"] = json!(truth);
                "recordPenaltyAbsence"
            }
            2 => {
                input["until"] = json!(on + Days::new(100));
                "extendPenaltyDeadline"
            }
            3 => "interruptPenalty",
            4 => "completePenalty",
            _ => {
                input["hours"] = json!(hours);
                "performPenaltyHours"
            }
        };
        (name, input)
    })
}

/// An answer to a record, picked by its place: another number of hours or ordered hours, or an annulment.
fn answer(scenario: &Scenario, place: usize, hundredths: u32, annuls: bool) -> (&'static str, Value) {
    let record = &scenario.records()[place % scenario.records().len()];
    let mut input = json!({"stream": record.about[0].stream, "target": record.id, "reason": "TYPING_ERROR"});
    let hours = Hours(hundredths.into()).to_string();
    match &record.fact {
        Fact::Penalty(Event::HoursPerformed { .. }) if !annuls => input["changes"] = json!({"hours": hours}),
        Fact::Penalty(Event::Assigned { .. }) if !annuls => input["changes"] = json!({"hoursOrdered": hours}),
        _ => return ("annulEvent", input),
    }
    ("correctEvent", input)
}

proptest! {
    #[test]
    fn no_answer_lets_more_hours_be_performed_than_ordered(
        turns in prop::collection::vec((any_command(), any::<bool>(), 1..90usize, 0..5_000u32, any::<bool>()), 1..90),
    ) {
        let organisation = OrganisationId::new("samusocial").unwrap();
        let registered = person::Event::Registered { person: PersonId(Uuid::from_u128(1)), organisation };
        let mut scenario = Scenario::new().given(FINAL_ON, registered).today(FINAL_ON + Days::new(600));
        for ((name, input), answers, place, hundredths, annuls) in turns {
            let (name, input) =
                if answers { answer(&scenario, place, hundredths, annuls) } else { (name, input) };
            scenario = scenario.tried(name, input).0;
            let state = State::of(&scenario.history(judicial_file(PERSON), Cut::default()));
            for penalty in state.penalties.values() {
                let ordered = penalty.assigned.as_ref().map(|assigned| assigned.ordered);
                prop_assert!(ordered.is_none_or(|ordered| penalty.hours() <= ordered), "{penalty:?}");
            }
        }
    }

    #[test]
    fn no_more_hours_are_performed_than_ordered_and_none_after_the_deadline(
        commands in prop::collection::vec(any_command(), 1..60),
    ) {
        let organisation = OrganisationId::new("samusocial").unwrap();
        let registered = person::Event::Registered { person: PersonId(Uuid::from_u128(1)), organisation };
        let mut scenario = Scenario::new().given(FINAL_ON, registered).today(FINAL_ON + Days::new(600));
        for (name, input) in commands {
            scenario = scenario.tried(name, input).0;
        }
        let state = State::of(&scenario.history(judicial_file(PERSON), Cut::default()));
        for penalty in state.penalties.values() {
            let assigned = penalty.assigned.as_ref().unwrap();
            prop_assert!(penalty.hours() <= assigned.ordered, "{penalty:?}");
            prop_assert!(penalty.completed_on.is_none() || penalty.hours() == assigned.ordered, "{penalty:?}");
            let deadline = penalty.deadline().unwrap();
            prop_assert!(penalty.performed.iter().all(|(on, _)| assigned.on <= *on && *on <= deadline), "{penalty:?}");
        }
    }
}
