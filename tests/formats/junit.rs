//! The format `junit`: the schema of Jenkins judges it, a real reader reads it, and red is what fails.

use super::{fixture, strangers};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus};
use std::collections::BTreeSet;
use wit_diff::report::*;
use wit_diff::verdict::{Level, Protect};
use wit_diff::version::VersionVerdict;

#[test]
fn it_looks_so() {
    for (name, report) in fixture::all() {
        fixture::is_golden(name, "report.junit.xml", &to_junit(&report));
    }
}

#[test]
fn the_schema_of_jenkins_holds() {
    let judge = Judge::new();
    for report in every() {
        judge.accepts(&to_junit(&report));
    }
    judge.accepts(&to_junit(&fixture::many(10_000)));
    let good = to_junit(&fixture::report("breaking"));
    for (from, to) in
        [("<testcase name=", "<testcase title="), ("<failure ", "<fault "), (" tests=", " skipped=\"0\" tests=")]
    {
        let wrong =
            good.replace(from, to).replace("</failure>", if from == "<failure " { "</fault>" } else { "</failure>" });
        assert!(!judge.errors(&wrong).is_empty(), "the schema refuses nothing: {to}");
    }
}

#[test]
fn a_reader_of_junit_reads_what_was_written() {
    for report in every() {
        let xml = to_junit(&report);
        let read = read(&xml);
        assert!(read.timestamp.is_none() && read.uuid.is_none() && read.time.is_none());
        let is_of_package = |suite: &&quick_junit::TestSuite| suite.name.as_str() != "wit-diff";
        let suites: Vec<_> = read.test_suites.iter().filter(is_of_package).collect();
        assert!(suites.len() <= report.packages.len());
        for (suite, package) in suites.iter().zip(&report.packages).filter(|(_, package)| package.error.is_none()) {
            assert!(suite.test_cases.len() > package.interfaces.len() + package.worlds.len());
            let names: BTreeSet<&str> = suite.test_cases.iter().map(|case| case.name.as_str()).collect();
            let is_plain = package.interfaces.iter().all(|item| item.name != package.name);
            assert!(!is_plain || names.len() == suite.test_cases.len(), "two cases of one name");
            assert!(suite.test_cases.iter().all(|case| case.classname.as_ref() == Some(&suite.name)));
        }
        assert_eq!(read.failures, cases(&read).filter(|case| is(case, NonSuccessKind::Failure)).count());
        assert_eq!(read.errors, cases(&read).filter(|case| is(case, NonSuccessKind::Error)).count());
    }
}

