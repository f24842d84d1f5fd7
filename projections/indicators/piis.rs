//! The integration project (PIIS): who is owed one, who waits too long for it or for an evaluation.
//!
//! Law of 26 May 2002 articles 11 and 13, as the dated rule sets of the domain tell it. The age of a person is sealed:
//! where the obligation hangs on being under 25, it is unknown here.

use super::figure::{Figure, whole};
use super::survival::{Curve, Watched};
use super::{Exact, Indicators, Period, Source};
use crate::{aids, projects};
use chrono::{Months, NaiveDate};
use domain::codes::AidKind;
use domain::ids::GrantId;
use domain::law::{RuleSet, add_months};
use std::collections::HashMap;

/// How long it takes from the notification of a grant to the signature of its project.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeToSignature {
    /// Grants watched.
    pub grants: Figure,
    /// Of them, signed while watched.
    pub signed: Figure,
    /// First day, from the notification on, by which half of them are signed by the curve.
    pub median_days: Option<i64>,
    /// First day by which nine in ten are.
    pub p90_days: Option<i64>,
    /// Share signed within the three months, of all grants at risk: one less the curve's share.
    pub in_time: Figure,
    /// Signed within the three months over signed.
    pub in_time_of_signed: Figure,
    /// The curve by days.
    pub curve: Curve,
}

/// A grant of integration income, and what is known of its project.
#[derive(Debug, Clone, Copy)]
struct Owed<'a> {
    row: &'a aids::Row,
    notified_on: NaiveDate,
    /// Whether a project is owed; none if that hangs on the age.
    obliged: Option<bool>,
    signed_on: Option<NaiveDate>,
    /// Last day on which the signature is in time.
    due: NaiveDate,
}

