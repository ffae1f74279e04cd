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

/// A history of many commits, of which few touch WIT, made in one go.
fn history(commits: usize, touch: impl Fn(usize) -> bool) -> Scratch {
    use std::fmt::Write as _;
    use std::io::Write as _;
    use std::process::Stdio;
    let scratch = Scratch::repository();
    let mut stream = String::new();
    let mut version = 0;
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
        if touch(at) {
            version += 1;
            let functions: String = (0..version).map(|n| format!("f{n}: func(); ")).collect();
            file("a/wit/a.wit", &format!("package a:p@1.{version}.0;\ninterface i {{ {functions} }}\n"));
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
    let scratch = history(300, |at| touched.contains(&at));
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

/// What is given back while a long history is told is read again where it comes back, and nothing else is lost.
#[test]
fn a_long_history_gives_back_what_it_no_longer_needs() {
    let commits = 1_300;
    let scratch = history(commits, |_| true);
    let work = tell(&scratch, None);
    assert_eq!((work.blobs, work.parses), (commits + 1, commits + 1));
    let log = scratch.json(0, &[]);
    assert_eq!(rows(&log, "a:p").len(), commits);
    assert_eq!(rows(&log, "b:p").len(), 1);
}