#[test]
fn strangers_write_text_and_nothing_else() {
    for report in every() {
        let xml = to_junit(&report);
        let is_known = |tag: &str| {
            let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
            ["?xml", "testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "system-out"]
                .contains(&name)
        };
        for tag in xml.split('<').skip(1) {
            assert!(is_known(tag.trim_start_matches('/')), "a tag of a stranger: {tag:.100}");
        }
        // XML has no place for the last two.
        assert!(!xml.contains(strangers::acts_unseen) && !xml.contains(['\u{fffe}', '\u{ffff}']));
        assert!(!xml.contains("]]>"));
        // On the standard output of a CI job, lines would be commands.
        let commands = |line: &str| {
            line.trim_start().starts_with("::")
                || ["##[", "##vso[", "##teamcity["].iter().any(|mark| line.contains(mark))
        };
        assert!(!xml.lines().any(commands));
    }
}

#[test]
fn red_is_what_fails() {
    for report in every().chain(checked()) {
        let read = read(&to_junit(&report));
        let is_undetermined =
            report.status == Status::Undetermined || report.nothing_compared || !report.errors.is_empty();
        assert_eq!(read.errors > 0, is_undetermined);
        let fails = |package: &PackageReport| match (&package.check, package.version.verdict) {
            (Some(check), _) => !check.passed,
            (None, VersionVerdict::Insufficient | VersionVerdict::UnchangedVersion | VersionVerdict::WentBackwards) => {
                package.status != PackageStatus::Removed
            }
            (None, _) => false,
        };
        let fails = |package: &&PackageReport| fails(package) && package.error.is_none();
        let failing = report.packages.iter().filter(fails).count();
        assert_eq!(read.failures > 0, failing > 0 && report.packages.iter().any(|package| fails(&package)));
        let red = read.test_suites.iter().filter(|suite| suite.failures > 0).count();
        assert_eq!(red, failing, "a suite is red that does not fail, or none is");
    }
}

#[test]
fn what_nobody_else_tells_is_red_too() {
    let counts = |report: &Report| {
        let read = read(&to_junit(report));
        (read.failures, read.errors)
    };
    let mut report = fixture::report("unchanged");
    assert_eq!(counts(&report), (0, 0));
    report.check = Some(CheckReport::default());
    assert_eq!(counts(&report), (1, 0), "the check fails, and no package does");
    report.nothing_compared = true;
    assert_eq!(counts(&report), (0, 1));
    report.packages.clear();
    assert_eq!(counts(&report), (0, 1));
    let mut report = fixture::report("unchanged");
    report.status = Status::Undetermined;
    assert_eq!(counts(&report), (0, 1));
    let mut report = fixture::report("undetermined");
    report.errors.push(ErrorReport { message: "another one".into(), ..report.errors[0].clone() });
    assert_eq!(counts(&report), (0, 2), "an error is told once, with its package where it has one");
}

#[test]
fn a_break_that_its_version_announces_is_told_and_not_red() {
    let mut report = fixture::report("breaking");
    report.packages[0].version.verdict = VersionVerdict::Sufficient;
    let read = read(&to_junit(&report));
    assert_eq!((read.failures, read.errors), (0, 0));
    let told = cases(&read).filter_map(|case| case.system_out.as_ref()).any(|out| out.contains("breaks guests"));
    assert!(told);
    report.packages[0].version.verdict = VersionVerdict::Insufficient;
    let read = self::read(&to_junit(&report));
    let red: Vec<&str> =
        cases(&read).filter(|case| is(case, NonSuccessKind::Failure)).map(|case| case.name.as_str()).collect();
    assert!(red.contains(&"the declared version honours what changed") && red.len() > 1, "{red:?}");
}

#[test]
fn what_is_denied_is_red_by_itself() {
    let read = read(&to_junit(&fixture::denying("interface-removed")));
    let red: Vec<&TestCase> = cases(&read).filter(|case| is(case, NonSuccessKind::Failure)).collect();
    let names: Vec<&str> = red.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["interface locks", "no denied change was found"]);
    // Both tell the rule, and one of them the place.
    let told = "1 change of the denied rule `interface-removed`";
    assert_eq!(message(red[0]), format!("holds {told}"));
    assert_eq!(message(red[1]), format!("acme:files has {told}"));
    let list = body(red[1]);
    assert!(list.starts_with("major: Interface `locks` removed.") && list.contains("(was wit/files.wit:41)"), "{list}");
    assert_eq!(list.lines().count(), 1, "{list}");
    // What a denied change reaches from elsewhere is not red, and does not say that nothing fails because of it.
    let mut report = fixture::denying("enum-case-added");
    assert!(report.packages[0].worlds.iter().any(|world| world.name == "tool"));
    let of = |report: &Report| {
        let read = self::read(&to_junit(report));
        let case = cases(&read).find(|case| case.name.as_str() == "world tool").unwrap().clone();
        body(&case).lines().next().unwrap().to_owned()
    };
    assert_eq!(of(&report), "breaks guests, through what is denied elsewhere, too");
    report.packages[0].check.as_mut().unwrap().denied.clear();
    assert_eq!(of(&report), "breaks guests, and does not make the package fail");
    assert!(cases(&read).filter(|case| !red.contains(case)).all(|case| !body(case).contains(&told[2..])));
}

#[test]
fn a_denied_finding_that_breaks_nobody_is_red_too() {
    let report = fixture::denying("docs-changed");
    let read = read(&to_junit(&report));
    let red: Vec<&TestCase> = cases(&read).filter(|case| is(case, NonSuccessKind::Failure)).collect();
    let names: Vec<&str> = red.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["interface types", "no denied change was found"]);
    assert!(body(red[0]).starts_with("patch: "), "what is denied comes first: {}", body(red[0]));
}

