//! Names by which the packages of both sides are matched (SEMANTICS 6).

use std::collections::{BTreeMap, HashMap};

use semver::Version;
use wit_parser::{
    InterfaceId, PackageId, PackageName, Resolve, Type, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItem, WorldKey,
};

use super::imports::{add_dependencies, dependencies, entry};

/// Takes the version off the package under test, and leaves every other package its compatibility track. Of several
/// versions on one track the largest stands for all.
pub(super) fn name_by_track(resolve: &mut Resolve, package: PackageId) {
    let mut tracks: BTreeMap<PackageName, Vec<(Option<Version>, PackageId)>> = BTreeMap::new();
    for (id, other) in resolve.packages.iter_mut() {
        let version = other.name.version.take();
        if let Some(version) = version.as_ref().filter(|_| id != package) {
            let release = Version::new(version.major, version.minor, version.patch);
            other.name.version = Some(PackageName::version_compat_track(&release).0);
        }
        tracks.entry(other.name.clone()).or_default().push((version, id));
    }
    resolve.package_names.clear();
    let mut replaced = HashMap::new();
    for (name, mut versions) in tracks {
        versions.sort_by(|(a, _), (b, _)| a.cmp(b));
        let Some((_, largest)) = versions.pop() else { continue };
        resolve.package_names.insert(name, largest);
        for (_, lesser) in versions.into_iter().rev() {
            for (name, id) in std::mem::take(&mut resolve.packages[lesser].interfaces) {
                resolve.interfaces[id].package = Some(largest);
                let kept = *resolve.packages[largest].interfaces.entry(name).or_insert(id);
                if kept != id {
                    resolve.interfaces[id].clone_of = Some(kept);
                    replaced.insert(id, kept);
                }
            }
        }
    }
    if !replaced.is_empty() {
        replace_interfaces(resolve, &replaced);
    }
}

/// Points every `use`, import and export of a replaced interface to its replacement. A `use` of what the replacement
/// lacks stays; then two interfaces of one name meet, and the encoder refuses.
fn replace_interfaces(resolve: &mut Resolve, replaced: &HashMap<InterfaceId, InterfaceId>) {
    let ids: Vec<TypeId> = resolve.types.iter().map(|(id, _)| id).collect();
    for id in ids {
        let TypeDefKind::Type(Type::Id(used)) = resolve.types[id].kind else { continue };
        let used = &resolve.types[used];
        let TypeOwner::Interface(owner) = used.owner else { continue };
        let (Some(kept), Some(name)) = (replaced.get(&owner), &used.name) else { continue };
        let own = resolve.types[id].owner == TypeOwner::Interface(owner);
        if let Some(used) = resolve.interfaces[*kept].types.get(name).copied().filter(|_| !own) {
            resolve.types[id].kind = TypeDefKind::Type(Type::Id(used));
        }
    }

    let replace = |(key, mut item): (WorldKey, WorldItem)| {
        if let WorldItem::Interface { id, .. } = &mut item {
            *id = replaced.get(id).copied().unwrap_or(*id);
        }
        match (&key, &item) {
            (WorldKey::Interface(_), WorldItem::Interface { id, .. }) => (WorldKey::Interface(*id), item),
            _ => (key, item),
        }
    };
    let worlds: Vec<WorldId> = resolve.worlds.iter().map(|(id, _)| id).collect();
    for id in worlds {
        let world = &mut resolve.worlds[id];
        let imports: Vec<_> = std::mem::take(&mut world.imports).into_iter().map(replace).collect();
        world.exports = std::mem::take(&mut world.exports).into_iter().map(replace).collect();
        // A replacement may need other interfaces than what it replaces.
        let exports = &resolve.worlds[id].exports;
        let (mut needed, mut named) = (Vec::new(), Vec::new());
        for (key, item) in imports {
            if let WorldItem::Interface { id, .. } = item {
                add_dependencies(resolve, id, &mut needed);
            }
            match key {
                WorldKey::Interface(id) if !needed.contains(&id) => needed.push(id),
                WorldKey::Interface(_) => {}
                WorldKey::Name(_) => named.push((key, item)),
            }
        }
        for item in exports.values() {
            let WorldItem::Interface { id, .. } = item else { continue };
            for dependency in dependencies(resolve, *id) {
                if !needed.contains(&dependency) && !exports.contains_key(&WorldKey::Interface(dependency)) {
                    needed.push(dependency);
                }
            }
        }
        resolve.worlds[id].imports = needed.into_iter().map(entry).chain(named).collect();
    }
}
