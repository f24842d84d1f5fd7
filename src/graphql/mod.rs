//! The public contract: what can be asked, in which words, and how an error is told.
//!
//! Read [`scalars`], [`codes`] and [`ids`] (the words), [`errors`] (every refusal's code) and [`connection`] (pages),
//! then [`query`] (what can be asked), [`types`] (the things) and [`indicators`] (the figures).
//! [`mutation`] is what can be recorded, [`subscription`] what can be followed.

pub mod codes;
pub mod connection;
pub mod deadlines;
pub mod errors;
pub mod event_kind;
pub mod events;
pub mod figures;
pub mod ids;
pub mod indicators;
pub mod integrity;
pub mod listings;
pub mod lists;
pub mod moment;
pub mod mutation;
pub mod participants;
pub mod query;
pub mod remember;
pub mod scalars;
pub mod step;
pub mod subscription;
pub mod timeline;
pub mod types;

use crate::Engine;
use crate::access::Caller;
use async_graphql::{ID, SDLExportOptions, SchemaBuilder};
use connection::{COMPLEXITY_MAX, Listed, Place};
use events::{EventConnection, LinkedConnection};
use listings::Listings;
use mutation::Mutation;
use query::Query;
use remember::Remember;
use std::sync::Arc;
use subscription::Subscription;
use timeline::TimelineConnection;
use types::access::AccessEntry;
use types::{Agreement, Deadline, Participant, Post};

const GLOBAL_ID: &str = "The global id of a thing, such as Participant:<uuid> or Organisation:samusocial; an argument also \
takes the bare UUID or short name.";

/// The whole contract.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query, Mutation::default(), Subscription)
        .limit_complexity(COMPLEXITY_MAX)
        .override_output_type_description::<ID>(GLOBAL_ID)
        .override_output_type_description::<Listed<Place, Participant>>("A page of participants.")
        .override_output_type_description::<Listed<Place, Post>>("A page of posts.")
        .override_output_type_description::<Listed<Place, Agreement>>("A page of agreements.")
        .override_output_type_description::<Listed<Place, Deadline>>("A page of deadlines.")
        .override_output_type_description::<Listed<u64, AccessEntry>>("A page of the access ledger.")
        .override_output_type_description::<Listed<figures::types::Key, figures::types::PublishedFigure>>(
            "A page of published figures.",
        )
        .override_output_type_description::<EventConnection>("A page of the log.")
        .override_output_type_description::<TimelineConnection>("A page of a timeline.")
        .override_output_type_description::<LinkedConnection>("A page of records that name the same cause or act.")
}

/// The contract, answered by an engine; a request without a [`Caller`] of its own is of whoever sits at this machine.
#[must_use]
pub fn schema(engine: Engine) -> Schema {
    let remember = Remember(engine.ledger.clone());
    builder().extension(remember).data(engine).data(Caller::local()).data(Arc::new(Listings::default())).finish()
}

/// As [`schema`], and nobody's reading is remembered: for measuring what the ledger costs, and for replays whose log must
/// stay as it is. Never served.
#[doc(hidden)]
#[must_use]
pub fn schema_without_ledger(engine: Engine) -> Schema {
    builder().data(engine).data(Caller::local()).data(Arc::new(Listings::default())).finish()
}

/// The contract in the schema definition language, always in the same order.
#[must_use]
pub fn sdl() -> String {
    builder().finish().sdl_with_options(SDLExportOptions::new().include_specified_by())
}
