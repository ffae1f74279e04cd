//! What the worlds of a revision may touch: the wire types of `wit-diff capabilities`, and their JSON.

use super::gained::of_world;
use super::wire::*;
use super::{Source, error_report};
use crate::capability::Pattern;
use crate::error::{Error, ErrorKind};
use crate::surface::{PackageId, Surface, WorldId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the worlds of a revision may touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CapabilitiesReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote it.
    pub tool: Tool,
    /// What was looked at.
    pub input: InputReport,
    /// Every world, by package and name.
    pub worlds: Vec<WorldCapabilities>,
    /// What is denied, and whether no world has it; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<CapabilitiesCheck>,
    /// Why packages, or all of it, could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorReport>,
    /// There is no world, or none of that name.
    #[serde(skip)]
    pub nothing_found: bool,
    /// The features that are not switched on, and behind which more stands.
    #[serde(skip)]
    pub shut: BTreeSet<String>,
}

/// What one world may touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorldCapabilities {
    /// `namespace:name` of its package.
    pub package: String,
    /// The version of that; null where it declares none.
    pub version: Option<String>,
    /// Its name, without the package.
    pub name: String,
    /// What it imports, by use and include, too; sorted by name.
    pub capabilities: Vec<CapabilityReport>,
    /// What of it is denied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<DeniedCapability>,
}

/// The gate of capabilities that worlds have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CapabilitiesCheck {
    /// Whether no world has what is denied.
    pub passed: bool,
    /// The patterns that deny.
    pub deny_capabilities: Vec<String>,
}

/// What is asked of the worlds of a revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CapabilitiesOptions<'a> {
    /// Only these packages, as `namespace:name`; empty means all.
    pub packages: &'a [String],
    /// Only these worlds, as `name` or `namespace:package/name`; empty means all.
    pub worlds: &'a [String],
    /// What no world may have.
    pub deny: &'a [Pattern],
}

/// What the worlds of `surfaces` may touch, which were found in `source`; `errors` say what could not be read.
pub fn capabilities(
    source: &Source,
    surfaces: &[Surface],
    errors: &[Error],
    options: &CapabilitiesOptions<'_>,
) -> CapabilitiesReport {
    let mut errors: Vec<Error> = errors.to_vec();
    let mut worlds: Vec<WorldCapabilities> = surfaces.iter().flat_map(|surface| of_surface(surface, options)).collect();
    worlds.sort_by(|a, b| (&a.package, &a.version, &a.name).cmp(&(&b.package, &b.version, &b.name)));
    let mut all: Vec<String> = worlds.iter().map(full_name).collect();
    all.dedup();
    if errors.is_empty() {
        errors.extend(unknown(source, &worlds, &all, options));
    }
    worlds.retain(|world| options.worlds.is_empty() || options.worlds.iter().any(|name| is_called(world, name)));
    let passed = worlds.iter().all(|world| world.denied.is_empty());
    let deny_capabilities: Vec<String> = options.deny.iter().map(ToString::to_string).collect();
    CapabilitiesReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        input: InputReport::from(source),
        check: (!options.deny.is_empty()).then_some(CapabilitiesCheck { passed, deny_capabilities }),
        nothing_found: !errors.is_empty() && errors.iter().all(|error| error.kind == ErrorKind::Empty),
        errors: errors.iter().map(|error| error_report("input", error)).collect(),
        worlds,
        shut: BTreeSet::new(),
    }
}

fn of_surface(surface: &Surface, options: &CapabilitiesOptions<'_>) -> Vec<WorldCapabilities> {
    let is_wanted = |id: &&PackageId| {
        let name = &*surface.package(**id).name;
        options.packages.is_empty() || options.packages.iter().any(|wanted| wanted == name)
    };
    let own = surface.own.iter().filter(is_wanted);
    own.flat_map(|&id| surface.package(id).worlds.iter().map(move |&world| of(surface, id, world, options))).collect()
}

