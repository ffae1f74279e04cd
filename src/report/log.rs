//! What became of packages from revision to revision: the wire types of `wit-diff log`, their JSON, and what is said
//! there that no comparison says.

use super::wire::*;
use super::{NO_GATE, Source, error_report};
use crate::error::Error;
use crate::verdict::{Level, Protect};
use serde::Serialize;

/// The history of packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LogReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the log.
    pub tool: Tool,
    /// Where the history ends.
    pub input: InputReport,
    /// What its first revision is compared with; absent where history begins with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<InputReport>,
    /// What the revisions are; null where the history could not be read.
    pub by: Option<LogSteps>,
    /// How many revisions there are, those without a row included.
    pub revisions: usize,
    /// For whom the levels answer.
    pub protect: Protect,
    /// The feature gates that were switched on.
    pub features: Vec<String>,
    /// The item that is followed; absent where whole packages are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Whether all rows could be judged.
    pub status: Status,
    /// Sorted by name.
    pub packages: Vec<PackageLog>,
    /// Why there is no history, or not the one that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorReport>,
    /// What is worth knowing; absent where there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// No package was found, or not one that was asked for.
    #[serde(skip)]
    pub nothing_found: bool,
}

/// What the revisions of a history are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LogSteps {
    /// Releases.
    Tags,
    /// Commits, along first parents.
    Commits,
}

/// The history of one package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackageLog {
    /// `namespace:name`, never with a version.
    pub name: String,
    /// For whom its levels answer, where that is not whom those of the log answer for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protect: Option<Protect>,
    /// The features that count for it, where they are not those of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<Vec<String>>,
    /// Newest first.
    pub rows: Vec<LogRow>,
    /// How many revisions that hold the package have no row, as nothing changed in it.
    pub unchanged: usize,
    /// How many older rows were left out, as more were not asked for.
    pub left_out: usize,
}

/// What one revision did to a package, compared with the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LogRow {
    /// The tag, or the first digits of the commit.
    pub revision: String,
    /// The full id of the commit.
    pub commit: String,
    /// The day of the commit, in UTC.
    pub date: String,
    /// The first line of the commit's message.
    pub subject: String,
    /// What it was compared with; null where nothing was compared.
    pub against: Option<String>,
    /// How the package stands.
    pub status: PackageStatus,
    /// The version before; null where it declares none, or is not there.
    pub old_version: Option<String>,
    /// The version in this revision, likewise.
    pub new_version: Option<String>,
    /// Null where there is no verdict, and for a version that came or went beside another one.
    pub level: Option<Level>,
    /// The version that it needs, and the one that it declares.
    pub version: VersionReport,
    /// How many changes there are of each level.
    pub counts: LevelCounts,
    /// What happened to the item that is followed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<ItemEventReport>,
    /// What changed; of the item that is followed, what it feels.
    pub changes: Vec<LoggedChange>,
    /// What no comparison says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<LogFinding>,
    /// Why there is no verdict; null where there is one.
    pub error: Option<ErrorReport>,
}

/// How many changes there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelCounts {
    /// Changes that break somebody who is protected.
    pub major: usize,
    /// Changes that a type or a gate tells.
    pub minor: usize,
    /// Changes of documentation and of what is said beside the types.
    pub patch: usize,
}

/// A change in short; `compare` tells more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoggedChange {
    /// The id of the rule.
    pub rule: String,
    /// What changed, in the grammar of paths.
    pub path: String,
    /// The track of the dependency that it stands in; absent in the package itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// How much it weighs for those who are protected.
    pub level: Level,
    /// The same for the same change, whatever the commit, the lines and the wording.
    pub fingerprint: String,
    /// The gate that it stands behind; null where it stands behind none.
    pub gate: Option<GateReport>,
    /// What happened, as a sentence without a full stop.
    pub message: String,
}

