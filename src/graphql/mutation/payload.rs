//! What a mutation answers: where it was recorded, and the changed object as it then is.
//!
//! Each mutation has a payload type of its own name (`SignPiisPayload`), as Relay's clients expect, so that one can grow
//! a field without the others. They are instances of the seven generic types below, so none of them is written out.
//! Measured once: a name for each instead of six costs a ninth of this crate's compile time (45 s of one core
//! instead of 40, without incremental compilation), which the contract is worth.

use super::CommandInput;
use crate::commands::Receipt;
use crate::graphql::ids::{self, Kind};
use crate::graphql::lists::organisation_of;
use crate::graphql::moment::{Moment, When, lost};
use crate::graphql::scalars::Position;
use crate::graphql::types::{Agreement, Course, Node, Organisation, Participant, Post};
use async_graphql::{Context, ID, Object, Result, TypeName};
use domain::fact::{Stream, StreamKind};
use domain::ids::{AgreementId, CourseId, PersonId, PostId};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

/// The name of the payload of an input: `SignPiisPayload` of `SignPiisInput`.
fn name_of<I: CommandInput>() -> Cow<'static, str> {
    let input = I::type_name();
    format!("{}Payload", input.strip_suffix("Input").unwrap_or(&input)).into()
}

/// Every view, with what was recorded counted.
async fn moment(ctx: &Context<'_>, receipt: &Receipt) -> Result<Arc<Moment>> {
    When { not_before: Some(Position(receipt.position)), ..When::default() }.moment(ctx).await
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $payload:ident { $($(#[$of_field:meta])* $field:ident: $object:ty = $find:expr)? })*) => {$(
        $(#[$doc])*
        pub struct $payload<I> {
            receipt: Receipt,
            of: PhantomData<fn() -> I>,
        }

        impl<I> From<Receipt> for $payload<I> {
            fn from(receipt: Receipt) -> Self {
                Self { receipt, of: PhantomData }
            }
        }

        impl<I: CommandInput> TypeName for $payload<I> {
            fn type_name() -> Cow<'static, str> {
                name_of::<I>()
            }
        }

        $(#[$doc])*
        #[Object(name_type)]
        impl<I: CommandInput> $payload<I> {
            /// The position of its last event; ask a query `notBefore` it to find what was written.
            async fn position(&self) -> Position {
                Position(self.receipt.position)
            }

            /// True if it had been recorded before under the same key, and nothing was written now.
            async fn repeated(&self) -> bool {
                self.receipt.repeated
            }

            /// The global ids of its events, in order; the first is that of the idempotency key.
            async fn events(&self) -> Vec<ID> {
                self.receipt.events.iter().map(|event| ids::global(Kind::Event, event)).collect()
            }

            $($(#[$of_field])*
            async fn $field(&self, ctx: &Context<'_>) -> Result<$object> {
                let moment = moment(ctx, &self.receipt).await?;
                let find: fn(&Arc<Moment>, Stream) -> Result<$object> = $find;
                find(&moment, self.receipt.subject)
            })?
        }
    )*};
}

payloads! {
    /// What was recorded of a participant.
    ParticipantPayload {
        /// The participant, with what was recorded counted.
        participant: Participant = |moment, of| Ok(Participant::new(moment, PersonId(of.id)))
    }
    /// What was recorded of a post.
    PostPayload {
        /// The post, with what was recorded counted.
        post: Post = |moment, of| Post::find(moment, PostId(of.id)).ok_or_else(|| lost("a post"))
    }
    /// What was recorded of an agreement.
    AgreementPayload {
        /// The agreement, with what was recorded counted.
        agreement: Agreement = |moment, of| {
            Agreement::find(moment, AgreementId(of.id)).ok_or_else(|| lost("an agreement"))
        }
    }
    /// What was recorded of a course or an activity.
    CoursePayload {
        /// The course or activity, with what was recorded counted.
        course: Course = |moment, of| Course::find(moment, CourseId(of.id)).ok_or_else(|| lost("a course"))
    }
    /// What was recorded of an organisation.
    OrganisationPayload {
        /// The organisation, with what was recorded counted.
        organisation: Organisation = |moment, of| {
            Ok(Organisation::new(moment, &organisation_of(moment, &of.id.to_string())?))
        }
    }
    /// What an earlier record was answered with.
    CorrectionPayload {
        /// The thing to which the record belongs, with the answer counted; null if nothing of it counts any more.
        subject: Option<Node> = node
    }
    /// What the house published: its event tells it whole, and it changes no view.
    PublicationPayload {}
}

/// The thing whose history a stream is, if anything of it counts.
fn node(moment: &Arc<Moment>, of: Stream) -> Result<Option<Node>> {
    Ok(match of.kind {
        StreamKind::Person => Participant::find(moment, PersonId(of.id)).map(Node::Participant),
        StreamKind::Post => Post::find(moment, PostId(of.id)).map(Node::Post),
        StreamKind::Agreement => Agreement::find(moment, AgreementId(of.id)).map(Node::Agreement),
        StreamKind::Course => Course::find(moment, CourseId(of.id)).map(Node::Course),
        StreamKind::Organisation => {
            let named = organisation_of(moment, &of.id.to_string()).ok();
            named.and_then(|name| Organisation::registered(moment, &name)).map(Node::Organisation)
        }
        StreamKind::Alias | StreamKind::Governance | StreamKind::Judicial | StreamKind::Access | StreamKind::Reader => {
            None
        }
    })
}
