//! Progress on the screen: a bar where people look, nothing where programs read.

use crate::engine::{OnOpening, Opening};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use projections::runtime::Phase;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::embedded::Progress;

/// A bar that counts up to `total`; it draws on the error stream, and only if that is a terminal.
pub fn bar(what: &'static str, total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{msg:<24} {wide_bar} {human_pos}/{human_len} {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Shows how far the opening of a data directory has come, and prints its warnings.
pub fn opening() -> OnOpening {
    let shown: Mutex<Option<(&'static str, ProgressBar)>> = Mutex::new(None);
    Arc::new(move |opening| {
        let (what, done, of) = match opening {
            Opening::Log(Progress::Warning(text)) => {
                eprintln!("trajet: warning: {text}");
                return;
            }
            Opening::Log(Progress::Reading { segment, of }) => ("reading the log", segment as u64, of as u64),
            Opening::Views(progress) => {
                let what = match progress.phase {
                    Phase::Loading => "loading the views",
                    Phase::Reading => "reading the records",
                    Phase::Folding => "folding the views",
                };
                (what, progress.done, progress.of)
            }
        };
        let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.as_ref().is_none_or(|(name, _)| *name != what)
            && let Some((_, old)) = shown.replace((what, bar(what, of)))
        {
            old.finish_and_clear();
        }
        if let Some((_, bar)) = shown.as_ref() {
            bar.set_length(of);
            bar.set_position(done);
            if done >= of {
                bar.finish_and_clear();
            }
        }
    })
}