/// Something about a revision that no comparison says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LogFinding {
    /// What it is about.
    pub kind: FindingKind,
    /// What was found, as a sentence without a full stop.
    pub message: String,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// The tag names another version than the package declares, which follows the tags otherwise.
    TagMismatch,
    /// Another version of the package begins beside those that go on.
    LineBegun,
    /// A version of the package ends, and others go on.
    LineEnded,
    /// It could not be read before, and can be read again.
    ReadableAgain,
}

/// Something that happened to the item that is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ItemEventReport {
    /// What happened.
    pub event: ItemEvent,
    /// The same in words.
    pub message: String,
    /// The change that it comes from, as one of the row's `changes`; absent where the item came or went with what it is
    /// in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ItemEvent {
    /// It is gone.
    Removed,
    /// It was promised, and stands behind a feature again.
    Withdrawn,
    /// It is new.
    Added,
    /// Added behind a feature.
    AddedUnstable,
    /// It left its feature, and is promised.
    Stabilised,
    /// It is marked as deprecated.
    Deprecated,
    /// It changed itself, or something in it did.
    Changed,
    /// Something changed that it carries.
    Carried,
    /// What is said of it changed, and nothing else.
    Documented,
}

/// What a log is about.
#[derive(Clone, Debug)]
pub struct LogHead {
    pub input: Source,
    pub base: Option<Source>,
    pub by: Option<LogSteps>,
    pub revisions: usize,
    pub protect: Protect,
    pub features: Vec<String>,
    pub item: Option<String>,
}

/// The history of `packages`, with what went wrong.
pub fn log_report(
    head: LogHead,
    packages: Vec<PackageLog>,
    errors: Vec<ErrorReport>,
    warnings: Vec<String>,
    nothing_found: bool,
) -> LogReport {
    let is_undetermined = |row: &LogRow| row.status == PackageStatus::Undetermined;
    let is_unread = packages.iter().flat_map(|package| &package.rows).any(is_undetermined);
    let is_undetermined = is_unread || !errors.is_empty() && !nothing_found;
    LogReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() },
        input: InputReport::from(&head.input),
        base: head.base.as_ref().map(InputReport::from),
        by: head.by,
        revisions: head.revisions,
        protect: head.protect,
        features: head.features,
        item: head.item,
        status: if is_undetermined { Status::Undetermined } else { Status::Complete },
        packages,
        errors,
        warnings,
        nothing_found,
    }
}

/// The log as [`contract`](super::contract) defines it, with a line break at the end.
pub fn log_to_json(log: &LogReport) -> String {
    super::json::indented(log)
}

impl LogRow {
    /// Adds a finding.
    pub fn finds(&mut self, kind: FindingKind, message: String) {
        self.findings.push(LogFinding { kind, message });
    }
}

/// An error that concerns the whole history.
pub fn log_error(error: &Error) -> ErrorReport {
    error_report("input", error)
}

/// A package that was asked for and is in no revision.
pub fn unlogged_package(name: &str, meant: &[&str]) -> ErrorReport {
    let error = super::no_package(name);
    let message = format!("{} in this history", error.message);
    let hint = did_you_mean(meant).or(error.hint);
    ErrorReport { side: "input".into(), message, hint, ..error }
}

/// An item that was asked for and is in no revision.
pub fn unlogged_item(item: &str, meant: &[&str]) -> ErrorReport {
    let hint = did_you_mean(meant).unwrap_or_else(|| {
        "items are named as `compare` names them: `ns:pkg/interface`, `ns:pkg/interface#function`, \
         `ns:pkg/interface#[method]resource.name`, `ns:pkg/world#import:name`"
            .into()
    });
    let message = format!("no revision of this history holds the item `{item}`");
    plain_error(message, hint)
}

/// A history in which nothing is tagged as a release.
pub fn no_release_tag(input: &str) -> ErrorReport {
    plain_error(
        format!(
            "no release tag is in the history of `{input}`: that is `v1.2.3`, `1.2.3`, `NAME-v1.2.3` or `NAME/v1.2.3`"
        ),
        "`--commits` tells the history commit by commit, and `git fetch --tags` brings the tags of the remote".into(),
    )
}

