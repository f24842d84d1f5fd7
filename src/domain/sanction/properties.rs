//! What holds for any procedure: no sanction for the project stands without a notice and a hearing offer before it.

use super::tests::{WHO, decide, notice, of, signed};
use super::{SanctionFamily, State};
use crate::history::Cut;
use crate::ids::PersonId;
use crate::law::add_months;
use chrono::{Days, NaiveDate};
use proptest::prelude::{Strategy, prop, prop_assert, proptest};
use serde_json::json;
use uuid::Uuid;

/// One act: what, in which of two procedures, how many days after 1 February 2022, and how long a suspension.
fn acts() -> impl Strategy<Value = Vec<(u8, u8, u64, u64)>> {
    prop::collection::vec((0..5_u8, 0..2_u8, 0..400_u64, 0..100_u64), 1..40)
}

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 2, 1).unwrap() + Days::new(after)
}

proptest! {
    #![proptest_config(prop::test_runner::Config::with_cases(60))]
    #[test]
    fn a_sanction_for_the_project_always_follows_a_notice_and_a_hearing_offer(acts in acts()) {
        let mut scenario = signed().today(day(400));
        for (what, which, after, length) in acts {
            let id = Uuid::from_u128(which.into()).to_string();
            let on = day(after).to_string();
            let (first, last) = (day(after + 1).to_string(), day(after + 1 + length).to_string());
            let (name, input) = match what {
                0 => ("sendFormalNotice", notice(&id, &on)),
                1 => ("offerHearing", of(&id, &on)),
                2 => ("hearPerson", json!({"participant": WHO, "sanction": id, "on": on, "assisted": false})),
                3 => ("annulSanction", json!({"participant": WHO, "sanction": id, "on": on, "by": "COURT"})),
                _ => ("decideSanction", decide(&id, &on, &first, &last)),
            };
            scenario = scenario.tried(name, input).0;
        }
        let state = State::of(&scenario.history(PersonId(WHO.parse().unwrap()), Cut::default()));
        for one in state.sanctions.values() {
            let Some(decided) = one.decided else { continue };
            prop_assert!(decided.family == SanctionFamily::Project);
            prop_assert!(one.notice_on.is_some_and(|notice| notice < decided.on));
            prop_assert!(one.offered.iter().any(|offer| *offer < decided.on));
            prop_assert!(decided.suspension.last_day < add_months(decided.suspension.first_day, 3));
            if decided.recurrence_of.is_none() {
                prop_assert!(decided.suspension.last_day < add_months(decided.suspension.first_day, 1));
            }
        }
    }
}
