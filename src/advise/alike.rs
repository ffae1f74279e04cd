//! Whether a type of the new side is one of the old side: then that can be used as it is.

use super::package::{Both, Named, Package, Target};
use crate::syntax::{Case, Field, Path, Tag, Type, TypeDef, TypeDefKind};
use crate::version::track;

/// So deep are types followed into each other.
const DEEPEST: usize = 500;

/// A type, by the interface that defines it, or by the package that does.
enum Definition<'a> {
    Own(String, &'a TypeDef),
    Foreign(Path, &'a str),
}

impl Both<'_> {
    /// Whether the type that an interface of the new side has under a name is there on the old side, and the same.
    pub fn is_alike(&self, interface: &str, name: &str) -> bool {
        self.promises(interface, name) && self.are_alike((interface, name), (interface, name))
    }

    fn are_alike(&self, old: (&str, &str), new: (&str, &str)) -> bool {
        let key = (old.0.to_string(), old.1.to_string(), new.0.to_string(), new.1.to_string());
        if let Some(&known) = self.alike.borrow().get(&key) {
            return known;
        }
        // Types that hold themselves are no WIT; should they come this far, they are nothing to build on. Nor are those
        // that hold others deeper than a stack is.
        self.alike.borrow_mut().insert(key.clone(), false);
        if self.depth.get() > DEEPEST {
            return false;
        }
        self.depth.set(self.depth.get() + 1);
        let alike = match (defined(&self.old, old), defined(&self.new, new)) {
            (Some(Definition::Own(old, a)), Some(Definition::Own(new, b))) => self.same_structure((&old, a), (&new, b)),
            (Some(Definition::Foreign(a, old)), Some(Definition::Foreign(b, new))) => {
                let package = |path: &Path| {
                    let package = path.package.clone()?;
                    let version = package.version.and_then(|version| version.parse().ok());
                    Some((package.namespace, package.name, track::of(&version)))
                };
                let is_same = (package(&a), &a.name, old) == (package(&b), &b.name, new);
                is_same && self.foreign(&b, Some(new)).is_some()
            }
            _ => false,
        };
        self.depth.set(self.depth.get() - 1);
        self.alike.borrow_mut().insert(key, alike);
        alike
    }

    fn same_structure(&self, (old_home, old): (&str, &TypeDef), (new_home, new): (&str, &TypeDef)) -> bool {
        match (&old.kind, &new.kind) {
            // Resources are told apart by their definition alone.
            (TypeDefKind::Resource(_), TypeDefKind::Resource(_)) => (old_home, &old.name) == (new_home, &new.name),
            (a, b) if plain(a) == plain(b) => {
                let mut names = Vec::new();
                let mut note = |ty: &mut Type| {
                    if let Type::Name(name) | Type::Own(name) | Type::Borrow(name) = ty {
                        names.push(name.clone());
                    }
                };
                old.clone().for_each_type(&mut note);
                names.iter().all(|name| self.are_alike((old_home, name), (new_home, name)))
            }
            _ => false,
        }
    }
}

fn defined<'a>(side: &Package<'a>, (interface, name): (&str, &str)) -> Option<Definition<'a>> {
    let (mut interface, mut name) = (interface.to_string(), name);
    // As many steps as there are interfaces: a `use` that leads in a circle leads nowhere.
    for _ in 0..=side.interfaces.len() {
        match side.interfaces.get(&*interface)?.types.get(name)? {
            Named::Defined(ty) => return Some(Definition::Own(interface, ty)),
            Named::Used(Target::Foreign(path), there) => return Some(Definition::Foreign(path.clone(), there)),
            Named::Used(Target::Own(next), there) => (interface, name) = (next.clone(), there),
        }
    }
    None
}

/// The same without documentation.
fn plain(kind: &TypeDefKind) -> TypeDefKind {
    let mut kind = kind.clone();
    match &mut kind {
        TypeDefKind::Record(fields) => fields.iter_mut().for_each(|Field { docs, .. }| docs.clear()),
        TypeDefKind::Variant(cases) => cases.iter_mut().for_each(|Case { docs, .. }| docs.clear()),
        TypeDefKind::Enum(tags) | TypeDefKind::Flags(tags) => tags.iter_mut().for_each(|Tag { docs, .. }| docs.clear()),
        TypeDefKind::Alias(_) | TypeDefKind::Resource(_) => {}
    }
    kind
}
