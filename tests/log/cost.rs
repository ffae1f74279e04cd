//! What a history costs, in counts: revisions that change no WIT are not opened, and no text is read or parsed twice.

use super::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use wit_diff::pipeline::{Log, Options, Work, log};
use wit_diff::revision::{self, Steps};

fn tell(scratch: &Scratch, range: Option<&str>) -> Work {
    let working_directory: Option<PathBuf> = Some(scratch.path().into());
    let options =
        Options { revision: revision::Options { working_directory, ..Default::default() }, ..Options::default() };
    let question = Log { range: range.map(str::to_owned), by: Some(Steps::Commits), ..Log::default() };
    let (told, work) = log(&question, &options).unwrap();
    assert!(!told.packages.is_empty());
    let again = log(&question, &options).unwrap();
    assert_eq!((&again.0, again.1), (&told, work));
    work
}

/// A history of many commits, of which some put a package into a state, by its number; made in one go.
fn history(commits: usize, state: impl Fn(usize) -> Option<usize>) -> Scratch {
    use std::fmt::Write as _;
    use std::io::Write as _;
    use std::process::Stdio;
    let scratch = Scratch::repository();
    let mut stream = String::new();
    for at in 0..commits {
        let message = format!("commit {at}");
        let _ = write!(stream, "commit refs/heads/main\ncommitter a <a@example.test> {} +0000\n", 1_700_000_000 + at);
        let _ = write!(stream, "data {}\n{message}\n", message.len());
        let mut file = |path: &str, text: &str| {
            let _ = write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len());
        };
        if at == 0 {
            file("b/wit/b.wit", "package b:p@1.0.0;\ninterface i { f: func(); }\n");
        }
        if let Some(state) = state(at) {
            let function = format!("go{state}: func();");
            file("a/wit/a.wit", &format!("package a:p@1.{state}.0;\ninterface i {{ {function} }}\n"));
        } else {
            file("README.md", &message);
        }
    }
    let mut import = std::process::Command::new("git");
    import.args(["fast-import", "--quiet"]).current_dir(scratch.path()).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut import = import.env_remove("GIT_DIR").spawn().unwrap();
    import.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
    scratch
}

#[test]
fn commits_that_touch_no_wit_cost_nothing() {
    let touched = [0, 70, 71, 150, 299];
    let scratch = history(300, |at| touched.iter().position(|touched| *touched == at));
    let work = tell(&scratch, None);
    // Each state of one package, and the only one of the other, which is parsed to know that it is valid.
    assert_eq!(work, Work { blobs: touched.len() + 1, parses: touched.len() + 1 });
    let blobs = scratch.git(&["rev-list", "--objects", "HEAD"]);
    let wit: BTreeSet<&str> = blobs.lines().filter(|line| line.ends_with(".wit")).collect();
    assert_eq!(wit.len(), work.blobs, "as git counts them");
    let log = scratch.json(0, &[]);
    assert_eq!(
        (rows(&log, "a:p").len(), &named(&log, "a:p")["unchanged"]),
        (touched.len(), &(300 - touched.len()).into())
    );
    assert_eq!((rows(&log, "b:p").len(), &named(&log, "b:p")["unchanged"]), (1, &299.into()));
    // Of a base only what differs later is parsed.
    let range = scratch.git(&["rev-parse", "HEAD~100"]) + "..";
    assert_eq!(tell(&scratch, Some(&range)), Work { blobs: 3, parses: 2 });
}

/// What no revision to come is compared with is given back: where it comes back, it is read again.
#[test]
fn a_long_history_gives_back_what_it_no_longer_needs() {
    let commits = 1_100;
    let scratch = history(commits, |at| Some(if at + 1 == commits { 0 } else { at }));
    let work = tell(&scratch, None);
    let states = commits - 1;
    assert_eq!(work, Work { blobs: states + 1 + 1, parses: states + 1 + 1 }, "each once, but for the first one");
    let log = scratch.json(0, &["--limit", "1"]);
    assert_eq!((rows(&log, "a:p").len(), &named(&log, "a:p")["left_out"]), (1, &(commits - 1).into()));
    assert_eq!(rows(&log, "b:p").len(), 1);
}
