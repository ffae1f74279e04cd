//! From two surfaces to facts: what differs, once, at the definition that differs.
//!
//! Pure and total. Deliberately absent: who is broken by it (the judge's), sentences (the report's), files and clocks.

mod attributes;
mod function;
mod gates;
mod interface;
mod likeness;
mod origin;
mod pair;
mod reach;
mod rename;
mod types;
mod uses;
mod world;

pub use pair::Matched;

use crate::change::{Change, Fact, Home};
use crate::surface::{InterfaceId, Span, Surface, TypeId};
use likeness::Memo;
use pair::Pairing;
use semver::Version;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Two surfaces, compared.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The packages under test, sorted by name.
    pub packages: Vec<PackageComparison>,
}

/// One package, compared.
#[derive(Debug)]
pub struct PackageComparison {
    /// `namespace:name`.
    pub name: String,
    /// Where it stands.
    pub standing: Standing,
    /// The version that the old side declares.
    pub old_version: Option<Version>,
    /// The version that the new side declares.
    pub new_version: Option<Version>,
    /// All differences that concern it, those of dependencies included.
    pub changes: Vec<Change>,
    /// Who uses what, from the types that changed on: the path of what is used, and that of what uses it; sorted, each
    /// step once, and a thousand at most.
    pub steps: Vec<(String, String)>,
    /// The differences by interface that they stand in.
    pub deltas: Vec<Delta>,
    /// The old interfaces of the package and all that they use, as a graph without cycles.
    pub uses: Vec<Node>,
    /// Its interfaces, sorted by name.
    pub interfaces: Vec<InterfaceComparison>,
    /// Its worlds, sorted by name.
    pub worlds: Vec<WorldComparison>,
    /// The packages that it reaches, sorted by name.
    pub dependencies: Vec<DependencyComparison>,
}

/// A package that the package under test reaches.
#[derive(Debug)]
pub struct DependencyComparison {
    /// `namespace:name`.
    pub name: String,
    /// The version on the old side; `None` where it declares none or is not there.
    pub old: Option<Version>,
    /// The version on the new side, likewise.
    pub new: Option<Version>,
    /// Whether something in it differs that the package under test may feel.
    pub changed: bool,
}

/// On which side something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Both,
    Added,
    Removed,
}

/// Index into [`PackageComparison::deltas`].
pub type DeltaId = usize;

/// The differences of one interface.
#[derive(Debug, Default)]
pub struct Delta {
    /// Indices into [`PackageComparison::changes`].
    pub changes: Vec<usize>,
    /// Whether the interface belongs to the package under test.
    pub own: bool,
}

/// An interface of the old side, and the interfaces whose types it uses.
#[derive(Debug, Default)]
pub struct Node {
    /// What differs in it; `None` where the new side has no such interface.
    pub delta: Option<DeltaId>,
    /// The interfaces that it uses itself, as indices into [`PackageComparison::uses`].
    pub uses: Vec<usize>,
}

/// One interface, compared.
#[derive(Debug)]
pub struct InterfaceComparison {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub standing: Standing,
    /// The change that says that it was added or removed.
    pub change: Option<usize>,
    /// What differs in it.
    pub delta: Option<DeltaId>,
    /// Where it stands in [`PackageComparison::uses`]; `None` where it stands on one side only.
    pub node: Option<usize>,
}

/// One world, compared.
#[derive(Debug)]
pub struct WorldComparison {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub standing: Standing,
    /// Changes of the world itself.
    pub changes: Vec<usize>,
    /// Interfaces that differ and that it imports.
    pub imports: Vec<DeltaId>,
    /// Interfaces that differ and that it exports.
    pub exports: Vec<DeltaId>,
    /// Whether binaries that export find the resources that they expect, here where several interfaces may be
    /// exported together.
    pub export_identity: crate::change::Identity,
    /// Whether an interface that it holds on both sides is of another shape, where interfaces went from the imports to
    /// the exports or back: those are in neither of the lists above, and others may use their types.
    pub reshaped: bool,
}

