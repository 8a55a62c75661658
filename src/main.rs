//! The program `dossier`.

use std::process::ExitCode;

fn main() -> ExitCode {
    dossier_search::cli::run()
}
