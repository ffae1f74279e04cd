//! The command line of wit-diff.

use std::process::ExitCode;

fn main() -> ExitCode {
    wit_diff::cli::main()
}