/// Compares every package under test.
///
/// `open` holds the two views with every gate open, where either side has a gate that is shut: what differs only there
/// is listed with its gate.
///
/// ```
/// use wit_diff::{compare::compare, revision::from_text, surface::{resolve, Features}};
/// let view = |text: &str| resolve(from_text("a.wit", text), &Features::default()).unwrap().judged;
/// let old = view("package a:b; interface i { f: func(); }");
/// let new = view("package a:b; interface i { f: func(); g: func(); }");
/// let comparison = compare(&old, &new, None);
/// assert_eq!(comparison.packages[0].changes[0].fact.rule(), "function-added");
/// ```
pub fn compare(old: &Surface, new: &Surface, open: Option<(&Surface, &Surface)>) -> Comparison {
    let mut packages = packages(old, new, false);
    if let Some((old, new)) = open {
        let mut shut: BTreeMap<(String, Option<Version>, Option<Version>), PackageComparison> =
            (self::packages(old, new, true))
                .into_iter()
                .map(|package| {
                    ((package.name.clone(), package.old_version.clone(), package.new_version.clone()), package)
                })
                .collect();
        for package in &mut packages {
            let key = (package.name.clone(), package.old_version.clone(), package.new_version.clone());
            if let Some(shut) = shut.remove(&key) {
                attributes::add_gated(package, shut);
            }
        }
    }
    Comparison { packages }
}

fn packages(old: &Surface, new: &Surface, open: bool) -> Vec<PackageComparison> {
    pair::match_packages(old, new)
        .into_iter()
        .map(|(name, matched)| match matched {
            Matched::Both(a, b) => Comparer::new(Pairing::new(old, a, new, b), open).package(name),
            Matched::Added(id) => lone(name, new, id, Standing::Added),
            Matched::Removed(id) => lone(name, old, id, Standing::Removed),
        })
        .collect()
}

/// A package that stands on one side only.
fn lone(name: String, surface: &Surface, id: u32, standing: Standing) -> PackageComparison {
    let package = surface.package(id);
    let fact = if standing == Standing::Added { Fact::PackageAdded } else { Fact::PackageRemoved };
    let change = Change {
        fact,
        path: name.clone(),
        home: Home::Package,
        old: None,
        new: None,
        gate: None,
        renamed: None,
        track: None,
        reach: Vec::new(),
    };
    let version = |side| if side == standing { package.version.clone() } else { None };
    PackageComparison {
        name,
        standing,
        old_version: version(Standing::Removed),
        new_version: version(Standing::Added),
        steps: Vec::new(),
        changes: vec![change],
        deltas: Vec::new(),
        uses: Vec::new(),
        interfaces: (package.interfaces.iter())
            .map(|&id| InterfaceComparison {
                name: surface.interface(id).name.as_deref().unwrap_or_default().into(),
                standing,
                change: None,
                delta: None,
                node: None,
            })
            .collect(),
        worlds: (package.worlds.iter())
            .map(|&id| WorldComparison {
                name: surface.world(id).name.to_string(),
                standing,
                changes: Vec::new(),
                imports: Vec::new(),
                exports: Vec::new(),
                export_identity: crate::change::Identity::KEPT,
                reshaped: false,
            })
            .collect(),
        dependencies: Vec::new(),
    }
}

/// What a change is about, for finding what it reaches.
#[derive(Clone, Debug)]
enum Root {
    /// Nothing beyond itself.
    Nothing,
    /// A type, on the sides where it stands.
    Type(Option<TypeId>, Option<TypeId>),
    /// A function of an interface.
    Function,
    /// Something that may have been renamed, by its structure.
    Structure(String),
}

/// Where facts are found: how their paths begin and whose promise they touch.
#[derive(Clone)]
struct Site {
    /// `ns:pkg/interface` or `ns:pkg/world#import:name`.
    prefix: String,
    /// What stands between that and an item: `#`, `.`, or nothing.
    joint: Option<char>,
    /// Whose promise.
    home: Home,
    /// The interface on both sides, if it is one.
    at: Option<(InterfaceId, InterfaceId)>,
    /// Whether it is of the package under test: only there do documentation and gates count.
    own: bool,
    /// The feature behind which all of it stands.
    gate: Option<String>,
    /// The track, in a dependency.
    track: Option<String>,
}

impl Site {
    fn item(&self, name: &str) -> String {
        let joint = self.joint.map(String::from).unwrap_or_default();
        format!("{}{joint}{name}", self.prefix)
    }
}

/// The comparison of one package.
struct Comparer<'a> {
    pairing: Pairing<'a>,
    /// Whether every gate is open: what is found then carries its gate.
    open: bool,
    /// Whether the package uses gates, on both sides.
    gated: bool,
    memo: Memo,
    changes: Vec<Change>,
    roots: Vec<(Root, Option<DeltaId>)>,
    deltas: Vec<Delta>,
    delta_of: HashMap<(InterfaceId, InterfaceId), DeltaId>,
    nodes: Vec<Node>,
    node_of: HashMap<InterfaceId, usize>,
    /// The delta that facts are found for.
    current: Option<DeltaId>,
}

