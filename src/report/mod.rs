//! A judged comparison becomes something to read. Sentences exist only here.
//!
//! Every format is made from [`Report`], the wire types of REPORT.md.

mod advice;
mod columns;
#[doc = include_str!("contract.md")]
pub mod contract {}
mod escape;
mod json;
mod problems;
mod text;
mod verification;
mod wire;
#[cfg(feature = "verify")]
mod witness;
mod words;

pub use json::to_json;
pub use problems::{errors_to_text, warnings_to_text};
pub use text::{TextOptions, to_text};
pub use verification::with_verification;
pub use wire::*;
#[cfg(feature = "verify")]
pub use witness::{with_witnesses, witness_to_markdown};

use crate::change::{Change, Fact, Home};
use crate::compare::{PackageComparison, Standing};
use crate::error::{Error, ErrorKind, Side};
use crate::judge::{Judged, JudgedPackage, Judgement, Layers, Parties};
use crate::revision::Kind;
use crate::surface::{Place, Surface};
use crate::verdict::{Level, Protect};
use crate::version::{self, VersionVerdict};
use semver::Version;

/// Where a revision came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What the user typed.
    pub input: String,
    /// What that was taken for.
    pub kind: Kind,
    /// The commit, where there is one.
    pub commit: Option<String>,
}

/// What was asked.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The old revision.
    pub old: Source,
    /// The new revision.
    pub new: Source,
    /// For whom the levels answer.
    pub protect: Protect,
    /// The features that were switched on.
    pub features: Vec<String>,
    /// Features that were asked for and that no gate names.
    pub unknown_features: Vec<String>,
    /// Only these packages; empty means all.
    pub packages: Vec<String>,
}

/// A side that is not there to be compared.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which one.
    pub side: Side,
    /// Why.
    pub error: Error,
}

/// The name of a package when no side could tell it.
pub const UNKNOWN: &str = "unknown";

/// The report on a judged comparison.
pub fn of_judgement(inputs: &Inputs, judgement: &Judgement) -> Report {
    let packages: Vec<PackageReport> = (judgement.packages.iter())
        .filter(|package| inputs.packages.is_empty() || inputs.packages.contains(&package.comparison.name))
        .map(self::package)
        .collect();
    let level = packages.iter().filter_map(|package| package.level).max().unwrap_or_default();
    let is_there = |name: &String| judgement.packages.iter().any(|package| package.comparison.name == *name);
    let missing: Vec<ErrorReport> =
        inputs.packages.iter().filter(|name| !is_there(name)).map(|n| no_package(n)).collect();
    let nothing_compared = packages.is_empty() || !missing.is_empty();
    Report { status: Status::Complete, level, packages, errors: missing, nothing_compared, ..empty(inputs) }
}

/// A package that was asked for and stands on neither side.
fn no_package(name: &str) -> ErrorReport {
    ErrorReport {
        side: "either".into(),
        message: format!("no package is called `{name}`"),
        file: None,
        line: None,
        column: None,
        snippet: None,
        hint: Some(match name.contains('@') {
            true => "packages are named without a version: `namespace:name`".into(),
            false => "leave `--package` out to see which ones there are".into(),
        }),
    }
}

/// The report when a side could not be loaded: no level and no version is suggested (SEMANTICS 9).
///
/// `known` is the side that could be, the old one if `known_is_old`.
pub fn of_failure(inputs: &Inputs, failures: &[Failure], known: Option<&Surface>, known_is_old: bool) -> Report {
    let nothing = failures.iter().all(|failure| failure.error.kind == ErrorKind::Empty);
    let error = failures.first().map(error_report);
    let package = |name: &str, version: Option<&Version>| {
        let version = version.map(Version::to_string);
        let declared = if known_is_old { None } else { version.clone() };
        let old = if known_is_old { version } else { None };
        undetermined(name.to_string(), old, declared, error.clone())
    };
    let packages = match known {
        _ if nothing => Vec::new(),
        Some(surface) => (surface.own.iter())
            .map(|&id| surface.package(id))
            .map(|known| package(&known.name, known.version.as_ref()))
            .collect(),
        None => vec![package(UNKNOWN, None)],
    };
    let errors = failures.iter().map(error_report).collect();
    Report { status: Status::Undetermined, packages, errors, nothing_compared: nothing, ..empty(inputs) }
}

/// A package without a verdict.
fn undetermined(
    name: String,
    old_version: Option<String>,
    declared: Option<String>,
    error: Option<ErrorReport>,
) -> PackageReport {
    PackageReport {
        name,
        status: PackageStatus::Undetermined,
        old_version,
        new_version: declared.clone(),
        level: None,
        version: VersionReport { required: None, declared, verdict: VersionVerdict::Undetermined },
        interfaces: Vec::new(),
        worlds: Vec::new(),
        changes: Vec::new(),
        notes: Vec::new(),
        error,
    }
}

fn empty(inputs: &Inputs) -> Report {
    let input = |source: &Source| InputReport {
        input: source.input.clone(),
        kind: match source.kind {
            Kind::Path => InputKind::Path,
            Kind::Git => InputKind::Git,
            Kind::Wasm => InputKind::Wasm,
        },
        commit: source.commit.clone(),
    };
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").into() },
        old: input(&inputs.old),
        new: input(&inputs.new),
        protect: inputs.protect,
        features: inputs.features.clone(),
        status: Status::Complete,
        level: Level::None,
        packages: Vec::new(),
        verified: None,
        bug_report: None,
        errors: Vec::new(),
        warnings: inputs.unknown_features.iter().map(|name| format!("no gate names the feature `{name}`")).collect(),
        nothing_compared: false,
    }
}

