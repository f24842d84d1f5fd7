//! How far posts were filled: over a period, and on a day.

use super::Basket;
use super::figure::Figure;
use crate::graphql::scalars::Date;
use async_graphql::{ComplexObject, SimpleObject};
use projections::indicators::Period;

/// How far posts were filled over a period: the figure itself is weighted by days.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Occupancy {
    #[graphql(flatten)]
    figure: Figure,
    /// Filled post-days over open post-days.
    day_weighted: Figure,
    /// Distinct posts open on at least one day of the period.
    posts: Figure,
    /// Posts open on the last day of the period.
    posts_at_end: Figure,
    /// Filled post-days over the days of the period: the average number of posts filled.
    average_posts: Figure,
    #[graphql(skip)]
    basket: Basket,
}

impl Occupancy {
    /// The occupancy of a period.
    #[must_use]
    pub(super) fn new(basket: Basket, period: Period) -> Self {
        let occupancy = basket.figures().occupancy(period);
        Self {
            figure: basket.figure(occupancy.day_weighted),
            day_weighted: basket.figure(occupancy.day_weighted),
            posts: basket.figure(occupancy.posts),
            posts_at_end: basket.figure(occupancy.posts_at_end),
            average_posts: basket.figure(occupancy.average_posts),
            basket,
        }
    }
}

#[ComplexObject]
impl Occupancy {
    /// Filled posts over open posts on a day.
    async fn point_in_time(&self, #[graphql(desc = "The day.")] at: Date) -> Figure {
        self.basket.figure(self.basket.figures().point_in_time(at.0))
    }
}
