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
use crate::surface::{Features, Resolved};
use semver::{BuildMetadata, Version, VersionReq};
use std::collections::BTreeMap;
use wit_component::{DecodedWasm, decode, encode, semver_check};
use wit_parser::{PackageId, Resolve, Span, WorldId};

/// What the tool says of every package of the judgement. `packages` are those to ask about, as `namespace:name`; empty
/// means all. `world` is the one that `wasm-tools` is asked about; without it, the only one. `features` are those that count
/// where gates are asked about on both sides alike.
pub fn answers(
    profile: Profile,
    world: Option<&str>,
    features: &Features,
    (old, new): (&Resolved, &Resolved),
    judgement: &Judgement,
    packages: &[String],
) -> Vec<ToolAnswer> {
    let compared = judgement.packages.iter().map(|package| &package.comparison);
    let wanted = compared.filter(|compared| packages.is_empty() || packages.contains(&compared.name));
    let answer = |compared: &PackageComparison| {
        let name = &compared.name;
        let sides = (find(old, name).map(|id| (&old.resolve, id)), find(new, name).map(|id| (&new.resolve, id)));
        let (mut worlds, mut is_by_gates) = (Vec::new(), false);
        let outcome = match profile {
            Profile::WasmTools => wasm_tools(sides, world, &mut worlds),
            Profile::Wkg => wkg(sides, features, &mut worlds, &mut is_by_gates),
        };
        let outcome = outcome.unwrap_or_else(ToolOutcome::Refused);
        ToolAnswer { package: name.clone(), worlds, outcome, is_by_gates }
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
    let world = world.map(|world| unversioned(world, &[old, new]));
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

/// Only the name where the world is named with the package and the version of a side: the other side has another one.
fn unversioned<'a>(world: &'a str, sides: &[Option<Package>]) -> &'a str {
    let is_side = |package: &str, version: &str| {
        sides.iter().flatten().map(|(resolve, id)| &resolve.packages[*id].name).any(|name| {
            package == format!("{}:{}", name.namespace, name.name)
                && name.version.as_ref().is_some_and(|declared| declared.to_string() == version)
        })
    };
    let parts = world.split_once('@').and_then(|(path, version)| Some((path.rsplit_once('/')?, version)));
    match parts {
        Some(((package, name), version)) if is_side(package, version) => name,
        _ => world,
    }
}

fn chosen<'a>(
    package: Option<Package<'a>>,
    world: Option<&str>,
    side: Side,
) -> Result<(&'a Resolve, WorldId), Refusal> {
    let (resolve, id) = package.ok_or(Refusal::NoPackage(side))?;
    if world.is_none() && resolve.packages[id].worlds.len() > 1 {
        return Err(Refusal::SeveralWorlds(side));
    }
    let world = guarded(|| resolve.select_world(&[id], world)).map_err(|message| Refusal::NoWorld(side, message))?;
    Ok((resolve, world))
}

/// `wkg publish` of the new package where the old one is what was published.
fn wkg(
    (old, new): (Option<Package>, Option<Package>),
    features: &Features,
    worlds: &mut Vec<String>,
    is_by_gates: &mut bool,
) -> Result<ToolOutcome, Refusal> {
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
        // Merging drops what is behind a gate, of what is merged in.
        let mut merged = newer.0.clone();
        let next = merge(&mut merged, older.0.clone(), world)?;
        if let Some(found) = newer::in_worlds(&merged, prev, next) {
            return Err(Refusal::Uncomparable(name, found));
        }
        let outcome = check(merged, prev, next, &name);
        let accepts = outcome == ToolOutcome::Accepted;
        let even = check_evenly((&newer.0, prev), (&older.0, world), features);
        *is_by_gates |= even.is_ok_and(|even| (even == ToolOutcome::Accepted) != accepts);
        if !accepts {
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

/// The same with what is behind the gates of `features` on both sides, and on neither what is behind others.
fn check_evenly(
    (newer, prev): (&Resolve, WorldId),
    (older, next): (&Resolve, WorldId),
    features: &Features,
) -> Result<ToolOutcome, Refusal> {
    let mut merged = Resolve { all_features: features.all, ..Resolve::default() };
    merged.features.extend(features.names.iter().cloned());
    let prev = merge(&mut merged, newer.clone(), prev)?;
    let next = merge(&mut merged, older.clone(), next)?;
    Ok(check(merged, prev, next, ""))
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