fn of(surface: &Surface, package: PackageId, world: WorldId, options: &CapabilitiesOptions<'_>) -> WorldCapabilities {
    let package = surface.package(package);
    let name = surface.world(world).name.to_string();
    let capabilities = of_world(surface, world);
    let denied = |found: &CapabilityReport| {
        let pattern = options.deny.iter().find(|pattern| pattern.matches(&found.name))?;
        Some(DeniedCapability { world: name.clone(), name: found.name.clone(), pattern: pattern.to_string() })
    };
    let can_be_called = capabilities.iter().filter(|found| !found.functions.is_empty());
    WorldCapabilities {
        package: package.name.to_string(),
        version: package.version.as_ref().map(ToString::to_string),
        denied: can_be_called.filter_map(denied).collect(),
        name: name.clone(),
        capabilities,
    }
}

/// That there is no world, or none of some name.
fn unknown(
    source: &Source,
    worlds: &[WorldCapabilities],
    all: &[String],
    options: &CapabilitiesOptions<'_>,
) -> Vec<Error> {
    if worlds.is_empty() {
        let message = format!("there is no world in `{}`", source.input);
        return vec![
            Error::new(ErrorKind::Empty, message)
                .hint("only worlds import: `wit-diff list` shows which packages there are"),
        ];
    }
    let missing = options.worlds.iter().filter(|name| !worlds.iter().any(|world| is_called(world, name)));
    let error = |name: &String| {
        const NAMED: usize = 10;
        let mut names: Vec<String> = all.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
        names.extend((all.len() > NAMED).then(|| format!("{} more", all.len() - NAMED)));
        Error::new(ErrorKind::Empty, format!("no world is called `{name}`"))
            .hint(format!("the worlds are {}", names.join(", ")))
    };
    missing.map(error).collect()
}

/// `ns:pkg/world@1.0.0`.
fn full_name(world: &WorldCapabilities) -> String {
    let version = world.version.as_ref().map_or(String::new(), |version| format!("@{version}"));
    format!("{}/{}{version}", world.package, world.name)
}

fn is_called(world: &WorldCapabilities, name: &str) -> bool {
    name == full_name(world)
        || name == world.name
        || name.strip_suffix(&world.name).and_then(|rest| rest.strip_suffix('/')) == Some(&world.package)
}

/// The report as [`contract`](super::contract) defines it, with a line break at the end.
pub fn capabilities_to_json(report: &CapabilitiesReport) -> String {
    super::json::indented(report)
}

/// Worlds by what they import.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The capability, in the world that can call most of it.
    pub capability: &'a CapabilityReport,
    /// By [`CapabilitiesReport::worlds`].
    pub worlds: Vec<usize>,
    /// Whether it is denied in one of them.
    pub is_denied: bool,
    /// How many functions the world that can call least of it can call; what has types only does not count.
    least: usize,
}

impl Row<'_> {
    /// How many functions can be called: "51", or "35–51" where that is not the same everywhere.
    pub fn functions(&self) -> String {
        let most = self.capability.functions.len();
        if self.least < most { format!("{}–{most}", self.least) } else { most.to_string() }
    }
}

/// The rows of the table, sorted by name; what only has types stands apart.
pub(super) fn rows(report: &CapabilitiesReport) -> (Vec<Row<'_>>, Vec<Row<'_>>) {
    let mut rows: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for (at, world) in report.worlds.iter().enumerate() {
        for capability in &world.capabilities {
            let row = rows.entry(&capability.name).or_insert_with(|| Row {
                capability,
                worlds: Vec::new(),
                is_denied: false,
                least: usize::MAX,
            });
            let count = capability.functions.len();
            row.least = row.least.min(if count == 0 { usize::MAX } else { count });
            if capability.functions.len() > row.capability.functions.len() {
                row.capability = capability;
            }
            row.worlds.push(at);
            row.is_denied |= world.denied.iter().any(|denied| denied.name == capability.name);
        }
    }
    rows.into_values().partition(|row| !row.capability.functions.is_empty())
}

/// What worlds are called: their names, with the package where several packages have worlds.
pub(super) fn world_names(report: &CapabilitiesReport) -> Vec<String> {
    let packages: BTreeSet<_> = report.worlds.iter().map(|world| (&world.package, &world.version)).collect();
    let names: BTreeSet<_> = packages.iter().map(|(name, _)| name).collect();
    let name = |world: &WorldCapabilities| match (packages.len(), &world.version) {
        (0 | 1, _) => world.name.clone(),
        (all, Some(version)) if all > names.len() => format!("{}/{}@{version}", world.package, world.name),
        _ => format!("{}/{}", world.package, world.name),
    };
    report.worlds.iter().map(name).collect()
}
