//! Reads revisions from scratch directories and from repositories that the real `git` made.

#[cfg(feature = "git")]
mod baseline;
#[cfg(unix)]
mod disk;
#[cfg(feature = "git")]
mod git;
#[cfg(feature = "git")]
mod incomplete;
#[cfg(feature = "git")]
mod index;
#[cfg(feature = "git")]
mod layout;
#[cfg(feature = "git")]
mod range;
#[cfg(feature = "git")]
mod refused;
#[cfg(feature = "git")]
mod save;
#[path = "../support/scratch.rs"]
mod scratch;
#[cfg(feature = "git")]
mod status;
#[cfg(feature = "git")]
mod tags;
mod unsaved;

use std::fs;
use std::path::{Path, PathBuf};

use scratch::Scratch;
use wit_diff::error::{Error, ErrorKind};
use wit_diff::revision::{Bundle, Options, Revision, load};

impl Scratch {
    fn new() -> Scratch {
        Scratch::empty()
    }

    fn options(&self) -> Options {
        self.options_in("")
    }

    fn options_in(&self, directory: &str) -> Options {
        Options { working_directory: Some(self.path().join(directory)), ..Options::default() }
    }

    fn load(&self, input: &str) -> Result<Revision, Error> {
        load(input, &self.options())
    }

    fn fail(&self, input: &str) -> Failure {
        Failure::of(load(input, &self.options()))
    }
}

#[cfg(feature = "git")]
impl Scratch {
    /// Runs the command that fetches, in a hint, as a shell takes it.
    #[track_caller]
    fn mend(&self, directory: &str, failure: &Failure) -> String {
        let command = failure.command();
        self.run(directory, std::process::Command::new("sh").args(["-c", &command]));
        command
    }
}

/// An error, with what its message and its hint should say.
struct Failure(Error);

impl Failure {
    fn of(result: Result<Revision, Error>) -> Failure {
        Failure(result.expect_err("this should not load"))
    }

    #[track_caller]
    fn kind(self, kind: ErrorKind) -> Failure {
        assert_eq!(self.0.kind, kind, "{:?}", self.0);
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Failure {
        assert!(self.0.message.contains(text), "{:?} does not say {text:?}", self.0);
        self
    }

    #[track_caller]
    fn hints(self, text: &str) -> Failure {
        assert!(self.0.hint.as_deref().unwrap_or_default().contains(text), "{:?} does not hint {text:?}", self.0);
        self
    }
}

#[cfg(feature = "git")]
impl Failure {
    /// The command in the hint that fetches.
    #[track_caller]
    fn command(&self) -> String {
        let hint = self.0.hint.as_deref().unwrap_or_default();
        let quoted = hint.split('`').skip(1).step_by(2);
        let mut commands = quoted.filter(|words| words.starts_with("git ") && words.contains(" fetch "));
        commands.next().unwrap_or_else(|| panic!("{:?} has no command that fetches", self.0)).to_owned()
    }
}

fn paths(bundles: &[Bundle]) -> Vec<&str> {
    bundles.iter().map(|bundle| bundle.path.as_str()).collect()
}

fn files(bundle: &Bundle) -> Vec<&str> {
    bundle.files.iter().map(|file| file.path.as_str()).collect()
}

#[cfg(feature = "git")]
fn text(revision: &Revision) -> String {
    String::from_utf8(revision.main.files[0].bytes.to_vec()).unwrap()
}

fn repository_at(path: impl Into<PathBuf>, working_directory: &Path) -> Options {
    Options { repo: Some(path.into()), working_directory: Some(working_directory.into()), ..Options::default() }
}

#[test]
#[cfg(not(feature = "git"))]
fn a_revision_is_refused_by_a_build_without_git() {
    let scratch = Scratch::new();
    scratch.fail("HEAD:wit").says("this build reads none").hints("feature `git`");
    scratch.fail("main").says("no path `main`").says("reads no git revisions");
    Failure::of(load("main", &repository_at(".", scratch.path()))).says("this build reads none");
}