/// What breaks is never cut out of the failure that it is.
#[test]
fn the_worst_is_told_first() {
    let mut report = fixture::report("breaking");
    let changes = &mut report.packages[0].changes;
    let one = |level: Level| changes.iter().find(|change| change.level == level).unwrap().clone();
    let at = |change: ChangeReport, at: usize| ChangeReport {
        path: format!("acme:files/types#t{at:03}"),
        fingerprint: at.to_string(),
        reach: vec!["acme:files/walk".into()],
        ..change
    };
    let (patch, minor, major) = (one(Level::Patch), one(Level::Minor), one(Level::Major));
    *changes = (0..100).map(|n| at(patch.clone(), n)).collect();
    changes.extend((100..102).map(|n| at(minor.clone(), n)));
    changes.extend((102..104).map(|n| at(major.clone(), n)));
    let read = read(&to_junit(&report));
    let lines = |name: &str| {
        let case = cases(&read).find(|case| case.name.as_str() == name).unwrap();
        body(case).lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let found = lines("interface types");
    assert_eq!(found[..5], ["major", "major", "minor", "minor", "patch"]);
    assert_eq!(found[100..], ["… and 4 more"]);
    let all = cases(&read).find(|case| case.name.as_str() == "interface walk").unwrap();
    assert!(body(all).lines().next().unwrap().contains("acme:files/types#t102"), "{}", body(all));
}

#[test]
fn every_case_says_what_it_is_about() {
    let mut report = fixture::report("breaking");
    let package = &mut report.packages[0];
    // Those behind a gate are in neither list.
    package.interfaces.retain(|interface| interface.name != "types");
    package.worlds.clear();
    let read = read(&to_junit(&report));
    let names: Vec<&str> = cases(&read).map(|case| case.name.as_str()).collect();
    assert!(names.contains(&"interface types") && names.contains(&"world tool"), "{names:?}");
    let version = cases(&read).find(|case| case.name.as_str().starts_with("the declared version")).unwrap();
    assert_eq!(message(version), "acme:files needs 2.0.0, declares 1.3.0");
}

/// This is text: what is gone is told where it was, and not where its container is.
#[test]
fn what_is_gone_is_told_where_it_was() {
    let read = read(&to_junit(&fixture::report("breaking")));
    let locks = cases(&read).find(|case| case.name.as_str() == "interface locks").unwrap();
    assert!(body(locks).contains("(was wit/files.wit:41)"), "{}", body(locks));
}

#[test]
fn every_change_is_told_once() {
    for (name, report) in fixture::all().filter(|(name, _)| *name != "undetermined") {
        let read = read(&to_junit(&report));
        let mut told = 0;
        for case in cases(&read) {
            let body = match &case.status {
                TestCaseStatus::NonSuccess { description, .. } => description.as_ref(),
                _ => case.system_out.as_ref(),
            };
            let levels = ["patch: ", "minor: ", "major: "];
            let lines = body.map_or("", |body| body.as_str()).lines();
            told +=
                lines.filter(|line| levels.iter().any(|level| line.starts_with(level)) && line.contains(" [")).count();
        }
        assert_eq!(told, report.packages.iter().map(|package| package.changes.len()).sum::<usize>(), "{name}");
    }
}

#[test]
fn many_changes_are_counted() {
    let xml = to_junit(&fixture::many(10_000));
    assert!(xml.len() < 4_000_000, "{} bytes", xml.len());
    let one = fixture::many(20_000);
    let read = read(&to_junit(&one));
    let of_one = cases(&read).filter_map(|case| match &case.status {
        TestCaseStatus::NonSuccess { description: Some(text), .. } => Some(text.as_str()),
        _ => case.system_out.as_ref().map(|text| text.as_str()),
    });
    assert!(of_one.into_iter().any(|text| text.ends_with("… and 100 more")));
}

#[test]
fn a_release_is_a_case_of_the_history() {
    let row = |revision: &str, verdict: VersionVerdict, level: Level| LogRow {
        revision: revision.into(),
        commit: "0".repeat(40),
        date: "2026-01-02".into(),
        subject: "]]>".into(),
        against: None,
        status: PackageStatus::Changed,
        old_version: Some("1.0.0".into()),
        new_version: Some("1.0.1".into()),
        level: Some(level),
        version: VersionReport {
            required: Some("2.0.0".into()),
            declared: Some("1.0.1".into()),
            verdict,
            released: None,
        },
        counts: LevelCounts::default(),
        events: Vec::new(),
        changes: vec![LoggedChange {
            rule: "function-removed".into(),
            path: "a:b/i#f".into(),
            track: None,
            level,
            fingerprint: "0".into(),
            gate: None,
            message: "function `f` removed ]]>\u{202e}\u{fffe}".into(),
        }],
        findings: vec![LogFinding { kind: FindingKind::TagMismatch, message: "tagged <b>".into() }],
        error: None,
    };
    let mut broken = row("v3", VersionVerdict::Undetermined, Level::None);
    broken.status = PackageStatus::Undetermined;
    let rows = vec![
        broken,
        row("v2", VersionVerdict::Insufficient, Level::Major),
        row("v1 ]]>", VersionVerdict::Sufficient, Level::Minor),
    ];
    let mut log = LogReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        input: fixture::report("unchanged").new,
        base: None,
        by: Some(LogSteps::Tags),
        revisions: 3,
        protect: Protect::Guests,
        features: Vec::new(),
        item: None,
        status: Status::Undetermined,
        packages: vec![PackageLog { name: "a:b".into(), rows, ..PackageLog::default() }],
        errors: Vec::new(),
        warnings: Vec::new(),
        nothing_found: false,
    };
    let judge = Judge::new();
    let xml = log_to_junit(&log);
    judge.accepts(&xml);
    let found = read(&xml);
    let names: Vec<&str> = cases(&found).map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["v1 ]]> (1.0.1)", "v2 (1.0.1)", "v3 (1.0.1)"]);
    assert_eq!((found.failures, found.errors), (1, 1));
    assert!(xml.contains("major, declared 1.0.1 is insufficient, needs 2.0.0"));
    // Nobody asks an item that is followed for a version.
    log.item = Some("a:b/i#f".into());
    assert_eq!(read(&log_to_junit(&log)).failures, 0);
    log.packages.clear();
    judge.accepts(&log_to_junit(&log));
    assert_eq!(read(&log_to_junit(&log)).errors, 1);
}

