//! `trajet export`: the log or a view as rows.

use super::{Failure, Place, async_runtime};
use crate::exports::{Format, Table, export};
use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use domain::history::Cut;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Write the log or a view as rows.
///
/// No participant's name and no note is ever in it. With --out the file appears when it is whole, or not at all.
#[derive(Debug, Args)]
pub struct Export {
    /// What to write
    #[arg(value_enum)]
    table: Table,
    #[command(flatten)]
    place: Place,
    /// How rows are written
    #[arg(long, value_enum, default_value = "ndjson")]
    format: Format,
    /// Where to [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// As of this day, inclusive: later facts do not count
    #[arg(long, value_name = "DAY", value_parser = super::day)]
    as_of: Option<NaiveDate>,
    /// As known at this instant, inclusive, such as 2021-04-18T12:00:00Z: what was recorded later is not known
    #[arg(long, value_name = "INSTANT", value_parser = super::instant)]
    as_known_at: Option<DateTime<Utc>>,
}

impl Export {
    pub fn run(self) -> Result<(), Failure> {
        let runtime = async_runtime()?;
        runtime.block_on(async {
            let engine = self.place.open_existing()?;
            let cut = Cut { as_of: self.as_of, as_known_at: self.as_known_at, before: None };
            let written = match &self.out {
                None => {
                    let mut out = BufWriter::new(io::stdout().lock());
                    let count = export(&engine, self.table, cut, self.format, &mut out).await.map_err(Failure::other);
                    out.flush().map_err(Failure::other).and(count)
                }
                Some(path) => self.to_file(&engine, cut, path).await,
            };
            engine.close().map_err(Failure::other)?;
            eprintln!("{} rows from {}", written?, self.place.data.display());
            Ok(())
        })
    }

    /// Writes beside the file and renames at the end, so that a broken export leaves nothing half-written.
    async fn to_file(&self, engine: &crate::Engine, cut: Cut, path: &Path) -> Result<usize, Failure> {
        let io = |error: io::Error| Failure::Other(format!("{}: {error}", path.display()));
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        let mut out = BufWriter::new(File::create(&part).map_err(io)?);
        let written = export(engine, self.table, cut, self.format, &mut out).await.map_err(Failure::other);
        let done = written.and_then(|count| {
            let file = out.into_inner().map_err(|error| io(error.into_error()))?;
            file.sync_all().map_err(io)?;
            fs::rename(&part, path).map_err(io)?;
            Ok(count)
        });
        if done.is_err() {
            // What is left of a failed export is of no use; the failure itself is told.
            drop(fs::remove_file(&part));
        }
        done
    }
}
