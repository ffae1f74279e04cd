//! Resources, and what they hold.

use super::{Pen, Row};
use crate::draft::Home;
use crate::scope::U8;
use wit_diff::syntax::{
    Keyword, Parameter, ResourceFunction, ResourceFunctionKind, Signature, Type, TypeDef, TypeDefKind, Use, UseName,
};

pub const EDITS: &[Row] = &[
    ("resource added", add),
    ("resource removed", remove),
    ("method added", |pen| function_added(pen, ResourceFunctionKind::Method(String::new()), false)),
    ("static added", |pen| function_added(pen, ResourceFunctionKind::Static(String::new()), false)),
    ("constructor added", |pen| function_added(pen, ResourceFunctionKind::Constructor, false)),
    ("getter or setter added", |pen| function_added(pen, ResourceFunctionKind::Method(String::new()), true)),
    ("function of a resource removed", function_removed),
    ("function of a resource renamed", function_renamed),
    ("method made static or the reverse", made_static),
    ("constructor made fallible or infallible", fallible),
    ("accessor made a method or the reverse", accessor),
    ("used resource made one of its own", made_own),
    ("resource replaced by a used one", made_used),
    ("used resource replaced by another", replaced),
];

fn is_resource(kind: &TypeDefKind) -> bool {
    matches!(kind, TypeDefKind::Resource(_))
}

fn add(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let name = pen.fresh_in(home)?;
    let (docs, attributes, kind) = (Vec::new(), Vec::new(), TypeDefKind::Resource(Vec::new()));
    pen.draft.add_type(home, TypeDef { docs, attributes, name: name.clone(), kind })?;
    for _ in 0..pen.rng.usize(..3) {
        let function = function(pen, home, &name, ResourceFunctionKind::Method(String::new()), false);
        if let (Some(function), Some(functions)) = (function, functions(pen, home, &name)) {
            functions.push(function);
        }
    }
    Some(())
}

fn remove(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(is_resource)?;
    pen.draft.drop_type(home, &name, &U8);
    Some(())
}

fn function_added(pen: &mut Pen, kind: ResourceFunctionKind, accessor: bool) -> Option<()> {
    let (home, name) = pen.definition(is_resource)?;
    let function = function(pen, home, &name, kind, accessor)?;
    functions(pen, home, &name)?.push(function);
    Some(())
}

fn function_removed(pen: &mut Pen) -> Option<()> {
    let (home, name) = with_functions(pen)?;
    let count = functions(pen, home, &name)?.len();
    let at = pen.rng.usize(..count);
    functions(pen, home, &name)?.remove(at);
    Some(())
}

fn function_renamed(pen: &mut Pen) -> Option<()> {
    let (home, name) = with_functions(pen)?;
    let taken = names(functions(pen, home, &name)?);
    let new = pen.fresh(&taken)?;
    let count = taken.len();
    let at = pen.rng.usize(..count);
    match &mut functions(pen, home, &name)?[at].kind {
        ResourceFunctionKind::Constructor => return None,
        ResourceFunctionKind::Method(name) | ResourceFunctionKind::Static(name) => *name = new,
    }
    Some(())
}

fn made_static(pen: &mut Pen) -> Option<()> {
    let (home, name) = with_functions(pen)?;
    let count = functions(pen, home, &name)?.len();
    let at = pen.rng.usize(..count);
    let kind = &mut functions(pen, home, &name)?[at].kind;
    *kind = match kind.clone() {
        ResourceFunctionKind::Constructor => return None,
        ResourceFunctionKind::Method(name) => ResourceFunctionKind::Static(name),
        ResourceFunctionKind::Static(name) => ResourceFunctionKind::Method(name),
    };
    Some(())
}

fn fallible(pen: &mut Pen) -> Option<()> {
    let constructs = |kind: &TypeDefKind| match kind {
        TypeDefKind::Resource(functions) => functions.iter().any(|f| f.kind == ResourceFunctionKind::Constructor),
        _ => false,
    };
    let (home, name) = pen.definition(constructs)?;
    let functions = functions(pen, home, &name)?;
    let constructor = functions.iter_mut().find(|function| function.kind == ResourceFunctionKind::Constructor)?;
    let result = &mut constructor.signature.result;
    *result = match result {
        Some(Type::Result(Some(_), None)) => Some(Type::Result(Some(Box::new(Type::Name(name))), Some(Box::new(U8)))),
        Some(_) => None,
        None => Some(Type::Result(Some(Box::new(Type::Name(name))), None)),
    };
    Some(())
}

fn accessor(pen: &mut Pen) -> Option<()> {
    let (home, name) = with_functions(pen)?;
    let count = functions(pen, home, &name)?.len();
    let at = pen.rng.usize(..count);
    let signature = &mut functions(pen, home, &name)?[at].signature;
    signature.keyword = match signature.keyword {
        Keyword::Get | Keyword::Set => Keyword::Func,
        Keyword::Func if signature.parameters.is_empty() && matches!(signature.result, Some(Type::Primitive(_))) => {
            Keyword::Get
        }
        Keyword::Func if signature.parameters.len() == 1 && signature.result.is_none() => Keyword::Set,
        Keyword::Func | Keyword::AsyncFunc => return None,
    };
    Some(())
}

