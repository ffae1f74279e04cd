//! What a check compares with, when somebody says it and when nobody does.

use super::*;
use wit_diff::revision::{Baseline, Environment, Target, baseline, sides, working_tree};

fn environment(variables: &[(&str, &str)]) -> Environment {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Environment { variables: variables.collect() }
}

fn find(against: Option<&str>, new: &Target, options: &Options) -> Result<Baseline, Error> {
    baseline(against, new, &Environment::default(), options)
}

#[track_caller]
fn one(found: Result<Baseline, Error>) -> Target {
    match found {
        Ok(Baseline::One(target)) => target,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn names(found: Result<Baseline, Error>) -> Vec<String> {
    match found {
        Ok(Baseline::Tags { tags, .. }) => tags.into_iter().map(|tag| tag.name).collect(),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn how(found: Result<Baseline, Error>) -> String {
    match found {
        Ok(Baseline::One(target)) => target.how.unwrap(),
        Ok(Baseline::Tags { how, .. }) => how,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn fails(found: Result<Baseline, Error>) -> Failure {
    Failure(found.expect_err("there should be no baseline")).kind(ErrorKind::Unreadable)
}

fn at(scratch: &Scratch, rev: &str) -> Target {
    let id = scratch.git(&["rev-parse", rev]);
    Target { input: format!("git:{id}"), shown: rev.into(), how: None, commit: Some(id) }
}

/// `main` with `1` and `2`; `topic` from `1` with `t`, checked out.
fn branches() -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", "1").commit("one");
    scratch.git(&["checkout", "-qb", "topic"]);
    scratch.write("wit/b.wit", "t").commit("topic");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("wit/a.wit", "2").commit("two");
    scratch.git(&["checkout", "-q", "topic"]);
    scratch
}

#[test]
fn what_somebody_says() {
    let scratch = branches();
    let options = scratch.options();
    let new = working_tree(&options).unwrap();
    let id = |rev: &str| Some(scratch.git(&["rev-parse", rev]));
    let said = |against: &str| one(find(Some(against), &new, &options));

    let path = |target: Target| (target.input, target.commit);
    assert_eq!(path(said("wit")), ("wit".to_owned(), None));
    assert_eq!(path(said("path:none.wasm")), ("path:none.wasm".to_owned(), None));
    let main = said("main:wit");
    assert_eq!((main.input, main.shown), (format!("git:{}:wit", id("main").unwrap()), "main:wit".to_owned()));
    assert_eq!(main.commit, id("main"));
    let parted = said("merge-base:main");
    assert_eq!((parted.commit, parted.shown.as_str()), (id("main~1"), "main...HEAD"));
    assert_eq!(parted.how.as_deref(), Some("the merge base with `main`"));
    let parted = said("merge-base:main:wit");
    assert_eq!(parted.input, format!("git:{}:wit", id("main~1").unwrap()));
    let itself = one(find(Some("merge-base:main"), &at(&scratch, "main~1"), &options));
    assert_eq!(itself.commit, id("main~1"));
    assert_eq!(itself.how.as_deref(), Some("the merge base with `main`, which is the commit itself"));

    fails(find(Some("mian"), &new, &options)).says("neither a path nor a revision `mian`").hints("`main`");
    fails(find(Some("merge-base:mian"), &new, &options)).says("no revision `mian`");
    fails(find(Some("merge-base:"), &new, &options)).says("the revision is empty");
    fails(find(Some("merge-base::wit"), &new, &options)).says("the index has no merge base");
    fails(find(Some("main:wat"), &new, &options)).says("no `main:wat`");
}

#[test]
fn releases() {
    let scratch = branches();
    let options = scratch.options();
    let new = working_tree(&options).unwrap();
    let none = fails(find(Some("tag"), &new, &options)).says("no release tag is in the history of `HEAD`");
    none.says("`NAME/v1.2.3`").hints("`git fetch --tags`").hints("`--against REV`");
    fails(find(Some("track"), &new, &options)).says("no release tag");

    scratch.git(&["tag", "v0.1.0", "main~1"]);
    scratch.git(&["tag", "rc-0.2.0-rc.1", "topic"]);
    scratch.git(&["tag", "v9.0.0", "main"]);
    let of = |against: &str| find(Some(against), &new, &options);
    assert_eq!(names(of("tag")), ["v0.1.0"]);
    assert_eq!(how(of("tag")), "the newest release tag in the history of `HEAD`");
    assert!(matches!(of("tag"), Ok(Baseline::Tags { every: false, .. })));
    assert!(matches!(of("track"), Ok(Baseline::Tags { every: true, .. })));
    assert_eq!(how(of("track")), "every release tag in the history of `HEAD`");
    assert_eq!(names(of("tag:*")), ["rc-0.2.0-rc.1", "v0.1.0"]);
    assert_eq!(names(of("track:rc-*")), ["rc-0.2.0-rc.1"]);
    assert_eq!(
        how(of("tag:rc-*")),
        "the newest release tag that `rc-*` matches in the history of `HEAD`, which is rc-0.2.0-rc.1 itself"
    );
    fails(of("tag:x*")).says("no tag that `x*` matches and that ends in a version");
    // Without a word, a release comes before a branch.
    assert_eq!(names(find(None, &new, &options)), ["v0.1.0"]);

    scratch.git(&["branch", "tag"]);
    assert_eq!(names(of("tag")), ["v0.1.0"]);
    assert_eq!(one(of("git:tag")).commit, Some(scratch.git(&["rev-parse", "tag"])));
}

#[test]
fn a_release_is_judged_against_the_one_before_it() {
    let scratch = Scratch::repository();
    for name in ["v1.0.0", "v1.1.0"] {
        scratch.write("wit/a.wit", name).commit(name);
        scratch.git(&["tag", name]);
    }
    let options = scratch.options();
    let tree = working_tree(&options).unwrap();
    let of = |new: &Target, variables: &[(&str, &str)]| baseline(Some("tag"), new, &environment(variables), &options);
    assert_eq!(names(of(&tree, &[])), ["v1.1.0", "v1.0.0"]);
    assert_eq!(names(of(&tree, &[("GITHUB_REF_TYPE", "branch"), ("CI_COMMIT_TAG", "")])), ["v1.1.0", "v1.0.0"]);
    assert_eq!(names(of(&tree, &[("GITHUB_REF_TYPE", "tag")])), ["v1.0.0"]);
    assert_eq!(names(of(&tree, &[("CI_COMMIT_TAG", "v1.1.0")])), ["v1.0.0"]);
    assert_eq!(how(of(&tree, &[("CI_COMMIT_TAG", "v1.1.0")])), "the newest release tag before `HEAD`");
    assert_eq!(names(of(&tree, &[("JENKINS_URL", "https://ci.example.test/"), ("TAG_NAME", "v1.1.0")])), ["v1.0.0"]);
    // Nobody else means a build of a tag by it.
    assert_eq!(names(of(&tree, &[("TAG_NAME", "v1.1.0")])), ["v1.1.0", "v1.0.0"]);
    assert_eq!(how(of(&tree, &[])), "the newest release tag in the history of `HEAD`, which is v1.1.0 itself");
    let release = at(&scratch, "v1.1.0");
    assert_eq!(names(of(&release, &[])), ["v1.0.0"]);
    assert_eq!(how(of(&release, &[])), "the newest release tag before `v1.1.0`");
    assert_eq!(names(baseline(None, &release, &Environment::default(), &options)), ["v1.0.0"]);
    fails(of(&at(&scratch, "v1.0.0"), &[])).says("no release tag is in the history of `v1.0.0`");
}

#[test]
fn the_default_branch() {
    let scratch = branches();
    let options = scratch.options();
    let new = working_tree(&options).unwrap();
    let parted = |branch: &str, what: &str| {
        let target = one(find(None, &new, &options));
        assert_eq!(target.how, Some(format!("the merge base with `{branch}`, {what} default branch")));
        assert_eq!(target.shown, format!("{branch}...HEAD"));
        target.commit.unwrap()
    };
    let first = scratch.git(&["rev-parse", "main~1"]);
    assert_eq!(parted("main", "taken for the"), first);
    scratch.git(&["branch", "master", "topic"]);
    assert_eq!(parted("main", "taken for the"), first);
    // As a clone has it that never fetched the branch that is the default.
    scratch.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"]);
    assert_eq!(parted("main", "taken for the"), first);
    for (name, what) in [("master", "taken for the"), ("main", "taken for the"), ("trunk", "the")] {
        scratch.git(&["update-ref", &format!("refs/remotes/origin/{name}"), "main"]);
        assert_eq!(parted(&format!("origin/{name}"), what), first);
    }

    scratch.git(&["checkout", "-q", "main"]);
    let itself = one(find(None, &new, &options));
    assert_eq!(itself.commit, Some(scratch.git(&["rev-parse", "main"])));
    assert!(itself.how.unwrap().ends_with("`origin/trunk`, the default branch, which is the commit itself"));

    let scratch = Scratch::repository();
    scratch.write("a.wit", "").commit("one");
    scratch.git(&["branch", "-m", "work"]);
    let none = fails(find(None, &working_tree(&scratch.options()).unwrap(), &scratch.options()));
    none.says("nothing says what to compare with").hints("`--against REV`");
    let scratch = Scratch::repository();
    let tree = working_tree(&scratch.options()).unwrap();
    fails(find(None, &tree, &scratch.options())).says("no commit yet");
    fails(find(Some("tag"), &tree, &scratch.options())).says("no commit yet");
}

#[test]
fn the_default_branch_that_a_service_names() {
    let scratch = branches();
    let options = scratch.options();
    let new = working_tree(&options).unwrap();
    let gitlab = [("GITLAB_CI", "true"), ("CI_DEFAULT_BRANCH", "trunk")];
    let of = |variables: &[(&str, &str)]| baseline(None, &new, &environment(variables), &options);
    // Nothing else is taken for it, and a variable of that name alone says nothing.
    let missing = fails(of(&gitlab)).says("the default branch `trunk` that GitLab CI names is not in this clone");
    missing.hints("fetch");
    assert_eq!(how(of(&gitlab[1..])), "the merge base with `main`, taken for the default branch");
    scratch.git(&["branch", "trunk", "main~1"]);
    assert_eq!(how(of(&gitlab)), "the merge base with `trunk`, the default branch that GitLab CI names");
    scratch.git(&["update-ref", "refs/remotes/origin/trunk", "main"]);
    assert_eq!(how(of(&gitlab)), "the merge base with `origin/trunk`, the default branch that GitLab CI names");
    // What git itself knows comes first.
    scratch.git(&["update-ref", "refs/remotes/origin/other", "main"]);
    scratch.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/other"]);
    assert_eq!(how(of(&gitlab)), "the merge base with `origin/other`, the default branch");
}

/// What a service has checked out: the branch `topic` merged into `main`, which went on after the branch began.
struct Service {
    scratch: Scratch,
    /// The last commit of `main`.
    base: String,
}

/// `topic` is behind by the commit that adds `others.wit`; the clone is in `ci`.
fn service(depth: Option<u32>) -> Service {
    let scratch = branches();
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("wit/others.wit", "others").commit("others");
    let base = scratch.git(&["rev-parse", "main"]);
    scratch.git(&["checkout", "-q", "--detach", "main"]);
    scratch.git(&["merge", "-q", "--no-ff", "-m", "merge", "topic"]);
    scratch.git(&["update-ref", "refs/pull/1/merge", "HEAD"]);
    scratch.git(&["tag", "v7.0.0", "topic"]);
    scratch.git(&["checkout", "-q", "topic"]);
    let source = format!("file://{}", scratch.path().display());
    scratch.git(&["init", "-q", "-b", "none", "ci"]);
    scratch.git_in("ci", &["remote", "add", "origin", &source]);
    let merge = "+refs/pull/1/merge:refs/remotes/pull/1/merge";
    match depth {
        Some(depth) => {
            scratch.git_in("ci", &["fetch", "-q", "--no-tags", &format!("--depth={depth}"), "origin", merge])
        }
        None => scratch.git_in("ci", &["fetch", "-q", "origin", merge, "+refs/heads/*:refs/remotes/origin/*"]),
    };
    scratch.git_in("ci", &["checkout", "-q", "--detach", "refs/remotes/pull/1/merge"]);
    Service { scratch, base }
}

const GITHUB: [(&str, &str); 2] = [("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main")];

const JENKINS: [(&str, &str); 2] = [("CHANGE_ID", "7"), ("CHANGE_TARGET", "main")];

const GITLAB: [(&str, &str); 2] = [("GITLAB_CI", "true"), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")];

impl Service {
    fn base_of(&self, variables: &[(&str, &str)]) -> Result<Baseline, Error> {
        let options = self.scratch.options_in("ci");
        baseline(None, &working_tree(&options).unwrap(), &environment(variables), &options)
    }

    fn event(&self, event: &str) -> String {
        self.scratch.write("event.json", event);
        self.scratch.path().join("event.json").display().to_string()
    }
}

#[test]
fn pull_requests() {
    let service = service(None);
    // The tip of `main`, though `topic` began before it: what others did is not held against it.
    let github = one(service.base_of(&GITHUB));
    assert_eq!(github.commit.as_ref(), Some(&service.base));
    let how = "the merge base with `origin/main`, the base of the pull request that GitHub Actions runs for";
    assert_eq!((github.how.as_deref(), github.shown.as_str()), (Some(how), "origin/main...HEAD"));
    let options = service.scratch.options_in("ci");
    let old = load(&format!("{}:wit", github.input), &options).unwrap();
    assert_eq!(files(&old.main), ["a.wit", "others.wit"]);

    let gitlab = one(service.base_of(&GITLAB));
    assert_eq!(gitlab.commit.as_ref(), Some(&service.base));
    let how = "the merge base with `origin/main`, the base of the merge request that GitLab CI runs for";
    assert_eq!(gitlab.how.as_deref(), Some(how));
    let jenkins = one(service.base_of(&JENKINS));
    assert_eq!(jenkins.commit.as_ref(), Some(&service.base));
    let how = "the merge base with `origin/main`, the base of the pull request that Jenkins runs for";
    assert_eq!(jenkins.how.as_deref(), Some(how));
    let merged = ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", service.base.as_str());
    let merged = one(service.base_of(&[&GITLAB[..], &[merged]].concat()));
    assert_eq!((merged.commit.as_ref(), merged.shown), (Some(&service.base), format!("{}...HEAD", service.base)));

    // Of the branch itself, without the merge, only what it has from `main` counts.
    service.scratch.git_in("ci", &["checkout", "-q", "--detach", "refs/remotes/origin/topic"]);
    let began = service.scratch.git(&["rev-parse", "main~2"]);
    assert_eq!(one(service.base_of(&GITHUB)).commit.as_ref(), Some(&began));
    assert_eq!(one(service.base_of(&GITLAB)).commit, Some(began));

    // None of these is a pull request.
    let release = names(service.base_of(&[]));
    assert_eq!(release, ["v7.0.0"]);
    for variables in [
        &[("GITHUB_BASE_REF", "main")][..],
        &[("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "")],
        &[("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", " ")],
        &[("GITLAB_CI", "true")],
        &[("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")],
        // A branch in Jenkins, and variables of that name that somebody else has set.
        &[("CHANGE_TARGET", "main")],
        &[("CHANGE_ID", "7")],
        &[("CHANGE_ID", "7"), ("CHANGE_TARGET", " ")],
    ] {
        assert_eq!(names(service.base_of(variables)), release, "{variables:?}");
    }
}

#[test]
fn where_the_base_of_a_pull_request_is_found() {
    let service = service(None);
    let (scratch, base) = (&service.scratch, service.base.as_str());
    scratch.git_in("ci", &["update-ref", "-d", "refs/remotes/origin/main"]);
    let event = service.event(&format!(r#"{{"pull_request": {{"base": {{"sha": "{base}"}}}}}}"#));
    let with_event = [&GITHUB[..], &[("GITHUB_EVENT_PATH", &event)]].concat();
    let found = one(service.base_of(&with_event));
    assert_eq!((found.commit.as_deref(), found.shown), (Some(base), format!("{base}...HEAD")));
    let with_base = [&GITLAB[..], &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", base)]].concat();
    assert_eq!(one(service.base_of(&with_base)).commit.as_deref(), Some(base));
    // A branch of that name says more than a commit that may be an old one.
    scratch.git_in("ci", &["update-ref", "refs/heads/main", &format!("{base}~1")]);
    let local = one(service.base_of(&with_event));
    assert_eq!((local.commit, local.shown.as_str()), (Some(scratch.git(&["rev-parse", "main~1"])), "main...HEAD"));
}

#[test]
fn merge_groups() {
    let service = service(None);
    let group = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "merge_group")];
    let event = service.event(&format!(r#"{{"merge_group": {{"base_sha": "{}"}}}}"#, service.base));
    let found = one(service.base_of(&[&group[..], &[("GITHUB_EVENT_PATH", &event)]].concat()));
    assert_eq!(found.commit.as_ref(), Some(&service.base));
    assert!(found.how.unwrap().ends_with("the base of the merge group that GitHub Actions runs for"));
    fails(service.base_of(&group)).says("does not say what the merge group is for").hints("`--against REV`");
}

#[test]
fn events_that_cannot_be_read() {
    let service = service(None);
    service.scratch.git_in("ci", &["update-ref", "-d", "refs/remotes/origin/main"]);
    let deep = "[".repeat(100_000);
    let id = |id: &str| format!(r#"{{"pull_request": {{"base": {{"sha": "{id}"}}}}}}"#);
    let events = [
        "",
        "{",
        "null",
        "[]",
        "\u{feff}{}",
        r#"{"pull_request": []}"#,
        r#"{"pull_request": {"base": {"sha": 7}}}"#,
        &deep,
        &id("main"),
        &id("HEAD"),
        &id(""),
        &id("deadbeef"),
        &id(&"f".repeat(40)),
        &id(&"f".repeat(64)),
        &id("--upload-pack=x"),
        &id("\\u0000"),
    ];
    for event in events {
        let path = service.event(event);
        let variables = [&GITHUB[..], &[("GITHUB_EVENT_PATH", &path)]].concat();
        fails(service.base_of(&variables)).says("the branch `main` that the pull request is for is not in this clone");
    }
    for path in ["", "nowhere", "/", "/dev/zero"] {
        let variables = [&GITHUB[..], &[("GITHUB_EVENT_PATH", path)]].concat();
        fails(service.base_of(&variables)).hints("`git fetch --tags origin main` fetches it");
    }
}

#[test]
fn a_base_that_is_not_there_is_fetched() {
    let complete = service(None);
    complete.scratch.git_in("ci", &["update-ref", "-d", "refs/remotes/origin/main"]);
    for variables in [&GITHUB, &GITLAB] {
        let failure = fails(complete.base_of(variables));
        assert_eq!(complete.scratch.mend("ci", &failure), "git fetch --tags origin main");
        assert_eq!(one(complete.base_of(variables)).commit.as_ref(), Some(&complete.base));
        complete.scratch.git_in("ci", &["update-ref", "-d", "refs/remotes/origin/main"]);
    }
    for depth in [1, 2, 3] {
        let service = service(Some(depth));
        let failure = fails(service.base_of(&GITHUB));
        assert_eq!(service.scratch.mend("ci", &failure), "git fetch --tags --unshallow origin main");
        assert_eq!(one(service.base_of(&GITHUB)).commit.as_ref(), Some(&service.base));
    }
    // The branch is there, and what it parted from is not.
    let parted = service(Some(1));
    parted.scratch.git_in("ci", &["fetch", "-q", "--depth=1", "origin", "main", "+topic:topic"]);
    parted.scratch.git_in("ci", &["checkout", "-q", "topic"]);
    let failure = fails(parted.base_of(&GITHUB)).says("cannot be told in this shallow clone");
    parted.scratch.mend("ci", &failure);
    let began = parted.scratch.git(&["rev-parse", "main~2"]);
    assert_eq!(one(parted.base_of(&GITHUB)).commit, Some(began));

    let sha = service(Some(1));
    let merged = [&GITLAB[..], &[("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", sha.base.as_str())]].concat();
    let failure = fails(sha.base_of(&merged)).says("that the merge request is for is not in this clone");
    assert_eq!(sha.scratch.mend("ci", &failure), format!("git fetch --tags --unshallow origin {}", sha.base));
    assert_eq!(one(sha.base_of(&merged)).commit.as_ref(), Some(&sha.base));
    let group = [("GITHUB_ACTIONS", "true"), ("GITHUB_EVENT_NAME", "merge_group")];
    let group_sha = service(Some(1));
    let event = group_sha.event(&format!(r#"{{"merge_group": {{"base_sha": "{}"}}}}"#, group_sha.base));
    let group = [&group[..], &[("GITHUB_EVENT_PATH", &event)]].concat();
    let failure = fails(group_sha.base_of(&group));
    group_sha.scratch.mend("ci", &failure);
    assert_eq!(one(group_sha.base_of(&group)).commit.as_ref(), Some(&group_sha.base));
}

#[test]
fn branches_with_names_that_a_shell_would_read() {
    let service = service(None);
    for name in ["a;b", "a'b", "$(x)", "-x"] {
        let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", name)];
        let failure = fails(service.base_of(&variables)).says("is not in this clone");
        let command = failure.command();
        let words = service.scratch.run(
            "",
            std::process::Command::new("sh")
                .args(["-c", &format!("git() {{ for word in \"$@\"; do echo \"$word\"; done; }}; {command}")]),
        );
        let words: Vec<&str> = words.lines().collect();
        assert_eq!(words[..3], ["fetch", "--tags", "origin"], "{command}");
        assert_eq!(words.len(), 4, "{command}");
        assert!(words[3] == name || words[3] == format!("+refs/heads/{name}:refs/remotes/origin/{name}"), "{command}");
        assert!(!words[3].starts_with('-'), "{command}");
    }
}

#[test]
fn a_branch_that_is_behind_is_judged_by_its_own_changes() {
    let scratch = branches();
    let (old, new) = sides(&["main...topic".to_owned()], false, &scratch.options()).unwrap();
    let holds = |side: &Target| files(&scratch.load(&format!("{}:wit", side.input)).unwrap().main).join(" ");
    assert_eq!((holds(&old), holds(&new)), ("a.wit".to_owned(), "a.wit b.wit".to_owned()));
    assert_eq!(text(&scratch.load(&format!("{}:wit/a.wit", old.input)).unwrap()), "1");
}

#[test]
fn the_process_knows_its_variables() {
    let known = Environment::of_process();
    assert!(known.variables.keys().all(|name| Environment::NAMES.contains(&name.as_str())));
    let repeated: std::collections::BTreeSet<&str> = Environment::NAMES.into_iter().collect();
    assert_eq!(repeated.len(), Environment::NAMES.len());
}
