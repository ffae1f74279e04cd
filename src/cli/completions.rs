//! `wit-diff completions SHELL`, and what shells ask for where they complete.

use super::flags::{print, usage};
use super::{Cli, candidates};
use clap::builder::PossibleValue;
use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::CompleteEnv;
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Shells, Zsh};
use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Print the completions for a shell
///
/// The shell asks the program itself what fits: commands, flags and their values, rules, branches and tags, and the
/// packages of the working tree. So completions are never older than the program, and are read anew by each shell, in
/// its start file. Names of branches, tags and packages that a shell would not leave as they are, are not offered.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: source <(wit-diff completions bash)   # in ~/.bashrc",
    after_long_help = "\
Examples:
  wit-diff completions bash
  wit-diff completions zsh
  wit-diff completions fish
  wit-diff completions powershell

In ~/.bashrc:                  source <(wit-diff completions bash)
In ~/.zshrc, after compinit:   source <(wit-diff completions zsh)
In ~/.config/fish/config.fish: wit-diff completions fish | source
In $PROFILE:                   wit-diff completions powershell | Out-String | Invoke-Expression

Exit codes: 0 done, 2 wrong usage."
)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// A shell that completions are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

/// Says to the program that it is a shell that asks, and which one.
const VARIABLE: &str = "WIT_DIFF_COMPLETE";

const NAME: &str = "wit-diff";

impl Completions {
    pub fn run(self) -> ExitCode {
        let mut script = Vec::new();
        match self.shell.completer().write_registration(VARIABLE, NAME, NAME, NAME, &mut script) {
            Ok(()) => print(&String::from_utf8_lossy(&script)),
            Err(error) => usage(&format!("the completions cannot be made: {error}")),
        }
    }
}

/// Where it is a shell that asks what fits, answers it and ends the process.
pub fn answer() {
    if env::var_os(VARIABLE).is_none() || env::args_os().next().is_none() {
        return;
    }
    let completers = Shell::value_variants().iter().map(|shell| shell.completer()).collect::<Vec<_>>();
    CompleteEnv::with_factory(|| candidates::with(Cli::command()))
        .var(VARIABLE)
        .bin(NAME)
        .completer(NAME)
        .shells(Shells(&completers))
        .complete();
}

impl Shell {
    fn completer(self) -> &'static dyn EnvCompleter {
        match self {
            Shell::Bash => &WholeWords,
            Shell::Zsh => &Zsh,
            Shell::Fish => &Fish,
            Shell::Powershell => &Powershell,
        }
    }
}

impl ValueEnum for Shell {
    fn value_variants<'a>() -> &'a [Shell] {
        &[Shell::Bash, Shell::Zsh, Shell::Fish, Shell::Powershell]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.completer().name()))
    }
}

/// Bash takes words apart at `:` and `=`, and what is completed here is full of them: packages, `REV:PATH`, `FORMAT=FILE`.
struct WholeWords;

impl EnvCompleter for WholeWords {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> Result<(), io::Error> {
        let script = include_str!("completions.bash");
        let script = script.replace("VARIABLE", var).replace("COMPLETER", completer).replace("BIN", bin);
        buf.write_all(script.as_bytes())
    }

    fn write_complete(
        &self,
        cmd: &mut clap::Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<(), io::Error> {
        Bash.write_complete(cmd, args, current_dir, buf)
    }
}
