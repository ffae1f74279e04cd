//! What a change reaches: the functions, interfaces and worlds that carry it (SEMANTICS 10).

use super::pair::Half;
use super::uses::{Gone, Steps};
use super::{Comparer, DeltaId, InterfaceComparison, Node, Root};
use crate::change::{Change, Fact, Home};
use crate::surface::{Function, InterfaceId, Owner, Surface, Type, TypeId, WorldId, WorldItemKind};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How much of what one change reaches is listed, and how far it is looked for: a report is for reading.
const LISTED: usize = 1_000;
const VISITED: usize = 20_000;

/// The same for all changes of a package together; beyond, each gets a hundredth of the above.
const LISTED_IN_ALL: usize = 50_000;
const VISITED_IN_ALL: usize = 500_000;

/// How much more is looked for.
#[derive(Default)]
struct Spent {
    listed: usize,
    visited: usize,
}

impl Spent {
    fn limits(&self) -> (usize, usize) {
        if self.listed < LISTED_IN_ALL && self.visited < VISITED_IN_ALL {
            (LISTED, VISITED)
        } else {
            (LISTED / 100, VISITED / 100)
        }
    }
}

/// Who uses what, on one side.
pub(super) struct Users<'a> {
    pub half: &'a Half<'a>,
    /// Types that refer to a type, as offsets into one list.
    pub types: Edges,
    /// Carriers of functions that refer to a type.
    pub functions: Edges,
    pub carriers: Vec<Carrier<'a>>,
    /// Worlds of the package under test by interface that they import or export.
    pub worlds: HashMap<InterfaceId, BTreeSet<WorldId>>,
}

/// Who carries a function.
pub(super) enum Carrier<'a> {
    Interface(InterfaceId, &'a Function),
    World(WorldId, &'static str, &'a Function),
}

/// Edges by source, in one list.
pub(super) struct Edges {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Edges {
    fn new(sources: usize, edges: &[(u32, u32)]) -> Edges {
        let mut starts = vec![0u32; sources + 1];
        for &(source, _) in edges {
            starts[source as usize + 1] += 1;
        }
        for at in 0..sources {
            starts[at + 1] += starts[at];
        }
        let (mut targets, mut next) = (vec![0; edges.len()], starts.clone());
        for &(source, target) in edges {
            let place = &mut next[source as usize];
            targets[*place as usize] = target;
            *place += 1;
        }
        Edges { starts, targets }
    }

    pub fn of(&self, source: u32) -> &[u32] {
        &self.targets[self.starts[source as usize] as usize..self.starts[source as usize + 1] as usize]
    }
}

impl<'a> Users<'a> {
    fn new(half: &'a Half<'a>) -> Users<'a> {
        let surface: &'a Surface = half.surface;
        let mut type_edges = Vec::new();
        for (user, def) in surface.types.iter().enumerate() {
            type_edges.extend(def.kind.parts().iter().filter_map(id).map(|used| (used, user as u32)));
        }
        let mut carriers = Vec::new();
        for (at, interface) in surface.interfaces.iter().enumerate() {
            carriers.extend(interface.functions.iter().map(|f| Carrier::Interface(at as InterfaceId, f)));
        }
        let mut worlds: HashMap<InterfaceId, BTreeSet<WorldId>> = HashMap::new();
        for world in half.own_worlds() {
            let imports = surface.world(world).imports.iter().map(|item| ("import", item));
            for (list, item) in imports.chain(surface.world(world).exports.iter().map(|item| ("export", item))) {
                match &item.kind {
                    WorldItemKind::Interface(id) => drop(worlds.entry(*id).or_default().insert(world)),
                    WorldItemKind::Function(f) => carriers.push(Carrier::World(world, list, f)),
                    WorldItemKind::Type(_) => {}
                }
            }
        }
        let mut function_edges = Vec::new();
        for (at, carrier) in carriers.iter().enumerate() {
            let (Carrier::Interface(_, f) | Carrier::World(_, _, f)) = carrier;
            let types = f.parameters.iter().map(|p| p.ty).chain(f.result);
            function_edges.extend(types.filter_map(|ty| id(&ty)).map(|used| (used, at as u32)));
        }
        let types = Edges::new(surface.types.len(), &type_edges);
        let functions = Edges::new(surface.types.len(), &function_edges);
        Users { half, types, functions, carriers, worlds }
    }

    fn of_type(&self, start: TypeId, found: &mut Found, spent: &mut Spent) {
        let (listed, visited) = spent.limits();
        let surface = self.half.surface;
        let (mut seen, mut queue) = (HashSet::from([start]), vec![start]);
        while let Some(at) = queue.pop() {
            spent.visited += 1;
            if seen.len() > visited || found.carriers.len() > listed {
                return;
            }
            match surface.ty(at).owner {
                Owner::Interface(owner) => _ = found.interfaces.insert(owner),
                Owner::World(owner) => _ = found.worlds.insert(owner),
                Owner::None => {}
            }
            found.carriers.extend(self.functions.of(at));
            queue.extend(self.types.of(at).iter().filter(|&&user| seen.insert(user)));
        }
    }

