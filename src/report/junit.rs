//! The report as JUnit's XML: a suite for each package, and in it a case for each promise that it makes.
//!
//! A case asks whether an interface or world still works for those who build against it, whether the version honours what
//! changed, and whether what `check` was asked to hold holds. Red is what makes the package fail, and nothing else: a break
//! that its version announces is told in the output of a case that passes. What is denied is red where it stands, too. What
//! could not be judged is an error.

mod promise;

use super::accepted;
use super::decision::{Outcome, denied, outcome, wanting, wants};
use super::escape::clean;
use super::log::{LogReport, LogRow, PackageLog};
use super::log_words::{self, Tone};
use super::profile::told;
use super::standing::is_too_low;
use super::tell::{cut, sentence, tell};
use super::weigh::{Scale, Weight};
use super::words::group;
use super::{
    ChangeReport, CheckReason, ErrorReport, PackageReport, PackageStatus, PartiesReport, Report, Status, anchor,
    decision, places,
};
use crate::verdict::Level;
use promise::Promise;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The suite of what concerns no package, and the name of the whole.
const WHOLE: &str = "wit-diff";

/// So many changes are told in a case before the rest is counted.
const TOLD: usize = 100;

/// So many changes elsewhere are told in a case.
const THROUGH: usize = 10;

/// So many characters of a message are told.
const LONGEST: usize = 2000;

/// The report as JUnit's XML.
pub fn to_junit(report: &Report) -> String {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for package in &report.packages {
        *names.entry(&package.name).or_default() += 1;
    }
    let mut suites = Vec::new();
    for package in &report.packages {
        let is_shared = names.get(package.name.as_str()).is_some_and(|count| *count > 1);
        suites.push(Suite { report, package, scale: Scale::of(report, package) }.build(is_shared));
    }
    let failures: usize = suites.iter().map(|suite: &TestSuite| suite.failures).sum();
    let errors: usize = suites.iter().map(|suite| suite.errors).sum();
    let told: BTreeSet<&str> =
        report.packages.iter().filter_map(|package| Some(package.error.as_ref()?.message.as_str())).collect();
    let mut whole = TestSuite::new(WHOLE);
    for error in report.errors.iter().filter(|error| !told.contains(error.message.as_str())) {
        whole.add_test_case(unread(WHOLE, "everything that was asked for is there", error));
    }
    if !report.stale.is_empty() {
        let mut told = case(WHOLE, "acceptances are of changes that there are", TestCaseStatus::success());
        let lines: Vec<String> = report.stale.iter().map(|entry| text(&accepted::stale(entry))).collect();
        told.set_system_out(lines.join("\n"));
        whole.add_test_case(told);
    }
    // What no package and no error tells.
    let rest = match outcome(report) {
        Outcome::Undetermined if errors + whole.errors == 0 => Some((NonSuccessKind::Error, "undetermined")),
        Outcome::Fails if failures == 0 => Some((NonSuccessKind::Failure, "check")),
        Outcome::Undetermined | Outcome::Fails | Outcome::Passes => None,
    };
    if let Some((kind, ty)) = rest {
        let headline = text(&decision::decision(report, |name| format!("`{name}`"), str::to_owned));
        whole.add_test_case(case(WHOLE, "all that was asked for", red(kind, ty, &headline, "")));
    }
    if whole.tests > 0 {
        suites.push(whole);
    }
    written(suites)
}

/// The history of packages as JUnit's XML: a case for each release or commit.
pub fn log_to_junit(log: &LogReport) -> String {
    let mut suites: Vec<TestSuite> = log.packages.iter().map(|package| history(log, package)).collect();
    let mut whole = TestSuite::new(WHOLE);
    for error in &log.errors {
        whole.add_test_case(unread(WHOLE, "the history could be read", error));
    }
    let errors: usize = suites.iter().map(|suite| suite.errors).sum();
    if log.status == Status::Undetermined && errors + whole.errors == 0 {
        let status = red(NonSuccessKind::Error, "undetermined", "a revision could not be judged", "");
        whole.add_test_case(case(WHOLE, "the history could be read", status));
    }
    if whole.tests > 0 {
        suites.push(whole);
    }
    written(suites)
}

/// One package.
struct Suite<'a> {
    report: &'a Report,
    package: &'a PackageReport,
    scale: Scale<'a>,
}

