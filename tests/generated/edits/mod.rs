//! The edits, by name: every kind of change that SEMANTICS 4 names.

mod gates;
mod interfaces;
mod moves;
mod order;
mod parts;
mod resources;
mod signatures;
mod types;
mod uses;
mod versions;
mod worlds;

use crate::draft::{Draft, Home};
use fastrand::Rng;
use std::sync::LazyLock;
use wit_diff::syntax::{Case, Field, Primitive, Signature, Tag, Type, TypeDef, TypeDefKind};

/// One kind of edit.
pub struct Edit {
    pub name: &'static str,
    /// Edits the draft; `None` where there is nothing to edit that way, whatever was done to the draft by then.
    pub apply: fn(&mut Pen) -> Option<()>,
}

/// A table row.
type Row = (&'static str, fn(&mut Pen) -> Option<()>);

/// All of them.
pub static EDITS: LazyLock<Vec<Edit>> = LazyLock::new(|| {
    let tables: [&[Row]; 11] = [
        parts::EDITS,
        signatures::EDITS,
        types::EDITS,
        resources::EDITS,
        uses::EDITS,
        moves::EDITS,
        interfaces::EDITS,
        worlds::EDITS,
        gates::EDITS,
        versions::EDITS,
        order::EDITS,
    ];
    tables.into_iter().flatten().map(|&(name, apply)| Edit { name, apply }).collect()
});

/// What an edit works with: a draft, the package in it that is to be edited, and chance.
pub struct Pen<'a> {
    pub draft: &'a mut Draft,
    pub package: usize,
    pub rng: Rng,
}

const NAMES: [&str; 12] = ["x", "y", "z", "u", "v", "x-y", "x-Y", "q1", "na-2-me", "list", "r", "t"];

