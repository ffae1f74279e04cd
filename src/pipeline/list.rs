//! What a revision holds: its packages, where they are, and who depends on whom. Text is looked at, not parsed.

use super::matching::Named;
use super::{Options, Shared, source};
use crate::error::Error;
use crate::report::{self, DependencyReport, DependencySource, ListReport, ListedPackage, SkippedReport};
use crate::revision::{Bundle, Found, Identity, ItemOutline, Revision, Skipped, SkippedBecause, Target};
use crate::surface::{Features, resolve};
use std::collections::BTreeSet;

/// Lists the packages of `target`.
pub fn list(target: &Target, options: &Options) -> ListReport {
    let shared = Shared::default();
    let catalog = shared.open(target, options);
    let input = source(target, &catalog, options);
    match catalog.and_then(Named::new) {
        Ok(named) => {
            let skipped = named.catalog.skipped.iter().map(skipped).collect();
            report::list(&input, packages(&named, options), skipped, None)
        }
        Err(error) => report::list(&input, Vec::new(), Vec::new(), Some(&error)),
    }
}

fn packages(named: &Named, options: &Options) -> Vec<ListedPackage> {
    let is_wanted = |name: &str| options.packages.is_empty() || options.packages.iter().any(|wanted| wanted == name);
    let mut packages: Vec<ListedPackage> = (named.catalog.packages.iter().zip(&named.identities))
        .flat_map(|(found, identity)| std::iter::once(package(found, identity)).chain(nested(found)))
        .collect();
    let users: Vec<Vec<String>> = packages.iter().map(|package| users(package, &packages)).collect();
    packages.iter_mut().zip(users).for_each(|(package, users)| package.used_by = users);
    packages.retain(|package| is_wanted(&package.name));
    packages.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    packages
}

fn package(found: &Found, identity: &Identity) -> ListedPackage {
    let mut listed = listed(identity, &found.path);
    let revision = match &found.revision {
        Ok(revision) => revision,
        Err(error) => {
            listed.error = Some(report::error_report("input", error));
            return listed;
        }
    };
    if let Some(main) = &found.outline.main {
        (listed.interfaces, listed.worlds) = (names(&main.interfaces), names(&main.worlds));
        let own: BTreeSet<&Identity> = found.outline.packages().map(|package| &package.identity).collect();
        let asked = found.outline.references.iter().filter(|reference| **reference != main.identity);
        listed.depends_on = asked.map(|reference| dependency(reference, &own, &found.path, revision)).collect();
    } else if let Err(error) = add_binary(&mut listed, revision) {
        listed.error = Some(report::error_report("input", &error));
    }
    listed
}

/// Packages that are written in the files of another; who depends on whom is told of that one.
fn nested(found: &Found) -> impl Iterator<Item = ListedPackage> + '_ {
    found.outline.nested.iter().map(|nested| ListedPackage {
        interfaces: names(&nested.interfaces),
        worlds: names(&nested.worlds),
        ..listed(&nested.identity, &found.path)
    })
}

fn listed(identity: &Identity, path: &str) -> ListedPackage {
    ListedPackage {
        name: identity.name.clone(),
        version: identity.version.as_ref().map(ToString::to_string),
        path: path.to_owned(),
        interfaces: Vec::new(),
        worlds: Vec::new(),
        depends_on: Vec::new(),
        used_by: Vec::new(),
        error: None,
    }
}

fn names(items: &[ItemOutline]) -> Vec<String> {
    items.iter().map(|item| item.name.clone()).collect()
}

/// WebAssembly has to be read to tell what is in it.
fn add_binary(listed: &mut ListedPackage, revision: &Revision) -> Result<(), Error> {
    let surface = resolve(revision.clone(), &Features { all: true, ..Features::default() })?.judged;
    for (id, package) in (0..).zip(&surface.packages) {
        if surface.own.contains(&id) {
            let interface = |&id: &u32| surface.interface(id).name.as_deref().unwrap_or_default().to_owned();
            listed.interfaces.extend(package.interfaces.iter().map(interface));
            listed.worlds.extend(package.worlds.iter().map(|&id| surface.world(id).name.to_string()));
        } else {
            listed.depends_on.push(DependencyReport {
                name: package.name.to_string(),
                version: package.version.as_ref().map(ToString::to_string),
                from: DependencySource::Nested,
                path: Some(listed.path.clone()),
            });
        }
    }
    listed.depends_on.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(())
}

fn dependency(wanted: &Identity, own: &BTreeSet<&Identity>, path: &str, revision: &Revision) -> DependencyReport {
    let holds = |bundle: &&Bundle| identities(bundle).contains(wanted);
    let (from, path) = if own.contains(wanted) {
        (DependencySource::Nested, Some(path.to_owned()))
    } else if let Some(dep) = revision.deps.iter().find(holds) {
        (DependencySource::Deps, Some(dep.path.clone()))
    } else if let Some(sibling) = revision.siblings.iter().find(holds) {
        (DependencySource::Repository, Some(sibling.path.clone()))
    } else {
        (DependencySource::Missing, None)
    };
    let version = wanted.version.as_ref().map(ToString::to_string);
    DependencyReport { name: wanted.name.clone(), version, from, path }
}

/// The packages that a dependency is.
fn identities(bundle: &Bundle) -> Vec<Identity> {
    if !bundle.binary {
        return bundle.outline().packages().map(|package| package.identity.clone()).collect();
    }
    let Ok(views) = resolve(Revision::alone(bundle.clone()), &Features::default()) else { return Vec::new() };
    let package = |package: &crate::surface::Package| Identity {
        name: package.name.to_string(),
        version: package.version.clone(),
    };
    views.judged.packages.iter().map(package).collect()
}

fn users(used: &ListedPackage, packages: &[ListedPackage]) -> Vec<String> {
    let names = |user: &&ListedPackage| {
        user.depends_on.iter().any(|asked| (&asked.name, &asked.version) == (&used.name, &used.version))
    };
    let called = |user: &ListedPackage| match &user.version {
        Some(version) => format!("{}@{version}", user.name),
        None => user.name.clone(),
    };
    packages.iter().filter(names).map(called).collect::<BTreeSet<_>>().into_iter().collect()
}

fn skipped(skipped: &Skipped) -> SkippedReport {
    let reason = match &skipped.because {
        SkippedBecause::Submodule => "another repository".to_owned(),
        SkippedBecause::TooDeep => "too deep".to_owned(),
        SkippedBecause::Unreadable(why) => why.clone(),
    };
    SkippedReport { path: skipped.path.clone(), reason }
}