impl Suite<'_> {
    fn build(&self, is_shared: bool) -> TestSuite {
        let package = self.package;
        let version = package.new_version.as_ref().or(package.old_version.as_ref()).filter(|_| is_shared);
        let name = [Some(package.name.as_str()), version.map(String::as_str)];
        let name = text(&name.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let mut suite = TestSuite::new(name.as_str());
        let facts = [
            ("level", package.level.map(Level::word)),
            ("old-version", package.old_version.as_deref()),
            ("new-version", package.new_version.as_deref()),
            ("required-version", package.version.required.as_deref()),
        ];
        suite.add_properties(facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), text(value?)))));
        if let Some(error) = &package.error {
            suite.add_test_case(unread(&name, "it could be judged", error));
            return suite;
        }
        suite.add_test_cases(self.items(&name));
        suite.add_test_cases(self.promises(&name));
        suite
    }

    /// A case for each interface and world, and for what else there are changes of.
    fn items(&self, suite: &str) -> Vec<TestCase> {
        let package = self.package;
        let mut groups: BTreeMap<Key<'_>, Group<'_>> = BTreeMap::new();
        let mut reached: BTreeMap<&str, Vec<&ChangeReport>> = BTreeMap::new();
        for change in &package.changes {
            for item in change.reach.iter().filter(|_| change.level > Level::Patch) {
                reached.entry(item).or_default().push(change);
            }
            let told = groups.entry(key(&package.name, change)).or_default();
            told.level = told.level.max(change.level);
            told.counted = told.counted.max(change.counted());
            told.changes.push(change);
        }
        let interfaces = package.interfaces.iter().map(|item| ("interface", &item.name, item.level));
        let worlds = package.worlds.iter().map(|item| ("world", &item.name, item.level));
        let mut cases = Vec::new();
        for (kind, name, level) in interfaces.chain(worlds) {
            let mut group = groups.remove(&Key { is_own: true, name, track: None }).unwrap_or_default();
            group.level = group.level.max(level);
            let path = format!("{}/{name}", package.name);
            group.reached = reached.remove(path.as_str()).unwrap_or_default();
            cases.push(self.item(suite, &format!("{kind} {name}"), group));
        }
        for (Key { is_own, name, track }, group) in groups {
            let name = match (track, group.changes.first().map(|change| change.link)) {
                (Some(track), _) => format!("dependency {name} {track}"),
                (None, _) if name == package.name => "package".into(),
                // What stands behind a gate on both sides is in no list.
                (None, Some(PartiesReport::Interface(_))) if is_own => format!("interface {name}"),
                (None, Some(PartiesReport::World(_))) if is_own => format!("world {name}"),
                (None, _) => name.to_owned(),
            };
            cases.push(self.item(suite, &name, group));
        }
        cases
    }

    fn item(&self, suite: &str, name: &str, Group { level, counted, changes, reached }: Group<'_>) -> TestCase {
        let whom = super::words::whom(self.report.protect_of(self.package));
        let is_counted = self.package.changes.iter().any(|change| change.counted() != change.level);
        let counted = reached.iter().map(|change| change.counted()).fold(counted, Level::max);
        let counted = if is_counted { counted } else { level };
        let is_reached = reached.iter().any(|change| self.scale.is_denied(change));
        let holds = self.holds(&changes);
        let through =
            |change: &ChangeReport| text(&format!("reached by a change of {}: {}", change.path, change.message));
        let list = self.list(changes, TOLD, |change| self.line(change));
        let list = [list, self.list(reached, THROUGH, through)].join("\n").trim().to_owned();
        let is_break = level == Level::Major;
        let breaks = (counted == Level::Major && self.scale.fails_by_breaks()).then(|| format!("breaks {whom}"));
        let kind = if breaks.is_some() { "breaking" } else { Promise::Denied.kind() };
        let why: Vec<String> = breaks.into_iter().chain(holds).collect();
        let status = match why.is_empty() {
            true => TestCaseStatus::success(),
            false => red(NonSuccessKind::Failure, kind, &why.join(", and "), &list),
        };
        let mut case = case(suite, &text(name), status);
        if why.is_empty() && level > Level::None {
            let head = match is_break {
                // The case that holds that change is red.
                true if is_reached => format!("breaks {whom}, through what is denied elsewhere, too"),
                true => format!("breaks {whom}, and does not make the package fail"),
                false => format!("{}: goes on working for {whom}", level.word()),
            };
            case.set_system_out(format!("{head}\n{list}"));
        }
        case
    }

    /// "holds 1 change of the denied rule `a`".
    fn holds(&self, changes: &[&ChangeReport]) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for change in changes.iter().filter(|change| self.scale.is_denied(change)) {
            *counts.entry(&change.rule).or_default() += 1;
        }
        let counts: Vec<(&str, usize)> = counts.into_iter().collect();
        (!counts.is_empty()).then(|| format!("holds {}", denied(&counts, &quoted)))
    }

    /// Changes, a line each: what is denied first, then what breaks. What is beyond `most` is counted.
    fn list<'a>(
        &self,
        mut changes: Vec<&'a ChangeReport>,
        most: usize,
        line: impl Fn(&'a ChangeReport) -> String,
    ) -> String {
        changes.sort_by_key(|change| Reverse((self.scale.is_denied(change), change.level)));
        let left_out = changes.len().saturating_sub(most);
        let more = (left_out > 0).then(|| more(left_out));
        changes.into_iter().take(most).map(line).chain(more).collect::<Vec<_>>().join("\n")
    }

    /// This is text: what is gone is told where it was.
    fn line(&self, change: &ChangeReport) -> String {
        let (old, new) = places::sides(self.report, self.package);
        let is = change.new.as_ref().map(|place| ("", new, place));
        let place = is.or(change.old.as_ref().map(|place| ("was ", old, place))).map(|(word, input, place)| {
            let anchor = anchor::Anchor { input, place, kind: anchor::Kind::Item };
            format!(" ({word}{}:{})", text(&anchor::path(&anchor)), place.line)
        });
        let told = text(&tell(self.package, change, Weight::Compatible));
        let (level, rule) = (accepted::level(change), text(&change.rule));
        format!("{level}: {told} [{rule}]{}", place.unwrap_or_default())
    }

    /// Whether the version does, and what else `check` was asked to hold.
    fn promises(&self, suite: &str) -> Vec<TestCase> {
        let package = self.package;
        let reasons: Vec<CheckReason> = package.check.iter().flat_map(|check| check.reasons.clone()).collect();
        let is_asked = |promise: Promise| match (promise, &self.report.check) {
            (Promise::Tool, _) => package.profile.is_some(),
            (Promise::Version, Some(check)) => !check.is_gate() && package.profile.is_none(),
            (Promise::Version, None) => true,
            (Promise::Allowed, Some(check)) => check.allow.is_some() || check.fail_on.is_some(),
            (Promise::Denied, Some(check)) => !check.deny.is_empty(),
            (Promise::Capability, Some(check)) => !check.deny_capabilities.is_empty(),
            (Promise::Allowed | Promise::Denied | Promise::Capability, None) => false,
        };
        let mut cases = Vec::new();
        for promise in [Promise::Version, Promise::Allowed, Promise::Denied, Promise::Capability, Promise::Tool] {
            let broken: Vec<String> = (reasons.iter().filter(|reason| Promise::of(**reason) == promise))
                .map(|reason| wanting(package, *reason, &quoted, &text))
                .collect();
            let by_version = package.check.is_none() && promise == Promise::Version;
            let broken = if by_version { wants(package, &quoted, &text).into_iter().collect() } else { broken };
            if !broken.is_empty() {
                let message = format!("{} {}", text(&package.name), broken.join(", and "));
                let found = package.changes.iter().filter(|change| match promise {
                    Promise::Denied => self.scale.is_denied(change),
                    Promise::Capability => self.scale.brings_denied(change),
                    Promise::Version | Promise::Allowed | Promise::Tool => false,
                });
                let list = match &package.profile {
                    Some(profile) => text(&told(profile)),
                    None => self.list(found.collect(), TOLD, |change| self.line(change)),
                };
                cases.push(case(suite, promise.name(), red(NonSuccessKind::Failure, promise.kind(), &message, &list)));
            } else if is_asked(promise) {
                let mut held = case(suite, promise.name(), TestCaseStatus::success());
                if promise == Promise::Version && is_too_low(package) {
                    let wants = wants(package, &quoted, &text).unwrap_or_default();
                    held.set_system_out(format!(
                        "{} {wants}: what it does not honour is accepted",
                        text(&package.name)
                    ));
                }
                cases.push(held);
            }
        }
        // It fails, and nobody says why.
        let is_failed = package.check.as_ref().is_some_and(|check| !check.passed);
        if is_failed && reasons.is_empty() {
            cases.push(case(suite, "check", red(NonSuccessKind::Failure, "check", "does not pass", "")));
        }
        cases
    }
}

