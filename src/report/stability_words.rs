//! What is said of how stable something is, in every format.

use super::log::LogSteps;
use super::log_words::{self, Tone};
use super::stability::*;
use super::words::whom;
use crate::verdict::Protect;

/// What is listed, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StabilityOptions {
    /// What is listed of each package.
    pub items: StabilityItems,
    /// In which order.
    pub sort: StabilitySort,
}

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StabilityItems {
    /// Packages alone.
    Packages,
    /// Their interfaces and worlds, too.
    #[default]
    Interfaces,
    /// And the types of these.
    Types,
}

/// In which order the items of a package are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StabilitySort {
    /// The most settled first.
    #[default]
    Rank,
    /// By name.
    Name,
    /// The oldest first.
    Age,
    /// Those first that broke most often.
    Broke,
    /// Those first that most others use.
    Users,
}

/// The items of a package that are listed below it, in order.
pub(super) fn listed<'a>(package: &'a PackageStability, options: &StabilityOptions) -> Vec<&'a ItemStability> {
    let is_listed = |item: &&ItemStability| match (item.kind, options.items) {
        (StabilityKind::Package, _) | (_, StabilityItems::Packages) => false,
        (StabilityKind::Interface | StabilityKind::World, _) | (_, StabilityItems::Types) => true,
        (StabilityKind::Type, StabilityItems::Interfaces) => false,
    };
    let mut items: Vec<&ItemStability> = package.items.iter().filter(is_listed).collect();
    let rank = |item: &ItemStability| {
        let quiet = item.last_broke.as_ref().map_or(item.releases, |past| past.releases_ago);
        (item.class, std::cmp::Reverse(quiet), item.broke, std::cmp::Reverse(item.used_by.len()), item.path.clone())
    };
    items.sort_by_cached_key(|item| rank(item));
    // What is equal stays in the order of the ranks.
    match options.sort {
        StabilitySort::Rank => {}
        StabilitySort::Name => items.sort_by(|a, b| a.path.cmp(&b.path)),
        StabilitySort::Age => items.sort_by_key(|item| std::cmp::Reverse((item.releases, item.days))),
        StabilitySort::Broke => items.sort_by_key(|item| std::cmp::Reverse((item.broke, item.pre_releases_broke))),
        StabilitySort::Users => items.sort_by_key(|item| std::cmp::Reverse(item.used_by.len())),
    }
    items
}

/// The package itself; there is none where it never could be read.
pub(super) fn whole(package: &PackageStability) -> Option<&ItemStability> {
    package.items.iter().find(|item| item.kind == StabilityKind::Package)
}

/// How a class is to be taken.
pub(super) fn tone(class: StabilityClass) -> Tone {
    match class {
        StabilityClass::Settled | StabilityClass::Growing => Tone::Good,
        StabilityClass::New | StabilityClass::Unstable => Tone::Unknown,
        StabilityClass::Moving | StabilityClass::Gone => Tone::Bad,
    }
}

/// What a class says, as a sentence without a full stop.
pub(super) fn meaning(class: StabilityClass) -> &'static str {
    match class {
        StabilityClass::Settled => "3 releases and 180 days old or more, and unchanged for as long",
        StabilityClass::Growing => "as old, and changed since without breaking anybody",
        StabilityClass::New => "too young to tell",
        StabilityClass::Moving => {
            "broke in the last 3 releases or 180 days, or in more than one of four releases; or is a pre-release that \
             broke"
        }
        StabilityClass::Unstable => "behind a feature: nothing is promised",
        StabilityClass::Gone => "no longer there",
    }
}

/// The name of an item in its package.
pub(super) fn name<'a>(package: &PackageStability, item: &'a ItemStability) -> &'a str {
    item.path.strip_prefix(&package.name).map_or(&item.path, |rest| rest.trim_start_matches('/'))
}

/// "release" or "commit", one or many.
pub(super) fn step(report: &StabilityReport, count: usize) -> &'static str {
    match (report.by, count) {
        (Some(LogSteps::Commits), 1) => "commit",
        (Some(LogSteps::Commits), _) => "commits",
        (_, 1) => "release",
        (_, _) => "releases",
    }
}

/// Since when something is there.
pub(super) fn since(item: &ItemStability) -> String {
    let older = if item.may_be_older { "≤ " } else { "" };
    format!("{older}{}", item.since.revision)
}

/// "v0.2.1 (3 ago)".
pub(super) fn past(past: &Past) -> String {
    format!("{} ({} ago)", past.revision, past.releases_ago)
}

