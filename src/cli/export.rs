//! `trajet export`: the log or a view as rows.

use super::{Failure, Place, ReadBy, async_runtime, hex, word};
use crate::access::{Opened, Taken};
use crate::exports::{Format, Table, export};
use chrono::{DateTime, NaiveDate, Utc};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use domain::history::Cut;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use store::EventStore;

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
    #[command(flatten)]
    by: ReadBy,
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
                    // What is printed cannot be taken back: it is remembered first, with what is known by then.
                    let head = engine.store.head().borrow().0;
                    self.by.takes(&engine, self.taken(cut, None)?).await?;
                    // The log is told without the entry that tells of its telling.
                    let before = (self.table == Table::Events).then_some(head + 1);
                    let cut = Cut { before, ..cut };
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

    /// What the access ledger tells of it.
    fn taken(&self, cut: Cut, written: Option<(usize, String)>) -> Result<Taken, Failure> {
        let name = |value: Option<PossibleValue>| word(value.as_ref().map_or("unnamed", PossibleValue::get_name));
        let (rows, sha256) = written.unzip();
        Ok(Taken {
            content: name(self.table.to_possible_value())?,
            format: name(self.format.to_possible_value())?,
            files: Vec::new(),
            opened: Opened::default(),
            everyone: self.table.is_about_persons(),
            rows: rows.map(|rows| rows as u64),
            cut,
            sha256,
        })
    }

    /// Writes beside the file and renames at the end, so that a broken export leaves nothing half-written.
    async fn to_file(&self, engine: &crate::Engine, cut: Cut, path: &Path) -> Result<usize, Failure> {
        let io = |error: io::Error| Failure::Other(format!("{}: {error}", path.display()));
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        let mut out = Hashed { out: BufWriter::new(File::create(&part).map_err(io)?), hash: Sha256::new() };
        let done = async {
            let count = export(engine, self.table, cut, self.format, &mut out).await.map_err(Failure::other)?;
            let file = out.out.into_inner().map_err(|error| io(error.into_error()))?;
            file.sync_all().map_err(io)?;
            // Only then does it bear its name.
            self.by.takes(engine, self.taken(cut, Some((count, hex(out.hash.finalize()))))?).await?;
            fs::rename(&part, path).map_err(io)?;
            Ok(count)
        };
        let done = done.await;
        if done.is_err() {
            // What is left of a failed export is of no use; the failure itself is told.
            drop(fs::remove_file(&part));
        }
        done
    }
}

/// Passes bytes on and hashes them.
struct Hashed<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.hash.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