impl Pen<'_> {
    pub fn one_in(&mut self, n: u32) -> bool {
        self.rng.u32(..n) == 0
    }

    pub fn pick<T>(&mut self, mut from: Vec<T>) -> Option<T> {
        if from.is_empty() { None } else { Some(from.swap_remove(self.rng.usize(..from.len()))) }
    }

    /// A place of the package where types live.
    pub fn home(&mut self) -> Option<Home> {
        let homes = self.draft.homes(self.package);
        self.pick(homes)
    }

    /// An interface with a name.
    pub fn interface(&mut self) -> Option<Home> {
        let homes = self.draft.homes(self.package).into_iter().filter(|home| matches!(home, Home::Interface(..)));
        self.pick(homes.collect())
    }

    /// An interface, perhaps inline in a world.
    pub fn body(&mut self) -> Option<Home> {
        let homes = self.draft.homes(self.package).into_iter().filter(|home| !matches!(home, Home::World(..)));
        self.pick(homes.collect())
    }

    pub fn world(&mut self) -> Option<Home> {
        let homes = self.draft.homes(self.package).into_iter().filter(|home| matches!(home, Home::World(..)));
        self.pick(homes.collect())
    }

    /// A type of some kind, by its name.
    pub fn definition(&mut self, keep: impl Fn(&TypeDefKind) -> bool) -> Option<(Home, String)> {
        let mut found = Vec::new();
        for home in self.draft.homes(self.package) {
            let types = self.draft.types(home).into_iter().filter(|ty| keep(&ty.kind));
            found.extend(types.map(|ty| (home, ty.name.clone())));
        }
        self.pick(found)
    }

    pub fn def(&mut self, home: Home, name: &str) -> Option<&mut TypeDef> {
        self.draft.types(home).into_iter().find(|ty| ty.name == name)
    }

    /// A signature of some kind, by its number in its place.
    pub fn signature(&mut self, keep: impl Fn(&Signature) -> bool) -> Option<(Home, usize)> {
        let mut found = Vec::new();
        for home in self.draft.homes(self.package) {
            let signatures = self.draft.signatures(home).into_iter().enumerate().filter(|(_, s)| keep(s));
            found.extend(signatures.map(|(at, _)| (home, at)));
        }
        self.pick(found)
    }

    /// A name that is not taken.
    pub fn fresh(&mut self, taken: &[String]) -> Option<String> {
        let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
        let free: Vec<&str> = NAMES.into_iter().filter(|name| !taken.iter().any(|taken| same(taken, name))).collect();
        self.pick(free).map(str::to_string)
    }

    /// A name that nothing in the place has.
    pub fn fresh_in(&mut self, home: Home) -> Option<String> {
        let taken = self.draft.taken(home);
        self.fresh(&taken)
    }

    /// A type to be used in a place, without leading back to the type `avoid` there.
    pub fn ty(&mut self, home: Home, avoid: Option<&str>) -> Type {
        let scope = self.draft.scope(home);
        let leads = |draft: &mut Draft, name: &str| avoid.is_some_and(|avoid| draft.leads_to(home, name, avoid, 0));
        let names: Vec<_> = scope.into_iter().filter(|named| !leads(self.draft, &named.name)).collect();
        let names: Vec<(String, bool)> = names.into_iter().map(|named| (named.name, named.is_resource)).collect();
        self.ty_of(&names, 2)
    }

    fn ty_of(&mut self, names: &[(String, bool)], depth: u32) -> Type {
        let choice = self.rng.u32(..if depth == 0 { 12 } else { 24 });
        let inner = |pen: &mut Self| Box::new(pen.ty_of(names, depth - 1));
        match choice {
            0..6 => Type::Primitive(self.primitive()),
            6..12 => match self.pick(names.to_vec()) {
                None => Type::Primitive(self.primitive()),
                Some((name, true)) if self.one_in(2) => Type::Own(name),
                Some((name, _)) => Type::Name(name),
            },
            12..15 => Type::List(inner(self)),
            15 => Type::FixedLengthList(inner(self), self.rng.u32(1..=3)),
            // The validator wants no handle there.
            16 => Type::Map(Box::new(self.key()), Box::new(self.ty_of(&[], depth - 1))),
            17 | 18 => Type::Option(inner(self)),
            19 | 20 => {
                let (ok, err) = (self.one_in(2), self.one_in(2));
                Type::Result(ok.then(|| inner(self)), err.then(|| inner(self)))
            }
            21 | 22 => Type::Tuple((0..self.rng.usize(1..=3)).map(|_| *inner(self)).collect()),
            _ => {
                let ty = if self.one_in(4) { None } else { Some(inner(self)) };
                // The validator refuses streams of characters, for now.
                let is_char = ty.as_deref() == Some(&Type::Primitive(Primitive::Char));
                if self.one_in(2) || is_char { Type::Future(ty) } else { Type::Stream(ty) }
            }
        }
    }

    pub fn primitive(&mut self) -> Primitive {
        let at = self.rng.usize(..Primitive::ALL.len());
        // An error context is rare, and so it is here.
        if Primitive::ALL[at] == Primitive::ErrorContext && !self.one_in(4) {
            Primitive::U32
        } else {
            Primitive::ALL[at]
        }
    }

    /// The type of a map's keys.
    fn key(&mut self) -> Type {
        let keys = [Primitive::Bool, Primitive::U8, Primitive::S64, Primitive::Char, Primitive::String];
        Type::Primitive(keys[self.rng.usize(..keys.len())])
    }

    /// A parameter's type: borrowed handles too.
    pub fn parameter_ty(&mut self, home: Home) -> Type {
        let resources = self.draft.scope(home).into_iter().filter(|named| named.is_resource);
        let resources: Vec<String> = resources.map(|named| named.name).collect();
        match self.pick(resources) {
            Some(name) if self.one_in(3) => {
                let borrow = Type::Borrow(name);
                if self.one_in(4) { Type::List(Box::new(borrow)) } else { borrow }
            }
            _ => self.ty(home, None),
        }
    }

    /// What a new type of that name is.
    pub fn kind(&mut self, home: Home, name: &str) -> TypeDefKind {
        let count = self.rng.usize(1..=3);
        let names: Vec<String> = ["a", "b", "c"].into_iter().take(count).map(str::to_string).collect();
        let tags = |names: Vec<String>| names.into_iter().map(|name| Tag { docs: Vec::new(), name }).collect();
        match self.rng.u32(..7) {
            0 | 1 => {
                let field = |field| Field { docs: Vec::new(), name: field, ty: self.ty(home, Some(name)) };
                TypeDefKind::Record(names.into_iter().map(field).collect())
            }
            2 => TypeDefKind::Enum(tags(names)),
            3 => TypeDefKind::Flags(tags(names)),
            4 => TypeDefKind::Resource(Vec::new()),
            5 => TypeDefKind::Alias(self.ty(home, Some(name))),
            _ => {
                let mut cases = Vec::new();
                for case in names {
                    let ty = if self.one_in(2) { Some(self.ty(home, Some(name))) } else { None };
                    cases.push(Case { docs: Vec::new(), name: case, ty });
                }
                TypeDefKind::Variant(cases)
            }
        }
    }
}
