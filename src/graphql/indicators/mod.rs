//! The figures that the field publishes, one field per indicator, computed from the rows of one moment.
//!
//! Read [`figure`] (what an answer is) and [`period`] (which days), then the fields below; their definitions stand in
//! `projections/indicators/`.

mod after;
mod fields;
pub mod figure;
pub mod period;
mod shapes;

use crate::graphql::codes::Code;
use crate::graphql::moment::Moment;
use crate::queries::aside;
use async_graphql::Result;
use domain::codes::Measure;
use domain::ids::OrganisationId;
use domain::law::Law;
use figure::Figure;
use projections::Views;
use projections::indicators::{self as of_views, Scope};
use std::sync::Arc;

/// The figures of one scope at one moment.
#[derive(Clone)]
pub struct Indicators {
    moment: Arc<Moment>,
    law: Arc<Law>,
    organisation: Option<OrganisationId>,
    measure: Option<Measure>,
}

impl Indicators {
    /// The figures of an organisation, or of all, under a measure, or under all.
    #[must_use]
    pub const fn new(
        moment: Arc<Moment>,
        law: Arc<Law>,
        organisation: Option<OrganisationId>,
        measure: Option<Measure>,
    ) -> Self {
        Self { moment, law, organisation, measure }
    }

    /// Computes aside: a figure walks over every row of a view.
    async fn compute<T, F>(&self, measure: Option<Code<Measure>>, question: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&of_views::Indicators<'_, Views>) -> T + Send + 'static,
    {
        let (moment, law) = (self.moment.clone(), self.law.clone());
        let measure = measure.map(|Code(measure)| measure).or(self.measure);
        let scope = Scope { organisation: self.organisation.clone(), measure };
        let answer = aside(move || {
            let views: &Views = &moment.snapshot.views;
            Ok(question(&of_views::Indicators::new(views, scope, moment.today, &law)))
        });
        Ok(answer.await?)
    }

    async fn figure<F>(&self, measure: Option<Code<Measure>>, question: F) -> Result<Figure>
    where
        F: FnOnce(&of_views::Indicators<'_, Views>) -> of_views::Figure + Send + 'static,
    {
        let figure = self.compute(measure, question).await?;
        Ok(Figure::new(&self.moment, &figure))
    }
}
