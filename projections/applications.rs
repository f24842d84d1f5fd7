//! The applications of each person: one row per application.

use crate::View;
use chrono::NaiveDate;
use domain::application::{self, RejectionReason};
use domain::codes::Measure;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{ApplicationId, PostId};
use domain::law::Law;
use serde::{Deserialize, Serialize};

/// The applications of each person.
pub struct Applications;

impl View for Applications {
    const NAME: &'static str = "applications";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let row = |(application, one): (ApplicationId, application::Application)| Row {
            application,
            received_on: one.received_on,
            measure: one.measure,
            post: one.post,
            reserve_opt_in: one.reserve_opt_in,
            answered: one.answered,
        };
        application::State::of(history).applications.into_iter().map(row).collect()
    }
}

/// One application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The application.
    pub application: ApplicationId,
    /// Day of the application.
    pub received_on: NaiveDate,
    /// For which measure.
    pub measure: Measure,
    /// For which post, if for one.
    pub post: Option<PostId>,
    /// True if the person wants to stand in the recruitment reserve if not retained.
    pub reserve_opt_in: bool,
    /// Day of the answer, and why it was a rejection; no reason means retained.
    pub answered: Option<(NaiveDate, Option<RejectionReason>)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{day, history};
    use domain::ids::PersonId;
    use uuid::Uuid;

    #[test]
    fn an_application_is_told_with_its_answer() {
        let (person, post) = (PersonId(Uuid::from_u128(1)), Some(PostId(Uuid::from_u128(2))));
        let of = |number| ApplicationId(Uuid::from_u128(number));
        let received = |application| {
            let measure = Measure::Art60;
            application::Event::Received { person, application, measure, post, reserve_opt_in: true }.into()
        };
        let reason = RejectionReason::Profile;
        let past = [
            ("2022-03-01", received(of(3))),
            ("2022-03-02", received(of(4))),
            ("2022-03-03", received(of(5))),
            ("2022-03-04", application::Event::Retained { person, application: of(3), post }.into()),
            ("2022-03-05", application::Event::Rejected { person, application: of(4), post, reason }.into()),
        ];
        let rows = Applications::rows(&history(person, &past), &Law::default());
        let answers: Vec<_> = rows.iter().map(|row| row.answered).collect();
        assert_eq!(answers, [Some((day("2022-03-04"), None)), Some((day("2022-03-05"), Some(reason))), None]);
        assert_eq!((rows[2].received_on, rows[2].post, rows[2].reserve_opt_in), (day("2022-03-03"), post, true));
    }
}
