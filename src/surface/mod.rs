//! An owned, name-keyed picture of what a package promises.
//!
//! A [`Surface`] holds the packages of one revision with everything that they reach: worlds elaborated, `use` and
//! `include` resolved. It is what the comparison reads; `wit-parser` stays behind [`resolve()`].
//!
//! Deliberately absent: the other revision. Nothing here knows that there are two.

mod binary;
mod caller;
mod comments;
mod digest;
mod hint;
mod lower;
mod parses;
mod render;
mod resolve;
mod sources;
mod statements;

pub use caller::of_resolve;
pub use digest::Digest;
pub use parses::Parses;
pub use resolve::{Features, Resolved, Views, resolve, resolve_shared, resolve_whole};
pub use sources::{Place, Sources, Span};

use semver::Version;

/// The version of `wit-parser` that reads all WIT here, as far as it decides what that is.
pub const PARSER_VERSION: &str = "0.263";

/// Index of a package in [`Surface::packages`].
pub type PackageId = u32;
/// Index of an interface in [`Surface::interfaces`].
pub type InterfaceId = u32;
/// Index of a world in [`Surface::worlds`].
pub type WorldId = u32;
/// Index of a type in [`Surface::types`].
pub type TypeId = u32;

/// One view of one revision: its own packages and all packages that they reach.
#[derive(Debug, Default)]
pub struct Surface {
    /// Every package, own and dependency.
    pub packages: Vec<Package>,
    /// The packages that are under test, main first; all others are dependencies.
    pub own: Vec<PackageId>,
    /// Every interface, named and inline.
    pub interfaces: Vec<Interface>,
    /// Every world.
    pub worlds: Vec<World>,
    /// Every type, named and anonymous; a type stands behind those that it refers to.
    pub types: Vec<TypeDef>,
    /// The texts behind the spans.
    pub sources: Sources,
}

/// A package: `namespace:name@version`.
#[derive(Debug)]
pub struct Package {
    /// `namespace:name`, without the version.
    pub name: Box<str>,
    /// The declared version; `None` where the package declares none.
    pub version: Option<Version>,
    /// The documentation of the package itself.
    pub docs: Option<Box<str>>,
    /// Interfaces with a name, sorted by it.
    pub interfaces: Vec<InterfaceId>,
    /// Worlds, sorted by name.
    pub worlds: Vec<WorldId>,
}

/// What is said about an item without being part of its type.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
pub struct Attributes {
    /// Documentation comments.
    pub docs: Option<Box<str>>,
    /// `@since`, `@unstable`, `@deprecated`.
    pub stability: Stability,
    /// `@external-id`.
    pub external_id: Option<Box<str>>,
}

/// The gate of an item (SEMANTICS 8).
#[derive(Debug, Default, PartialEq, Eq, Clone)]
pub enum Stability {
    /// No gate.
    #[default]
    Unknown,
    /// `@unstable(feature = …)`.
    Unstable { feature: Box<str>, deprecated: Option<Version> },
    /// `@since(version = …)`.
    Stable { since: Version, deprecated: Option<Version> },
}

impl Stability {
    /// The version of `@deprecated`, if there is one.
    pub fn deprecated(&self) -> Option<&Version> {
        match self {
            Stability::Unknown => None,
            Stability::Unstable { deprecated, .. } | Stability::Stable { deprecated, .. } => deprecated.as_ref(),
        }
    }

    /// The version of `@since`, if there is one.
    pub fn since(&self) -> Option<&Version> {
        match self {
            Stability::Stable { since, .. } => Some(since),
            Stability::Unknown | Stability::Unstable { .. } => None,
        }
    }

    /// The feature of `@unstable`, if there is one.
    pub fn feature(&self) -> Option<&str> {
        match self {
            Stability::Unstable { feature, .. } => Some(feature),
            Stability::Unknown | Stability::Stable { .. } => None,
        }
    }
}

/// Attributes, boxed because most types have none.
pub type BoxedAttributes = Option<Box<Attributes>>;

