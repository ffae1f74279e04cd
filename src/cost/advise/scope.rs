//! What belongs together: the functions of an interface, or those that a world imports or exports by itself.

use crate::cost::{Call, Fact, Finding, Place, Shape};
use wit_parser::{Function, FunctionKind, Param, Resolve, TypeId, WorldItem, WorldKey};

/// Functions that stand beside each other.
pub(super) struct Scope<'a> {
    /// `namespace:name`.
    pub package: &'a str,
    /// `ns:pkg/interface`, `ns:pkg/world#import`, `ns:pkg/world#import:name`.
    pub path: &'a str,
    pub functions: Vec<Known<'a>>,
}

/// A function of which the shape is known.
pub(super) struct Known<'a> {
    pub call: &'a Call,
    pub shape: &'a Shape,
    pub function: &'a Function,
    /// Its name, without that of the resource.
    pub name: &'a str,
    /// The words of that.
    pub words: Vec<&'a str>,
}

/// The scopes of all calls, in their order.
pub(super) fn scopes<'a>(resolve: &'a Resolve, calls: &'a [Call]) -> Vec<Scope<'a>> {
    let found = Found {
        interfaces: resolve.interfaces.iter().map(|(_, interface)| interface).collect(),
        worlds: resolve.worlds.iter().map(|(_, world)| world).collect(),
    };
    let mut scopes: Vec<Scope> = Vec::new();
    for call in calls {
        let (Ok(shape), Some(function)) = (&call.shape, found.function(call)) else { continue };
        let path = scope_path(call);
        let name = function.name.rsplit(['.', ']']).next().unwrap_or_default();
        let known = Known { call, shape, function, name, words: name.split('-').collect() };
        match scopes.last_mut().filter(|scope| scope.path == path) {
            Some(scope) => scope.functions.push(known),
            None => scopes.push(Scope { package: &call.package, path, functions: vec![known] }),
        }
    }
    scopes
}

impl<'a> Known<'a> {
    /// The resource that it belongs to.
    pub fn resource(&self) -> Option<TypeId> {
        self.function.kind.resource()
    }

    /// Whether it can be called on what there is: a function by itself, or a method.
    pub fn is_free_or_method(&self) -> bool {
        self.resource().is_none() || self.takes_self()
    }

    /// Whether it gets or sets what the interface itself calls a property.
    pub fn is_accessor(&self) -> bool {
        self.function.kind.accessor().is_some()
    }

    /// The parameters beside `self`.
    pub fn parameters(&self) -> &'a [Param] {
        self.function.params.get(usize::from(self.takes_self())..).unwrap_or_default()
    }

    fn takes_self(&self) -> bool {
        match self.function.kind {
            FunctionKind::Method(_)
            | FunctionKind::AsyncMethod(_)
            | FunctionKind::MethodGetter(_)
            | FunctionKind::MethodSetter(_) => true,
            FunctionKind::Freestanding
            | FunctionKind::AsyncFreestanding
            | FunctionKind::Getter
            | FunctionKind::Setter
            | FunctionKind::Static(_)
            | FunctionKind::AsyncStatic(_)
            | FunctionKind::StaticGetter(_)
            | FunctionKind::StaticSetter(_)
            | FunctionKind::Constructor(_) => false,
        }
    }

    pub fn first_word(&self) -> &'a str {
        self.words.first().copied().unwrap_or_default()
    }

    pub fn last_word(&self) -> &'a str {
        self.words.last().copied().unwrap_or_default()
    }

    /// Whether its name has one of the words.
    pub fn has_word(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(word))
    }

    /// A finding about it.
    pub fn finding(&self, fact: Fact) -> Finding {
        Finding { package: self.call.package.clone(), path: self.call.path.clone(), fact }
    }
}

struct Found<'a> {
    interfaces: Vec<&'a wit_parser::Interface>,
    worlds: Vec<&'a wit_parser::World>,
}

impl<'a> Found<'a> {
    fn function(&self, call: &Call) -> Option<&'a Function> {
        match &call.place {
            Place::Interface(index, name) => self.interfaces.get(*index as usize)?.functions.get(name),
            Place::World(index, name) => {
                let world = self.worlds.get(*index as usize)?;
                let items = if call.path.contains("#export:") { &world.exports } else { &world.imports };
                match items.get(&WorldKey::Name(name.clone()))? {
                    WorldItem::Function(function) => Some(function),
                    WorldItem::Interface { .. } | WorldItem::Type { .. } => None,
                }
            }
        }
    }
}

/// The path of a call without the name of the function.
fn scope_path(call: &Call) -> &str {
    let (Place::Interface(_, name) | Place::World(_, name)) = &call.place;
    call.path.strip_suffix(name.as_str()).unwrap_or(&call.path).trim_end_matches(['#', ':', '.'])
}
