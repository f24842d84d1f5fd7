//! `trajet import revert`: every event of a batch annulled.

use crate::Engine;
use crate::batch::{RevertError, Reverted};
use crate::cli::{Failure, Place, async_runtime, look, table};
use crate::commands::Origin;
use clap::Args;
use domain::codes::CodeList;
use domain::correction::CorrectionReason;
use serde_json::json;
use store::Actor;
use uuid::Uuid;

/// Annul every event of an import batch. Nothing is removed: each event is answered by an annulment.
///
/// It can be stopped at any moment; asked again it goes on where it was, and annuls nothing twice.
#[derive(Debug, Args)]
pub struct Revert {
    /// The batch, as the import told it
    batch: Uuid,
    #[command(flatten)]
    place: Place,
    /// Why, as a code such as `NEVER_HAPPENED` or `DUPLICATE`
    #[arg(long, default_value = "NEVER_HAPPENED", value_parser = reason)]
    reason: CorrectionReason,
    /// Who reverts, as a user id
    #[arg(long, default_value = "import")]
    user: String,
    /// For which organisation
    #[arg(long, default_value = "local")]
    organisation: String,
    /// Print one JSON object instead of a sentence
    #[arg(long)]
    json: bool,
}

fn reason(text: &str) -> Result<CorrectionReason, String> {
    CorrectionReason::of(text).ok_or_else(|| {
        let codes: Vec<&str> = CorrectionReason::all().iter().map(|reason| reason.code()).collect();
        format!("{text:?} is not a reason: use one of {}", codes.join(", "))
    })
}

impl Revert {
    pub fn run(self) -> Result<(), Failure> {
        async_runtime()?.block_on(async {
            let engine = self.place.open_existing()?;
            let told = self.revert(&engine).await;
            engine.close().map_err(Failure::other)?;
            self.tell(&told.map_err(|error| match error {
                RevertError::Unknown(_) => Failure::Usage(error.to_string()),
                RevertError::Command(_) | RevertError::Query(_) => Failure::other(error),
            })?);
            Ok(())
        })
    }

    async fn revert(&self, engine: &Engine) -> Result<Reverted, RevertError> {
        let actor = Actor { user: self.user.clone(), role: "import".into(), organisation: self.organisation.clone() };
        let origin = Origin {
            actor,
            on_behalf_of: None,
            source: "import".into(),
            batch: None,
            causation: None,
            correlation: None,
        };
        let bar = look::bar("annulling", 0);
        let progress = |done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        };
        let told = engine.revert_batch(self.batch, self.reason, &origin, progress).await;
        bar.finish_and_clear();
        told
    }

    fn tell(&self, told: &Reverted) {
        let Reverted { annulled, already_annulled, later } = told;
        if self.json {
            table::json(&json!({"annulled": annulled, "alreadyAnnulled": already_annulled, "later": later}));
            return;
        }
        say!("{annulled} events annulled, {already_annulled} were annulled already");
        if *later > 0 {
            say!("{later} later records stand in the same files: look whether they still hold");
        }
    }
}
