//! The command line: tables for people, `--json` for programs, exit codes that mean something.
//!
//! Exit codes: 0 done; 1 done, but something in the input was refused; 2 the call is wrong;
//! 3 the data directory cannot be used (in use, damaged, rewritten, of a newer format, a key missing); 4 anything else.

/// Prints a line for people; who stops reading (`| head`) ends the program, quietly.
macro_rules! say {
    ($($text:tt)*) => { $crate::cli::print_line(format_args!($($text)*)) };
}

mod audit;
mod checkpoint;
mod deadlines;
mod demo;
mod export;
mod import;
mod look;
mod rebuild;
mod rules;
mod serve;
mod table;
mod verify;

use crate::access::{Caller, Reading, Taken, caller};
use crate::config::{DataDir, loopback};
use crate::engine::{OpenError, Setup};
use crate::{Engine, graphql, numbers};
use clap::{Args, Parser, Subcommand};
use domain::access::{AccessWay, Purpose, Word};
use domain::fact::Stream;
use domain::personal::FieldClass;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use store::{Clock, SystemClock};

/// Event-sourced case management for socio-professional insertion.
///
/// Every step of a person's pathway is kept as a record that nobody can change; views and figures are folded from them.
/// Start with `trajet demo`, which makes an invented history and serves it.
#[derive(Debug, Parser)]
#[command(name = "trajet", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 something in the input was refused; 2 the call is wrong; \
3 the data directory cannot be used; 4 anything else.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an invented history and serve it: the quickest way to see trajet at work
    Demo(demo::Demo),
    /// Serve GraphQL from a data directory, which is made if it is missing
    Serve(serve::Serve),
    /// Record steps from a file, one JSON object a line
    Import(import::Import),
    /// Print what must be done by when, or write it as a calendar
    Deadlines(deadlines::Deadlines),
    /// Write the log or a view as NDJSON or CSV; no participant's name and no note is ever in it
    Export(export::Export),
    /// Fold every view anew from the log
    Rebuild(rebuild::Rebuild),
    /// Read the whole log back and check every record, against a checkpoint that you kept if you name one
    Verify(verify::Verify),
    /// Write one person's records with the proofs that nobody changed them, and a report
    Audit(audit::Audit),
    /// Print the signed tree head of the log, for somebody else to keep
    Checkpoint(checkpoint::Checkpoint),
    /// Print a proof that a record stands in the log, or that the log has only grown
    Prove(checkpoint::Prove),
    /// Print every rule of the law and of the house, with its article and its days in force, or publish them
    Rules(rules::Rules),
    /// Print the GraphQL schema
    Schema,
}

/// Where the data is, and its key.
#[derive(Debug, Clone, Args)]
struct Place {
    /// The data directory
    #[arg(long, value_name = "DIR", default_value = "trajet-data")]
    data: PathBuf,
    /// The file that holds the key-encryption key [default: DIR/keys/kek, made at the first start]
    #[arg(long, value_name = "FILE", env = "TRAJET_KEY_FILE")]
    key_file: Option<PathBuf>,
    /// The rules of the house [default: DIR/rules.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Keep national numbers (NISS, NIR), on this legal basis; without it none is kept or looked for
    #[arg(long, value_name = "BASIS", env = "TRAJET_NATIONAL_NUMBERS", value_parser = numbers::basis)]
    national_numbers: Option<String>,
}

/// Who reads, and why: it stands in the access ledger.
#[derive(Debug, Clone, Args)]
struct ReadBy {
    /// Why, for the access ledger, such as AUDIT
    #[arg(long, value_name = "PURPOSE", value_parser = deadlines::code::<Purpose>)]
    purpose: Option<Purpose>,
    /// Who reads, as a user id, for the access ledger
    #[arg(long, value_name = "USER", default_value = "local", value_parser = caller::user)]
    user: String,
}

impl ReadBy {
    fn caller(&self) -> Caller {
        Caller { user: self.user.clone(), purpose: self.purpose, ..Caller::local() }
    }

    /// Remembers whose files are about to be shown. Until it has, nothing of them may be.
    async fn reads(
        &self,
        engine: &Engine,
        files: impl IntoIterator<Item = (Stream, BTreeSet<FieldClass>)>,
    ) -> Result<(), Failure> {
        let reading = Reading::default();
        for (file, classes) in files {
            reading.opened(file, classes);
        }
        let noted = reading.noted().map_err(Failure::other)?;
        engine.ledger.remember(&self.caller(), AccessWay::Cli, &noted).await.map_err(Failure::other)
    }

