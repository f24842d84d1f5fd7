//! Posts on a day, and how far they were filled over time.

use super::figure::{Exact, Figure, whole};
use super::{Indicators, Period, Source};
use crate::posts;
use chrono::NaiveDate;
use domain::ids::PostId;
use std::collections::HashMap;

/// The posts on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostStock {
    /// Open: opened, not closed, not frozen.
    pub open: Figure,
    /// Of them, with at least one engagement active that day, of whichever host or measure.
    pub filled: Figure,
    /// Of the open ones, those in social economy that day.
    pub social_economy: Figure,
}

/// How far posts were filled over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occupancy {
    /// Filled post-days over open post-days.
    pub day_weighted: Figure,
    /// Distinct posts open on at least one day of the period.
    pub posts: Figure,
    /// Posts open on its last day.
    pub posts_at_end: Figure,
    /// Filled post-days over the days of the period: the average number of posts filled.
    pub average_posts: Figure,
}

impl<S: Source> Indicators<'_, S> {
    /// Posts in scope on a day: open, filled, in social economy. Definition 1. Source: 000:9, 002:92.
    ///
    /// The day of opening is open, the day of closing is not; an absence does not vacate a post.
    #[must_use]
    pub fn posts(&self, at: NaiveDate) -> PostStock {
        let open: Vec<&posts::Row> = self.posts_in_scope().filter(|row| row.open_on(at)).collect();
        let social = |row: &&&posts::Row| row.profile_on(at).is_some_and(|profile| profile.social_economy);
        let filled = self.filled_days(&open, Period::day(at));
        let figure = |count: usize| self.on(at, Figure::count(count));
        PostStock {
            open: figure(open.len()),
            filled: figure(usize::try_from(filled).unwrap_or_default()),
            social_economy: figure(open.iter().filter(social).count()),
        }
    }

    /// Filled posts over open posts on a day. Definition 1.
    #[must_use]
    pub fn point_in_time(&self, day: NaiveDate) -> Figure {
        let stock = self.posts(day);
        Figure { denominator: Some(stock.open.numerator), ..stock.filled }
    }

    /// How far the posts in scope were filled over a period, by day. Definition 1. Source: 001:44; Brussels decree of
    /// 23 May 2019, article 18, for the average.
    ///
    /// A post counts once on a day however many engagements run on it; frozen days are neither open nor filled.
    #[must_use]
    pub fn occupancy(&self, period: Period) -> Occupancy {
        let open: Vec<&posts::Row> =
            self.posts_in_scope().filter(|row| open_parts(row, period).next().is_some()).collect();
        let filled = self.growing(period, |part| exact(self.filled_days(&open, part)));
        let open_days: i64 = open.iter().flat_map(|row| open_parts(row, period)).map(|part| part.days()).sum();
        let at_end = open.iter().filter(|row| row.open_on(period.to())).count();
        Occupancy {
            day_weighted: Figure { denominator: Some(exact(open_days)), ..filled },
            posts: self.growing(period, |part| {
                whole(open.iter().filter(|row| open_parts(row, part).next().is_some()).count())
            }),
            posts_at_end: self.on(period.to(), Figure::count(at_end)),
            average_posts: Figure { denominator: Some(exact(period.days())), ..filled },
        }
    }

    fn posts_in_scope(&self) -> impl Iterator<Item = &posts::Row> {
        self.source.posts().filter(|row| self.scope.post(row))
    }

    /// Days of the period on which these posts are open and filled, summed over the posts.
    fn filled_days(&self, open: &[&posts::Row], period: Period) -> i64 {
        let index: HashMap<PostId, usize> = open.iter().enumerate().map(|(index, row)| (row.post, index)).collect();
        let placements = self.source.engagements().flat_map(|(_, row)| &row.placements);
        let mut filled: Vec<(usize, Period)> = placements
            .filter_map(|placement| Some((placement.post?, period.shared(placement.from, placement.until)?)))
            .filter_map(|(post, part)| Some((*index.get(&post)?, part)))
            .collect();
        filled.sort_unstable_by_key(|(post, part)| (*post, part.from(), part.to()));
        filled
            .chunk_by(|(one, _), (other, _)| one == other)
            .map(|of_post| {
                let post = open[of_post[0].0];
                merged(of_post).map(|part| open_parts(post, part).map(|open| open.days()).sum::<i64>()).sum::<i64>()
            })
            .sum()
    }
}

/// Periods in order of their first day, those that overlap made one.
fn merged(parts: &[(usize, Period)]) -> impl Iterator<Item = Period> {
    let mut rest = parts.iter().map(|(_, part)| *part).peekable();
    std::iter::from_fn(move || {
        let mut whole = rest.next()?;
        while let Some(next) = rest.next_if(|next| next.from() <= whole.to()) {
            whole = Period::new(whole.from(), whole.to().max(next.to())).unwrap_or(whole);
        }
        Some(whole)
    })
}

