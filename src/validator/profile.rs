//! Other tools' questions, put to the same library in the way in which they put them.
//!
//! Deliberately absent: everything that makes [`ask`](super::ask) exact. No name is put on its track, no type is kept
//! alive, and what the library refuses is refused.

use super::call::guarded;
use super::newer;
use super::verify::find;
use crate::compare::PackageComparison;
use crate::error::Side;
use crate::judge::{Judgement, NotCompared, Profile, Refusal, ToolAnswer, ToolOutcome};
use crate::surface::Resolved;
use semver::{BuildMetadata, Version, VersionReq};
use std::collections::BTreeMap;
use wit_component::{DecodedWasm, decode, encode, semver_check};
use wit_parser::{PackageId, Resolve, Span, WorldId};

/// What the tool says of every package of the judgement. `packages` are those to ask about, as `namespace:name`; empty
/// means all. `world` is the one that `wasm-tools` is asked about; without it, the only one.
pub fn answers(
    profile: Profile,
    world: Option<&str>,
    (old, new): (&Resolved, &Resolved),
    judgement: &Judgement,
    packages: &[String],
) -> Vec<ToolAnswer> {
    let compared = judgement.packages.iter().map(|package| &package.comparison);
    let wanted = compared.filter(|compared| packages.is_empty() || packages.contains(&compared.name));
    let answer = |compared: &PackageComparison| {
        let name = &compared.name;
        let sides = (find(old, name).map(|id| (&old.resolve, id)), find(new, name).map(|id| (&new.resolve, id)));
        let mut worlds = Vec::new();
        let outcome = match profile {
            Profile::WasmTools => wasm_tools(sides, world, &mut worlds),
            Profile::Wkg => wkg(sides, &mut worlds),
        };
        let outcome = outcome.unwrap_or_else(ToolOutcome::Refused);
        ToolAnswer { package: name.clone(), worlds, outcome }
    };
    wanted.map(answer).collect()
}

/// A package in what it was resolved in.
type Package<'a> = (&'a Resolve, PackageId);

/// `wasm-tools component semver-check --prev WORLD --new WORLD`, the two being those of the old and the new side.
fn wasm_tools(
    (old, new): (Option<Package>, Option<Package>),
    world: Option<&str>,
    worlds: &mut Vec<String>,
) -> Result<ToolOutcome, Refusal> {
    let (old, prev) = chosen(old, world, Side::Old)?;
    let (new, next) = chosen(new, world, Side::New)?;
    // One tree cannot hold two packages of one name and version. It need not: what is asked leaves out all versions.
    let mut merged = new.clone();
    let prev = merge(&mut merged, apart(old, new), prev)?;
    let name = &new.worlds[next].name;
    let outcome = check(merged, prev, next, name);
    worlds.extend((outcome == ToolOutcome::Accepted).then(|| name.clone()));
    Ok(outcome)
}

fn chosen<'a>(
    package: Option<Package<'a>>,
    world: Option<&str>,
    side: Side,
) -> Result<(&'a Resolve, WorldId), Refusal> {
    let (resolve, id) = package.ok_or(Refusal::NoPackage(side))?;
    let world = guarded(|| resolve.select_world(&[id], world)).map_err(|message| Refusal::NoWorld(side, message))?;
    Ok((resolve, world))
}