fn error_report(failure: &Failure) -> ErrorReport {
    let Error { message, position, snippet, hint, .. } = &failure.error;
    ErrorReport {
        side: failure.side.to_string(),
        message: message.clone(),
        file: position.as_ref().map(|position| position.file.clone()),
        line: position.as_ref().map(|position| position.line),
        column: position.as_ref().map(|position| position.column),
        snippet: snippet.clone(),
        hint: hint.clone(),
    }
}

fn package(judged: &JudgedPackage) -> PackageReport {
    let compared = &judged.comparison;
    let verdict = version::verdict(compared.old_version.as_ref(), compared.new_version.as_ref(), judged.level);
    let is_honoured = verdict == VersionVerdict::Sufficient;
    let mut changes: Vec<ChangeReport> = (compared.changes.iter().zip(&judged.changes))
        .filter_map(|(change, judged)| Some((change, (*judged)?)))
        .map(|(change, judged)| self::change(compared, change, judged, is_honoured))
        .collect();
    changes.sort_by(|a, b| (&a.path, &a.rule, &a.fingerprint).cmp(&(&b.path, &b.rule, &b.fingerprint)));
    let (old, new) = (compared.old_version.as_ref(), compared.new_version.as_ref());
    let is_changed = !changes.is_empty() || judged.level > Level::None;
    let version = match compared.standing {
        Standing::Both => VersionReport {
            required: old.filter(|_| new.is_some()).map(|old| version::required(old, judged.level).to_string()),
            declared: new.map(Version::to_string),
            verdict,
        },
        // Nothing was promised before, or nothing is any more.
        Standing::Added | Standing::Removed => VersionReport {
            required: new.map(Version::to_string),
            declared: new.map(Version::to_string),
            verdict: if new.is_some() { VersionVerdict::Sufficient } else { VersionVerdict::Unversioned },
        },
    };
    PackageReport {
        name: compared.name.clone(),
        status: match compared.standing {
            Standing::Added => PackageStatus::Added,
            Standing::Removed => PackageStatus::Removed,
            Standing::Both if is_changed => PackageStatus::Changed,
            Standing::Both => PackageStatus::Unchanged,
        },
        old_version: old.map(Version::to_string),
        new_version: new.map(Version::to_string),
        level: Some(judged.level),
        version,
        interfaces: (compared.interfaces.iter().zip(&judged.interfaces))
            .map(|(interface, judged)| InterfaceReport {
                name: interface.name.clone(),
                status: status(interface.standing, judged.level),
                level: judged.level,
                link: consumers(judged.layers.link),
                source: consumers(judged.layers.source),
            })
            .collect(),
        worlds: (compared.worlds.iter().zip(&judged.worlds))
            .map(|(world, judged)| WorldReport {
                name: world.name.clone(),
                status: status(world.standing, judged.level),
                level: judged.level,
                link: guests(judged.layers.link),
                source: guests(judged.layers.source),
            })
            .collect(),
        notes: words::notes(compared),
        changes,
        error: None,
    }
}

fn status(standing: Standing, level: Level) -> ItemStatus {
    match standing {
        Standing::Added => ItemStatus::Added,
        Standing::Removed => ItemStatus::Removed,
        Standing::Both if level > Level::None => ItemStatus::Changed,
        Standing::Both => ItemStatus::Unchanged,
    }
}

fn change(
    package: &PackageComparison,
    change: &Change,
    Judged { level, layers: Layers { link, source } }: Judged,
    is_honoured: bool,
) -> ChangeReport {
    let parties = |parties: Parties| match change.home {
        Home::Package | Home::Interface { .. } => PartiesReport::Interface(consumers(parties)),
        Home::Import | Home::Export | Home::World => PartiesReport::World(guests(parties)),
    };
    let message = words::message(change);
    ChangeReport {
        rule: change.fact.rule().to_string(),
        path: change.path.clone(),
        track: change.track.clone(),
        level,
        fingerprint: fingerprint(&package.name, change),
        link: parties(link),
        source: parties(source),
        gate: change.gate.clone().map(|unstable| GateReport { unstable }),
        old: change.old.as_ref().map(place),
        new: change.new.as_ref().map(place),
        hint: advice::hint(change, level, is_honoured),
        message,
        reach: change.reach.clone(),
        witness: None,
    }
}

fn place(place: &Place) -> PlaceReport {
    PlaceReport {
        file: place.position.file.clone(),
        line: place.position.line,
        column: place.position.column,
        text: place.text.clone(),
    }
}

fn consumers(parties: Parties) -> Consumers {
    Consumers { consumers: parties.users, providers: parties.makers }
}

fn guests(parties: Parties) -> Guests {
    Guests { guests: parties.users, hosts: parties.makers }
}

/// Sixteen hexadecimal digits over what a change is and where: not over lines, wording, versions of dependencies or the
/// rest of the file.
fn fingerprint(package: &str, change: &Change) -> String {
    let fact = match &change.fact {
        Fact::ImportAdded { .. }
        | Fact::ImportRemoved { .. }
        | Fact::ExportAdded { .. }
        | Fact::ExportRemoved { .. } => String::new(),
        fact => without_versions(&format!("{fact:?}")),
    };
    let home = change.track.as_ref().map_or(String::new(), |track| format!("{package} {track}"));
    let facts = [change.fact.rule(), &change.path, &home, &fact].join("\0");
    // FNV-1a, because it is the same on every machine and in every version of the compiler.
    let hash = facts
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

/// `ns:pkg/interface@1.2.3#type` without the version.
fn without_versions(text: &str) -> String {
    let mut parts = text.split('@');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        out.push_str(part.find('#').map_or(part, |end| &part[end..]));
    }
    out
}
