//! Lists that were sorted for a page and will be wanted for the next one.
//!
//! The list of a moment never changes, so it is kept under its question for a while: the second page of a list, or the
//! first page asked by somebody else, costs a search by halves and not another walk over everybody.

use crate::graphql::connection::Place;
use crate::graphql::moment::Moment;
use crate::graphql::participants::Choice;
use crate::queries::{QueryError, aside};
use chrono::NaiveDate;
use domain::history::Cut;
use projections::Views;
use std::sync::{Arc, Mutex, PoisonError};

/// Lists kept at a time, the least recently wanted dropped first: 24 bytes a participant and list.
const LISTS_MAX: usize = 16;

/// What a list depends on, and nothing else: what is recorded elsewhere, such as who read, makes no list anew.
#[derive(Debug, Clone)]
struct Question {
    /// A clone of all views, which shares their rows; only the tables that a choice looks at are compared.
    views: Views,
    as_of: Option<NaiveDate>,
    day: NaiveDate,
    choice: Choice,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        let (views, others) = (&self.views, &other.views);
        views.standing.is_one_with(&others.standing)
            && views.cells.is_one_with(&others.cells)
            && views.engagements.is_one_with(&others.engagements)
            && views.aids.is_one_with(&others.aids)
            && (self.as_of, self.day) == (other.as_of, other.day)
            && self.choice == other.choice
    }
}

/// The lists of one schema.
#[derive(Debug, Default)]
pub struct Listings(Mutex<Vec<(Question, Arc<[Place]>)>>);

impl Listings {
    /// The list that answers a question at a moment, if it is kept.
    fn kept(&self, question: &Question) -> Option<Arc<[Place]>> {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = lists.iter().position(|(asked, _)| asked == question)?;
        let found = lists.remove(index);
        let list = found.1.clone();
        lists.push(found);
        Some(list)
    }

    fn keep(&self, question: Question, list: Arc<[Place]>) {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lists.len() >= LISTS_MAX {
            lists.remove(0);
        }
        lists.push((question, list));
    }

    /// The chosen participants of a moment, sorted. A list that is not kept is made aside.
    ///
    /// # Errors
    /// [`QueryError::Stopped`] if the program is shutting down.
    pub async fn list(self: &Arc<Self>, moment: &Arc<Moment>, choice: Choice) -> Result<Arc<[Place]>, QueryError> {
        let Cut { as_of, .. } = moment.cut;
        let question = Question { views: moment.snapshot.views.clone(), as_of, day: moment.day, choice };
        if let Some(list) = self.kept(&question) {
            return Ok(list);
        }
        let (lists, moment) = (self.clone(), moment.clone());
        aside(move || {
            let list: Arc<[Place]> = question.choice.list(&moment).into();
            lists.keep(question, list.clone());
            Ok(list)
        })
        .await
    }
}
