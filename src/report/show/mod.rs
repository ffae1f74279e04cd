//! What packages promise, as lines: the path of an item, a blank, and what it is. One item is one line.
//!
//! The lines say what weighs at least minor, and nothing else (SEMANTICS 7): aliases are seen through, worlds are
//! elaborated, and neither order nor layout, documentation, `@since` or the version of a dependency on its track has a
//! place in them. The version of the package is in its first line alone. So two texts differ where a report would say more
//! than `patch`, or the version is another one.
//!
//! Deliberately absent: the other side. What differs is for whoever compares the lines.

mod file;
mod promised;
mod types;

pub use file::show_file;

use super::escape::clean;
use crate::surface::{Stability, Surface, said};
use crate::version::track;
use promised::Lines;
use std::collections::{BTreeMap, BTreeSet};
use types::Types;

/// What a text is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShowOptions<'a> {
    /// Only these packages, as `namespace:name`; empty means all.
    pub packages: &'a [String],
    /// Leave out what the packages use of others.
    pub own: bool,
}

/// What the packages under test promise, and what they use of others; sorted by name.
///
/// ```
/// use wit_diff::report::{ShowOptions, show};
/// use wit_diff::revision::from_text;
/// use wit_diff::surface::{Features, resolve};
///
/// let text = "package a:b@1.0.0; interface i { type name = string; record r { a: u8 } f: func(n: name) -> list<r>; }";
/// let views = resolve(from_text("a.wit", text), &Features::default())?;
/// assert_eq!(
///     show(&[views.judged], &ShowOptions::default()),
///     "a:b package 1.0.0\n\
///      a:b/i interface\n\
///      a:b/i#name type string\n\
///      a:b/i#r record\n\
///      a:b/i#r.a field u8\n\
///      a:b/i#f func(n: string) -> list<r>\n"
/// );
/// # Ok::<(), wit_diff::error::Error>(())
/// ```
pub fn show(surfaces: &[Surface], options: &ShowOptions) -> String {
    let is_wanted = |name: &str| options.packages.is_empty() || options.packages.iter().any(|wanted| wanted == name);
    let types: Vec<Types> = surfaces.iter().map(Types::new).collect();
    let own: Vec<_> = (types.iter())
        .flat_map(|types| types.own.iter().map(move |&id| (types, id, types.surface.package(id))))
        .filter(|(_, _, package)| is_wanted(&package.name))
        .collect();
    let mut counts: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
    for (_, _, package) in &own {
        counts.entry(&package.name).or_default().insert(&package.version);
    }
    let is_one = |name: &str| counts.get(name).is_none_or(|versions| versions.len() < 2);
    let shown: BTreeSet<_> =
        own.iter().map(|(_, _, package)| (package.name.to_string(), track::of(&package.version))).collect();

    let mut packages = BTreeSet::new();
    let mut used: BTreeMap<promised::Key, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (types, id, package) in own {
        let version = package.version.as_ref().filter(|_| !is_one(&package.name));
        let mut lines = Lines::new(types, id, version);
        let own = lines.package();
        packages.insert((package.name.to_string(), package.version.clone(), own));
        if !options.own {
            for (key, block) in lines.used() {
                used.entry(key).or_default().insert(block);
            }
        }
    }
    used.retain(|key, _| !shown.contains(&(key.package.clone(), key.track.clone())));
    let own = packages.into_iter().flat_map(|(_, _, lines)| lines);
    own.chain(used.into_values().flatten().flatten()).map(|line| line + "\n").collect()
}

/// A line, fit for a terminal.
fn line(path: &str, text: &str, marks: &str) -> String {
    clean(&format!("{path} {text}{marks}"))
}

/// What is said about an item and weighs more than documentation, as WIT writes it.
fn marks(attributes: &crate::surface::BoxedAttributes) -> String {
    let attributes = said(attributes);
    let mut out = String::new();
    if let Stability::Unstable { feature, .. } = &attributes.stability {
        out.push_str(&format!(" @unstable(feature = {feature})"));
    }
    if let Some(version) = attributes.stability.deprecated() {
        out.push_str(&format!(" @deprecated(version = {version})"));
    }
    if let Some(id) = &attributes.external_id {
        out.push_str(&format!(" @external-id(\"{id}\")"));
    }
    out
}