/// `wkg publish` of the new package where the old one is what was published.
fn wkg((old, new): (Option<Package>, Option<Package>), worlds: &mut Vec<String>) -> Result<ToolOutcome, Refusal> {
    let Some((new, new_id)) = new else { return Ok(ToolOutcome::NotCompared(NotCompared::Gone)) };
    let version = version((new, new_id), Side::New)?;
    let new = published_form((new, new_id), Side::New)?;
    let Some((old, old_id)) = old else { return Ok(ToolOutcome::NotCompared(NotCompared::New)) };
    let published = self::version((old, old_id), Side::Old)?;
    let series = series(&version);
    if !VersionReq::parse(&series).is_ok_and(|series| series.matches(&published)) {
        return Ok(ToolOutcome::NotCompared(NotCompared::OtherSeries { old: published, series }));
    }
    if published == version {
        return Err(Refusal::Published(version));
    }

    let old = published_form((old, old_id), Side::Old)?;
    let (older, newer) = if published < version { (old, new) } else { (new, old) };
    let (offered, built_for) = (by_name(&older), by_name(&newer));
    for (name, world) in offered {
        let Some(&prev) = built_for.get(&name) else { return Err(Refusal::WorldRemoved(name)) };
        let mut merged = newer.0.clone();
        let next = merge(&mut merged, older.0.clone(), world)?;
        if let Some(found) = newer::in_worlds(&merged, prev, next) {
            return Err(Refusal::Uncomparable(name, found));
        }
        let outcome = check(merged, prev, next, &name);
        if outcome != ToolOutcome::Accepted {
            return Ok(outcome);
        }
        worlds.push(name);
    }
    Ok(ToolOutcome::Accepted)
}

/// The library's answer: whether a component built for `prev` fits `next`.
fn check(resolve: Resolve, prev: WorldId, next: WorldId, world: &str) -> ToolOutcome {
    match guarded(|| semver_check(resolve, prev, next)) {
        Ok(()) => ToolOutcome::Accepted,
        Err(message) => ToolOutcome::Incompatible { world: world.to_owned(), message },
    }
}

/// Adds `from` to `into`, and says what became of its `world`.
fn merge(into: &mut Resolve, from: Resolve, world: WorldId) -> Result<WorldId, Refusal> {
    let merged = guarded(|| Ok(into.merge(from)?.map_world(world, Span::default())?));
    merged.map_err(Refusal::NotMerged)
}

/// The packages of `old` under versions that none of `new` has.
fn apart(old: &Resolve, new: &Resolve) -> Resolve {
    let is_free = |name: &BuildMetadata| {
        new.packages.iter().all(|(_, package)| package.name.version.as_ref().is_none_or(|it| it.build != *name))
    };
    let build = (0..=new.packages.len()).filter_map(|at| BuildMetadata::new(&format!("old{at}")).ok()).find(is_free);
    let mut old = old.clone();
    for (_, package) in old.packages.iter_mut() {
        let version = package.name.version.get_or_insert(Version::new(0, 0, 0));
        version.build = build.clone().unwrap_or_default();
    }
    old.package_names = old.packages.iter().map(|(id, package)| (package.name.clone(), id)).collect();
    old
}

fn version((resolve, id): Package, side: Side) -> Result<Version, Refusal> {
    resolve.packages[id].name.version.clone().ok_or(Refusal::NoVersion(side))
}

/// The published versions that a new one is held against.
fn series(version: &Version) -> String {
    match (version.major, version.minor) {
        (0, 0) => version.to_string(),
        (0, minor) => format!("0.{minor}.*"),
        (major, _) => format!("{major}.*"),
    }
}

/// The package as it is written to a registry and read from there: without what it does not use of others.
fn published_form((resolve, id): Package, side: Side) -> Result<(Resolve, PackageId), Refusal> {
    let form = guarded(|| match decode(&encode(resolve, id, false)?)? {
        DecodedWasm::WitPackage(resolve, id) => Ok((resolve, id)),
        DecodedWasm::Component(..) => anyhow::bail!("a component, and no package"),
    });
    let form = form.map_err(|message| Refusal::NotEncoded(side, message))?;
    newer::in_package(&form.0).map_or(Ok(form), |found| Err(Refusal::Unreadable(side, found)))
}

fn by_name((resolve, id): &(Resolve, PackageId)) -> BTreeMap<String, WorldId> {
    resolve.packages[*id].worlds.iter().map(|(name, world)| (name.clone(), *world)).collect()
}
