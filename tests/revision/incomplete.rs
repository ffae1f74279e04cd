//! Clones that left something out: what is missing is an error, and the command in its hint mends it.
//!
//! The clones are made by the real git, which also runs the command; then the same call succeeds.

use super::*;
use wit_diff::revision::{Baseline, Environment, SidesError, Target, baseline, release_tags, sides, working_tree};

const BUNDLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle");

/// The history of WASI in the bare repository `origin`, with the branch `side` that left it at v0.2.5.
fn origin() -> Scratch {
    let scratch = Scratch::new();
    scratch.git(&["clone", "-q", "--bare", BUNDLE, "origin"]);
    for (name, value) in [("uploadpack.allowFilter", "true"), ("uploadpack.allowAnySHA1InWant", "true")] {
        scratch.git_in("origin", &["config", name, value]);
    }
    scratch.git(&["clone", "-q", "origin", "work"]);
    scratch.git_in("work", &["checkout", "-qb", "side", "v0.2.5"]);
    for number in 1..=3 {
        scratch.write(&format!("work/side/{number}.wit"), format!("package side:s{number};"));
        scratch.git_in("work", &["add", "-A"]);
        scratch.git_in("work", &["commit", "-qm", "side"]);
    }
    scratch.git_in("work", &["push", "-q", "origin", "side"]);
    scratch
}

impl Scratch {
    fn clone_origin(&self, arguments: &[&str], into: &str) {
        let source = format!("file://{}", self.path().join("origin").display());
        self.git(&[&["clone", "-q"], arguments, &[&source, into]].concat());
    }

    fn id(&self, rev: &str) -> String {
        self.git_in("origin", &["rev-parse", &format!("{rev}^{{commit}}")])
    }

    /// Sees the call fail, runs the command of the hint, and sees the call succeed.
    #[track_caller]
    fn mends<T>(&self, directory: &str, call: impl Fn() -> Result<T, Error>) -> (Failure, String, T) {
        let failure = match call() {
            Err(error) => Failure(error).kind(ErrorKind::Unreadable),
            Ok(_) => panic!("nothing is missing"),
        };
        let command = self.mend(directory, &failure);
        let found = call().unwrap_or_else(|error| panic!("`{command}` did not mend it: {error:?}"));
        (failure, command, found)
    }
}

fn range(input: &str, options: &Options) -> Result<(Target, Target), Error> {
    match sides(&[input.to_owned()], false, options) {
        Ok(sides) => Ok(sides),
        Err(SidesError::Missing { error, .. }) => Err(error),
        Err(SidesError::Usage(message)) => panic!("{message}"),
    }
}

/// Both commits of a range.
fn commits(sides: &(Target, Target)) -> (&str, &str) {
    (sides.0.commit.as_deref().unwrap_or_default(), sides.1.commit.as_deref().unwrap_or_default())
}

#[test]
fn a_revision_that_a_shallow_clone_left_out() {
    let scratch = origin();
    let (old, new) = (scratch.id("v0.2.0"), scratch.id("v0.3.0"));
    let (by_name, by_id) = ("v0.2.0..main", format!("{old}..main"));
    let cases: [(&[&str], &str); 7] = [
        (&["--depth=3"], by_name),
        (&["--depth=3"], "main~16..main"),
        (&["--depth=3"], &by_id),
        (&["--depth=3"], "v0.2.0...main"),
        (&["--shallow-since=2026-01-20T00:00:00Z"], by_name),
        (&["--shallow-exclude=v0.2.9"], by_name),
        (&["--depth=3", "--bare"], by_name),
    ];
    for (way, input) in cases {
        scratch.clone_origin(way, "shallow");
        let options = scratch.options_in("shallow");
        let (failure, command, found) = scratch.mends("shallow", || range(input, &options));
        failure.says("there is no revision").says("in this shallow clone");
        assert!(command.starts_with("git fetch ") && command.contains("--unshallow"), "{command}");
        assert_eq!(commits(&found), (old.as_str(), new.as_str()), "{way:?} {input}");
        fs::remove_dir_all(scratch.path().join("shallow")).unwrap();
    }
    scratch.clone_origin(&["--depth=3"], "shallow");
    let options = scratch.options_in("shallow");
    let found = range("main~2..main", &options).unwrap();
    assert_eq!(commits(&found), (scratch.id("main~2").as_str(), new.as_str()));
    let (failure, _, found) = scratch.mends("shallow", || range("main~16", &options));
    failure.says("neither a path nor a revision `main~16` in this shallow clone");
    assert_eq!(commits(&found), (old.as_str(), ""));
}