impl<S: Source> Indicators<'_, S> {
    /// Obliged grants running on a day whose project is signed too late or not at all, over obliged grants running,
    /// signed or not. Definition 1.
    ///
    /// Overdue: not signed by that day, no waiver covers it, and it lies after the last day of the three months from
    /// the notification. Unknown are running grants of beneficiaries who are not new: owed under 25 only.
    #[must_use]
    pub fn piis_overdue(&self, on: NaiveDate) -> Figure {
        let waived = self.waivers();
        let owed = self.owed(|row| row.running_on(on));
        let running = owed.iter().filter(|one| one.obliged == Some(true));
        let overdue = running.clone().filter(|one| {
            one.signed_on.is_none_or(|signed| on < signed) && one.due < on && !covers(&waived, one.row.grant, on)
        });
        let figure = Figure::ratio(whole(overdue.count()), whole(running.count()));
        let unknown = owed.iter().filter(|one| one.obliged.is_none()).count();
        self.by_law(on, self.on(on, figure).unknown(unknown))
    }

    /// Projects running on a day without the evaluations they are owed, over projects running. Definition 1.
    ///
    /// Overdue: four months passed since the signature or the last evaluation; or, once the project is twelve months
    /// old, fewer than three evaluations, or than two in person, in the twelve months up to that day.
    #[must_use]
    pub fn evaluation_overdue(&self, on: NaiveDate) -> Figure {
        let law = self.law.on(on);
        let all = self.source.projects().flat_map(|(_, row)| &row.projects);
        let in_scope = all.filter(|one| match &one.organisation {
            Some(organisation) => self.scope.holds(organisation),
            None => self.scope.organisation.is_none(),
        });
        let (mut running, mut overdue) = (0, 0);
        for (project, signed) in in_scope.filter_map(|one| Some((one, one.signed_on.filter(|_| one.running_on(on))?))) {
            running += 1;
            // After a gap the clock starts again with the project.
            let begun = project.gaps.iter().map(|gap| gap.reactivated_on).filter(|again| *again <= on).max();
            overdue += usize::from(evaluation_is_overdue(project, begun.unwrap_or(signed), on, law));
        }
        self.by_law(on, self.on(on, Figure::ratio(whole(overdue), whole(running))))
    }

    /// Days from the notification to the signature of the project, of the obliged grants notified in a period.
    /// Definition 1.
    ///
    /// A grant is watched until its first signature, the end of the aid, the day of a waiver, or today; a signature
    /// on that very day still counts. Unknown are the grants whose obligation hangs on the age.
    #[must_use]
    pub fn time_grant_to_piis(&self, notified_in: Period) -> TimeToSignature {
        let waived = self.waivers();
        let owed = self.owed(|row| row.notified_on.is_some_and(|on| notified_in.contains(on) && on <= self.today));
        let unknown = owed.iter().filter(|one| one.obliged.is_none()).count();
        let obliged = owed.iter().filter(|one| one.obliged == Some(true));
        let watched: Vec<(Watched, Watched)> = obliged.map(|one| self.watched(one, &waived)).collect();
        let curve = Curve::of(watched.iter().map(|(watched, _)| *watched).collect());
        let window = Curve::of(watched.iter().map(|(_, in_window)| *in_window).collect());
        let signed = watched.iter().filter(|(watched, _)| watched.happened).count();
        let in_time = watched.iter().filter(|(_, in_window)| in_window.happened).count();
        let share = Exact::from_integer(1) - window.survival(i64::MAX - 1);
        let share = if watched.is_empty() { (0, 0) } else { (*share.numer(), *share.denom()) };
        let by_law = |figure: Figure| self.by_law(notified_in.to(), figure.unknown(unknown));
        TimeToSignature {
            grants: by_law(Figure::count(watched.len())),
            signed: by_law(Figure::count(signed)),
            median_days: curve.first_day_at_most_one_in(2),
            p90_days: curve.first_day_at_most_one_in(10),
            in_time: by_law(Figure::ratio(share.0.into(), share.1.into())),
            in_time_of_signed: by_law(Figure::ratio(whole(in_time), whole(signed))),
            curve,
        }
    }

    fn by_law(&self, on: NaiveDate, figure: Figure) -> Figure {
        Figure { rule_set: Some(self.law.on(on).id), ..figure }
    }

    /// A grant as watched without end, and as watched within its three months.
    fn watched(&self, one: &Owed<'_>, waived: &Waivers) -> (Watched, Watched) {
        let waived_on = waived.get(&one.row.grant).and_then(|of_grant| of_grant.first()).map(|(on, _)| *on);
        let stops = [waived_on, one.row.ended_on].into_iter().flatten().fold(self.today, NaiveDate::min);
        let days = |day: NaiveDate| (day - one.notified_on).num_days().max(0);
        let signed = one.signed_on.filter(|signed| *signed <= stops);
        let watched = Watched { days: days(signed.unwrap_or(stops)), happened: signed.is_some() };
        let in_window = if signed.unwrap_or(stops) > one.due { Watched::TO_THE_END } else { watched };
        (watched, in_window)
    }

    /// Grants of integration income that a filter keeps, with what is owed for them.
    fn owed(&self, keep: impl Fn(&aids::Row) -> bool) -> Vec<Owed<'_>> {
        let signed = self.first_signatures();
        let granted = self.source.aids().map(|(_, row)| row).filter(|row| row.kind == AidKind::Ris);
        let mut owed = Vec::new();
        for row in granted.filter(|row| self.scope.holds(&row.organisation) && keep(row)) {
            let Some((from, notified_on)) = row.from.zip(row.notified_on) else { continue };
            let due = self.law.on(from).piis.signature_due(notified_on);
            let signed_on = signed.get(&row.grant).copied();
            owed.push(Owed { row, notified_on, obliged: row.owes_project, signed_on, due });
        }
        owed
    }

    fn first_signatures(&self) -> HashMap<GrantId, NaiveDate> {
        let mut first: HashMap<GrantId, NaiveDate> = HashMap::new();
        let projects = self.source.projects().flat_map(|(_, row)| &row.projects);
        for (grant, signed) in projects.filter_map(|one| one.grant.zip(one.signed_on)) {
            first.entry(grant).and_modify(|on| *on = signed.min(*on)).or_insert(signed);
        }
        first
    }

    fn waivers(&self) -> Waivers {
        let mut waivers = Waivers::new();
        for waiver in self.source.projects().flat_map(|(_, row)| &row.waivers) {
            waivers.entry(waiver.grant).or_default().push((waiver.on, waiver.until));
        }
        waivers.values_mut().for_each(|of_grant| of_grant.sort_unstable());
        waivers
    }
}