    /// Remembers that something is taken along. Until it has, it may not be given out.
    async fn takes(&self, engine: &Engine, taken: Taken) -> Result<(), Failure> {
        engine.ledger.exported(&self.caller(), AccessWay::Cli, taken).await.map_err(Failure::other)
    }
}

/// A word of this program in the access ledger.
fn word(text: &str) -> Result<Word, Failure> {
    Word::new(text).map_err(Failure::other)
}

/// SHA-256 as 64 hexadecimal digits.
fn hex(hash: impl AsRef<[u8]>) -> String {
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where the server listens.
#[derive(Debug, Clone, Copy, Args)]
struct Listen {
    /// The address and port to listen on; only loopback until access control exists
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080", value_parser = loopback)]
    listen: SocketAddr,
}

/// What ends a command before it is done.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// Something in the input was refused; it was told already.
    #[error("{0}")]
    Refused(String),
    /// The call is wrong.
    #[error("{0}")]
    Usage(String),
    /// The data directory cannot be used.
    #[error(transparent)]
    Data(#[from] OpenError),
    /// The log is not the one that a checkpoint tells of.
    #[error("{0}")]
    Tampered(String),
    /// There is no data directory where one is named.
    #[error("{0}")]
    NoLog(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    fn other(error: impl std::fmt::Display) -> Self {
        Self::Other(error.to_string())
    }

    const fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::Usage(_) => 2,
            Self::Data(_) | Self::NoLog(_) | Self::Tampered(_) => 3,
            Self::Other(_) => 4,
        }
    }
}

/// Runs the program with the arguments of its process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Demo(demo) => demo.run(),
        Command::Serve(serve) => serve.run(),
        Command::Import(import) => import.run(),
        Command::Deadlines(deadlines) => deadlines.run(),
        Command::Export(export) => export.run(),
        Command::Rebuild(rebuild) => rebuild.run(),
        Command::Verify(verify) => verify.run(),
        Command::Audit(audit) => audit.run(),
        Command::Checkpoint(checkpoint) => checkpoint.run(),
        Command::Prove(prove) => prove.run(),
        Command::Rules(rules) => rules.run(),
        Command::Schema => {
            say!("{}", graphql::sdl().trim_end());
            Ok(())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("trajet: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

impl Place {
    fn data_dir(&self) -> DataDir {
        DataDir::new(&self.data)
    }

    fn setup(&self, clock: Arc<dyn Clock>) -> Setup {
        let mut setup = Setup::new(self.data_dir(), clock);
        setup.key_file.clone_from(&self.key_file);
        setup.rules.clone_from(&self.rules);
        setup.national_numbers.clone_from(&self.national_numbers);
        setup.on_opening = Some(look::opening());
        setup
    }

    /// Refuses a place that holds no log: a command that reads one never makes it.
    fn exists(&self) -> Result<(), Failure> {
        if !self.data.join("log").is_dir() {
            let path = self.data.display();
            return Err(Failure::NoLog(format!(
                "{path} holds no log: name a data directory with --data, or make one with `trajet demo` or `trajet serve`"
            )));
        }
        Ok(())
    }

    /// Opens the data directory of a command that needs one that is there.
    fn open_existing(&self) -> Result<Engine, Failure> {
        self.exists()?;
        Ok(Engine::open(self.setup(Arc::new(SystemClock)))?)
    }
}

/// Prints a line; a reader that has gone is no failure.
fn print_line(text: std::fmt::Arguments<'_>) {
    use std::io::Write;
    if let Err(error) = writeln!(std::io::stdout(), "{text}") {
        std::process::exit(if error.kind() == std::io::ErrorKind::BrokenPipe { 0 } else { 4 });
    }
}

/// A day on the command line.
fn day(text: &str) -> Result<chrono::NaiveDate, String> {
    text.parse().map_err(|_| format!("{text:?} is not a day of the calendar: write YYYY-MM-DD, such as 2021-04-18"))
}

/// An instant on the command line.
fn instant(text: &str) -> Result<chrono::DateTime<chrono::Utc>, String> {
    let read = chrono::DateTime::parse_from_rfc3339(text);
    read.map(|at| at.to_utc())
        .map_err(|_| format!("{text:?} is not an instant with its offset: write it such as 2021-04-18T12:00:00Z"))
}

/// A runtime for the commands that wait.
fn async_runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::other)
}
