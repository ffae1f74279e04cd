//! Files are written all or none, with their permissions, inside of the repository only, and put back.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use wit_diff::error::{Error, ErrorKind};
use wit_diff::revision::{Replacement, Saved, save};

use super::Scratch;

const OLD: &str = "package a:b@1.0.0;\r\n";
const NEW: &str = "package a:b@1.1.0;\r\n// é";

impl Scratch {
    fn replacement(&self, path: &str) -> Replacement {
        Replacement { path: self.path().join(path), old: OLD.into(), new: NEW.into() }
    }

    fn save(&self, paths: &[&str]) -> Result<Saved, Error> {
        let files: Vec<Replacement> = paths.iter().map(|path| self.replacement(path)).collect();
        save(&files, self.path())
    }

    #[track_caller]
    fn refused(&self, paths: &[&str], message: &str) {
        let error = self.save(paths).map(Saved::keep).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unwritable);
        assert!(error.message.contains(message), "{error}");
        self.has_no_leftovers();
    }

    /// No file that only writing needs.
    #[track_caller]
    fn has_no_leftovers(&self) {
        let mut directories = vec![self.path().to_path_buf()];
        while let Some(directory) = directories.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let entry = entry.unwrap();
                assert!(!entry.file_name().to_string_lossy().starts_with(".wit-diff"), "{:?}", entry.path());
                if entry.file_type().unwrap().is_dir() {
                    directories.push(entry.path());
                }
            }
        }
    }

    #[cfg(unix)]
    fn mode(&self, path: &str) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(self.path().join(path)).unwrap().permissions().mode() & 0o7777
    }

    #[cfg(unix)]
    fn set_mode(&self, path: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(self.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    }
}

#[test]
fn everything_is_written_and_kept() {
    let scratch = Scratch::new();
    scratch.write("a.wit", OLD).write("deps/b/b.wit", OLD).write("c.wit", OLD);
    let saved = scratch.save(&["deps/b/b.wit", "a.wit"]).unwrap();
    let root = scratch.path().canonicalize().unwrap();
    assert_eq!(saved.paths().collect::<Vec<_>>(), [root.join("a.wit"), root.join("deps/b/b.wit")]);
    saved.keep();
    assert_eq!([scratch.read("a.wit"), scratch.read("deps/b/b.wit")], [NEW, NEW]);
    assert_eq!(scratch.read("c.wit"), OLD);
    scratch.has_no_leftovers();
}

#[test]
fn what_is_not_kept_is_put_back() {
    let scratch = Scratch::new();
    scratch.write("a.wit", OLD).write("b.wit", OLD);
    let saved = scratch.save(&["a.wit", "b.wit"]).unwrap();
    assert_eq!([scratch.read("a.wit"), scratch.read("b.wit")], [NEW, NEW]);
    saved.undo().unwrap();
    assert_eq!([scratch.read("a.wit"), scratch.read("b.wit")], [OLD, OLD]);
    drop(scratch.save(&["a.wit"]).unwrap());
    assert_eq!(scratch.read("a.wit"), OLD);
    let checked = catch_unwind(AssertUnwindSafe(|| {
        let _saved = scratch.save(&["a.wit", "b.wit"]).unwrap();
        assert_eq!(scratch.read("b.wit"), NEW);
        std::panic::resume_unwind(Box::new("the check fell over"));
    }));
    assert!(checked.is_err());
    assert_eq!([scratch.read("a.wit"), scratch.read("b.wit")], [OLD, OLD]);
    scratch.has_no_leftovers();
}

#[test]
fn what_somebody_else_wrote_meanwhile_stays() {
    let scratch = Scratch::new();
    scratch.write("a.wit", OLD).write("b.wit", format!("{OLD}// more"));
    scratch.refused(&["a.wit", "b.wit"], "`b.wit` was changed meanwhile");
    assert_eq!(scratch.read("a.wit"), OLD);
    scratch.write("b.wit", "");
    scratch.refused(&["a.wit", "b.wit"], "`b.wit` was changed meanwhile");

    scratch.write("b.wit", OLD);
    let saved = scratch.save(&["a.wit", "b.wit"]).unwrap();
    scratch.write("b.wit", "theirs");
    let error = saved.undo().unwrap_err();
    assert!(error.message.contains("`b.wit` was changed meanwhile"), "{error}");
    assert_eq!([scratch.read("a.wit"), scratch.read("b.wit")], [OLD, "theirs"]);
}

#[test]
fn what_cannot_be_put_back_is_named() {
    let scratch = Scratch::new();
    scratch.write("a/a.wit", OLD).write("b/b.wit", OLD).write("c.wit", OLD);
    let saved = scratch.save(&["a/a.wit", "b/b.wit", "c.wit"]).unwrap();
    fs::remove_dir_all(scratch.path().join("a")).unwrap();
    fs::remove_file(scratch.path().join("b/b.wit")).unwrap();
    fs::create_dir(scratch.path().join("b/b.wit")).unwrap();
    let error = saved.undo().unwrap_err();
    assert!(error.message.contains("a.wit") && error.message.contains("b.wit"), "{error}");
    assert_eq!(scratch.read("c.wit"), OLD);
}

#[test]
fn nothing_is_written_where_one_file_is_not_there() {
    let scratch = Scratch::new();
    scratch.write("a.wit", OLD).write("b/c.wit", OLD);
    scratch.refused(&["a.wit", "no.wit"], "no.wit");
    scratch.refused(&["a.wit", "no/b.wit"], "no/b.wit");
    scratch.refused(&["a.wit", "b"], "`b` is not a regular file");
    assert_eq!(scratch.read("a.wit"), OLD);
}