/// The parts of a period on which a post is open: within its life, between its frozen periods.
fn open_parts(post: &posts::Row, period: Period) -> impl Iterator<Item = Period> {
    let mut rest = period.shared_until(post.opened_on, post.closed_on);
    std::iter::from_fn(move || {
        loop {
            let part = rest.take()?;
            // The earliest frozen period that touches what is left.
            let frozen = post.frozen.iter().filter_map(|(from, until)| part.shared(*from, *until));
            let Some(frozen) = frozen.min_by_key(|frozen| (frozen.from(), std::cmp::Reverse(frozen.to()))) else {
                return Some(part);
            };
            rest = frozen.to().succ_opt().and_then(|next| Period::new(next, part.to()));
            let open = frozen.from().pred_opt().and_then(|last| Period::new(part.from(), last));
            if open.is_some() {
                return open;
            }
        }
    })
}

fn exact(days: i64) -> Exact {
    Exact::from_integer(i128::from(days))
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, period, year};
    use super::super::{Indicators, Scope};
    use super::*;
    use crate::past::day;
    use domain::codes::Measure;

    #[test]
    fn a_post_is_open_until_the_day_before_its_closing_and_filled_by_whoever_is_active() {
        let mut world = World::default();
        world.post(1, "2021-01-01", Some("2021-04-18"));
        world.post(2, "2021-01-01", Some("2021-04-19"));
        world.post(3, "2021-04-18", None).profiles[0].1.social_economy = true;
        world.post(4, "2021-01-01", None).frozen = vec![(day("2021-04-01"), Some(day("2021-04-17")))];
        world.post(5, "2021-01-01", None).frozen = vec![(day("2021-04-18"), None)];
        world.fills(1, 2, "2021-01-01", Some("2021-04-18"));
        world.fills(2, 3, "2021-01-01", Some("2021-04-17"));
        world.fills(3, 4, "2021-01-01", None);
        world.fills(4, 4, "2021-01-01", None);
        world.fills(5, 5, "2021-01-01", None);
        let stock = world.figures().posts(day("2021-04-18"));
        let told = (stock.open.numerator, stock.filled.numerator, stock.social_economy.numerator);
        assert_eq!(told, (3.into(), 2.into(), 1.into()), "posts 2, 3 and 4 are open; 2 and 4 are filled");
        let point = world.figures().point_in_time(day("2021-04-18"));
        assert_eq!(point.value(), Some(Exact::new(2, 3)));
    }

    #[test]
    fn a_day_counts_once_and_a_frozen_day_not_at_all() {
        let mut world = World::default();
        // January: 31 days, frozen from the 11th to the 20th, closed from the 26th on: 15 open days.
        world.post(1, "2022-01-01", Some("2022-01-26")).frozen = vec![(day("2022-01-11"), Some(day("2022-01-20")))];
        // Filled from the 5th to the 12th and from the 8th to the 22nd: of the open days the 5th to 10th, 21st, 22nd.
        world.fills(1, 1, "2022-01-05", Some("2022-01-12"));
        world.fills(2, 1, "2022-01-08", Some("2022-01-22"));
        let told = world.figures().occupancy(period("2022-01-01", "2022-01-31"));
        assert_eq!((told.day_weighted.numerator, told.day_weighted.denominator), (8.into(), Some(15.into())));
        assert_eq!(told.average_posts.value(), Some(Exact::new(8, 31)));
        assert_eq!((told.posts.numerator, told.posts_at_end.numerator), (1.into(), 0.into()));
    }

    #[test]
    fn a_leap_year_has_a_day_more() {
        let mut world = World::default();
        world.post(1, "2019-01-01", None).measure = Measure::Acs;
        world.post(2, "2019-01-01", None);
        world.fills(1, 1, "2020-02-29", Some("2020-02-29"));
        let scope = Scope { organisation: None, measure: Some(Measure::Acs) };
        let told = Indicators { scope, ..world.figures() }.occupancy(year(2020));
        assert_eq!(told.day_weighted.value(), Some(Exact::new(1, 366)));
    }

    #[test]
    fn fourteen_posts_can_be_almost_ninety_five_per_cent_filled_and_never_on_a_day() {
        let mut world = World::default();
        for number in 0..14 {
            world.post(number, "2015-01-01", None);
            // One post stands empty from 22 March 2022 to the end: 285 of 5,110 post-days, 4,825 filled.
            // Another 10 days' stand-in brings them to 4,835: within 4,829 to 4,854.
            let last = (number == 0).then_some("2022-03-21");
            world.fills(number, number, "2021-01-01", last);
        }
        world.fills(20, 0, "2022-04-01", Some("2022-04-10"));
        let told = world.figures().occupancy(year(2022));
        assert_eq!((told.day_weighted.numerator, told.day_weighted.denominator), (4835.into(), Some(5110.into())));
        assert_eq!((told.posts.numerator, told.posts_at_end.numerator), (14.into(), 14.into()));
        assert_eq!(world.figures().point_in_time(day("2022-12-31")).value(), Some(Exact::new(13, 14)));
    }
}
