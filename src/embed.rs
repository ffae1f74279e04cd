//! The front door for programs that have resolved both packages already, as package managers and registries have.
//!
//! Two packages in, typed findings out. Both sides come as `wit-parser` has them, whose version has to be the one that this
//! crate uses: it is handed on as [`wit_parser`].
//!
//! ```
//! use wit_diff::embed::{Layer, Party, Policy, compare};
//! use wit_diff::verdict::Level;
//! use wit_diff::wit_parser::Resolve;
//!
//! let (mut old, mut new) = (Resolve::default(), Resolve::default());
//! let old_id = old.push_str("old.wit", "package a:b@1.0.0; interface i { record r { x: u32 } f: func() -> r; }")?;
//! let new_id = new.push_str("new.wit", "package a:b@1.1.0; interface i { record r { x: u64 } f: func() -> r; }")?;
//!
//! let comparison = compare((&old, old_id), (&new, new_id), &Policy::default())?;
//! assert_eq!(comparison.level, Level::Major);
//! assert_eq!(comparison.required.as_ref().unwrap().to_string(), "2.0.0");
//! assert!(!comparison.is_honoured());
//!
//! let finding = &comparison.findings[0];
//! assert_eq!((finding.rule.id, finding.path.as_str()), ("record-field-retyped", "a:b/i#r.x"));
//! assert!(finding.breaks(Party::Consumers, Layer::Link));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Which features count is decided where the packages are resolved: `Resolve::select_features` or `all_features`.
//! Findings have no lines and columns: a `Resolve` does not keep the texts. Who has texts, and wants those, alternatives
//! and excerpts, takes [`pipeline`].
//!
//! What is marked as non-exhaustive may get more fields, and enums more variants; nothing else of this module changes
//! within one major version.

use crate::error::{Error, ErrorKind};
use crate::pipeline::{self, Options};
use crate::report::{ChangeReport, PartiesReport, Report, Status};
use crate::rule::{self, Rule};
use crate::surface::of_resolve;
use crate::verdict::{Level, Protect, Verdict};
use crate::version::{VersionVerdict, required, verdict};
use semver::Version;
use std::collections::BTreeMap;
use wit_parser::{PackageId, Resolve};

/// What weighs how much.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Policy {
    /// For whom the level answers; guests by default.
    pub protect: Protect,
    /// The levels of rules, by id, that weigh something else than what they weigh by themselves.
    pub levels: BTreeMap<&'static str, Level>,
}

impl Policy {
    /// The same policy for others.
    pub fn protecting(mut self, protect: Protect) -> Policy {
        self.protect = protect;
        self
    }

    /// The same policy with a level of its own for a rule, such as one that [`rule::find`] has found.
    pub fn weighing(mut self, rule: &'static Rule, level: Level) -> Policy {
        self.levels.insert(rule.id, level);
        self
    }
}

/// One package, compared.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// `namespace:name`.
    pub package: String,
    /// The version of the old side; `None` where it declares none.
    pub old_version: Option<Version>,
    /// The version of the new side, likewise.
    pub new_version: Option<Version>,
    /// The highest level of the findings.
    pub level: Level,
    /// The least version that honours it; `None` where the old side declares none.
    pub required: Option<Version>,
    /// Whether the version of the new side honours it.
    pub verdict: VersionVerdict,
    /// What changed, each once, at the definition that changed, in the order of reports.
    pub findings: Vec<Finding>,
}

impl Comparison {
    /// Whether the version of the new side announces what changed; never where a side declares none.
    pub fn is_honoured(&self) -> bool {
        matches!(self.verdict, VersionVerdict::Sufficient | VersionVerdict::PreRelease)
    }
}

/// One change.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// What changed: `ns:pkg/interface`, `…#item`, `…#item.field`, as in the report.
    pub path: String,
    /// How much it weighs, by the policy.
    pub level: Level,
    /// Whom it breaks, and where: none, where it breaks nobody.
    pub broken: Vec<(Party, Layer)>,
    /// What happened, as a sentence without a full stop. Names in it are those of the packages: whoever prints it to a
    /// terminal has to escape them.
    pub message: String,
    /// What to do instead, likewise.
    pub hint: Option<String>,
    /// The paths of the functions, interfaces and worlds that carry it.
    pub reach: Vec<String>,
    /// The same for the same change, whatever the wording.
    pub fingerprint: String,
}

