//! Functions, parameters and results.

use super::{Pen, Row};
use crate::draft::Home;
use wit_diff::syntax::{
    Extern, ExternKind, Function, InterfaceItem, Keyword, Parameter, ResourceFunction, ResourceFunctionKind, Signature,
    Type, TypeDefKind, WorldItem,
};

pub const EDITS: &[Row] = &[
    ("function added", add),
    ("function removed", remove),
    ("function renamed", rename),
    ("parameter added", parameter_added),
    ("parameter removed", parameter_removed),
    ("parameter renamed", parameter_renamed),
    ("parameters reordered", parameters_reordered),
    ("parameter retyped", parameter_retyped),
    ("result added or retyped", result_retyped),
    ("result removed", result_removed),
    ("function made async or sync", made_async),
    ("handle owned or borrowed", handle),
    ("own spelled or not", spelling),
    ("type wrapped", wrapped),
    ("type replaced by one of equal shape", equal_shape),
];

impl Pen<'_> {
    /// A signature for a function without a role of its own.
    pub fn any_signature(&mut self, home: Home) -> Signature {
        let names = ["a", "b", "c"].into_iter().take(self.rng.usize(..3));
        let parameters: Vec<Parameter> =
            names.map(|name| Parameter { name: name.into(), ty: self.parameter_ty(home) }).collect();
        let result = if self.one_in(2) { Some(self.ty(home, None)) } else { None };
        let keyword = if self.one_in(4) { Keyword::AsyncFunc } else { Keyword::Func };
        Signature { keyword, parameters, result }
    }
}

fn add(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let name = pen.fresh_in(home)?;
    let signature = pen.any_signature(home);
    let (docs, attributes) = (Vec::new(), Vec::new());
    if let Some(items) = pen.draft.body(home) {
        items.push(InterfaceItem::Function(Function { docs, attributes, name, signature }));
        return Some(());
    }
    let item = Extern { docs, attributes, kind: ExternKind::Function { name, signature } };
    let item = if pen.one_in(2) { WorldItem::Import(item) } else { WorldItem::Export(item) };
    pen.draft.world(home)?.items.push(item);
    Some(())
}

fn remove(pen: &mut Pen) -> Option<()> {
    let home = pen.body()?;
    let items = pen.draft.body(home)?;
    let functions = items.iter().enumerate().filter(|(_, item)| matches!(item, InterfaceItem::Function(_)));
    let functions = functions.map(|(at, _)| at).collect();
    let at = pen.pick(functions)?;
    pen.draft.body(home)?.remove(at);
    Some(())
}

fn rename(pen: &mut Pen) -> Option<()> {
    let home = pen.body()?;
    let new = pen.fresh_in(home)?;
    let mut names: Vec<&mut String> = (pen.draft.body(home)?.iter_mut())
        .filter_map(|item| if let InterfaceItem::Function(function) = item { Some(&mut function.name) } else { None })
        .collect();
    let at = pen.rng.usize(..(!names.is_empty()).then_some(names.len())?);
    *names.swap_remove(at) = new;
    Some(())
}

fn parameter_added(pen: &mut Pen) -> Option<()> {
    let (home, at) = pen.signature(|signature| matches!(signature.keyword, Keyword::Func | Keyword::AsyncFunc))?;
    let ty = pen.parameter_ty(home);
    let mut taken: Vec<String> = vec!["self".into()];
    taken.extend(pen.draft.signatures(home)[at].parameters.iter().map(|parameter| parameter.name.clone()));
    let name = pen.fresh(&taken)?;
    let place = pen.rng.usize(..taken.len());
    pen.draft.signatures(home)[at].parameters.insert(place, Parameter { name, ty });
    Some(())
}

fn parameter_removed(pen: &mut Pen) -> Option<()> {
    let (home, at) = with_parameters(pen)?;
    let count = pen.draft.signatures(home)[at].parameters.len();
    let place = pen.rng.usize(..count);
    pen.draft.signatures(home)[at].parameters.remove(place);
    Some(())
}

fn parameter_renamed(pen: &mut Pen) -> Option<()> {
    let (home, at) = with_parameters(pen)?;
    let parameters = &pen.draft.signatures(home)[at].parameters;
    let taken: Vec<String> = parameters.iter().map(|parameter| parameter.name.clone()).collect();
    let place = pen.rng.usize(..taken.len());
    let name = if pen.one_in(4) { taken[place].to_uppercase() } else { pen.fresh(&taken)? };
    pen.draft.signatures(home)[at].parameters[place].name = name;
    Some(())
}

fn parameters_reordered(pen: &mut Pen) -> Option<()> {
    let (home, at) = pen.signature(|signature| signature.parameters.len() > 1)?;
    let count = pen.draft.signatures(home)[at].parameters.len();
    let (a, b) = (pen.rng.usize(..count), pen.rng.usize(..count));
    pen.draft.signatures(home)[at].parameters.swap(a, b);
    Some(())
}

fn parameter_retyped(pen: &mut Pen) -> Option<()> {
    let (home, at) = with_parameters(pen)?;
    let ty = pen.parameter_ty(home);
    let count = pen.draft.signatures(home)[at].parameters.len();
    let place = pen.rng.usize(..count);
    pen.draft.signatures(home)[at].parameters[place].ty = ty;
    Some(())
}