/// An interface: types and functions by name.
#[derive(Debug)]
pub struct Interface {
    /// The name; `None` for an interface that is written inline in a world.
    pub name: Option<Box<str>>,
    /// The package that owns it.
    pub package: PackageId,
    /// What is said about it.
    pub attributes: BoxedAttributes,
    /// Where it is declared.
    pub span: Span,
    /// Its types, sorted by name.
    pub types: Vec<TypeId>,
    /// Its functions, sorted by encoded name.
    pub functions: Vec<Function>,
}

/// A function; methods, statics, constructors and accessors are functions with an encoded name.
#[derive(Debug)]
pub struct Function {
    /// The encoded name: `f`, `[method]r.m`, `[static]r.m`, `[constructor]r`, `[get]…`.
    pub name: Box<str>,
    /// Whether it is `async`.
    pub is_async: bool,
    /// Parameters in order, `self` included.
    pub parameters: Vec<Parameter>,
    /// The result, if there is one.
    pub result: Option<Type>,
    /// What is said about it.
    pub attributes: BoxedAttributes,
    /// Where it is declared.
    pub span: Span,
    /// Its structure.
    pub shape: Digest,
    /// Whether its types name a resource.
    pub has_resources: bool,
}

/// A parameter of a function.
#[derive(Debug)]
pub struct Parameter {
    /// The name.
    pub name: Box<str>,
    /// The type.
    pub ty: Type,
    /// Where it is declared.
    pub span: Span,
}

/// A world after elaboration: `include` and `use` are flattened.
#[derive(Debug)]
pub struct World {
    /// The name.
    pub name: Box<str>,
    /// The package that owns it.
    pub package: PackageId,
    /// What is said about it.
    pub attributes: BoxedAttributes,
    /// Where it is declared.
    pub span: Span,
    /// Imports, world-level types included, sorted by name.
    pub imports: Vec<WorldItem>,
    /// Exports, sorted by name.
    pub exports: Vec<WorldItem>,
    /// The worlds that it includes, as they stand; none where it came from a binary.
    pub includes: Vec<Include>,
}

/// An `include` of a world.
#[derive(Debug)]
pub struct Include {
    /// The included world.
    pub world: WorldId,
    /// What its items are called here: the old name and the new one.
    pub renames: Vec<(Box<str>, Box<str>)>,
}

/// What a world imports or exports under one name.
#[derive(Debug)]
pub struct WorldItem {
    /// What it is called.
    pub key: WorldKey,
    /// What it is.
    pub kind: WorldItemKind,
    /// What the statement says beside that (for functions and types see there).
    pub attributes: BoxedAttributes,
    /// The statement that brought it here, or the world.
    pub span: Span,
    /// Whether a statement of this very world names it; otherwise `include` or a dependency brought it here.
    pub stated: bool,
}

/// What an import or export is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum WorldKey {
    /// The name of an interface of some package.
    Interface(InterfaceId),
    /// A plain name, of a function, a type, an inline interface or a `label: interface`.
    Name(Box<str>),
}

/// What a world imports or exports.
#[derive(Debug)]
pub enum WorldItemKind {
    /// An interface.
    Interface(InterfaceId),
    /// A function.
    Function(Box<Function>),
    /// A type of the world itself; an import in the binary.
    Type(TypeId),
}

/// A type, named or anonymous.
#[derive(Debug)]
pub struct TypeDef {
    /// The name; `None` for an anonymous one such as the `list<u8>` of a parameter.
    pub name: Option<Box<str>>,
    /// Who defines it.
    pub owner: Owner,
    /// What it is.
    pub kind: TypeKind,
    /// What is said about it.
    pub attributes: BoxedAttributes,
    /// Where it is declared.
    pub span: Span,
    /// What it is when every alias is seen through; itself where it is none.
    pub base: Type,
    /// Its structure, aliases seen through.
    pub shape: Digest,
    /// Whether its structure names a resource.
    pub has_resources: bool,
}

/// Who defines a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Nobody: it is anonymous.
    None,
    /// An interface.
    Interface(InterfaceId),
    /// A world.
    World(WorldId),
}

/// A reference to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// A type without parts.
    Primitive(Primitive),
    /// A type of [`Surface::types`].
    Id(TypeId),
}

/// The types without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Primitive {
    Bool,
    U8,
    U16,
    U32,
    U64,
    S8,
    S16,
    S32,
    S64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
}

