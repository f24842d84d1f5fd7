//! `trajet demo`: an invented history, made through the real commands, and served.

use super::serve::{bind, serve};
use super::{Failure, Listen, Place, async_runtime, look};
use crate::clock::Rehearsal;
use crate::engine::make_private;
use crate::simulation::{self, Plan};
use crate::{Engine, config::DataDir};
use chrono::{DateTime, Utc};
use clap::Args;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use store::{EventStore, SystemClock};

/// Make an invented history and serve it.
///
/// Samusocial Brussels 2020 to 2022, CPAS Molenbeek 2009 to 2012 and CCAS Saint-Lô 2019, with late entries,
/// corrections and an annulment. The people are invented; the figures are those that the organisations published.
/// Started again, it serves what it made; it never writes into a directory that holds anything else.
#[derive(Debug, Args)]
pub struct Demo {
    /// The data directory
    #[arg(long, value_name = "DIR", default_value = "trajet-demo")]
    data: PathBuf,
    /// The rules of the house [default: DIR/rules.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    listen: Listen,
    /// The seed of the invented history; the figures are the same for all
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Make the history and end, without serving it
    #[arg(long)]
    no_serve: bool,
}

/// Tells a demonstration from the real thing.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Mark {
    seed: u64,
    plan: u32,
    complete: bool,
}

impl Demo {
    pub fn run(self) -> Result<(), Failure> {
        let runtime = async_runtime()?;
        runtime.block_on(async {
            let listener = if self.no_serve { None } else { Some(bind(self.listen.listen).await?) };
            let place = Place { data: self.data.clone(), key_file: None, rules: self.rules.clone() };
            let mark = self.mark(&place.data_dir())?;
            let plan = simulation::demonstration(mark.seed);
            if !mark.complete {
                self.make(&place, &plan, mark).await?;
            }
            let engine = Engine::open(place.setup(Arc::new(SystemClock)))?;
            let head = engine.store.head().borrow().0;
            say!("{}: {head} records of an invented history", self.data.display());
            for example in plan.examples() {
                say!("  {example}");
            }
            match listener {
                Some(listener) => serve(engine, listener).await,
                None => engine.close().map_err(Failure::other),
            }
        })
    }

    /// The mark of the directory: the one found, or a new one if the directory is empty.
    fn mark(&self, data: &DataDir) -> Result<Mark, Failure> {
        let path = data.demonstration_mark();
        match fs::read_to_string(&path) {
            Ok(text) => {
                let mark: Mark = serde_json::from_str(&text).map_err(|error| {
                    Failure::Usage(format!("{} is not the mark of a demonstration: {error}", path.display()))
                })?;
                if mark.plan == simulation::PLAN_VERSION {
                    return Ok(mark);
                }
                Err(Failure::Usage(format!(
                    "{} holds the demonstration of another version of trajet; choose another directory with --data",
                    self.data.display()
                )))
            }
            Err(_) if self.data.read_dir().is_ok_and(|mut files| files.next().is_some()) => {
                Err(Failure::Usage(format!(
                    "{} holds something that is not a demonstration; choose an empty directory with --data",
                    self.data.display()
                )))
            }
            Err(_) => {
                let mark = Mark { seed: self.seed, plan: simulation::PLAN_VERSION, complete: false };
                write(data, &mark)?;
                Ok(mark)
            }
        }
    }

    /// Plays the plan; one that was cut short goes on where it stopped, since every act has its key.
    async fn make(&self, place: &Place, plan: &Plan, mark: Mark) -> Result<(), Failure> {
        say!("making an invented history in {} (once)", self.data.display());
        let clock = Arc::new(Rehearsal::at(plan.first_instant().unwrap_or(DateTime::<Utc>::MIN_UTC)));
        let mut setup = place.setup(clock.clone());
        setup.on_opening = None;
        let engine = Engine::open(setup)?;
        let bar = look::bar("making the history", plan.len() as u64);
        simulation::play(&engine, &clock, plan, |done, _| bar.set_position(done as u64))
            .await
            .map_err(Failure::other)?;
        bar.finish_and_clear();
        engine.close().map_err(Failure::other)?;
        write(&place.data_dir(), &Mark { complete: true, ..mark })
    }
}

fn write(data: &DataDir, mark: &Mark) -> Result<(), Failure> {
    make_private(data.path())?;
    let text = serde_json::to_string(mark).map_err(Failure::other)?;
    fs::write(data.demonstration_mark(), text).map_err(Failure::other)
}