/// Waivers by grant, in order of their first day; the last day inclusive, if they have one.
type Waivers = HashMap<GrantId, Vec<(NaiveDate, Option<NaiveDate>)>>;

fn covers(waivers: &Waivers, grant: GrantId, day: NaiveDate) -> bool {
    let covering = |(on, until): &(NaiveDate, Option<NaiveDate>)| *on <= day && until.is_none_or(|last| day <= last);
    waivers.get(&grant).is_some_and(|of_grant| of_grant.iter().any(covering))
}

fn evaluation_is_overdue(project: &projects::Project, signed: NaiveDate, on: NaiveDate, law: &RuleSet) -> bool {
    let held = project.evaluations.iter().filter(|(day, _)| *day <= on);
    let last = held.clone().map(|(day, _)| *day).fold(signed, NaiveDate::max);
    if add_months(last, law.piis.evaluation_gap_months) < on {
        return true;
    }
    let year_before = on.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
    let of_year = held.filter(|(day, _)| year_before < *day);
    let in_person = of_year.clone().filter(|(_, in_person)| *in_person).count();
    let enough =
        of_year.count() >= law.piis.evaluations_a_year as usize && in_person >= law.piis.in_person_a_year as usize;
    add_months(signed, 12) <= on && !enough
}

#[cfg(test)]
mod tests {
    use super::super::Indicators;
    use super::super::world::{World, year};
    use super::*;
    use crate::past::day;
    use crate::projects::Waiver;

    fn granted(world: &mut World, who: u128, from: &str, ended: Option<&str>) -> GrantId {
        world.aided(who, AidKind::Ris, from, ended).grant
    }

    fn overdue(world: &World, on: &str) -> (Exact, Option<Exact>, u64) {
        let figure = world.figures().piis_overdue(day(on));
        (figure.numerator, figure.denominator, figure.unknown)
    }

    #[test]
    fn a_project_is_overdue_from_the_day_after_three_months() {
        let mut world = World::default();
        granted(&mut world, 1, "2022-11-30", None);
        // Three months from 30 November are the last day of February.
        assert_eq!(overdue(&world, "2023-02-28"), (0.into(), Some(1.into()), 0));
        assert_eq!(overdue(&world, "2023-03-01"), (1.into(), Some(1.into()), 0));
        assert_eq!(world.figures().piis_overdue(day("2023-03-01")).rule_set, Some("be-2016-11-01"));
    }

    #[test]
    fn a_signature_or_a_running_waiver_lifts_it_and_after_the_waiver_the_old_day_counts() {
        let mut world = World::default();
        let signed = granted(&mut world, 1, "2022-01-01", None);
        world.project(1, Some(signed), Some("2022-06-01"));
        let waived = granted(&mut world, 2, "2022-01-01", None);
        world.project(2, None, None);
        let waiver = Waiver { grant: waived, on: day("2022-03-01"), until: Some(day("2022-06-30")) };
        world.projects.last_mut().unwrap().1.waivers = vec![waiver];
        assert_eq!(overdue(&world, "2022-05-31"), (1.into(), Some(2.into()), 0), "signed the day after");
        assert_eq!(overdue(&world, "2022-06-30"), (0.into(), Some(2.into()), 0));
        assert_eq!(overdue(&world, "2022-07-01"), (1.into(), Some(2.into()), 0));
    }

