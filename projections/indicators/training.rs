//! Training: hours attended by insertion workers, hours delivered, and who took part in activities.

use super::figure::{Exact, Figure, whole};
use super::{Indicators, Period, Source};
use chrono::NaiveDate;
use domain::course::ActivityKind;
use domain::hours::Hours;
use domain::ids::{CourseId, PersonId, SessionId};
use std::collections::HashMap;

/// An attendance that may count: who, on which day, and the hours, if its session stands.
#[derive(Debug, Clone, Copy)]
struct Attended {
    person: PersonId,
    on: NaiveDate,
    hours: Option<Hours>,
    engaged: bool,
}

impl<S: Source> Indicators<'_, S> {
    /// Hours attended at sessions held in the period by persons with an engagement in scope active on the day of the
    /// session. Definition 1. Source: 001:19-21, read as person-hours.
    ///
    /// The session's own day decides. An attendance whose session does not stand is unknown, by the day recorded for it.
    #[must_use]
    pub fn training_person_hours(&self, period: Period) -> Figure {
        let attended = self.attended_while_engaged(period);
        let hours = |part: Period| {
            let counted = attended.iter().filter(|one| part.contains(one.on));
            exact(counted.filter_map(|one| one.hours).sum())
        };
        self.growing(period, hours).unknown(attended.iter().filter(|one| one.hours.is_none()).count())
    }

    /// Hours of the sessions held in the period by the organisation in scope, whoever attended. Definition 1.
    #[must_use]
    pub fn training_delivered_hours(&self, period: Period) -> Figure {
        self.growing(period, |part| {
            let held = self.source.courses().filter(|row| self.holds_course(row.organisation.as_ref()));
            let sessions = held.flat_map(|row| &row.sessions).filter(|session| part.contains(session.on));
            exact(sessions.map(|session| session.hours).sum())
        })
    }

    /// Distinct persons who took part in activities of a kind held in the period by the organisation in scope.
    /// Definition 1. Source: 001:46.
    ///
    /// The activity's own day decides. Unknown are participations whose activity does not stand, of whatever kind, by
    /// the day recorded for them.
    #[must_use]
    pub fn participants_of(&self, kind: ActivityKind, period: Period) -> Figure {
        let activities = self.source.courses().filter_map(|row| Some((row.course, (row, row.activity?))));
        let activities: HashMap<CourseId, _> = activities.collect();
        let mut took_part: Vec<(PersonId, NaiveDate)> = Vec::new();
        let mut unknown = 0;
        for (person, row) in self.source.trainings() {
            let Some(recorded_on) = row.took_part_on else { continue };
            match activities.get(&row.course) {
                Some((course, (on, held))) if *held == kind && self.holds_course(course.organisation.as_ref()) => {
                    took_part.push((person, *on));
                }
                Some(_) => {}
                None => unknown += usize::from(period.contains(recorded_on)),
            }
        }
        let persons = |part: Period| {
            let persons = took_part.iter().filter(|(_, on)| part.contains(*on)).map(|(person, _)| *person);
            whole(super::accompanied::distinct(persons.collect()).len())
        };
        self.growing(period, persons).unknown(unknown)
    }

    fn holds_course(&self, organisation: Option<&domain::ids::OrganisationId>) -> bool {
        match organisation {
            Some(organisation) => self.scope.holds(organisation),
            None => self.scope.organisation.is_none(),
        }
    }

    /// Attendances of the period on whose day the person had an engagement in scope.
    fn attended_while_engaged(&self, period: Period) -> Vec<Attended> {
        let mut attended = self.attended(period);
        attended.sort_by_key(|one| one.person);
        for (person, row) in self.source.engagements().filter(|(_, row)| self.scope.engagement(row)) {
            let first = attended.partition_point(|one| one.person < person);
            for one in attended[first..].iter_mut().take_while(|one| one.person == person) {
                one.engaged |= row.active_on(one.on);
            }
        }
        attended.retain(|one| one.engaged);
        attended
    }

    fn attended(&self, period: Period) -> Vec<Attended> {
        let sessions =
            self.source.courses().flat_map(|row| row.sessions.iter().map(|one| ((row.course, one.session), one.on)));
        let sessions: HashMap<(CourseId, SessionId), NaiveDate> = sessions.collect();
        let mut attended = Vec::new();
        for (person, row) in self.source.trainings() {
            for one in &row.attended {
                let held_on = sessions.get(&(row.course, one.session)).copied();
                let on = held_on.unwrap_or(one.on);
                if period.contains(on) {
                    attended.push(Attended { person, on, hours: held_on.map(|_| one.hours), engaged: false });
                }
            }
        }
        attended
    }
}