impl Finding {
    /// Whether it breaks a party on a layer.
    pub fn breaks(&self, party: Party, layer: Layer) -> bool {
        self.broken.contains(&(party, layer))
    }
}

/// Whom a change may break: two for what stands in an interface, two for what stands in a world (SEMANTICS 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Who calls an interface.
    Consumers,
    /// Who implements it.
    Providers,
    /// Components that are built for a world.
    Guests,
    /// Who runs them.
    Hosts,
}

/// Where a change may break somebody (SEMANTICS 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// What is built already no longer links.
    Link,
    /// Regenerated code no longer compiles.
    Source,
}

/// Compares two revisions of a package that are resolved already.
///
/// Their names have to be the same; their versions are compared, too.
///
/// # Errors
///
/// An id that is not of its `Resolve`, two packages with different names, and what is nested too deep to be compared.
pub fn compare(
    (old, old_id): (&Resolve, PackageId),
    (new, new_id): (&Resolve, PackageId),
    policy: &Policy,
) -> Result<Comparison, Error> {
    let options = Options { protect: Some(policy.protect), ..Options::default() };
    let report = pipeline::run_views(|| of_resolve(old, old_id), || of_resolve(new, new_id), &options);
    let error = report.errors.first().or(report.packages.iter().find_map(|package| package.error.as_ref()));
    if let Some(error) = error.filter(|_| report.status == Status::Undetermined) {
        let failed = Error::new(ErrorKind::Invalid, format!("{} side: {}", error.side, error.message));
        return Err(error.hint.iter().fold(failed, |failed, hint| failed.hint(hint)));
    }
    let name = |resolve: &Resolve, id| resolve.packages.get(id).map(|package| package.name.clone());
    let (Some(old), Some(new)) = (name(old, old_id), name(new, new_id)) else {
        return Err(Error::new(ErrorKind::Invalid, "a package is not in its `Resolve`"));
    };
    if (&old.namespace, &old.name) != (&new.namespace, &new.name) {
        let message = format!(
            "the old package is called `{}:{}`, the new one `{}:{}`",
            old.namespace, old.name, new.namespace, new.name
        );
        return Err(Error::new(ErrorKind::Invalid, message).hint("two revisions of one package are compared"));
    }
    Ok(comparison(format!("{}:{}", new.namespace, new.name), old.version, new.version, report, policy))
}

fn comparison(
    package: String,
    old_version: Option<Version>,
    new_version: Option<Version>,
    report: Report,
    policy: &Policy,
) -> Comparison {
    let changes = report.packages.into_iter().filter(|told| told.name == package).flat_map(|told| told.changes);
    let findings: Vec<Finding> = changes.filter_map(|change| finding(change, policy)).collect();
    let level = findings.iter().map(|finding| finding.level).max().unwrap_or_default();
    Comparison {
        required: old_version.as_ref().map(|old| required(old, level)),
        verdict: verdict(old_version.as_ref(), new_version.as_ref(), level),
        package,
        old_version,
        new_version,
        level,
        findings,
    }
}

fn finding(change: ChangeReport, policy: &Policy) -> Option<Finding> {
    let rule = rule::find(&change.rule)?;
    let broken = [(Layer::Link, change.link), (Layer::Source, change.source)];
    let broken = broken.into_iter().flat_map(|(layer, parties)| {
        let verdicts: [(Party, Verdict); 2] = match parties {
            PartiesReport::Interface(of) => [(Party::Consumers, of.consumers), (Party::Providers, of.providers)],
            PartiesReport::World(of) => [(Party::Guests, of.guests), (Party::Hosts, of.hosts)],
        };
        verdicts.into_iter().filter(|(_, verdict)| verdict.is_breaking()).map(move |(party, _)| (party, layer))
    });
    Some(Finding {
        rule,
        broken: broken.collect(),
        level: policy.levels.get(rule.id).copied().unwrap_or(change.level),
        path: change.path,
        message: change.message,
        hint: change.hint,
        reach: change.reach,
        fingerprint: change.fingerprint,
    })
}
