//! How a command is declared: once, as its name, its input and its payload; this macro writes what follows from that.
//!
//! For each command it writes the input object and the resolver; for the step, the object that holds the resolvers.
//! There is no conversion per command: the input becomes the very JSON that a line of an import holds
//! (see [`super::record`]), and a test holds each input against the command that it feeds.

/// Declares the mutations of one step.
///
/// ```text
/// mutations! {
///     /// What the step is about.
///     StepMutations;
///
///     /// What the command does. French / Dutch term.
///     nameOfTheCommand(NameOfTheCommandInput) -> ParticipantPayload {
///         /// Each field, with its effect, unit and day convention.
///         field: Type,
///     }
/// }
/// ```
///
/// The resolver bears the command's own name, as it stands in an import: the two can never drift apart.
macro_rules! mutations {
    (
        $(#[$of_step:meta])*
        $step:ident;
        $(
            $(#[$about:meta])*
            $command:ident($input:ident) -> $payload:ident {
                $($(#[$of_field:meta])* $field:ident: $type:ty,)*
            }
        )*
    ) => {
        $(
            $(#[$about])*
            #[derive(async_graphql::InputObject)]
            pub struct $input {
                #[graphql(flatten)]
                envelope: $crate::graphql::mutation::envelope::Envelope,
                $($(#[$of_field])* $field: $type,)*
            }

            impl $crate::graphql::mutation::CommandInput for $input {
                const COMMAND: &'static str = stringify!($command);

                fn envelope(&self) -> &$crate::graphql::mutation::envelope::Envelope {
                    &self.envelope
                }
            }
        )*

        $(#[$of_step])*
        #[derive(Debug, Clone, Copy, Default)]
        pub struct $step;

        #[async_graphql::Object]
        impl $step {
            $(
                $(#[$about])*
                #[allow(non_snake_case, reason = "the command's own name, as in an import")]
                async fn $command(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "What is recorded, and the key that makes it recorded once.")] input: $input,
                ) -> async_graphql::Result<$crate::graphql::mutation::payload::$payload<$input>> {
                    $crate::graphql::mutation::record(ctx, &input).await.map(Into::into)
                }
            )*
        }
    };
}
pub(super) use mutations;