/// For whom releases broke it: "broke consumers in 2 releases", "broke providers, who do not count, in 1 release (link only)".
pub(super) fn broke_for(report: &StabilityReport, package: &PackageStability, item: &ItemStability) -> Vec<String> {
    let counts = |party: &str| match package.protect.unwrap_or(report.protect) {
        Protect::Guests => matches!(party, "consumers" | "guests"),
        Protect::Hosts => matches!(party, "providers" | "hosts"),
        Protect::All => true,
    };
    let one = |broke: &BrokeFor| {
        let aside = if counts(&broke.party) { "" } else { ", who do not count," };
        let in_steps = |count: usize| format!("in {count} {}", step(report, count));
        let how_often = match (broke.link, broke.source) {
            (link, source) if link == source => in_steps(link),
            (link, 0) => format!("{} (link only)", in_steps(link)),
            (0, source) => format!("{} (source only)", in_steps(source)),
            (link, source) => format!("{} (link) and {source} (source)", in_steps(link)),
        };
        format!("broke {}{aside} {how_often}", broke.party)
    };
    item.broke_for.iter().map(one).collect()
}

/// For whom breaks of a package count, where that is not whom they count for elsewhere.
pub(super) fn whom_of(package: &PackageStability) -> String {
    package.protect.map_or(String::new(), |protect| format!(", breaks count for {}", whom(protect)))
}

/// "count for nothing", of what is undetermined.
pub(super) fn count_for_nothing(package: &PackageStability) -> &'static str {
    if package.undetermined.len() == 1 { "counts for nothing" } else { "count for nothing" }
}

/// Why revisions are undetermined.
pub(super) fn reasons(package: &PackageStability) -> Vec<String> {
    let reason = |reason: &UndeterminedReason| format!("{}: {}", reason.revision, log_words::wrong(&reason.error));
    package.reasons.iter().map(reason).collect()
}

/// How many releases a line has had: "13 releases", "3 pre-releases", "1 release after 3 pre-releases".
pub(super) fn age(report: &StabilityReport, package: &PackageStability) -> String {
    let (releases, drafts) = (package.releases, package.pre_releases);
    let pre = if report.by == Some(LogSteps::Commits) {
        format!("{drafts} of a pre-release")
    } else if drafts == 1 {
        "1 pre-release".to_owned()
    } else {
        format!("{drafts} pre-releases")
    };
    match (releases, drafts) {
        (0, 0) => format!("no {}", step(report, 1)),
        (0, _) => pre,
        (_, 0) => format!("{releases} {}", step(report, releases)),
        (_, _) => format!("{releases} {} and {pre}", step(report, releases)),
    }
}

/// Whether the line goes on, and where it ended.
pub(super) fn end(package: &PackageStability) -> Option<String> {
    match (&package.ended, package.line) {
        (Some(at), LineStatus::Removed) => Some(format!("removed in {}", at.revision)),
        (Some(at), _) => Some(format!("ended at {}, which releases another version", at.revision)),
        (None, LineStatus::Ended) => Some("not in the newest release".into()),
        (None, LineStatus::GoesOn | LineStatus::Removed) => None,
    }
}

/// What there is to say of an item beside its figures.
pub(super) fn notes(item: &ItemStability) -> Vec<String> {
    let unstable = item.unstable.as_ref().map(|feature| format!("behind the feature `{feature}`"));
    let gone = self::gone(item);
    let became = item.became.as_ref().map(|other| format!("looks renamed to `{other}`"));
    let was = item.was.as_ref().map(|other| format!("looks renamed from `{other}`"));
    let drafts = match item.pre_releases_broke {
        0 => None,
        1 => Some("broke once from or to a pre-release, which promises nothing".into()),
        count => Some(format!("broke {count} times from or to pre-releases, which promise nothing")),
    };
    [unstable, gone, became, was, drafts].into_iter().flatten().collect()
}

/// Where an item is gone.
pub(super) fn gone(item: &ItemStability) -> Option<String> {
    item.gone.as_ref().map(|gone| format!("gone in {}", gone.revision))
}

/// What the figures are of, in a sentence.
pub(super) fn about(report: &StabilityReport) -> String {
    let count = report.revisions.len() - usize::from(report.base.is_some() && !report.revisions.is_empty());
    let (one, many) = match report.by {
        Some(LogSteps::Commits) => ("commit", "commits"),
        Some(LogSteps::Tags) | None => ("release tag", "release tags"),
    };
    let word = if count == 1 { one } else { many };
    let before = match report.base {
        Some(_) if !report.revisions.is_empty() => " and the revision before",
        _ => "",
    };
    format!("{count} {word}{before}; breaks count for {}", whom(report.protect))
}
