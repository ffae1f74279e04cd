//! From what is typed to the two sides, each pinned to its commit.

use super::*;
use wit_diff::error::Side;
use wit_diff::revision::{SidesError, Target, sides};

type Found = Result<(Target, Target), SidesError>;

fn resolve(inputs: &[&str], staged: bool, options: &Options) -> Found {
    let inputs: Vec<String> = inputs.iter().map(|input| (*input).to_owned()).collect();
    sides(&inputs, staged, options)
}

#[track_caller]
fn usage(found: Found, text: &str) {
    match found {
        Err(SidesError::Usage(message)) => assert!(message.contains(text), "{message:?} does not say {text:?}"),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn missing(found: Found, expected: Side) -> Failure {
    match found {
        Err(SidesError::Missing { side, error }) if side == expected => Failure(error),
        other => panic!("{other:?}"),
    }
}

/// What the input of a side holds, whatever happened to the references since.
fn holds(side: &Target, options: &Options) -> String {
    text(&load(&side.input, options).unwrap())
}

/// `main` with `1`, `2` and `3`, of which `v1` is the first; `side` from `2` with `s`; `3` is checked out.
struct History {
    scratch: Scratch,
    ids: [String; 4],
}

fn history() -> History {
    let scratch = Scratch::repository();
    let one = scratch.write("wit/a.wit", "1").commit("one");
    scratch.git(&["tag", "v1"]);
    let two = scratch.write("wit/a.wit", "2").commit("two");
    scratch.git(&["checkout", "-qb", "side"]);
    let side = scratch.write("wit/a.wit", "s").commit("side");
    scratch.git(&["checkout", "-q", "main"]);
    let three = scratch.write("wit/a.wit", "3").commit("three");
    scratch.write("wit/a.wit", "disk");
    History { scratch, ids: [one, two, side, three] }
}

impl History {
    fn of(&self, inputs: &[&str]) -> Found {
        resolve(inputs, false, &self.scratch.options())
    }

    /// The commits of both sides, by their place in the history; `None` is the working tree.
    #[track_caller]
    fn commits(&self, input: &str) -> (Option<usize>, Option<usize>) {
        let (old, new) = self.of(&[input]).unwrap_or_else(|error| panic!("{input}: {error}"));
        let place = |side: Target| {
            let place = side.commit.as_ref().map(|id| self.ids.iter().position(|known| known == id).unwrap());
            match &side.commit {
                Some(commit) => assert!(side.input.starts_with(&format!("git:{commit}")), "{side:?}"),
                None => assert!(!side.input.starts_with("git:"), "{side:?}"),
            }
            place
        };
        (place(old), place(new))
    }
}

#[test]
fn ranges() {
    let history = history();
    let cases = [
        ("v1..side", (Some(0), Some(2))),
        ("v1..", (Some(0), None)),
        ("..side", (Some(3), Some(2))),
        ("side...main", (Some(1), Some(3))),
        ("main...side", (Some(1), Some(2))),
        ("side...", (Some(1), None)),
        ("...side", (Some(1), Some(2))),
        ("v1...main", (Some(0), Some(3))),
        ("main...v1", (Some(0), Some(0))),
        ("v1", (Some(0), None)),
        ("git:v1..side", (Some(0), Some(2))),
        ("HEAD^{/t[w]o}..side", (Some(1), Some(2))),
        ("HEAD^{/x..y|one}..main", (Some(0), Some(3))),
        ("main@{0}..side", (Some(3), Some(2))),
        ("HEAD~2..HEAD~1", (Some(0), Some(1))),
        ("v1:wit..side:wit", (Some(0), Some(2))),
        ("v1:wit...side:wit", (Some(0), Some(2))),
        ("v1:./wit..side:./wit/../wit", (Some(0), Some(2))),
        ("v1:wit/..side", (Some(0), Some(2))),
        ("side:wit...", (Some(1), None)),
        ("..side:wit", (Some(3), Some(2))),
        ("v1..:/side", (Some(0), Some(2))),
        (":/one", (Some(0), None)),
    ];
    for (input, expected) in cases {
        assert_eq!(history.commits(input), expected, "{input}");
    }
    history.scratch.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/side"]);
    history.scratch.git(&["branch", "-q", "--set-upstream-to=side", "main"]);
    assert_eq!(history.commits("HEAD@{upstream}.."), (Some(2), None));
    assert_eq!(history.commits("@{u}...@"), (Some(1), Some(3)));
}

#[test]
fn what_a_side_is_called_and_what_it_holds() {
    let history = history();
    let options = history.scratch.options();
    let sides = |input: &str| {
        let (old, new) = history.of(&[input]).unwrap();
        (old.shown, old.how, new.shown, new.how)
    };
    let plain = |old: &str, new: &str| (old.to_owned(), None, new.to_owned(), None);
    assert_eq!(sides("v1..side"), plain("v1", "side"));
    assert_eq!(sides("v1:wit..side:wit"), plain("v1:wit", "side:wit"));
    assert_eq!(sides("v1"), plain("v1", "the working tree"));
    assert_eq!(sides("v1:wit.."), plain("v1:wit", "wit in the working tree"));
    assert_eq!(sides("..side"), plain("HEAD", "side"));
    let (shown, how, new, _) = sides("side...");
    assert_eq!((shown.as_str(), how.as_deref()), ("side...HEAD", Some("the merge base of `side` and `HEAD`")));
    assert_eq!(new, "the working tree");

    let (old, new) = history.of(&["v1:wit...side:wit"]).unwrap();
    assert_eq!((holds(&old, &options), holds(&new, &options)), ("1".to_owned(), "s".to_owned()));
    let (old, new) = history.of(&["side:wit.."]).unwrap();
    assert_eq!((holds(&old, &options), holds(&new, &options)), ("s".to_owned(), "disk".to_owned()));
    // A branch that moves meanwhile changes nothing.
    history.scratch.git(&["branch", "-qf", "side", "v1"]);
    assert_eq!(holds(&old, &options), "s");
}

#[test]
fn two_inputs_are_as_they_were() {
    let history = history();
    let (old, new) = history.of(&["v1:wit", "wit"]).unwrap();
    assert_eq!((old, new), (Target::typed("v1:wit"), Target::typed("wit")));
    let (old, new) = history.of(&["-", "path:nowhere"]).unwrap();
    assert_eq!((old.input.as_str(), new.input.as_str()), ("-", "path:nowhere"));
}

#[test]
fn wrong_usage() {
    let history = history();
    let of = |inputs: &[&str]| history.of(inputs);
    usage(of(&[]), "name what to compare");
    usage(of(&["v1", "side", "main"]), "3 are named");
    usage(of(&["wit"]), "`compare OLD wit` names an old side, and `check wit` finds one");
    usage(of(&["path:v1"]), "`compare OLD v1`");
    usage(of(&["../missing"]), "`../missing` is a path");
    usage(of(&["/tmp"]), "is a path");
    usage(of(&["-"]), "`-` is one side");
    usage(of(&["-", "-"]), "only one side can be `-`");
    usage(of(&["git:.."]), "names neither end");
    usage(of(&["git:..."]), "names neither end");
    usage(of(&[".."]), "is a path");
    usage(of(&["v1..side..main"]), "more than one range");
    usage(of(&["v1....main"]), "two dots or three");
    let staged = |inputs: &[&str]| resolve(inputs, true, &history.scratch.options());
    usage(staged(&["v1", "side"]), "`--staged` is the new side");
    usage(staged(&["v1..side"]), "a range names one already");
    usage(staged(&["wit"]), "is a path");
    usage(staged(&["a", "b", "c"]), "3 are named");
}

#[test]
fn sides_that_are_not_there() {
    let history = history();
    let old = |input: &str| missing(history.of(&[input]), Side::Old);
    let new = |input: &str| missing(history.of(&[input]), Side::New);
    old("v9..side").says("no revision `v9`");
    new("v1..sied").says("no revision `sied`").hints("`side`");
    old("v9...side").says("no revision `v9`");
    new("v1...sied").says("no revision `sied`");
    old("v9").says("neither a path nor a revision `v9`");
    old("v1:wat..").says("no `v1:wat`");
    new("..side:wat").says("no `side:wat`");
    new("main...side:wat").says("no `side:wat`").kind(ErrorKind::Unreadable);
    old("side:wat...main").says("no `side...main:wat`").hints("did you mean `side...main:wit`?");
    old("v1:/wit..").says("absolute");
    old("git:").says("empty");
    old(":1:wit..").says("only stage 0 is read");
    old(":...main").says("the index has no merge base");
    history.scratch.git(&["rm", "-qrf", "wit"]);
    new("v1:wit..").says("there is no `wit` in the working tree");
}

#[test]
fn a_path_that_exists_is_no_range() {
    let history = history();
    history.scratch.write("v1..side/a.wit", "").write("main", "");
    usage(history.of(&["v1..side"]), "`v1..side` is a path");
    usage(history.of(&["main"]), "`main` is a path");
    assert_eq!(history.commits("git:v1..side"), (Some(0), Some(2)));
    assert_eq!(history.commits("git:main"), (Some(3), None));
}

#[test]
fn merges_that_crossed() {
    let scratch = Scratch::repository();
    scratch.write("base", "").commit("base");
    scratch.git(&["branch", "other"]);
    scratch.write("a", "").commit("a");
    scratch.git(&["checkout", "-q", "other"]);
    scratch.write("b", "").commit("b");
    scratch.git(&["branch", "b"]);
    scratch.git(&["merge", "-q", "-m", "crossed", "main"]);
    scratch.git(&["checkout", "-q", "main"]);
    scratch.git(&["merge", "-q", "-m", "crossed too", "b"]);
    let all = scratch.git(&["merge-base", "--all", "main", "other"]);
    assert_eq!(all.lines().count(), 2);
    for (one, two) in [("main", "other"), ("other", "main")] {
        let (old, _) = resolve(&[&format!("{one}...{two}")], false, &scratch.options()).unwrap();
        assert_eq!(old.commit, Some(scratch.git(&["merge-base", one, two])));
        let how = format!("the merge base of `{one}` and `{two}`, the newer one of two");
        assert_eq!(old.how, Some(how));
    }
}

#[test]
fn the_newest_of_several_merge_bases() {
    let scratch = Scratch::repository();
    let dated = |name: &str, day: u32| {
        scratch.write(name, "");
        scratch.git(&["add", "-A"]);
        scratch.git_at(&format!("2024-01-{day:02}T00:00:00Z"), &["commit", "-q", "-m", name]);
    };
    dated("base", 1);
    scratch.git(&["branch", "other"]);
    dated("newer", 3);
    scratch.git(&["tag", "newer"]);
    scratch.git(&["checkout", "-q", "other"]);
    dated("older", 2);
    scratch.git(&["tag", "older"]);
    for (branch, with) in [("other", "newer"), ("main", "older")] {
        scratch.git(&["checkout", "-q", branch]);
        scratch.git_at("2024-01-04T00:00:00Z", &["merge", "-q", "-m", "crossed", with]);
    }
    for range in ["main...other", "other...main"] {
        let (old, _) = resolve(&[range], false, &scratch.options()).unwrap();
        assert_eq!(old.commit, Some(scratch.git(&["rev-parse", "newer"])), "{range}");
        assert_eq!(old.commit, Some(scratch.git(&["merge-base", "main", "other"])), "{range}");
    }
}

#[test]
fn an_octopus() {
    let scratch = Scratch::repository();
    let base = scratch.write("base", "").commit("base");
    for name in ["one", "two", "three"] {
        scratch.git(&["checkout", "-q", "-b", name, &base]);
        scratch.write(name, "").commit(name);
    }
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("main", "").commit("main");
    scratch.git(&["merge", "-q", "-m", "octopus", "one", "two", "three"]);
    scratch.git(&["branch", "merged"]);
    scratch.git(&["checkout", "-q", "two"]);
    let tip = scratch.git(&["rev-parse", "two"]);
    scratch.write("later", "").commit("later");
    let (old, _) = resolve(&["merged...two"], false, &scratch.options()).unwrap();
    assert_eq!((old.commit, old.how.as_deref()), (Some(tip), Some("the merge base of `merged` and `two`")));
    let (old, new) = resolve(&["merged^4..merged"], false, &scratch.options()).unwrap();
    assert_eq!(old.commit, Some(scratch.git(&["rev-parse", "three"])));
    assert_eq!(new.commit, Some(scratch.git(&["rev-parse", "merged"])));
}

#[test]
fn no_common_history() {
    let scratch = Scratch::repository();
    scratch.write("a.wit", "").commit("one");
    scratch.git(&["checkout", "-q", "--orphan", "other"]);
    missing(resolve(&["..main"], false, &scratch.options()), Side::Old).says("no commit yet");
    scratch.commit("two");
    let none = missing(resolve(&["main...other"], false, &scratch.options()), Side::Old);
    none.says("`main` and `other` have no common history").hints("`A..B`");
    assert!(resolve(&["main..other"], false, &scratch.options()).is_ok());
}

#[test]
fn the_working_tree_from_everywhere() {
    let history = history();
    let scratch = &history.scratch;
    scratch.write("sub/deep/wit/b.wit", "").write("elsewhere/c.wit", "");
    scratch.git(&["worktree", "add", "-q", "elsewhere/linked", "side"]);
    let new = |input: &str, options: &Options| resolve(&[input], false, options).unwrap().1;
    for (directory, root, wit) in [("", ".", "wit"), ("sub/deep", "../..", "../../wit"), ("wit", "..", ".")] {
        let options = scratch.options_in(directory);
        assert_eq!(new("v1", &options).input, root);
        assert_eq!(new("v1:wit", &options).input, wit);
        assert_eq!(holds(&new("v1:wit", &options), &options), "disk");
    }
    let options = scratch.options_in("wit");
    assert_eq!(new("v1:.", &options).input, ".");
    assert_eq!(new("v1:./a.wit..", &options).input, "a.wit");
    let options = repository_at("..", &scratch.path().join("elsewhere"));
    assert_eq!(new("v1:wit", &options).input, "../wit");
    let linked = scratch.options_in("elsewhere/linked");
    let target = new("v1:wit", &linked);
    assert_eq!((target.input.as_str(), holds(&target, &linked)), ("wit", "s".to_owned()));
    let outside = Scratch::new();
    let options = repository_at(scratch.path(), outside.path());
    assert_eq!(holds(&new("v1:wit", &options), &options), "disk");
    assert!(Path::new(&new("v1", &options).input).is_absolute());
    let relative = Path::new("..").join(scratch.path().file_name().unwrap());
    let options = repository_at(relative, outside.path());
    assert_eq!(holds(&new("v1:wit", &options), &options), "disk");
}

#[test]
fn a_name_that_looks_like_a_revision() {
    let scratch = Scratch::repository();
    scratch.write("git:x/a.wit", "1").write("-y/a.wit", "1").commit("one");
    for name in ["git:x", "-y"] {
        let (old, new) = resolve(&[&format!("HEAD:{name}")], false, &scratch.options()).unwrap();
        assert_eq!(holds(&old, &scratch.options()), holds(&new, &scratch.options()));
    }
}

#[test]
fn a_bare_repository() {
    let history = history();
    history.scratch.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    let options = history.scratch.options_in("bare.git");
    let none = missing(resolve(&["v1"], false, &options), Side::New).says("bare");
    none.hints("name the revision that stands for it, as in `A..B`");
    missing(resolve(&["v1.."], false, &options), Side::New).says("no working tree");
    missing(resolve(&[], true, &options), Side::New).says("it has no index");
    let (old, new) = resolve(&["v1...side"], false, &options).unwrap();
    assert_eq!((old.commit.as_ref(), new.commit.as_ref()), (Some(&history.ids[0]), Some(&history.ids[2])));
}

#[test]
fn a_detached_head() {
    let history = history();
    history.scratch.git(&["checkout", "-qf", "--detach", "side"]);
    assert_eq!(history.commits("main..."), (Some(1), None));
    assert_eq!(history.commits("..main"), (Some(2), Some(3)));
}

#[test]
fn without_a_commit_or_a_repository() {
    let scratch = Scratch::new();
    missing(resolve(&["v1..v2"], false, &scratch.options()), Side::Old).says("not in a git repository");
    missing(resolve(&[], true, &scratch.options()), Side::Old).says("not in a git repository");
    let scratch = Scratch::repository();
    scratch.write("a.wit", "");
    scratch.git(&["add", "a.wit"]);
    missing(resolve(&[], true, &scratch.options()), Side::Old).says("the repository has no commit yet");
    missing(resolve(&["..x"], false, &scratch.options()), Side::New).says("no commit yet");
}

#[test]
fn merge_bases_are_those_that_git_finds() {
    let mut random = fastrand::Rng::with_seed(5);
    let (mut several, mut none) = (0, 0);
    for _ in 0..12 {
        let scratch = Scratch::repository();
        let mut stream = String::new();
        let mut commits = 0;
        for at in 1..=24 {
            // Some are equally old, and some older than their parents.
            let date = 1000 + at / 2 + random.usize(..4);
            stream +=
                &format!("commit refs/heads/b{at}\nmark :{at}\ncommitter a <a@example.test> {date} +0000\ndata 1\nx\n");
            let parents = if at == 1 || random.usize(..12) == 0 { 0 } else { random.usize(1..=3) };
            for (number, parent) in
                (0..parents).map(|_| random.usize(at.saturating_sub(6).max(1)..at.max(2))).enumerate()
            {
                stream += &format!("{} :{parent}\n", if number == 0 { "from" } else { "merge" });
            }
            stream += "\n";
            commits = at;
        }
        scratch.write("stream", stream);
        scratch.run("", std::process::Command::new("sh").args(["-c", "git fast-import --quiet < stream"]));
        for _ in 0..20 {
            let (one, two) = (format!("b{}", random.usize(1..=commits)), format!("b{}", random.usize(1..=commits)));
            let ask = format!("git merge-base --all {one} {two}; git merge-base {one} {two} | sed 's/^/first /'");
            let answer = scratch.run("", std::process::Command::new("sh").args(["-c", &ask]));
            let (all, first): (Vec<&str>, Vec<&str>) = answer.lines().partition(|line| !line.starts_with("first"));
            let found = resolve(&[&format!("{one}...{two}")], false, &scratch.options());
            match first.first() {
                Some(first) => {
                    let (old, _) = found.unwrap();
                    assert_eq!(
                        Some(&old.commit.unwrap()[..]),
                        first.strip_prefix("first "),
                        "{one}...{two} of {all:?}"
                    );
                    let says = old.how.unwrap();
                    assert_eq!(all.len() > 1, says.contains("one of"), "{says}");
                    several += usize::from(all.len() > 1);
                }
                None => {
                    missing(found, Side::Old).says("no common history");
                    none += 1;
                }
            }
        }
    }
    assert!(several > 5 && none > 5, "{several} with several, {none} with none");
}