#[test]
fn only_files_of_the_repository_are_written() {
    let scratch = Scratch::repository();
    let elsewhere = Scratch::new();
    elsewhere.write("a.wit", OLD);
    scratch.write("a.wit", OLD).write(".git/b.wit", OLD).write("vendor/x/b.wit", OLD).write("c.git/b.wit", OLD);
    scratch.git_in("vendor/x", &["init", "-q"]);
    scratch.refused(&["a.wit", ".git/b.wit"], "`.git/b.wit` is git's own");
    scratch.refused(&["a.wit", "vendor/x/b.wit"], "is in another repository");
    scratch.refused(&["a.wit", elsewhere.path().join("a.wit").to_str().unwrap()], "is outside of");
    scratch.refused(&["a.wit", &format!("../{}/a.wit", elsewhere.path().file_name().unwrap().display())], "outside of");
    assert_eq!([scratch.read("a.wit"), elsewhere.read("a.wit"), scratch.read(".git/b.wit")], [OLD, OLD, OLD]);
    scratch.save(&["a.wit", "c.git/b.wit"]).unwrap().keep();
    assert_eq!([scratch.read("a.wit"), scratch.read("c.git/b.wit")], [NEW, NEW]);
}

#[test]
fn a_file_that_stays_as_it_is_is_not_touched() {
    let scratch = Scratch::new();
    scratch.write("a.wit", OLD);
    let modified = || fs::metadata(scratch.path().join("a.wit")).unwrap().modified().unwrap();
    let before = modified();
    let same = Replacement { new: OLD.into(), ..scratch.replacement("a.wit") };
    let saved = save(&[same], scratch.path()).unwrap();
    assert_eq!(saved.paths().count(), 0);
    saved.keep();
    assert_eq!(modified(), before);
    let other = Replacement { old: "other".into(), new: "other".into(), ..scratch.replacement("a.wit") };
    assert!(save(&[other], scratch.path()).is_err());
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_put_back() {
    let scratch = Scratch::new();
    for mode in [0o755, 0o640, 0o600, 0o666] {
        scratch.write("a.wit", OLD);
        scratch.set_mode("a.wit", mode);
        let saved = scratch.save(&["a.wit"]).unwrap();
        assert_eq!((scratch.mode("a.wit"), scratch.read("a.wit")), (mode, NEW.to_owned()));
        saved.undo().unwrap();
        assert_eq!((scratch.mode("a.wit"), scratch.read("a.wit")), (mode, OLD.to_owned()));
    }
    scratch.write("b.wit", OLD).set_mode("b.wit", 0o444);
    scratch.refused(&["a.wit", "b.wit"], "`b.wit` is read-only");
    assert_eq!((scratch.read("a.wit"), scratch.mode("b.wit")), (OLD.to_owned(), 0o444));
}

#[cfg(unix)]
#[test]
fn links_are_followed_as_far_as_the_repository_goes() {
    let scratch = Scratch::new();
    let elsewhere = Scratch::new();
    elsewhere.write("x.wit", OLD);
    let outside = elsewhere.path().canonicalize().unwrap();
    scratch.write("a.wit", OLD).write("real/b.wit", OLD);
    scratch.link("out.wit", outside.join("x.wit").to_str().unwrap()).link("out", outside.to_str().unwrap());
    scratch.link("b.wit", "real/b.wit").link("in", "real").link("dangling.wit", "nowhere");
    scratch.refused(&["a.wit", "out.wit"], "out.wit` is a link to");
    scratch.refused(&["a.wit", "out/x.wit"], "out/x.wit` is a link to");
    scratch.refused(&["a.wit", "dangling.wit"], "dangling.wit");
    assert_eq!([scratch.read("a.wit"), elsewhere.read("x.wit")], [OLD, OLD]);

    // One file under two names is written once; the link stays a link.
    scratch.save(&["b.wit", "in/b.wit"]).unwrap().keep();
    assert_eq!(scratch.read("real/b.wit"), NEW);
    assert!(fs::symlink_metadata(scratch.path().join("b.wit")).unwrap().is_symlink());
    scratch.write("real/b.wit", OLD);
    let other = Replacement { new: "another".into(), ..scratch.replacement("in/b.wit") };
    let error = save(&[scratch.replacement("b.wit"), other], scratch.path()).map(Saved::keep).unwrap_err();
    assert!(error.message.contains("are one file"), "{error}");
    assert_eq!(scratch.read("real/b.wit"), OLD);
}

#[cfg(unix)]
#[test]
fn another_name_of_the_file_keeps_the_old_bytes() {
    let scratch = Scratch::new();
    let elsewhere = Scratch::new();
    scratch.write("a.wit", OLD);
    let other = elsewhere.path().join("b.wit");
    if fs::hard_link(scratch.path().join("a.wit"), &other).is_err() {
        panic!("the scratch directories are not on one file system");
    }
    scratch.save(&["a.wit"]).unwrap().keep();
    assert_eq!([scratch.read("a.wit"), elsewhere.read("b.wit")], [NEW, OLD]);
}

#[cfg(unix)]
#[test]
fn pipes_are_not_waited_for() {
    let scratch = Scratch::new();
    scratch.run("", std::process::Command::new("mkfifo").arg("a.wit"));
    scratch.refused(&["a.wit"], "`a.wit` is not a regular file");
}