/// Where changes stand: an interface or world of the package itself, by its name, or something else, by its path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    is_own: bool,
    name: &'a str,
    track: Option<&'a str>,
}

fn key<'a>(package: &str, change: &'a ChangeReport) -> Key<'a> {
    let (path, track) = (group(&change.path), change.track.as_deref());
    let own = path.strip_prefix(package).filter(|_| track.is_none()).and_then(|rest| rest.strip_prefix('/'));
    Key { is_own: own.is_some(), name: own.unwrap_or(path), track }
}

/// The changes that stand in one place.
#[derive(Default)]
struct Group<'a> {
    level: Level,
    /// What counts of it, where that is less.
    counted: Level,
    changes: Vec<&'a ChangeReport>,
    /// Those of other places that reach this one.
    reached: Vec<&'a ChangeReport>,
}

fn history(log: &LogReport, package: &PackageLog) -> TestSuite {
    let suite_name = text(&package.name);
    let mut suite = TestSuite::new(suite_name.as_str());
    // Oldest first, as tests run.
    for row in package.rows.iter().rev() {
        let version = row.new_version.as_ref().or(row.old_version.as_ref());
        let version = version.map_or(String::new(), |version| format!(" ({})", text(version)));
        let name = format!("{}{version}", text(&row.revision));
        suite.add_test_case(step(log, package, row, &suite_name, &name));
    }
    suite
}