#[test]
fn a_merge_base_that_a_shallow_clone_left_out() {
    let scratch = origin();
    let base = scratch.id("v0.2.5");
    for way in [&["--depth=2", "--no-single-branch"][..], &["--shallow-exclude=v0.2.5", "--no-single-branch"]] {
        for input in ["origin/side...origin/main", "...origin/side"] {
            scratch.clone_origin(way, "shallow");
            let options = scratch.options_in("shallow");
            let (failure, command, found) = scratch.mends("shallow", || range(input, &options));
            failure.says("cannot be told in this shallow clone: the history is cut off at");
            assert_eq!((commits(&found).0, command.as_str()), (base.as_str(), "git fetch --unshallow --tags origin"));
            fs::remove_dir_all(scratch.path().join("shallow")).unwrap();
        }
    }
    // Cut off below the merge base, which tells all that there is to tell.
    scratch.clone_origin(&["--shallow-exclude=v0.2.4", "--no-single-branch"], "enough");
    for input in ["origin/side...origin/main", "origin/main...origin/side"] {
        assert_eq!(commits(&range(input, &scratch.options_in("enough")).unwrap()).0, base);
    }
    // One is in the history of the other, whatever else is missing.
    scratch.clone_origin(&["--depth=3"], "within");
    let within = range("HEAD~1...HEAD", &scratch.options_in("within")).unwrap();
    assert_eq!(commits(&within).0, scratch.id("main~1"));
}

/// `main` has `0` to `3`; `side` merged `2`, and apart from that a branch that left `main` at `0`.
fn merged() -> (Scratch, String) {
    let scratch = Scratch::new();
    scratch.git(&["init", "-q", "-b", "main", "work"]);
    let commit = |name: &str| {
        scratch.git_in("work", &["commit", "-q", "--allow-empty", "-m", name]);
        scratch.git_in("work", &["tag", name]);
    };
    let checkout = |name: &str, from: &str| scratch.git_in("work", &["checkout", "-q", "-B", name, from]);
    let merge = |name: &str, with: &str| {
        scratch.git_in("work", &["merge", "-q", "--no-ff", "-m", name, with]);
        scratch.git_in("work", &["tag", name]);
    };
    ["0", "1", "2", "3"].into_iter().for_each(commit);
    checkout("early", "0");
    commit("early-1");
    checkout("late", "0");
    commit("late-1");
    merge("late-2", "2");
    checkout("side", "early");
    merge("side-1", "late");
    scratch.git(&["clone", "-q", "--bare", "work", "origin"]);
    let better = scratch.git_in("work", &["rev-parse", "2"]);
    (scratch, better)
}

#[test]
fn a_merge_base_that_is_not_the_best_one() {
    let (scratch, better) = merged();
    for input in ["origin/main...origin/side", "origin/side...origin/main"] {
        scratch.clone_origin(&[], "cut");
        let options = scratch.options_in("cut");
        assert_eq!(commits(&range(input, &options).unwrap()).0, better);
        // What led to the better one is cut off, and another one is still there.
        let boundary = scratch.git_in("work", &["rev-parse", "late-2"]);
        scratch.write("cut/.git/shallow", format!("{boundary}\n"));
        let worse = scratch.git_in("work", &["rev-parse", "0"]);
        assert_eq!(scratch.git_in("cut", &["merge-base", "origin/main", "origin/side"]), worse);
        let (failure, _, found) = scratch.mends("cut", || range(input, &options));
        failure.says(&format!("the history is cut off at {}", &boundary[..12]));
        assert_eq!(commits(&found).0, better);
        fs::remove_dir_all(scratch.path().join("cut")).unwrap();
    }
}