impl<'a> Comparer<'a> {
    fn new(pairing: Pairing<'a>, open: bool) -> Comparer<'a> {
        let gated = gates::is_gated(&pairing.old) && gates::is_gated(&pairing.new);
        Comparer {
            pairing,
            open,
            gated,
            memo: Memo::new(),
            changes: Vec::new(),
            roots: Vec::new(),
            deltas: Vec::new(),
            delta_of: HashMap::new(),
            nodes: Vec::new(),
            node_of: HashMap::new(),
            current: None,
        }
    }

    fn package(mut self, name: String) -> PackageComparison {
        let (old, new) = (&self.pairing.old, &self.pairing.new);
        let (old_package, new_package) = (old.surface.package(old.package), new.surface.package(new.package));
        if old_package.docs != new_package.docs {
            let site = Site {
                prefix: name.clone(),
                joint: None,
                home: Home::Package,
                at: None,
                own: true,
                gate: None,
                track: None,
            };
            self.emit(&site, Fact::PackageDocsChanged, name.clone(), Span::UNKNOWN, Span::UNKNOWN, Root::Nothing);
        }
        let interfaces = self.interfaces(&name);
        let worlds = self.worlds(&name);
        let steps = reach::add(&mut self, &interfaces);
        let dependencies = self.dependencies();
        PackageComparison {
            name,
            standing: Standing::Both,
            old_version: old_package.version.clone(),
            new_version: new_package.version.clone(),
            changes: self.changes,
            steps: steps.into_iter().collect(),
            deltas: self.deltas,
            uses: self.nodes,
            interfaces,
            worlds,
            dependencies,
        }
    }

    /// The names on either side, each with what stands there.
    fn by_name<T: Copy>(
        old: impl Iterator<Item = (String, T)>,
        new: impl Iterator<Item = (String, T)>,
    ) -> BTreeMap<String, (Option<T>, Option<T>)> {
        let mut names: BTreeMap<String, (Option<T>, Option<T>)> = BTreeMap::new();
        for (name, id) in old {
            names.entry(name).or_default().0 = Some(id);
        }
        for (name, id) in new {
            names.entry(name).or_default().1 = Some(id);
        }
        names
    }

    fn emit(&mut self, site: &Site, fact: Fact, path: String, old: Span, new: Span, root: Root) {
        self.emit_gated(site, fact, path, old, new, root, None);
    }

    #[allow(clippy::too_many_arguments)]
    fn emit_gated(
        &mut self,
        site: &Site,
        fact: Fact,
        path: String,
        old: Span,
        new: Span,
        root: Root,
        gate: Option<&str>,
    ) {
        let gate = if self.open { gate.map(str::to_string).or_else(|| site.gate.clone()) } else { None };
        let at = self.changes.len();
        self.changes.push(Change {
            fact,
            path,
            home: site.home,
            old: self.pairing.old.surface.sources.place(old),
            new: self.pairing.new.surface.sources.place(new),
            gate,
            renamed: None,
            track: site.track.clone(),
            reach: Vec::new(),
        });
        self.roots.push((root, self.current));
        if let Some(delta) = self.current {
            self.deltas[delta].changes.push(at);
        }
    }

    /// The packages that the package under test reaches on both sides, where there is one version of each.
    fn dependencies(&self) -> Vec<DependencyComparison> {
        let changed: BTreeSet<&str> = (self.delta_of.iter())
            .filter(|&(_, &delta)| !self.deltas[delta].own && !self.deltas[delta].changes.is_empty())
            .map(|(&(_, new), _)| {
                let surface = self.pairing.new.surface;
                &*surface.package(surface.interface(new).package).name
            })
            .collect();
        let (old, new) = (self.pairing.old.reached(), self.pairing.new.reached());
        (old.iter())
            .filter_map(|(name, version)| Some((name, version, new.get(name)?)))
            .filter_map(|(name, old, new)| match (&old[..], &new[..]) {
                ([old], [new]) => Some(DependencyComparison {
                    name: name.to_string(),
                    old: old.clone(),
                    new: new.clone(),
                    changed: changed.contains(name),
                }),
                _ => None,
            })
            .collect()
    }
}