/// Hours as an exact number.
pub(crate) fn exact(hours: Hours) -> Exact {
    Exact::new(i128::from(hours.0), 100)
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, at, hours, person, year};
    use super::super::{Indicators, Scope};
    use super::*;
    use crate::courses::{self, Session};
    use crate::past::day;
    use crate::trainings::{self, Attendance};
    use domain::codes::Measure;
    use uuid::Uuid;

    const COURSE: CourseId = CourseId(Uuid::from_u128(1));

    fn session(number: u128) -> SessionId {
        SessionId(Uuid::from_u128(number))
    }

    fn course(world: &mut World, sessions: &[(u128, &str, &str)]) {
        let held = |(number, on, given): &(u128, &str, &str)| Session {
            session: session(*number),
            on: day(on),
            hours: hours(given),
        };
        world.courses.push(courses::Row {
            course: COURSE,
            organisation: Some(at("samusocial")),
            mandatory_for: None,
            planned_on: None,
            cancelled_on: None,
            sessions: sessions.iter().map(held).collect(),
            activity: None,
        });
    }

    fn attended(world: &mut World, who: u128, number: u128, recorded_on: &str, taken: &str) {
        let mut row = trainings::Row::of(COURSE);
        row.attended = vec![Attendance { on: day(recorded_on), session: session(number), hours: hours(taken) }];
        world.trainings.push((person(who), row));
    }

    #[test]
    fn hours_count_on_the_day_of_the_session_for_who_was_engaged_that_day() {
        let mut world = World::default();
        course(&mut world, &[(1, "2022-12-31", "7.6"), (2, "2023-01-01", "4")]);
        world.engaged(1, "2022-01-01", Some("2022-12-31"));
        world.engaged(2, "2022-01-01", Some("2022-12-30"));
        attended(&mut world, 1, 1, "2023-01-05", "7.6");
        attended(&mut world, 1, 2, "2022-12-31", "4");
        attended(&mut world, 2, 1, "2022-12-31", "7.6");
        let told = world.figures().training_person_hours(year(2022));
        assert_eq!((told.numerator, told.unknown), (Exact::new(76, 10), 0));
        let delivered = world.figures().training_delivered_hours(year(2022));
        assert_eq!(delivered.numerator, Exact::new(76, 10));
    }

    #[test]
    fn two_engagements_on_one_day_do_not_double_the_hours() {
        let mut world = World::default();
        course(&mut world, &[(1, "2022-06-01", "3.5")]);
        world.engaged(1, "2022-01-01", None);
        world.engaged(1, "2022-01-01", None).measure = Measure::Acs;
        attended(&mut world, 1, 1, "2022-06-01", "3.5");
        assert_eq!(world.figures().training_person_hours(year(2022)).numerator, Exact::new(35, 10));
        let scope = Scope { organisation: Some(at("other-host")), measure: None };
        let elsewhere = Indicators { scope, ..world.figures() };
        assert_eq!(elsewhere.training_person_hours(year(2022)).numerator, 0.into());
    }

    #[test]
    fn an_attendance_whose_session_does_not_stand_is_unknown() {
        let mut world = World::default();
        course(&mut world, &[]);
        world.engaged(1, "2022-01-01", None);
        attended(&mut world, 1, 9, "2022-06-01", "7");
        let told = world.figures().training_person_hours(year(2022));
        assert_eq!((told.numerator, told.unknown), (0.into(), 1));
        assert_eq!(world.figures().training_person_hours(year(2021)).unknown, 0);
    }

    #[test]
    fn participants_are_distinct_persons_of_activities_held_in_the_year() {
        let mut world = World::default();
        for (number, kind, on) in [
            (10, ActivityKind::JobDay, "2022-05-01"),
            (11, ActivityKind::JobDay, "2022-11-01"),
            (12, ActivityKind::CompanyVisit, "2022-05-01"),
        ] {
            course(&mut world, &[]);
            let row = world.courses.last_mut().unwrap();
            row.course = CourseId(Uuid::from_u128(number));
            row.activity = Some((day(on), kind));
        }
        for (who, number) in [(1, 10), (1, 11), (2, 11), (3, 12), (4, 13)] {
            let mut row = trainings::Row::of(CourseId(Uuid::from_u128(number)));
            row.took_part_on = Some(day("2022-05-01"));
            world.trainings.push((person(who), row));
        }
        let told = world.figures().participants_of(ActivityKind::JobDay, year(2022));
        assert_eq!((told.numerator, told.unknown), (2.into(), 1));
    }
}