#[test]
fn release_tags_that_a_shallow_clone_left_out() {
    let scratch = origin();
    let tags = |options: &Options, pattern: Option<&str>| {
        let new = working_tree(options).unwrap();
        release_tags(&new, pattern, options).map(|tags| tags.into_iter().map(|tag| tag.name).collect::<Vec<_>>())
    };
    let shallow = |arguments: &[&str], into: &str| {
        scratch.clone_origin(arguments, into);
        scratch.options_in(into)
    };
    // None came along.
    let options = shallow(&["--depth=3", "--no-tags"], "none");
    let (failure, command, found) = scratch.mends("none", || tags(&options, None));
    failure.says("the newest release tag cannot be told in this shallow clone").says("there is none");
    assert_eq!(
        (command.as_str(), found.len(), found[0].as_str()),
        ("git fetch --unshallow --tags origin", 17, "v0.3.0")
    );
    // The newest one came along.
    let options = shallow(&["--depth=3"], "newest");
    assert_eq!(tags(&options, None).unwrap()[0], "v0.3.0");
    // There is a higher one, and nothing says that it is not in the history.
    let options = shallow(&["--depth=1", "--branch=v0.2.12"], "higher");
    scratch.git_in("higher", &["fetch", "-q", "--depth=1", "origin", "+refs/tags/v0.3.0:refs/tags/v0.3.0"]);
    let (failure, _, found) = scratch.mends("higher", || tags(&options, None));
    failure.says("`v0.3.0` may be behind the end of its history");
    assert_eq!((found.len(), found[0].as_str()), (16, "v0.3.0-rc-2026-03-15"));
    // So it is with a pattern.
    let options = shallow(&["--depth=3"], "pattern");
    let (_, _, found) = scratch.mends("pattern", || tags(&options, Some("v0.2.4")));
    assert_eq!(found, ["v0.2.4"]);
}

#[test]
fn a_baseline_that_a_shallow_clone_left_out() {
    let scratch = origin();
    let mends = |arguments: &[&str], against: Option<&str>| {
        scratch.clone_origin(arguments, "shallow");
        let options = scratch.options_in("shallow");
        let find = || baseline(against, &working_tree(&options).unwrap(), &Environment::default(), &options);
        let (_, _, found) = scratch.mends("shallow", find);
        fs::remove_dir_all(scratch.path().join("shallow")).unwrap();
        found
    };
    let count = |found: Baseline| match found {
        Baseline::Tags { tags, .. } => tags.len(),
        other => panic!("{other:?}"),
    };
    let base = |found: Baseline| match found {
        Baseline::One(target) => target.commit.unwrap(),
        other => panic!("{other:?}"),
    };
    let bare = ["--depth=2", "--no-tags"];
    assert_eq!(count(mends(&bare, None)), 17);
    assert_eq!(count(mends(&bare, Some("tag"))), 17);
    // The newest release is there, and those before it are not.
    assert_eq!(count(mends(&["--depth=2"], Some("track"))), 17);
    let both = ["--depth=2", "--no-single-branch"];
    assert_eq!(base(mends(&both, Some("merge-base:origin/side"))), scratch.id("v0.2.5"));
    assert_eq!(base(mends(&["--depth=2"], Some("v0.2.1"))), scratch.id("v0.2.1"));
}

#[test]
fn files_that_a_partial_clone_left_out() {
    let scratch = origin();
    for filter in ["--filter=blob:none", "--filter=tree:0"] {
        let clone = |into: &str| {
            scratch.clone_origin(&["--no-checkout", filter], into);
            scratch.options_in(into)
        };
        let options = clone("partial");
        // Commits are all there.
        let found = range("origin/side...origin/main", &options);
        let (old, input) = (scratch.id("v0.2.5"), "v0.2.0:preview2/io..v0.2.12:proposals/io/wit");
        if filter.contains("blob") {
            assert_eq!(commits(&found.unwrap()).0, old);
            range(input, &options).unwrap();
        } else {
            let (failure, _, (old, new)) = scratch.mends("partial", || range("v0.2.0:preview2/io..v0.2.0", &options));
            failure.says("is not in this repository").hints("this is a partial clone");
            assert_eq!(old.commit, new.commit);
        }
        // Each side brings what it needs, and no more.
        for input in ["v0.2.0:preview2/io", "v0.2.12:proposals/io/wit"] {
            if load(input, &options).is_ok() {
                assert!(filter.contains("tree"), "{input}");
                continue;
            }
            let (failure, command, found) = scratch.mends("partial", || load(input, &options));
            failure.says("is not in this repository");
            let tree =
                scratch.git_in("origin", &["rev-parse", &format!("{}^{{tree}}", found.commit.as_ref().unwrap())]);
            assert_eq!(command, format!("git fetch --refetch --no-filter origin {tree}"));
            let complete = load(input, &scratch.options_in("origin")).unwrap();
            assert_eq!((found.main, found.deps), (complete.main, complete.deps));
        }
        assert!(load("v0.2.6:wasip2/io", &options).is_err());
        fs::remove_dir_all(scratch.path().join("partial")).unwrap();
    }
}

