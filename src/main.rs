//! The program: see `trajet --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    trajet::cli::run()
}
