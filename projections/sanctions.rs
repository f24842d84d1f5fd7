//! The suspensions of payment of each person: one row per procedure. The ground is sealed; its family is not.

use crate::View;
use chrono::NaiveDate;
use domain::fact::StreamKind;
use domain::history::History;
use domain::ids::{PiisId, SanctionId};
use domain::law::Law;
use domain::sanction::{self, AnnulledBy, SanctionFamily, Suspension};
use serde::{Deserialize, Serialize};

/// The suspensions of payment of each person, and the procedures that led to none.
pub struct Sanctions;

impl View for Sanctions {
    const NAME: &'static str = "sanctions";
    const VERSION: u32 = 1;
    const OF: &'static [StreamKind] = &[StreamKind::Person];
    type Row = Row;

    fn rows(history: &History, _: &Law) -> Vec<Row> {
        let row = |(sanction, one): (SanctionId, sanction::Sanction)| Row {
            sanction,
            piis: one.piis,
            notice_on: one.notice_on,
            offered: one.offered,
            heard: one.heard,
            decided: one.decided.map(|it| Decided {
                on: it.on,
                family: it.family,
                suspension: it.suspension,
                notified_on: it.notified_on,
                recurrence_of: it.recurrence_of,
            }),
            annulled: one.annulled,
        };
        sanction::State::of(history).sanctions.into_iter().map(row).collect()
    }
}

/// One procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The procedure.
    pub sanction: SanctionId,
    /// The project named by the formal notice.
    pub piis: Option<PiisId>,
    /// Day of the formal notice.
    pub notice_on: Option<NaiveDate>,
    /// Every day on which a hearing was offered, in order.
    pub offered: Vec<NaiveDate>,
    /// Every hearing, in order of day, and whether the person was assisted.
    pub heard: Vec<(NaiveDate, bool)>,
    /// What was decided; none while the procedure runs.
    pub decided: Option<Decided>,
    /// Day of the annulment, and by whom.
    pub annulled: Option<(NaiveDate, AnnulledBy)>,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Day of the decision.
    pub on: NaiveDate,
    /// Whether it is about the project or about means.
    pub family: SanctionFamily,
    /// What is not paid, and when.
    pub suspension: Suspension,
    /// Day of the notification.
    pub notified_on: NaiveDate,
    /// The earlier sanction of which it is a recurrence.
    pub recurrence_of: Option<SanctionId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::{day, history};
    use domain::ids::PersonId;
    use uuid::Uuid;

    #[test]
    fn a_procedure_is_told_from_its_notice_to_its_annulment() {
        let (person, sanction) = (PersonId(Uuid::from_u128(1)), SanctionId(Uuid::from_u128(2)));
        let piis = PiisId(Uuid::from_u128(3));
        let suspension =
            Suspension { share: 50, first_day: day("2022-04-01"), last_day: day("2022-04-30"), deferred_days: 10 };
        let decided = sanction::Event::Decided {
            person,
            sanction,
            family: SanctionFamily::Project,
            suspension,
            notified_on: day("2022-03-16"),
            recurrence_of: None,
        };
        let past = [
            ("2022-03-01", sanction::Event::FormalNoticeSent { person, sanction, piis }.into()),
            ("2022-03-08", sanction::Event::HearingOffered { person, sanction }.into()),
            ("2022-03-12", sanction::Event::PersonHeard { person, sanction, assisted: true }.into()),
            ("2022-03-15", decided.into()),
            ("2022-09-01", sanction::Event::Annulled { person, sanction, by: AnnulledBy::Court }.into()),
        ];
        let rows = Sanctions::rows(&history(person, &past), &Law::default());
        let told = rows[0].decided.map(|it| (it.on, it.suspension, it.notified_on));
        assert_eq!(told, Some((day("2022-03-15"), suspension, day("2022-03-16"))));
        assert_eq!((rows[0].piis, rows[0].notice_on), (Some(piis), Some(day("2022-03-01"))));
        assert_eq!(
            (&rows[0].offered[..], &rows[0].heard[..]),
            (&[day("2022-03-08")][..], &[(day("2022-03-12"), true)][..])
        );
        assert_eq!(rows[0].annulled, Some((day("2022-09-01"), AnnulledBy::Court)));
        let begun = Sanctions::rows(&history(person, &past[..1]), &Law::default());
        assert_eq!(begun[0].decided, None);
    }
}