#[test]
fn partial_clones_of_every_shape() {
    let scratch = origin();
    let wit = "v0.2.0:preview2/io";
    // Another name for the remote.
    scratch.clone_origin(&["--no-checkout", "--filter=blob:none", "-o", "up;stream"], "named");
    let options = scratch.options_in("named");
    let (_, command, _) = scratch.mends("named", || load(wit, &options));
    assert!(command.starts_with("git fetch --refetch --no-filter 'up;stream' "), "{command}");
    // Bare, and from elsewhere.
    scratch.clone_origin(&["--bare", "--filter=tree:0"], "it's bare");
    let options = repository_at("it's bare", scratch.path());
    let (_, command, _) = scratch.mends("", || load(wit, &options));
    assert!(command.starts_with(r"git -C 'it'\''s bare' fetch --refetch --no-filter origin "), "{command}");
    // What was committed here, the remote does not know by its id.
    scratch.clone_origin(&["--no-checkout", "--filter=blob:none"], "local");
    scratch.git_in("local", &["read-tree", "HEAD"]);
    scratch.write("local/new.wit", "package new:n;");
    scratch.git_in("local", &["add", "new.wit"]);
    // By hand, as committing fetches files to compare with.
    let tree = scratch.git_in("local", &["write-tree", "--missing-ok"]);
    let commit = scratch.git_in("local", &["commit-tree", "-p", "HEAD", "-m", "local", &tree]);
    scratch.git_in("local", &["update-ref", "HEAD", &commit]);
    let options = scratch.options_in("local");
    let (_, command, _) = scratch.mends("local", || load("HEAD:proposals/http/wit", &options));
    assert_eq!(command, "git fetch --refetch --no-filter origin");
    // Shallow as well: first the commit, then its files.
    scratch.clone_origin(&["--no-checkout", "--filter=blob:none", "--depth=2"], "both");
    let options = scratch.options_in("both");
    let (failure, _, sides) = scratch.mends("both", || range("v0.2.0:preview2/io..main", &options));
    failure.says("in this shallow clone");
    scratch.mends("both", || load(&sides.0.input, &options));
}

/// A clone whose history ends without a note of it, as after a graft.
fn grafted(scratch: &Scratch, with_replacement: bool, into: &str) -> Options {
    scratch.clone_origin(&["--depth=3", "--no-single-branch", "--no-tags"], into);
    scratch.git_in(into, &["config", "remote.origin.tagOpt", "--tags"]);
    scratch.git_in(into, &["tag", "v0.2.12", "origin/main~1"]);
    for boundary in fs::read_to_string(scratch.path().join(into).join(".git/shallow")).unwrap().lines() {
        if with_replacement {
            scratch.git_in(into, &["replace", "--graft", boundary]);
        }
    }
    fs::remove_file(scratch.path().join(into).join(".git/shallow")).unwrap();
    scratch.options_in(into)
}

#[test]
fn histories_that_a_graft_has_cut_off() {
    let scratch = origin();
    for with_replacement in [true, false] {
        let mends = |call: &dyn Fn(&Options) -> Result<String, Error>| {
            let options = grafted(&scratch, with_replacement, "grafted");
            let (failure, command, found) = scratch.mends("grafted", || call(&options));
            assert_eq!(command, "git fetch --refetch origin");
            fs::remove_dir_all(scratch.path().join("grafted")).unwrap();
            (failure, found)
        };
        let first =
            |input: &'static str| move |options: &Options| range(input, options).map(|(old, _)| old.commit.unwrap());
        let (failure, found) = mends(&first("main~16..main"));
        failure.says("an object on the way to `main~16` is not in this repository");
        assert_eq!(found, scratch.id("v0.2.0"));
        let (failure, found) = mends(&first("origin/side...main"));
        failure.says("cannot follow the history of `origin/side` and `main`");
        assert_eq!(found, scratch.id("v0.2.5"));
        let (failure, found) = mends(&|options| {
            let new = working_tree(options)?;
            match baseline(Some("track:v0.2.*"), &new, &Environment::default(), options)? {
                Baseline::Tags { tags, .. } => Ok(tags.len().to_string()),
                other => panic!("{other:?}"),
            }
        });
        failure.says("cannot follow the history of");
        assert_eq!(found, "13");
    }
}