    #[test]
    fn who_received_income_within_three_months_before_is_owed_one_under_25_only() {
        let mut world = World::default();
        for (who, ended) in [(1, "2022-01-02"), (2, "2022-01-01")] {
            granted(&mut world, who, "2021-01-01", Some(ended));
            granted(&mut world, who, "2022-04-01", None);
        }
        // The first ran on 1 January, the first day of the three months before 1 April; the second did not.
        granted(&mut world, 3, "2016-10-31", None);
        world.aided(4, AidKind::Eris, "2022-01-01", None);
        assert_eq!(overdue(&world, "2022-08-01"), (1.into(), Some(1.into()), 2));
    }

    #[test]
    fn an_evaluation_is_overdue_after_four_months_or_when_the_year_lacks_some() {
        let mut world = World::default();
        let at = |world: &World, on: &str| world.figures().evaluation_overdue(day(on)).numerator;
        world.project(1, None, Some("2022-01-31"));
        assert_eq!(at(&world, "2022-05-31"), 0.into());
        assert_eq!(at(&world, "2022-06-01"), 1.into());
        let evaluations = &mut world.projects[0].1.projects[0].evaluations;
        *evaluations = ["2022-05-31", "2022-09-30", "2023-01-30"].iter().map(|on| (day(on), true)).collect();
        assert_eq!(at(&world, "2023-05-30"), 0.into(), "three in the twelve months up to 30 May");
        assert_eq!(at(&world, "2023-05-31"), 1.into(), "the one of 31 May before has left the window");
        world.projects[0].1.projects[0].evaluations[1].1 = false;
        assert_eq!(at(&world, "2023-05-30"), 0.into(), "two of three in person");
        world.projects[0].1.projects[0].evaluations[2].1 = false;
        assert_eq!(at(&world, "2023-05-30"), 1.into());
        assert_eq!(at(&world, "2023-01-30"), 0.into(), "the project is not a year old yet");
    }

    #[test]
    fn the_time_to_signature_knows_who_is_still_waiting() {
        let mut world = World::default();
        // Signed after 10 and 100 days; aid ended after 50; waived on day 20; running since 1 December.
        for (who, signed) in [(1, "2022-01-11"), (2, "2022-04-11")] {
            let grant = granted(&mut world, who, "2022-01-01", None);
            world.project(who, Some(grant), Some(signed));
        }
        granted(&mut world, 3, "2022-01-01", Some("2022-02-20"));
        let waived = granted(&mut world, 4, "2022-01-01", None);
        world.project(4, Some(waived), Some("2022-02-01"));
        world.projects.last_mut().unwrap().1.waivers =
            vec![Waiver { grant: waived, on: day("2022-01-21"), until: None }];
        granted(&mut world, 5, "2022-12-01", None);
        let told = Indicators { today: day("2022-12-31"), ..world.figures() }.time_grant_to_piis(year(2022));
        assert_eq!((told.grants.numerator, told.signed.numerator), (5.into(), 2.into()));
        // S(10) = 4/5; after days 20, 30 and 50 one is left: S(100) = 0.
        assert_eq!((told.median_days, told.p90_days), (Some(100), Some(100)));
        // 1 April is the last day in time: the signature of 11 April is late.
        assert_eq!(told.in_time.value(), Some(Exact::new(1, 5)));
        assert_eq!(told.in_time_of_signed.value(), Some(Exact::new(1, 2)));
    }

    #[test]
    fn a_signature_on_the_day_of_a_waiver_counts() {
        let mut world = World::default();
        let grant = granted(&mut world, 1, "2022-01-01", None);
        world.project(1, Some(grant), Some("2022-01-21"));
        world.projects.last_mut().unwrap().1.waivers = vec![Waiver { grant, on: day("2022-01-21"), until: None }];
        assert_eq!(world.figures().time_grant_to_piis(year(2022)).signed.numerator, 1.into());
    }
}