/// The schema of Jenkins.
struct Judge(String);

impl Judge {
    fn new() -> Judge {
        Judge(fixture::schema("junit-10.xsd"))
    }

    fn errors(&self, xml: &str) -> Vec<String> {
        let schema = uppsala::parse(&self.0).unwrap();
        let judge = uppsala::XsdValidator::from_schema(&schema).unwrap();
        match uppsala::parse(xml) {
            Ok(document) => judge.validate(&document).iter().map(|error| error.to_string()).collect(),
            Err(error) => vec![error.to_string()],
        }
    }

    #[track_caller]
    fn accepts(&self, xml: &str) {
        let errors = self.errors(xml);
        assert!(errors.is_empty(), "{:#?}", errors.iter().take(3).collect::<Vec<_>>());
    }
}

fn every() -> impl Iterator<Item = Report> {
    fixture::all().map(|(_, report)| report).chain(strangers::reports())
}

/// Reports of `check`, one for each reason, in each report that could be judged.
fn checked() -> impl Iterator<Item = Report> {
    const REASONS: [CheckReason; 10] = [
        CheckReason::InsufficientVersion,
        CheckReason::UnchangedVersion,
        CheckReason::WentBackwards,
        CheckReason::VersionWithdrawn,
        CheckReason::BreaksUnversioned,
        CheckReason::RemovedUnannounced,
        CheckReason::OverAllowed,
        CheckReason::RuleDenied,
        CheckReason::CapabilityDenied,
        CheckReason::ToolRefuses,
    ];
    let reasons = REASONS.into_iter().map(|reason| vec![reason]).chain([Vec::new(), REASONS.to_vec()]);
    let passes = reasons.flat_map(|reasons| [(reasons.clone(), false), (reasons, true)]);
    passes.flat_map(|(reasons, passed)| {
        fixture::all().map(move |(_, mut report)| {
            let deny = ["function-added".to_owned()].into();
            report.check = Some(CheckReport { passed, allow: Some(Level::Patch), deny, ..CheckReport::default() });
            let reasons = if passed { Vec::new() } else { reasons.clone() };
            for package in &mut report.packages {
                let passed = passed && package.error.is_none();
                package.check = Some(PackageCheck { passed, reasons: reasons.clone(), ..PackageCheck::default() });
            }
            report
        })
    })
}

fn message(case: &TestCase) -> &str {
    match &case.status {
        TestCaseStatus::NonSuccess { message: Some(message), .. } => message.as_str(),
        _ => "",
    }
}

fn body(case: &TestCase) -> &str {
    let text = match &case.status {
        TestCaseStatus::NonSuccess { description, .. } => description.as_ref(),
        _ => case.system_out.as_ref(),
    };
    text.map_or("", |text| text.as_str())
}

fn read(xml: &str) -> quick_junit::Report {
    quick_junit::Report::deserialize_from_str(xml).unwrap()
}

fn cases(report: &quick_junit::Report) -> impl Iterator<Item = &TestCase> {
    report.test_suites.iter().flat_map(|suite| &suite.test_cases)
}

fn is(case: &TestCase, expected: NonSuccessKind) -> bool {
    matches!(&case.status, TestCaseStatus::NonSuccess { kind, .. } if *kind == expected)
}