/// What a type is made of.
#[derive(Debug)]
pub enum TypeKind {
    /// Another name for a type: `type a = b`, `use i.{b as a}`.
    Alias(Type),
    Record(Vec<Field>),
    Variant(Vec<Case>),
    Enum(Vec<Label>),
    Flags(Vec<Label>),
    Resource,
    Own(TypeId),
    Borrow(TypeId),
    Tuple(Vec<Type>),
    Option(Type),
    Result {
        ok: Option<Type>,
        err: Option<Type>,
    },
    List(Type),
    /// `list<T, N>`.
    FixedLengthList(Type, u32),
    Map(Type, Type),
    Future(Option<Type>),
    Stream(Option<Type>),
}

/// A field of a record.
#[derive(Debug)]
pub struct Field {
    pub name: Box<str>,
    pub ty: Type,
    pub docs: Option<Box<str>>,
    pub span: Span,
}

/// A case of a variant.
#[derive(Debug)]
pub struct Case {
    pub name: Box<str>,
    pub ty: Option<Type>,
    pub docs: Option<Box<str>>,
    pub span: Span,
}

/// A case of an enum, or a flag.
#[derive(Debug)]
pub struct Label {
    pub name: Box<str>,
    pub docs: Option<Box<str>>,
    pub span: Span,
}

impl Surface {
    /// The type behind `id`.
    pub fn ty(&self, id: TypeId) -> &TypeDef {
        &self.types[id as usize]
    }

    /// The interface behind `id`.
    pub fn interface(&self, id: InterfaceId) -> &Interface {
        &self.interfaces[id as usize]
    }

    /// The world behind `id`.
    pub fn world(&self, id: WorldId) -> &World {
        &self.worlds[id as usize]
    }

    /// The package behind `id`.
    pub fn package(&self, id: PackageId) -> &Package {
        &self.packages[id as usize]
    }

    /// The type of that name in an interface.
    pub fn type_named(&self, interface: InterfaceId, name: &str) -> Option<TypeId> {
        let types = &self.interface(interface).types;
        let at = types.binary_search_by(|&t| self.ty(t).name.as_deref().unwrap_or("").cmp(name)).ok()?;
        Some(types[at])
    }

    /// What `ty` is when every alias is seen through.
    pub fn base(&self, ty: Type) -> Type {
        match ty {
            Type::Primitive(_) => ty,
            Type::Id(id) => self.ty(id).base,
        }
    }

    /// The structure of an interface as a text to compare: the names and shapes of all that it holds.
    pub fn interface_structure(&self, interface: InterfaceId) -> String {
        let interface = self.interface(interface);
        let types: Vec<_> = interface.types.iter().map(|&id| (&self.ty(id).name, self.ty(id).shape)).collect();
        let functions: Vec<_> = interface.functions.iter().map(|f| (&f.name, f.shape)).collect();
        format!("{types:?} {functions:?}")
    }

    /// The interfaces whose types an interface uses, each once, in no particular order.
    pub fn direct_dependencies(&self, interface: InterfaceId) -> Vec<InterfaceId> {
        let mut found: Vec<_> = (self.interface(interface).types.iter())
            .filter_map(|&t| match self.ty(t).kind {
                TypeKind::Alias(Type::Id(target)) => match self.ty(target).owner {
                    Owner::Interface(owner) if owner != interface => Some(owner),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl TypeDef {
    /// The attributes; empty ones where nothing is said.
    pub fn said(&self) -> &Attributes {
        said(&self.attributes)
    }
}

/// The attributes behind the box; empty ones where nothing is said.
pub fn said(attributes: &BoxedAttributes) -> &Attributes {
    const NOTHING: &Attributes = &Attributes { docs: None, stability: Stability::Unknown, external_id: None };
    attributes.as_deref().unwrap_or(NOTHING)
}

impl Function {
    /// The resource that a method, static, constructor or accessor belongs to, and the rest of its name.
    pub fn member(&self) -> Option<(&str, &str)> {
        let rest = &self.name[self.name.find(']')? + 1..];
        if &*self.name == "[constructor]" { None } else { Some(rest.split_once('.').unwrap_or((rest, "constructor"))) }
    }
}
