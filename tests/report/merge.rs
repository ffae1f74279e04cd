//! One report of many.

use super::*;
use wit_diff::error::{Error, ErrorKind, Side};
use wit_diff::verdict::Level;
use wit_diff::version::VersionVerdict;

fn one(name: &str, what: &str) -> Report {
    of_packages(&inputs(), vec![package(name, "1.0.0", "1.0.1", what)])
}

fn names(report: &Report) -> Vec<&str> {
    report.packages.iter().map(|package| package.name.as_str()).collect()
}

#[test]
fn packages_keep_their_order_and_the_level_is_the_highest() {
    let merged = merge(&inputs(), vec![one("a:z", "patch"), one("a:b", "major"), one("a:c", "minor")]);
    assert_eq!(names(&merged), ["a:z", "a:b", "a:c"]);
    assert_eq!((merged.level, merged.status, merged.nothing_compared), (Level::Major, Status::Complete, false));
    assert_eq!(merged.old, InputReport::from(&inputs().old));
    let single = one("a:b", "major");
    assert_eq!(merge(&inputs(), vec![single.clone()]), single);
    let nothing = merge(&inputs(), Vec::new());
    assert!(nothing.nothing_compared);
}

#[test]
fn one_package_without_a_verdict_leaves_the_whole_without_one() {
    let failure = |message: &str| Failure { side: Side::New, error: Error::new(ErrorKind::Invalid, message) };
    let broken =
        |name: &str, message: &str| of_failure_among(&inputs(), &[failure(message)], &[(name.into(), None)], true);
    let reports = vec![one("a:a", "minor"), broken("a:b", "same"), broken("a:c", "same"), broken("a:d", "other")];
    let merged = merge(&inputs(), reports);
    assert_eq!((merged.status, merged.level), (Status::Undetermined, Level::Minor));
    assert_eq!(merged.errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>(), ["same", "other"]);
    assert!(!merged.nothing_compared);
}

#[test]
fn all_have_to_be_verified() {
    let verified = |verified: Option<bool>, what: &str| Report { verified, ..one("a:a", what) };
    let of = |reports: Vec<Report>| merge(&inputs(), reports).verified;
    assert_eq!(of(vec![verified(Some(true), "major"), verified(Some(true), "minor")]), Some(true));
    assert_eq!(of(vec![verified(Some(true), "major"), verified(Some(false), "minor")]), Some(false));
    assert_eq!(of(vec![verified(Some(true), "major"), verified(None, "minor")]), None);
    assert_eq!(of(vec![verified(Some(true), "major"), verified(None, "")]), Some(true));
    assert_eq!(of(vec![verified(None, "major"), verified(None, "")]), None);
}

#[test]
fn a_feature_that_one_of_them_knows_is_known() {
    let unknown = |features: &[&str]| {
        let unknown_features = features.iter().map(|name| name.to_string()).collect();
        of_packages(&Inputs { unknown_features, ..inputs() }, vec![package("a:a", "1.0.0", "1.0.1", "patch")])
    };
    let mut other = unknown(&["x"]);
    other.warnings.push("not verified: too large".into());
    let merged = merge(&inputs(), vec![unknown(&["x", "y"]), other.clone(), other]);
    assert_eq!(merged.warnings, ["no gate names the feature `x`", "not verified: too large"]);
}

#[test]
fn what_was_asked_for_and_is_nowhere_is_said_once() {
    let asked = Inputs { packages: vec!["a:b".into(), "a:c".into()], ..inputs() };
    let options = Options { packages: asked.packages.clone(), ..Options::default() };
    let report = |name: &str| {
        let text = format!("package {name}; interface i {{ f: func(); }}");
        pipeline::run_sources(from_text("a.wit", text.clone()), from_text("a.wit", text), &options)
    };
    let merged = merge(&asked, vec![report("a:a"), report("a:b"), report("a:d")]);
    assert_eq!(names(&merged), ["a:b"]);
    assert_eq!(merged.errors.len(), 1);
    assert_eq!(merged.errors[0].message, "no package is called `a:c`");
    assert!(merged.nothing_compared);
    let merged = merge(&asked, vec![report("a:a"), report("a:b"), report("a:c")]);
    assert_eq!((names(&merged), merged.errors.len(), merged.nothing_compared), (vec!["a:b", "a:c"], 0, false));
}

#[test]
fn a_package_that_left_its_track_is_not_gone() {
    let gone = || of_packages(&inputs(), vec![one_sided("a:b", "0.2.0", false)]);
    let note = |report: &Report| report.packages[0].notes.clone();
    let alone = merge(&inputs(), vec![gone(), one("a:c", "minor")]);
    assert_eq!(note(&alone), ["packages are matched by name: the new side holds none of this one"]);
    let next = of_packages(&inputs(), vec![one_sided("a:b", "0.3.0", true)]);
    let merged = merge(&inputs(), vec![gone(), next]);
    let said = "the new side has `a:b` on another track only, as 0.3.0: to linkers that is another package";
    assert_eq!(note(&merged), [said]);
}

#[test]
fn bug_reports_and_checks_are_joined() {
    let report = |bug: Option<&str>, passed: bool| Report {
        bug_report: bug.map(Into::into),
        check: Some(CheckReport { passed, allow: Some(Level::Minor), ..CheckReport::default() }),
        ..one("a:a", "minor")
    };
    let merged =
        merge(&inputs(), vec![report(Some("# one\n"), true), report(None, false), report(Some("# two\n"), true)]);
    assert_eq!(merged.bug_report.as_deref(), Some("# one\n\n# two\n"));
    assert_eq!(merged.check, Some(CheckReport { allow: Some(Level::Minor), ..CheckReport::default() }));
    assert_eq!(merge(&inputs(), vec![one("a:a", "minor")]).check, None);
}

#[test]
fn equal_sources_say_what_a_comparison_of_them_would() {
    let text = "package a:b@1.2.3-rc.1; interface j { f: func(); } interface i { f: func(); } world w { import i; }";
    let compared = changed(text, text);
    let version = "1.2.3-rc.1".parse().unwrap();
    let told = unchanged("a:b", Some(&version), vec!["j".into(), "i".into()], vec!["w".into()]);
    assert_eq!(told, compared);
    let text = "package a:b; interface i { f: func(); }";
    let told = unchanged("a:b", None, vec!["i".into()], Vec::new());
    assert_eq!((told.version.verdict, &told), (VersionVerdict::Unversioned, &changed(text, text)));
}