/// A range without a revision.
pub fn no_revision(base: &str, tip: &str) -> ErrorReport {
    plain_error(format!("no revision is between `{base}` and `{tip}`"), "the older revision comes first: `A..B`".into())
}

/// A history without a package.
pub fn no_package_at_all(input: &str) -> ErrorReport {
    plain_error(
        format!("no revision in the history of `{input}` holds a package"),
        "a package is a directory of `.wit` files that says `package namespace:name`".into(),
    )
}

fn plain_error(message: String, hint: String) -> ErrorReport {
    let (file, line, column, snippet) = (None, None, None, None);
    ErrorReport { side: "input".into(), message, file, line, column, snippet, hint: Some(hint) }
}

fn did_you_mean(meant: &[&str]) -> Option<String> {
    let (last, others) = meant.split_last()?;
    let others = others.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let or = if others.is_empty() { "" } else { " or " };
    Some(format!("did you mean {others}{or}`{last}`?"))
}

/// A history that goes on where a shallow clone ends.
pub fn cut_off(commit: &str, hint: &str) -> String {
    format!("history is cut off at {commit}, where this shallow clone ends, and what came before is not told: {hint}")
}

/// An item that is followed, in a history of other packages.
pub fn item_of_another_package(item: &str, package: &str) -> String {
    format!("the item `{item}` is of the package `{package}`, and another one is asked for")
}

/// What no release has yet.
pub fn untagged(tag: &str, tip: &str) -> String {
    format!(
        "`{tip}` holds other WIT than every release: `wit-diff compare {tag}..{tip}` tells what, `wit-diff log {tag}..{tip} --commits` since when"
    )
}

/// A feature that was asked for and that no gate of any revision names.
pub fn unknown_feature(name: &str) -> String {
    format!("{NO_GATE}`{name}`")
}

/// A tag that is not what the package declares.
pub fn tag_mismatch(tag: &str, declared: &str) -> String {
    format!("tagged {tag}, declares {declared}")
}

/// A version that begins beside others.
pub fn line_begun(version: &str, others: &[String]) -> String {
    format!("{version} begins beside {}", others.join(" and "))
}

/// A version that ends while others go on.
pub fn line_ended(version: &str, others: &[String]) -> String {
    format!("{version} is gone, and only {} goes on", others.join(" and "))
}

/// A package that can be read again, and is what it was when it could last be read.
pub fn readable_again(against: &str) -> String {
    format!("readable again, and as it was in {against}")
}

/// How an item came: behind which feature, or with which `@since`.
pub fn item_added(feature: Option<&str>, since: Option<&str>) -> String {
    match (feature, since) {
        (Some(feature), _) => format!("added behind `@unstable(feature = {feature})`"),
        (None, Some(since)) => format!("added, `@since(version = {since})`"),
        (None, None) => "added".into(),
    }
}

/// That the item is gone, and whether something announced it.
pub fn item_removed(deprecated: Option<&str>) -> String {
    deprecated.map_or("removed".into(), |version| format!("removed (deprecated since {version})"))
}

/// That an item left its feature.
pub fn item_stabilised(feature: Option<&str>, since: Option<&str>) -> String {
    let since = since.map_or(String::new(), |since| format!(", `@since(version = {since})`"));
    let before = feature.map_or(String::new(), |feature| format!(" (was behind the feature `{feature}`)"));
    format!("stable{since}{before}")
}

/// That an item stands behind a feature again.
pub fn item_withdrawn(feature: Option<&str>) -> String {
    feature.map_or("no longer stable".into(), |feature| format!("back behind `@unstable(feature = {feature})`"))
}

/// That something changed which the item carries.
pub fn item_carries(path: &str, message: &str) -> String {
    format!("carries a change of `{path}`: {message}")
}
