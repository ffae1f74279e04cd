//! What a revision holds, by path, and how each of it is gated.

use crate::surface::{
    Attributes, BoxedAttributes, Function, Interface, Surface, TypeId, TypeKind, World, WorldItemKind, WorldKey, said,
};
use std::collections::BTreeMap;

/// How an item is gated, by itself or by what it is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gate {
    /// The feature of `@unstable`.
    pub feature: Option<String>,
    /// The version of `@since`.
    pub since: Option<String>,
    /// The version of `@deprecated`.
    pub deprecated: Option<String>,
}

impl Gate {
    fn below(&self, attributes: &Attributes) -> Gate {
        let stability = &attributes.stability;
        let feature = stability.feature().map(str::to_owned);
        let since = stability.since().map(ToString::to_string);
        // What says something of itself is not what it is in.
        let inherits = feature.is_none() && since.is_none();
        Gate {
            feature: if inherits { self.feature.clone() } else { feature },
            since: if inherits { self.since.clone() } else { since },
            deprecated: stability.deprecated().map(ToString::to_string),
        }
    }
}

/// Everything in a package, by the path that changes to it have.
pub(super) fn items(surface: &Surface, package: &str) -> BTreeMap<String, Gate> {
    let mut items = Items { surface, found: BTreeMap::new() };
    let own = surface.own.iter().map(|&id| surface.package(id)).filter(|own| *own.name == *package);
    for own in own {
        for interface in own.interfaces.iter().map(|&id| surface.interface(id)) {
            let path = format!("{package}/{}", interface.name.as_deref().unwrap_or_default());
            let gate = items.add(&path, &Gate::default(), &interface.attributes);
            items.interface(&format!("{path}#"), &gate, interface);
        }
        for world in own.worlds.iter().map(|&id| surface.world(id)) {
            let path = format!("{package}/{}", world.name);
            let gate = items.add(&path, &Gate::default(), &world.attributes);
            items.world(&path, &gate, world);
        }
    }
    items.found
}

struct Items<'a> {
    surface: &'a Surface,
    found: BTreeMap<String, Gate>,
}

impl Items<'_> {
    fn add(&mut self, path: &str, above: &Gate, attributes: &BoxedAttributes) -> Gate {
        let gate = above.below(said(attributes));
        self.found.insert(path.to_owned(), gate.clone());
        gate
    }

    fn interface(&mut self, prefix: &str, gate: &Gate, interface: &Interface) {
        interface.types.iter().for_each(|&id| self.ty(prefix, gate, id));
        interface.functions.iter().for_each(|function| self.function(prefix, gate, function));
    }

    fn function(&mut self, prefix: &str, gate: &Gate, function: &Function) {
        let path = format!("{prefix}{}", function.name);
        let gate = self.add(&path, gate, &function.attributes);
        for parameter in &function.parameters {
            self.add(&format!("{path}.{}", parameter.name), &gate, &None);
        }
    }

    fn ty(&mut self, prefix: &str, gate: &Gate, id: TypeId) {
        let def = self.surface.ty(id);
        let path = format!("{prefix}{}", def.name.as_deref().unwrap_or_default());
        let gate = self.add(&path, gate, &def.attributes);
        let parts: Vec<&str> = match &def.kind {
            TypeKind::Record(fields) => fields.iter().map(|field| &*field.name).collect(),
            TypeKind::Variant(cases) => cases.iter().map(|case| &*case.name).collect(),
            TypeKind::Enum(labels) | TypeKind::Flags(labels) => labels.iter().map(|label| &*label.name).collect(),
            _ => Vec::new(),
        };
        for part in parts {
            self.add(&format!("{path}.{part}"), &gate, &None);
        }
    }

    fn world(&mut self, path: &str, gate: &Gate, world: &World) {
        for (word, items) in [("import", &world.imports), ("export", &world.exports)] {
            for item in items {
                let name = match &item.key {
                    WorldKey::Interface(id) => {
                        let interface = self.surface.interface(*id);
                        let package = &self.surface.package(interface.package).name;
                        format!("{package}/{}", interface.name.as_deref().unwrap_or_default())
                    }
                    WorldKey::Name(name) => name.to_string(),
                };
                let prefix = format!("{path}#{word}:");
                match &item.kind {
                    WorldItemKind::Function(function) => self.function(&prefix, gate, function),
                    WorldItemKind::Type(id) => self.ty(&format!("{path}#type:"), gate, *id),
                    WorldItemKind::Interface(id) => {
                        let gate = self.add(&format!("{prefix}{name}"), gate, &item.attributes);
                        let interface = self.surface.interface(*id);
                        if matches!(item.key, WorldKey::Name(_)) {
                            self.interface(&format!("{prefix}{name}."), &gate, interface);
                        }
                    }
                }
            }
        }
    }
}