fn result_retyped(pen: &mut Pen) -> Option<()> {
    // The result of a constructor or accessor has a type that it must keep.
    let (home, at) = pen.signature(|signature| matches!(signature.keyword, Keyword::Func | Keyword::AsyncFunc))?;
    let ty = pen.ty(home, None);
    pen.draft.signatures(home)[at].result = Some(ty);
    not_of_a_constructor(pen, home, at)
}

fn result_removed(pen: &mut Pen) -> Option<()> {
    let (home, at) = pen.signature(|signature| {
        signature.result.is_some() && matches!(signature.keyword, Keyword::Func | Keyword::AsyncFunc)
    })?;
    pen.draft.signatures(home)[at].result = None;
    not_of_a_constructor(pen, home, at)
}

fn made_async(pen: &mut Pen) -> Option<()> {
    let (home, at) = pen.signature(|signature| matches!(signature.keyword, Keyword::Func | Keyword::AsyncFunc))?;
    not_of_a_constructor(pen, home, at)?;
    let keyword = &mut pen.draft.signatures(home).swap_remove(at).keyword;
    *keyword = if *keyword == Keyword::Func { Keyword::AsyncFunc } else { Keyword::Func };
    Some(())
}

fn handle(pen: &mut Pen) -> Option<()> {
    let (home, at) = with_parameters(pen)?;
    let resources = pen.draft.scope(home).into_iter().filter(|named| named.is_resource);
    let resources: Vec<String> = resources.map(|named| named.name).collect();
    let mut done = None;
    for parameter in &mut pen.draft.signatures(home)[at].parameters {
        parameter.ty.for_each(&mut |ty| {
            let new = match &*ty {
                Type::Own(name) | Type::Name(name) if resources.contains(name) => Type::Borrow(name.clone()),
                Type::Borrow(name) => Type::Own(name.clone()),
                _ => return,
            };
            *ty = new;
            done = Some(());
        });
    }
    done
}

fn spelling(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let resources = pen.draft.scope(home).into_iter().filter(|named| named.is_resource);
    let resources: Vec<String> = resources.map(|named| named.name).collect();
    let mut done = None;
    // An alias of a resource is a resource, and one of a handle is not.
    for signature in pen.draft.signatures(home) {
        signature.for_each_type(&mut |ty| {
            let new = match &*ty {
                Type::Name(name) if resources.contains(name) => Type::Own(name.clone()),
                Type::Own(name) => Type::Name(name.clone()),
                _ => return,
            };
            *ty = new;
            done = Some(());
        });
    }
    done
}

fn wrapped(pen: &mut Pen) -> Option<()> {
    let (home, at) = with_parameters(pen)?;
    let count = pen.draft.signatures(home)[at].parameters.len();
    let place = pen.rng.usize(..count);
    let choice = pen.rng.u32(..6);
    let ty = &mut pen.draft.signatures(home).swap_remove(at).parameters[place].ty;
    let inner = Box::new(ty.clone());
    *ty = match choice {
        0 => Type::List(inner),
        1 => Type::Option(inner),
        2 => Type::Tuple(vec![*inner]),
        3 => Type::Result(Some(inner), None),
        4 => Type::FixedLengthList(inner, 2),
        _ => Type::Result(None, Some(inner)),
    };
    Some(())
}

/// Another kind of type with the same layout, wherever in a place one is used.
fn equal_shape(pen: &mut Pen) -> Option<()> {
    let home = pen.home()?;
    let mut candidates = 0;
    pen.draft.for_each_type(home, &mut |ty| candidates += usize::from(equal(ty).is_some()));
    let chosen = pen.rng.usize(..(candidates > 0).then_some(candidates)?);
    let mut at = 0;
    pen.draft.for_each_type(home, &mut |ty| {
        if let Some(new) = equal(ty) {
            if at == chosen {
                *ty = new;
            }
            at += 1;
        }
    });
    Some(())
}

fn equal(ty: &Type) -> Option<Type> {
    use wit_diff::syntax::Primitive::{Char, String, U8, U32};
    Some(match ty {
        Type::Primitive(U32) => Type::Primitive(Char),
        Type::Primitive(Char) => Type::Primitive(U32),
        Type::Primitive(String) => Type::List(Box::new(Type::Primitive(U8))),
        Type::List(inner) if **inner == Type::Primitive(U8) => Type::Primitive(String),
        Type::FixedLengthList(inner, n) => Type::Tuple(vec![(**inner).clone(); *n as usize]),
        Type::Map(key, value) => Type::List(Box::new(Type::Tuple(vec![(**key).clone(), (**value).clone()]))),
        Type::Option(inner) => Type::Result(Some(inner.clone()), None),
        Type::Tuple(types) if types.len() == 1 => types[0].clone(),
        Type::Stream(inner) => Type::Future(inner.clone()),
        Type::Future(inner) => Type::Stream(inner.clone()),
        _ => return None,
    })
}

fn with_parameters(pen: &mut Pen) -> Option<(Home, usize)> {
    pen.signature(|signature| !signature.parameters.is_empty() && signature.keyword != Keyword::Set)
}

/// Constructors are other edits' business.
fn not_of_a_constructor(pen: &mut Pen, home: Home, at: usize) -> Option<()> {
    let wanted: *const Signature = pen.draft.signatures(home).swap_remove(at);
    let is_it = |function: &ResourceFunction| {
        function.kind == ResourceFunctionKind::Constructor && std::ptr::eq(&function.signature, wanted)
    };
    let found = pen.draft.types(home).iter().any(|ty| match &ty.kind {
        TypeDefKind::Resource(functions) => functions.iter().any(is_it),
        _ => false,
    });
    (!found).then_some(())
}