/// `use i.{r}` becomes `resource r`.
fn made_own(pen: &mut Pen) -> Option<()> {
    let (home, name) = used_resource(pen)?;
    pen.draft.remove_use(home, &name)?;
    let (docs, attributes, kind) = (Vec::new(), Vec::new(), TypeDefKind::Resource(Vec::new()));
    pen.draft.add_type(home, TypeDef { docs, attributes, name, kind })
}

/// `resource r` becomes `use i.{q as r}`.
fn made_used(pen: &mut Pen) -> Option<()> {
    let (home, name) = pen.definition(is_resource)?;
    use_instead(pen, home, &name)
}

/// `use i.{r}` becomes `use j.{r}`, another resource.
fn replaced(pen: &mut Pen) -> Option<()> {
    let (home, name) = used_resource(pen)?;
    use_instead(pen, home, &name)
}

fn use_instead(pen: &mut Pen, home: Home, name: &str) -> Option<()> {
    let (from, of) = pen.foreign(home, true)?;
    if pen.draft.remove_type(home, name).is_none() {
        pen.draft.remove_use(home, name)?;
    }
    let path = pen.draft.path_to(home, from)?;
    let renamed = (of != name).then(|| name.to_string());
    pen.draft.add_use(home, Use { attributes: Vec::new(), path, names: vec![UseName { name: of, renamed }] })
}

impl Pen<'_> {
    /// A type of another interface, a resource or not.
    pub fn foreign(&mut self, home: Home, is_resource: bool) -> Option<(Home, String)> {
        let mut found = Vec::new();
        for other in self.draft.all_homes() {
            if matches!(other, Home::Interface(..)) && other != home {
                let types = self.draft.scope(other).into_iter().filter(|named| named.is_resource == is_resource);
                found.extend(types.map(|named| (other, named.name)));
            }
        }
        let (from, name) = self.pick(found)?;
        let package = home.package() != from.package() && self.draft.package_needs(from.package(), home.package());
        (!package && !self.draft.needs(from, home)).then_some((from, name))
    }
}

fn used_resource(pen: &mut Pen) -> Option<(Home, String)> {
    let mut found = Vec::new();
    for home in pen.draft.homes(pen.package) {
        for named in pen.draft.scope(home).into_iter().filter(|named| named.is_resource) {
            if pen.draft.origin(home, &named.name).is_some() {
                found.push((home, named.name));
            }
        }
    }
    pen.pick(found)
}

fn function(
    pen: &mut Pen,
    home: Home,
    resource: &str,
    kind: ResourceFunctionKind,
    accessor: bool,
) -> Option<ResourceFunction> {
    let taken = names(functions(pen, home, resource)?);
    let mut signature = pen.any_signature(home);
    let mut name = pen.fresh(&taken)?;
    if accessor {
        // The validator wants a value there.
        let ty = Type::Option(Box::new(Type::Primitive(pen.primitive())));
        let has_getter = functions(pen, home, resource)?.iter().find(|f| f.signature.keyword == Keyword::Get);
        let getter = has_getter.map(|function| (function.kind.clone(), function.signature.result.clone()));
        signature = Signature { keyword: Keyword::Get, parameters: Vec::new(), result: Some(ty) };
        if let (true, Some((ResourceFunctionKind::Method(of), Some(ty)))) = (pen.one_in(2), getter) {
            name = of;
            let parameters = vec![Parameter { name: "value".into(), ty }];
            signature = Signature { keyword: Keyword::Set, parameters, result: None };
        }
    }
    let kind = match kind {
        ResourceFunctionKind::Constructor if taken.iter().any(String::is_empty) => return None,
        ResourceFunctionKind::Constructor => {
            signature.keyword = Keyword::Func;
            signature.result = None;
            ResourceFunctionKind::Constructor
        }
        ResourceFunctionKind::Method(_) => ResourceFunctionKind::Method(name),
        ResourceFunctionKind::Static(_) => ResourceFunctionKind::Static(name),
    };
    Some(ResourceFunction { docs: Vec::new(), attributes: Vec::new(), kind, signature })
}

/// The constructor's is empty.
fn names(functions: &[ResourceFunction]) -> Vec<String> {
    let name = |function: &ResourceFunction| match &function.kind {
        ResourceFunctionKind::Constructor => String::new(),
        ResourceFunctionKind::Method(name) | ResourceFunctionKind::Static(name) => name.clone(),
    };
    functions.iter().map(name).collect()
}

fn with_functions(pen: &mut Pen) -> Option<(Home, String)> {
    pen.definition(|kind| matches!(kind, TypeDefKind::Resource(functions) if !functions.is_empty()))
}

fn functions<'a>(pen: &'a mut Pen, home: Home, name: &str) -> Option<&'a mut Vec<ResourceFunction>> {
    if let TypeDefKind::Resource(functions) = &mut pen.def(home, name)?.kind { Some(functions) } else { None }
}