    /// What was found, in the grammar of paths. The interface that the change stands in goes without saying.
    fn write(&self, found: Found, home: Option<InterfaceId>, paths: &mut BTreeSet<String>) {
        let Found { mut interfaces, mut worlds, carriers } = found;
        for carrier in carriers {
            match &self.carriers[carrier as usize] {
                Carrier::Interface(owner, f) => {
                    let path = self.half.interface_path(*owner);
                    if !path.is_empty() {
                        paths.insert(format!("{path}#{}", f.name));
                    }
                    interfaces.insert(*owner);
                }
                Carrier::World(world, list, f) => {
                    paths.insert(format!("{}#{list}:{}", self.world(*world), f.name));
                    worlds.insert(*world);
                }
            }
        }
        interfaces.extend(home);
        for id in interfaces {
            let path = self.half.interface_path(id);
            if Some(id) != home && !path.is_empty() {
                paths.insert(path);
            }
            worlds.extend(self.worlds.get(&id).into_iter().flatten());
        }
        let own: HashSet<WorldId> = self.half.own_worlds().collect();
        paths.extend(worlds.into_iter().filter(|world| own.contains(world)).map(|world| self.world(world)));
    }

    pub fn world(&self, id: WorldId) -> String {
        let world = self.half.surface.world(id);
        format!("{}/{}", self.half.surface.package(world.package).name, world.name)
    }
}

/// What is reached on one side.
#[derive(Default)]
struct Found {
    interfaces: BTreeSet<InterfaceId>,
    worlds: BTreeSet<WorldId>,
    carriers: BTreeSet<u32>,
}

/// Adds to every change what it reaches, and tells the steps on the way from changed types.
pub(super) fn add(comparer: &mut Comparer<'_>, interfaces: &[InterfaceComparison]) -> Steps {
    let mut steps = Steps::new();
    if comparer.changes.is_empty() {
        return steps;
    }
    let old = Users::new(&comparer.pairing.old);
    let new = Users::new(&comparer.pairing.new);
    let homes: HashMap<usize, (InterfaceId, InterfaceId)> =
        comparer.delta_of.iter().map(|(&pair, &delta)| (delta, pair)).collect();
    let dependents = Dependents::new(&comparer.nodes, interfaces);
    let package = &*new.half.surface.package(new.half.package).name;
    let mut spent = Spent::default();
    let (mut gone_old, mut gone_new) = (Gone::default(), Gone::default());
    for (change, (root, delta)) in comparer.changes.iter_mut().zip(&comparer.roots) {
        let home = delta.and_then(|delta| homes.get(&delta)).copied();
        let (mut found_old, mut found_new) = (Found::default(), Found::default());
        match root {
            // What is said of a type is not carried by its users.
            Root::Type(..) if change.fact.is_remark() => {}
            Root::Type(a, b) => {
                if let Some(a) = a {
                    old.of_type(*a, &mut found_old, &mut spent);
                    old.steps(*a, &mut gone_old, &mut steps);
                }
                if let Some(b) = b {
                    new.of_type(*b, &mut found_new, &mut spent);
                    new.steps(*b, &mut gone_new, &mut steps);
                }
            }
            Root::Nothing | Root::Function | Root::Structure(_) => {}
        }
        let mut paths = BTreeSet::new();
        old.write(found_old, home.map(|home| home.0), &mut paths);
        new.write(found_new, home.map(|home| home.1), &mut paths);
        if let Some(delta) = *delta
            && takes_away(change)
        {
            // Whoever depends on an interface depends on all of its types (SEMANTICS 3).
            let users = dependents.of(delta, spent.limits().0);
            paths.extend(users.into_iter().map(|name| format!("{package}/{name}")));
        }
        let itself = change.path.split_once('#').map_or(change.path.as_str(), |(container, _)| container);
        paths.retain(|reached| *reached != change.path && reached != itself);
        change.reach = paths.into_iter().take(spent.limits().0).collect();
        spent.listed += change.reach.len();
    }
    steps
}

/// Which interfaces of the package depend on one, near and far.
struct Dependents<'a> {
    node_of: HashMap<DeltaId, usize>,
    used_by: Vec<Vec<usize>>,
    names: HashMap<usize, &'a str>,
}

impl<'a> Dependents<'a> {
    fn new(nodes: &[Node], interfaces: &'a [InterfaceComparison]) -> Dependents<'a> {
        let mut used_by = vec![Vec::new(); nodes.len()];
        for (user, node) in nodes.iter().enumerate() {
            node.uses.iter().for_each(|&used| used_by[used].push(user));
        }
        Dependents {
            node_of: nodes.iter().enumerate().filter_map(|(at, node)| Some((node.delta?, at))).collect(),
            used_by,
            names: interfaces.iter().filter_map(|i| Some((i.node?, i.name.as_str()))).collect(),
        }
    }

    fn of(&self, delta: DeltaId, most: usize) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let Some(&start) = self.node_of.get(&delta) else { return found };
        let (mut seen, mut queue) = (HashSet::from([start]), vec![start]);
        while let Some(at) = queue.pop() {
            if found.len() >= most {
                break;
            }
            for &user in self.used_by[at].iter().filter(|&&user| seen.insert(user)) {
                found.extend(self.names.get(&user));
                queue.push(user);
            }
        }
        found
    }
}

/// Whether a change is of a type and leaves less than there was, or something else.
fn takes_away(change: &Change) -> bool {
    change.home == Home::Interface { is_type: true }
        && !change.fact.is_remark()
        && !matches!(
            change.fact,
            Fact::TypeAdded { .. } | Fact::ResourceAdded | Fact::TypeMoved { .. } | Fact::UseRerouted { .. }
        )
}

fn id(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Id(id) => Some(*id),
        Type::Primitive(_) => None,
    }
}
