//! `wit-diff git-driver install` and `uninstall`, and what git calls then.

use super::flags::{print, usage};
use super::output;
use crate::error::Error;
use crate::pipeline::{self, Options};
use crate::report::{DriverReport, change_to_text, driver_to_text, show_notes_to_text, unmerged_to_text};
use crate::revision::{self, Scope, Setting, attributes, configure, has_line, with_line};
use clap::{Args, ColorChoice, Subcommand};
use std::env;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `.gitattributes` has to say.
const LINE: &str = "*.wit diff=wit";
const TEXTCONV: &str = "diff.wit.textconv";
const COMMAND: &str = "diff.wit.command";

/// Let `git diff` and `git log -p` show items of WIT, not lines of text
///
/// Each file is shown by itself, as `wit-diff show --alone` prints it: layout, order, comments and `@since` are gone, and
/// each line has the path of its item. A file that is no WIT is shown as it is. Patches (`git format-patch`, `git add -p`)
/// are not touched; with `--no-textconv`, `git diff` and `git blame`, which tells of items as well, show the text.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  wit-diff git-driver install --attributes
  wit-diff git-driver install --global
  wit-diff git-driver uninstall

Exit codes: 0 done, 2 wrong usage, or settings that cannot be written.")]
pub struct GitDriver {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Set the driver up; what is set up already stays
    Install(Where),
    /// Take it away again
    Uninstall(Where),
    /// What git calls: PATH OLD-FILE OLD-ID OLD-MODE NEW-FILE NEW-ID NEW-MODE [NEW-PATH …], or PATH alone in a conflict
    #[command(hide = true)]
    Diff {
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        arguments: Vec<String>,
    },
}

#[derive(Debug, Args)]
struct Where {
    /// For every repository of the user
    #[arg(long, conflicts_with = "repo")]
    global: bool,
    /// Write the line of `.gitattributes`, or take it away, too
    #[arg(long)]
    attributes: bool,
    /// Let `git diff` resolve each file in its package, as the working tree has it; `git show` and `git log -p` do with `--ext-diff`
    #[arg(long)]
    resolved: bool,
    /// The git repository [default: the one around the working directory]
    #[arg(long, value_name = "DIR")]
    repo: Option<PathBuf>,
}

impl GitDriver {
    pub fn run(self) -> ExitCode {
        let (is_install, place) = match self.what {
            What::Install(place) => (true, place),
            What::Uninstall(place) => (false, place),
            What::Diff { arguments } => return diff(&arguments),
        };
        match set(is_install, &place) {
            Ok(report) => print(&driver_to_text(&report)),
            Err(error) => {
                let layout = output::layout(&io::stderr(), ColorChoice::Auto, false);
                let _ = output::write(io::stderr(), &show_notes_to_text("", &[error], &Default::default(), &layout));
                ExitCode::from(super::exit::USAGE)
            }
        }
    }
}

fn set(is_install: bool, place: &Where) -> Result<DriverReport, Error> {
    let scope = if place.global { Scope::User } else { Scope::Repository };
    let options = revision::Options { repo: place.repo.clone(), ..Default::default() };
    let is_alone = !place.global && place.repo.is_none();
    let file = attributes(scope, &options).map_err(|error| match is_alone {
        true => error.hint(
            "go into the repository, name it with `--repo DIRECTORY`, or set the driver up for all with `--global`",
        ),
        false => error,
    })?;
    let mut settings = vec![Setting { key: TEXTCONV, value: is_install.then(textconv), mark: " show --alone " }];
    if place.resolved || !is_install {
        settings.push(Setting { key: COMMAND, value: is_install.then(command), mark: " git-driver diff " });
    }
    let changed = configure(&settings, scope, &options)?;
    let written = place.attributes && with_line(&file, LINE, is_install)?;
    Ok(DriverReport {
        is_install,
        changed,
        written,
        has_line: has_line(&file, LINE),
        line: LINE,
        file: file.display().to_string(),
        is_global: place.global,
    })
}

/// The command that git calls with a file. Without the program, or where it fails, the file is shown as it is: a diff is
/// needed most where something is broken.
fn textconv() -> String {
    format!("f() {{ {} show --alone -- \"path:$1\" || cat -- \"$1\"; }}; f", program())
}

/// The command that git calls with both files. It must not fail, or git gives up on all files that come after.
fn command() -> String {
    let otherwise = "git diff --no-index --no-ext-diff -- \"$2\" \"$5\"";
    format!("f() {{ {} git-driver diff -- \"$@\" || {otherwise} || :; }}; f", program())
}

/// What a change of one file does to its package.
fn diff(arguments: &[String]) -> ExitCode {
    let options = Options::default();
    let is_paged = env::var_os("GIT_PAGER_IN_USE").is_some() && env::var_os("NO_COLOR").is_none();
    let choice = if is_paged { ColorChoice::Always } else { ColorChoice::Auto };
    let layout = output::layout(&io::stdout(), choice, false);
    let (old_path, new_path, shown) = match arguments {
        [path] => return print(&unmerged_to_text(path)),
        [path, old, _, _, new, _, _, rest @ ..] => {
            let new_path = rest.first().unwrap_or(path);
            (path, new_path, pipeline::show_change(new_path, old, new, &options))
        }
        _ => return usage("git calls this with seven arguments; `wit-diff git-driver install --resolved` tells it to"),
    };
    match shown {
        Ok(shown) => print(&change_to_text(old_path, new_path, &shown, &layout)),
        Err(error) => {
            let layout = output::layout(&io::stderr(), ColorChoice::Auto, false);
            let _ = output::write(io::stderr(), &show_notes_to_text(new_path, &[error], &Default::default(), &layout));
            ExitCode::from(super::exit::USAGE)
        }
    }
}

/// The program as a shell finds it again: by its name, if that is the one that runs, else by its place.
fn program() -> String {
    const NAME: &str = "wit-diff";
    let Some(this) = env::current_exe().ok().and_then(|this| this.canonicalize().ok()) else { return NAME.into() };
    let paths = env::var_os("PATH").unwrap_or_default();
    let first =
        env::split_paths(&paths).map(|directory| directory.join(NAME)).find_map(|file| file.canonicalize().ok());
    match this.to_str() {
        Some(path) if first.as_deref() != Some(&*this) => format!("'{}'", path.replace('\'', "'\\''")),
        _ => NAME.into(),
    }
}
