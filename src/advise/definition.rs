//! What a change is about, by name: a type, a function, a function of a resource.

use super::package::{Both, Home, Named, Package};
use crate::syntax::{InterfaceItem, Keyword, ResourceFunction, ResourceFunctionKind, TypeDef, TypeDefKind};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A definition in an interface.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Definition {
    Type(String),
    /// By its encoded name.
    Function(String),
    /// The resource, and the encoded name.
    Member(String, String),
}

/// The definitions of an interface by the name that paths have for them, `type` before those of types; of both sides.
pub(super) fn definitions(both: &Both<'_>, interface: &str) -> BTreeMap<String, Definition> {
    let mut found = definitions_of(&both.old, interface);
    found.append(&mut definitions_of(&both.new, interface));
    found
}

/// The same of one side.
pub(super) fn definitions_of(side: &Package<'_>, interface: &str) -> BTreeMap<String, Definition> {
    let mut found = BTreeMap::new();
    if let Some(home) = side.interfaces.get(interface) {
        note(home, &mut found);
    }
    found
}

fn note(home: &Home<'_>, found: &mut BTreeMap<String, Definition>) {
    for (name, ty) in &home.types {
        found.insert(type_key(name), Definition::Type(name.to_string()));
        if let Named::Defined(TypeDef { kind: TypeDefKind::Resource(members), .. }) = ty {
            for member in members {
                let encoded = member.encoded(name);
                found.insert(encoded.clone(), Definition::Member(name.to_string(), encoded));
            }
        }
    }
    for item in &home.interface.items {
        if let InterfaceItem::Function(function) = item {
            let encoded = encoded(&function.name, function.signature.keyword).into_owned();
            found.insert(encoded.clone(), Definition::Function(encoded));
        }
    }
}

/// The definition that an item of a path is, or is a part of.
pub(super) fn find(definitions: &BTreeMap<String, Definition>, item: &str, is_type: bool) -> Option<Definition> {
    let get = |name: &str| if is_type { definitions.get(&type_key(name)) } else { definitions.get(name) };
    let whole = || item.rsplit_once('.').and_then(|(whole, _)| get(whole));
    get(item).or_else(whole).cloned()
}

/// What was a type may be a function of the same name now.
fn type_key(name: &str) -> String {
    format!("type {name}")
}

/// The name of a function as paths have it.
pub(super) fn encoded(name: &str, keyword: Keyword) -> Cow<'_, str> {
    match accessor(keyword) {
        "" => name.into(),
        accessor => format!("{accessor}{name}").into(),
    }
}

fn accessor(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Func | Keyword::AsyncFunc => "",
        Keyword::Get => "[get]",
        Keyword::Set => "[set]",
    }
}

impl ResourceFunction {
    /// The name; `None` of a constructor.
    pub(super) fn name(&self) -> Option<&str> {
        match &self.kind {
            ResourceFunctionKind::Constructor => None,
            ResourceFunctionKind::Method(name) | ResourceFunctionKind::Static(name) => Some(name),
        }
    }

    /// The name as paths have it.
    pub(super) fn encoded(&self, resource: &str) -> String {
        let accessor = accessor(self.signature.keyword);
        match &self.kind {
            ResourceFunctionKind::Constructor => format!("[constructor]{resource}"),
            ResourceFunctionKind::Method(name) => format!("[method]{accessor}{resource}.{name}"),
            ResourceFunctionKind::Static(name) => format!("[static]{accessor}{resource}.{name}"),
        }
    }
}