#[test]
fn a_linked_working_tree_of_a_shallow_clone() {
    let scratch = origin();
    scratch.clone_origin(&["--depth=2", "--no-single-branch"], "shallow");
    scratch.git_in("shallow", &["worktree", "add", "-q", "../linked"]);
    let options = scratch.options_in("linked");
    assert!(range("HEAD~1..HEAD", &options).is_ok());
    let (_, command, found) = scratch.mends("linked", || range("origin/side...origin/main", &options));
    assert_eq!(
        (commits(&found).0, command.as_str()),
        (scratch.id("v0.2.5").as_str(), "git fetch --unshallow --tags origin")
    );
}

#[test]
fn what_a_complete_clone_has_not_fetched() {
    let scratch = origin();
    scratch.clone_origin(&["--no-tags", "--single-branch"], "few");
    let options = scratch.options_in("few");
    let (failure, command, found) = scratch.mends("few", || range("v0.2.0..main", &options));
    failure.says("there is no revision `v0.2.0`");
    assert_eq!((commits(&found).0, command.as_str()), (scratch.id("v0.2.0").as_str(), "git fetch --tags origin"));
    let side = scratch.id("side");
    let (_, command, found) = scratch.mends("few", || range(&format!("{side}..main"), &options));
    assert_eq!((commits(&found).0, command), (side.as_str(), format!("git fetch --tags origin {side}")));
    // From elsewhere.
    scratch.clone_origin(&["--no-tags", "--depth=1"], "far away");
    let options = repository_at("far away", scratch.path());
    let (_, command, _) = scratch.mends("", || range("v0.2.0..main", &options));
    assert_eq!(command, "git -C 'far away' fetch --unshallow --tags origin");
}

#[test]
fn objects_that_got_lost() {
    let scratch = origin();
    let lose = |rev: &str| {
        scratch.clone_origin(&["--no-checkout"], "damaged");
        // Out of their pack, each in a file of its own.
        let unpack = "mv .git/objects/pack p && for pack in p/*.pack; do git unpack-objects -q < $pack; done";
        scratch.run("damaged", std::process::Command::new("sh").args(["-c", unpack]));
        let id = scratch.git_in("origin", &["rev-parse", rev]);
        fs::remove_file(scratch.path().join("damaged/.git/objects").join(&id[..2]).join(&id[2..])).unwrap();
        scratch.options_in("damaged")
    };
    let repaired = |command: &str| {
        assert_eq!(command, "git fetch --refetch origin");
        fs::remove_dir_all(scratch.path().join("damaged")).unwrap();
    };
    for lost in ["v0.2.0:preview2/io/streams.wit", "v0.2.0:preview2/io", "v0.2.0^{tree}"] {
        let options = lose(lost);
        let (failure, command, _) = scratch.mends("damaged", || load("v0.2.0:preview2/io", &options));
        failure.says("is not in this repository").hints("the repository is incomplete");
        repaired(&command);
    }
    let options = lose("v0.2.0^{commit}");
    let (failure, command, _) = scratch.mends("damaged", || range("v0.2.0..main", &options));
    failure.says("`v0.2.0` is not in this repository");
    repaired(&command);
    let options = lose("v0.2.0^{commit}");
    let (failure, command, tags) = scratch.mends("damaged", || release_tags(&working_tree(&options)?, None, &options));
    failure.says("the commit of the tag `v0.2.0` is not in this repository");
    assert_eq!(tags.len(), 17);
    repaired(&command);
}

#[test]
fn a_clone_that_knows_no_remote() {
    let scratch = origin();
    scratch.clone_origin(&["--depth=2"], "alone");
    scratch.git_in("alone", &["remote", "remove", "origin"]);
    let failure =
        Failure(range("v0.2.0..main", &scratch.options_in("alone")).unwrap_err()).says("in this shallow clone");
    let failure = failure.hints("`git remote add origin URL`");
    scratch
        .git_in("alone", &["remote", "add", "origin", &format!("file://{}", scratch.path().join("origin").display())]);
    scratch.mend("alone", &failure);
    assert!(range("v0.2.0..main", &scratch.options_in("alone")).is_ok());
}
