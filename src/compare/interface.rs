//! What differs between two interfaces.

use super::pair::Half;
use super::types::is_resource;
use super::{Comparer, Delta, DeltaId, InterfaceComparison, Node, Root, Site, Standing};
use crate::change::{Fact, Home};
use crate::surface::{Function, InterfaceId, Span, TypeId, said};
use std::cmp::Ordering;

impl Comparer<'_> {
    /// Compares the named interfaces of the package under test.
    pub(super) fn interfaces(&mut self, package: &str) -> Vec<InterfaceComparison> {
        let named = |half: &Half<'_>| -> Vec<(String, InterfaceId)> {
            let surface = half.surface;
            half.own_interfaces().map(|id| (surface.interface(id).name.as_deref().unwrap_or("").into(), id)).collect()
        };
        let names = Self::by_name(named(&self.pairing.old).into_iter(), named(&self.pairing.new).into_iter());
        let mut compared = Vec::with_capacity(names.len());
        let first = self.changes.len();
        for (name, sides) in names {
            let path = format!("{package}/{name}");
            compared.push(match sides {
                (Some(old), Some(new)) => {
                    let delta = self.delta(old, new);
                    let node = Some(self.node(old));
                    InterfaceComparison { name, standing: Standing::Both, change: None, delta: Some(delta), node }
                }
                (old, new) => {
                    let change = Some(self.changes.len());
                    let standing = self.lone_interface(path, old, new);
                    InterfaceComparison { name, standing, change, delta: None, node: None }
                }
            });
        }
        self.find_renames(first, &|fact| matches!(fact, Fact::InterfaceAdded | Fact::InterfaceRemoved));
        compared
    }

    fn lone_interface(&mut self, path: String, old: Option<InterfaceId>, new: Option<InterfaceId>) -> Standing {
        let (old_surface, new_surface) = (self.pairing.old.surface, self.pairing.new.surface);
        let interface = old.map(|id| old_surface.interface(id)).or(new.map(|id| new_surface.interface(id)));
        let gate = interface.and_then(|i| said(&i.attributes).stability.feature().map(str::to_string));
        let site = Site {
            prefix: path.clone(),
            joint: Some('#'),
            home: Home::Package,
            at: None,
            own: true,
            gate,
            track: None,
        };
        let span = |side: Option<InterfaceId>, surface: &crate::surface::Surface| {
            side.map_or(Span::UNKNOWN, |id| surface.interface(id).span)
        };
        let (old_span, new_span) = (span(old, old_surface), span(new, new_surface));
        let (fact, standing) = match new {
            Some(_) => (Fact::InterfaceAdded, Standing::Added),
            None => (Fact::InterfaceRemoved, Standing::Removed),
        };
        let structure = match (old, new) {
            (_, Some(id)) => new_surface.interface_structure(id),
            (Some(id), None) => old_surface.interface_structure(id),
            (None, None) => String::new(),
        };
        self.emit(&site, fact, path.clone(), old_span, new_span, Root::Structure(structure));
        match interface {
            Some(interface) if standing == Standing::Added => self.came(&site, &path, &interface.attributes, new_span),
            Some(interface) => self.went(&site, &path, &interface.attributes, old_span),
            None => {}
        }
        standing
    }

    /// The place of an old interface in the graph of those that it needs the types of, near and far (SEMANTICS 3).
    fn node(&mut self, start: InterfaceId) -> usize {
        let mut queue = Vec::new();
        let node = self.open_node(start, &mut queue);
        while let Some(old) = queue.pop() {
            let uses = self.pairing.old.surface.direct_dependencies(old);
            let canonical: Vec<InterfaceId> = uses.into_iter().map(|id| self.pairing.old.canonical(id)).collect();
            let uses = canonical.into_iter().map(|id| self.open_node(id, &mut queue)).collect();
            self.nodes[self.node_of[&old]].uses = uses;
        }
        node
    }

    fn open_node(&mut self, old: InterfaceId, queue: &mut Vec<InterfaceId>) -> usize {
        if let Some(&known) = self.node_of.get(&old) {
            return known;
        }
        let delta = self.pairing.new_interface(old).map(|new| self.delta(old, new));
        self.nodes.push(Node { delta, uses: Vec::new() });
        self.node_of.insert(old, self.nodes.len() - 1);
        queue.push(old);
        self.nodes.len() - 1
    }

    /// The differences of two interfaces of one name, found once.
    pub(super) fn delta(&mut self, old: InterfaceId, new: InterfaceId) -> DeltaId {
        if let Some(&known) = self.delta_of.get(&(old, new)) {
            return known;
        }
        let own = self.pairing.old.owns(old);
        let site = Site {
            prefix: self.pairing.new.interface_path(new),
            joint: Some('#'),
            home: Home::Interface { is_type: false },
            at: Some((old, new)),
            own,
            gate: self.interface_gate(old, new),
            track: (!own).then(|| self.pairing.new.track(new)),
        };
        let delta = self.open_delta(own);
        self.delta_of.insert((old, new), delta);
        self.in_delta(delta, |comparer| comparer.interface(&site, old, new));
        delta
    }

    /// The differences of two interfaces that a world holds under one plain name.
    pub(super) fn labelled(&mut self, site: &Site, old: InterfaceId, new: InterfaceId) {
        let before = self.pairing.pair_labelled(old, new);
        let memo = std::mem::take(&mut self.memo);
        self.interface(site, old, new);
        self.memo = memo;
        self.pairing.restore(before);
    }

    fn open_delta(&mut self, own: bool) -> DeltaId {
        self.deltas.push(Delta { changes: Vec::new(), own });
        self.deltas.len() - 1
    }

    fn in_delta(&mut self, delta: DeltaId, find: impl FnOnce(&mut Self)) {
        let outer = self.current.replace(delta);
        find(self);
        self.current = outer;
    }

    fn interface_gate(&self, old: InterfaceId, new: InterfaceId) -> Option<String> {
        let left = said(&self.pairing.old.surface.interface(old).attributes);
        let right = said(&self.pairing.new.surface.interface(new).attributes);
        right.stability.feature().or(left.stability.feature()).map(str::to_string)
    }

    fn interface(&mut self, site: &Site, old: InterfaceId, new: InterfaceId) {
        let (left, right) = (self.pairing.old.surface, self.pairing.new.surface);
        let (a, b) = (left.interface(old), right.interface(new));
        let before = self.changes.len();
        self.attributes(site, &site.prefix, (&a.attributes, a.span), (&b.attributes, b.span), Root::Nothing);

        let type_site = Site {
            home: match site.home {
                Home::Interface { .. } => Home::Interface { is_type: true },
                home => home,
            },
            ..site.clone()
        };
        merge(
            &a.types,
            &b.types,
            |&x, &y| left.ty(x).name.cmp(&right.ty(y).name),
            |found| match found {
                Found::Both(&x, &y) => {
                    let path = site.item(left.ty(x).name.as_deref().unwrap_or_default());
                    self.type_def(&type_site, &path, x, y);
                }
                Found::Old(&x) => self.type_removed(&type_site, x),
                Found::New(&y) => self.type_added(&type_site, y),
            },
        );
        let functions: Vec<(Option<&Function>, Option<&Function>)> = {
            let mut all = Vec::new();
            merge(
                &a.functions,
                &b.functions,
                |x, y| x.name.cmp(&y.name),
                |found| {
                    all.push(match found {
                        Found::Both(x, y) => (Some(x), Some(y)),
                        Found::Old(x) => (Some(x), None),
                        Found::New(y) => (None, Some(y)),
                    })
                },
            );
            all
        };
        self.functions(site, &functions);
        self.find_renames(before, &|_| true);
    }

    /// Compares functions of one place, matched by encoded name.
    fn functions(&mut self, site: &Site, functions: &[(Option<&Function>, Option<&Function>)]) {
        // A method made static changes its encoded name: the two halves are one change.
        let member = |function: &Function| function.member().map(|(r, m)| (r.to_string(), m.to_string()));
        let is_static = |function: &Function| function.name.starts_with("[static]");
        let is_method = |function: &Function| function.name.starts_with("[method]");
        let added: std::collections::HashMap<_, &Function> = (functions.iter())
            .filter_map(|(old, new)| if old.is_none() { *new } else { None })
            .filter(|f| is_static(f) || is_method(f))
            .filter_map(|f| Some((member(f)?, f)))
            .collect();
        let mut turned = std::collections::HashSet::new();
        for &(old, new) in functions {
            match (old, new) {
                (Some(old), Some(new)) => self.function(site, &site.item(&old.name), old, new),
                (Some(old), None) => {
                    let other = if is_static(old) || is_method(old) { member(old) } else { None };
                    match other.and_then(|member| added.get(&member)) {
                        Some(&new) => {
                            let fact = if is_static(new) { Fact::MethodMadeStatic } else { Fact::StaticMadeMethod };
                            turned.insert(&new.name);
                            self.turned_function(site, fact, old, new);
                        }
                        None => self.function_removed(site, old),
                    }
                }
                (None, Some(_)) | (None, None) => {}
            }
        }
        for &(old, new) in functions {
            if let (None, Some(new)) = (old, new)
                && !turned.contains(&new.name)
            {
                self.function_added(site, new);
            }
        }
    }

    /// A function that is of another kind on the other side.
    fn turned_function(&mut self, site: &Site, fact: Fact, old: &Function, new: &Function) {
        let path = site.item(&new.name);
        let gate = said(&new.attributes).stability.feature().or(said(&old.attributes).stability.feature());
        let first = self.changes.len();
        self.emit_gated(site, fact, path.clone(), old.span, new.span, Root::Function, gate);
        self.turned(site, &path, &old.attributes, first, (old.span, new.span));
        self.attributes(site, &path, (&old.attributes, old.span), (&new.attributes, new.span), Root::Function);
    }

    pub(super) fn function_added(&mut self, site: &Site, new: &Function) {
        let fact = Fact::FunctionAdded { signature: self.pairing.new.surface.render_signature(new) };
        let gate = said(&new.attributes).stability.feature();
        self.emit_gated(site, fact, site.item(&new.name), Span::UNKNOWN, new.span, Root::Function, gate);
        self.came(site, &site.item(&new.name), &new.attributes, new.span);
    }

    pub(super) fn function_removed(&mut self, site: &Site, old: &Function) {
        let fact = Fact::FunctionRemoved { signature: self.pairing.old.surface.render_signature(old) };
        let gate = said(&old.attributes).stability.feature();
        self.emit_gated(site, fact, site.item(&old.name), old.span, Span::UNKNOWN, Root::Function, gate);
        self.went(site, &site.item(&old.name), &old.attributes, old.span);
    }

    pub(super) fn type_added(&mut self, site: &Site, new: TypeId) {
        let surface = self.pairing.new.surface;
        let def = surface.ty(new);
        let fact = match is_resource(surface, new) {
            true => Fact::ResourceAdded,
            false => Fact::TypeAdded { definition: surface.render_definition(new) },
        };
        let path = site.item(def.name.as_deref().unwrap_or_default());
        let gate = def.said().stability.feature();
        self.emit_gated(site, fact, path.clone(), Span::UNKNOWN, def.span, Root::Type(None, Some(new)), gate);
        self.came(site, &path, &def.attributes, def.span);
    }

    pub(super) fn type_removed(&mut self, site: &Site, old: TypeId) {
        let surface = self.pairing.old.surface;
        let def = surface.ty(old);
        let fact = match is_resource(surface, old) {
            true => Fact::ResourceRemoved,
            false => Fact::TypeRemoved { definition: surface.render_definition(old) },
        };
        let path = site.item(def.name.as_deref().unwrap_or_default());
        let gate = def.said().stability.feature();
        self.emit_gated(site, fact, path.clone(), def.span, Span::UNKNOWN, Root::Type(Some(old), None), gate);
        self.went(site, &path, &def.attributes, def.span);
    }
}

/// What stands under one name.
enum Found<'a, T> {
    Both(&'a T, &'a T),
    Old(&'a T),
    New(&'a T),
}

/// Walks two sorted lists together.
fn merge<'a, T>(old: &'a [T], new: &'a [T], order: impl Fn(&T, &T) -> Ordering, mut found: impl FnMut(Found<'a, T>)) {
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (None, None) => return,
            (Some(x), Some(y)) => match order(x, y) {
                Ordering::Equal => {
                    found(Found::Both(x, y));
                    (i, j) = (i + 1, j + 1);
                }
                Ordering::Less => {
                    found(Found::Old(x));
                    i += 1;
                }
                Ordering::Greater => {
                    found(Found::New(y));
                    j += 1;
                }
            },
            (Some(x), None) => {
                found(Found::Old(x));
                i += 1;
            }
            (None, Some(y)) => {
                found(Found::New(y));
                j += 1;
            }
        }
    }
}