/// One row: whether its version honours what changed since the one before. An item that is followed has no version.
fn step(log: &LogReport, package: &PackageLog, row: &LogRow, suite: &str, name: &str) -> TestCase {
    let (tone, headline) = log_words::headline(log, row);
    let headline = text(&headline);
    let changes = row.changes.iter().take(TOLD).map(|change| {
        let (place, what) = log_words::change(&package.name, change);
        let place = place.map_or(String::new(), |place| format!("{place}: "));
        text(&format!("{}: {place}{what}", change.level.word()))
    });
    let findings = log_words::more_findings(row).into_iter().map(|finding| format!("finding: {}", text(finding)));
    let events = log_words::events(row).into_iter().filter(|_| log.item.is_some()).map(|event| text(&event));
    let mut told: Vec<String> = events.chain(findings.filter(|_| log.item.is_none())).chain(changes).collect();
    told.extend((row.changes.len() > TOLD).then(|| more(row.changes.len() - TOLD)));
    let told = told.join("\n");
    if row.status == PackageStatus::Undetermined {
        return case(suite, name, red(NonSuccessKind::Error, "undetermined", &headline, ""));
    }
    if tone == Tone::Bad && log.item.is_none() {
        let (_, kind) = log_words::verdict(log, row);
        return case(suite, name, red(NonSuccessKind::Failure, &kind.replace(' ', "-"), &headline, &told));
    }
    let mut case = case(suite, name, TestCaseStatus::success());
    case.set_system_out([headline, told].join("\n").trim_end().to_owned());
    case
}

fn unread(suite: &str, name: &str, error: &ErrorReport) -> TestCase {
    let place = match (&error.file, error.line, error.column) {
        (Some(file), Some(line), column) => format!("{}:{line}:{}", text(file), column.unwrap_or(1)),
        (Some(file), None, _) => text(file),
        (None, ..) => String::new(),
    };
    let hint = error.hint.as_ref().map_or(String::new(), |hint| format!("Hint: {}", sentence(&text(hint))));
    let body: Vec<String> = [place, error.snippet.as_deref().map(text).unwrap_or_default(), hint]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    let side = match error.side.as_str() {
        side @ ("old" | "new") => format!("{side} side: "),
        _ => String::new(),
    };
    let message = format!("{side}{}", text(&error.message));
    case(suite, name, red(NonSuccessKind::Error, "undetermined", &message, &body.join("\n")))
}

fn case(suite: &str, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(suite);
    case
}

/// All but the body stands on one line: XML makes blanks of line breaks in attributes.
fn red(kind: NonSuccessKind, ty: &str, message: &str, body: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(text(ty)).set_message(cut(message, LONGEST));
    // Some readers show the text alone.
    status.set_description(if body.is_empty() { cut(message, LONGEST) } else { body.to_owned() });
    status
}

fn more(count: usize) -> String {
    format!("… and {count} more")
}

/// The XML.
fn written(suites: Vec<TestSuite>) -> String {
    let mut report = quick_junit::Report::new(WHOLE);
    report.add_test_suites(suites);
    // It fails where a stream does, and this one is a string.
    let xml = report.to_string().unwrap_or_default();
    // The schema of Jenkins knows the attribute on suites only. The first tag is the whole.
    xml.replacen(&format!(" skipped=\"{}\"", report.skipped), "", 1)
}

fn quoted(name: &str) -> String {
    format!("`{}`", text(name))
}

/// Text from outside without what acts unseen, and without the two characters that XML 1.0 lacks beside those.
fn text(text: &str) -> String {
    let cleaned = clean(text);
    match cleaned.contains(['\u{fffe}', '\u{ffff}']) {
        true => cleaned.replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}"),
        false => cleaned,
    }
}
