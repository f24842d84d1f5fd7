//! What a mutation answers: where it was recorded, and the changed object as it then is.
//!
//! Each mutation has a payload type of its own name (`SignPiisPayload`), as Relay's clients expect, so that one can grow
//! a field without the others. They are instances of the few generic types below, not structs of their own: sixty
//! derived structs would be sixty times the generated code, these are monomorphised from five.

use super::CommandInput;
use crate::commands::Receipt;
use crate::graphql::ids::{self, Kind};
use crate::graphql::scalars::Position;
use async_graphql::{ID, Object, TypeName};
use std::borrow::Cow;
use std::marker::PhantomData;

/// The name of the payload of an input: `SignPiisPayload` of `SignPiisInput`.
fn name_of<I: CommandInput>() -> Cow<'static, str> {
    let input = I::type_name();
    format!("{}Payload", input.strip_suffix("Input").unwrap_or(&input)).into()
}

macro_rules! payloads {
    ($($(#[$doc:meta])* $payload:ident { $(#[$of_field:meta])* $field:ident })*) => {$(
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

            /// The ids of its events, in order; the first is the idempotency key.
            async fn events(&self) -> Vec<ID> {
                self.receipt.events.iter().map(|event| ids::global(Kind::Event, event)).collect()
            }

            $(#[$of_field])*
            async fn $field(&self) -> ID {
                ids::of_stream(self.receipt.subject)
            }
        }
    )*};
}

payloads! {
    /// What was recorded of a participant.
    ParticipantPayload {
        /// The participant whose file was changed.
        participant
    }
    /// What was recorded of a post.
    PostPayload {
        /// The post that was changed.
        post
    }
    /// What was recorded of an agreement.
    AgreementPayload {
        /// The agreement that was changed.
        agreement
    }
    /// What was recorded of a course or an activity.
    CoursePayload {
        /// The course or activity that was changed.
        course
    }
    /// What was recorded of an organisation.
    OrganisationPayload {
        /// The organisation that was changed.
        organisation
    }
    /// What an earlier record was answered with.
    CorrectionPayload {
        /// The thing whose history was changed first; the answer stands in every history of the record.
        subject
    }
}
