//! What is being recorded, as it is recorded.
//!
//! A subscription is the log read on and on: there is no queue beside it that could lose or repeat a record.

pub mod follow;

use crate::access::Reading;
use crate::graphql::errors::{Code, error, internal, with_field};
use crate::graphql::events::EventFilter;
use crate::graphql::moment::{engine, reading};
use crate::graphql::scalars::Position;
use crate::graphql::types::Event;
use crate::queries::{Told, Wanted};
use async_graphql::{Context, Error, Result, Subscription as Root};
use domain::history::Cut;
use follow::follow;
use futures_util::{Stream, StreamExt, future};
use projections::stream_id;
use std::sync::Arc;
use store::{EventStore, Record, StoreError};

/// What can be followed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subscription;

/// What can be followed.
#[Root]
impl Subscription {
    /// Every record after a position, each once, in the order of the log: those recorded already, then each as it is recorded.
    ///
    /// Remember the position of the last one seen, and subscribe again from it after a broken connection.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which records; by default all.")] filter: Option<EventFilter>,
        #[graphql(desc = "The position behind which to begin; by default the end of the log.")] from: Option<Position>,
    ) -> Result<impl Stream<Item = Result<Event>> + use<>> {
        let wanted = filter.unwrap_or_default().read()?;
        let store = Arc::clone(&engine(ctx)?.store);
        let head = *store.head().borrow();
        let after = from.map_or(head, |Position(from)| from);
        if after > head {
            let text = format!("the log ends at {head}, nothing is recorded at {after} yet: is it of another log?");
            return Err(with_field(error(Code::NotYetRecorded, text), "from"));
        }
        let reading = reading(ctx);
        reading.follow();
        Ok(follow(store, after).filter_map(move |read| future::ready(told(&wanted, read, &reading))))
    }
}

/// The event that a subscriber is told of, if it is wanted.
fn told(wanted: &Wanted, read: Result<Record, StoreError>, reading: &Reading) -> Option<Result<Event>> {
    let record = match read {
        Ok(record) => record,
        Err(fault) => return Some(Err(internal(fault))),
    };
    let about = |stream| record.event.about.iter().any(|about| about.stream == stream_id(stream));
    if !wanted.admits(&record) || !wanted.stream.is_none_or(about) {
        return None;
    }
    Some(
        Told::alone(record)
            .map(|told| Event::read(told, Cut::default(), reading))
            .map_err(|fault| -> Error { internal(fault) }),
    )
}
