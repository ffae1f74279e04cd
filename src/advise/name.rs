//! Names for the second one of something.

use super::package::Both;
use super::together::Given;
use crate::syntax::InterfaceItem;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Names that are taken. Bindings tell names apart by more than their case.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    /// There may be many, and they are the same for every piece of advice.
    known: Rc<BTreeSet<String>>,
    added: BTreeSet<String>,
}

impl Taken {
    pub fn add(&mut self, name: &str) {
        self.added.insert(name.to_lowercase());
    }

    /// The same, cheap to clone.
    pub fn shared(self) -> Taken {
        let known = self.known.iter().cloned().chain(self.added).collect();
        Taken { known: Rc::new(known), added: BTreeSet::new() }
    }

    fn has(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.known.contains(&name) || self.added.contains(&name)
    }

    /// A legal name for the second `name`: `open2`, `write-v3` after `write-v2`, `ipv4-v2`.
    pub fn second(&self, name: &str) -> String {
        let (stem, first) = match name.rsplit_once("-v").map(|(stem, count)| (stem, count.parse::<u32>())) {
            Some((stem, Ok(count))) if !stem.is_empty() => (format!("{stem}-v"), count.saturating_add(1)),
            _ if name.ends_with(|c: char| c.is_ascii_digit()) => (format!("{name}-v"), 2),
            _ => (name.to_string(), 2),
        };
        let counted = (first..).map(|count| format!("{stem}{count}"));
        counted.into_iter().find(|name| !self.has(name)).unwrap_or_default()
    }

    /// `name` if it is free, else a second one.
    pub fn free(&self, name: &str) -> String {
        if self.has(name) { self.second(name) } else { name.to_string() }
    }
}

impl Both<'_> {
    /// Whether the old side has a name in an interface or, where one is named, in a resource of it.
    pub fn has_name(&self, interface: &str, resource: &str, name: &str) -> bool {
        if !resource.is_empty() {
            return self.old.members(interface, resource).iter().any(|member| member.name() == Some(name));
        }
        self.old.interfaces.get(interface).is_some_and(|home| {
            let is_it = |item: &InterfaceItem| matches!(item, InterfaceItem::Function(f) if f.name == name);
            home.types.contains_key(name) || home.interface.items.iter().any(is_it)
        })
    }

    /// Notes names as those that other advice must not give.
    pub fn give(&self, names: Vec<Given>) {
        for (place, name) in names {
            if !self.taken.borrow().contains_key(&place) {
                drop(match place.split_once('#') {
                    Some((interface, resource)) => self.names_of(interface, resource),
                    None if place.is_empty() => self.top(),
                    None => self.names_in(&place),
                });
            }
            if let Some(taken) = self.taken.borrow_mut().get_mut(&place) {
                taken.add(&name);
            }
            self.given.borrow_mut().insert((place, name));
        }
    }

    pub fn is_given(&self, interface: &str, resource: &str, name: &str) -> bool {
        let place = if resource.is_empty() { interface.to_string() } else { format!("{interface}#{resource}") };
        self.given.borrow().contains(&(place, name.to_lowercase()))
    }

    /// Whether no advice has given one of the names.
    pub fn are_free(&self, names: Vec<Given>) -> bool {
        names.iter().all(|name| !self.given.borrow().contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::Taken;

    #[test]
    fn second_names_are_legal_and_free() {
        let mut taken = Taken::default();
        for name in ["open2", "Read2", "ipv4-v2"] {
            taken.add(name);
        }
        let cases = [
            ("open", "open3"),
            ("read", "read3"),
            ("write", "write2"),
            ("ipv4", "ipv4-v3"),
            ("ipv6", "ipv6-v2"),
            ("copy-v2", "copy-v3"),
            ("HTTP", "HTTP2"),
            ("v2", "v2-v2"),
        ];
        for (name, second) in cases {
            assert_eq!(taken.second(name), second);
        }
        assert_eq!((taken.free("open"), taken.free("OPEN2")), ("open".into(), "OPEN2-v2".into()));
    }
}
