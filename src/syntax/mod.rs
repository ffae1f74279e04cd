//! WIT text as trees that can be edited and printed: what proofs change, and what reduction cuts.
//!
//! The tree is the text without its layout: [`parse`] drops plain comments and blanks, keeps documentation and the
//! order of everything, and printing (`Display`) gives the same tree back. Of names it knows only how they are written.
//!
//! Deliberately absent: meaning. Whether names resolve, whether an item stands twice, whether an attribute fits, is for
//! `wit-parser` to say; what parses here need not be valid there.
//!
//! ```
//! use wit_diff::syntax::{Item, parse};
//!
//! let mut file = parse("package a:b; interface i { f: func(); } // the end")?;
//! if let Item::Interface(interface) = &mut file.items[0] {
//!     interface.name = "type".into();
//! }
//! assert_eq!(file.to_string(), "package a:b;\n\ninterface %type {\n    f: func();\n}\n");
//! # Ok::<(), wit_diff::error::Error>(())
//! ```

mod cursor;
pub(crate) mod extents;
pub(crate) mod lex;
mod parse;
mod parts;
mod print;
pub(crate) mod statements;
mod visit;

pub use parse::parse;
pub use print::Id;

/// Documentation: the comments before an item as they stand, `///` and `/** … */`, without the blanks around them.
pub type Docs = Vec<String>;

/// One `*.wit` file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// `package a:b@1.0.0;`, where the file has one.
    pub package: Option<Package>,
    /// Everything else.
    pub items: Vec<Item>,
}

/// The line that names a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub docs: Docs,
    pub name: PackageName,
}

/// `namespace:name@version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageName {
    pub namespace: String,
    pub name: String,
    /// As it stands.
    pub version: Option<String>,
}

/// What stands at the top of a file or of a nested package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Interface(Interface),
    World(World),
    Use(ToplevelUse),
    Package(NestedPackage),
}

/// `package a:b { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedPackage {
    pub docs: Docs,
    pub name: PackageName,
    pub items: Vec<Item>,
}

/// `use a:b/c@1.0.0 as d;` at the top level. It can have no documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToplevelUse {
    pub attributes: Vec<Attribute>,
    pub path: Path,
    pub renamed: Option<String>,
}

/// What stands behind an `@`. Versions, names and strings as they stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// `@since(version = 1.0.0)`
    Since(String),
    /// `@unstable(feature = a)`
    Unstable(String),
    /// `@deprecated(version = 1.0.0)`
    Deprecated(String),
    /// `@external-id("a")`, the quotes included.
    ExternalId(String),
}

/// The way to an interface or world: `i`, or `a:b/i@1.0.0` with its package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    pub package: Option<PackageName>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    pub docs: Docs,
    pub attributes: Vec<Attribute>,
    pub name: String,
    pub items: Vec<InterfaceItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InterfaceItem {
    Use(Use),
    Type(TypeDef),
    Function(Function),
}

/// `use i.{a, b as c};`. It can have no documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub attributes: Vec<Attribute>,
    pub path: Path,
    pub names: Vec<UseName>,
}

/// `a` or `a as b`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UseName {
    pub name: String,
    pub renamed: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    pub docs: Docs,
    pub attributes: Vec<Attribute>,
    pub name: String,
    pub items: Vec<WorldItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorldItem {
    Use(Use),
    Type(TypeDef),
    Include(Include),
    Import(Extern),
    Export(Extern),
}

/// `include w with { a as b }`. It can have no documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    pub attributes: Vec<Attribute>,
    pub path: Path,
    /// Names of the included world, and what they are here.
    pub names: Vec<(String, String)>,
}

/// What is imported or exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extern {
    pub docs: Docs,
    pub attributes: Vec<Attribute>,
    pub kind: ExternKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExternKind {
    /// `import a:b/i;`
    Path(Path),
    /// `import k: a:b/i;`
    Named { name: String, path: Path },
    /// `import f: func();`
    Function { name: String, signature: Signature },
    /// `import k: interface { … }`
    Interface { name: String, items: Vec<InterfaceItem> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDef {
    pub docs: Docs,
    pub attributes: Vec<Attribute>,
    pub name: String,
    pub kind: TypeDefKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeDefKind {
    Alias(Type),
    Record(Vec<Field>),
    Variant(Vec<Case>),
    Enum(Vec<Tag>),
    Flags(Vec<Tag>),
    Resource(Vec<ResourceFunction>),
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub docs: Docs,
    pub name: String,
    pub ty: Type,
}

/// A case of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub docs: Docs,
    pub name: String,
    pub ty: Option<Type>,
}

/// A case of an enum, or a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub docs: Docs,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceFunction {
    pub docs: Docs,
    pub attributes: Vec<Attribute>,
    pub kind: ResourceFunctionKind,
    pub signature: Signature,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceFunctionKind {
    /// Has no name, and is neither `async` nor a getter or setter.
    Constructor,
    Method(String),
    Static(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    pub docs: Docs,
    pub attributes: Vec<Attribute>,
    pub name: String,
    pub signature: Signature,
}

/// All of a function but its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    pub keyword: Keyword,
    pub parameters: Vec<Parameter>,
    pub result: Option<Type>,
}

/// The word before the parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keyword {
    #[default]
    Func,
    AsyncFunc,
    Get,
    Set,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub ty: Type,
}

/// A type where it is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    Primitive(Primitive),
    Name(String),
    Own(String),
    Borrow(String),
    List(Box<Type>),
    FixedLengthList(Box<Type>, u32),
    Map(Box<Type>, Box<Type>),
    Option(Box<Type>),
    Result(Option<Box<Type>>, Option<Box<Type>>),
    Tuple(Vec<Type>),
    Future(Option<Box<Type>>),
    Stream(Option<Box<Type>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Primitive {
    /// All of them.
    pub const ALL: [Primitive; 14] = [
        Primitive::Bool,
        Primitive::U8,
        Primitive::U16,
        Primitive::U32,
        Primitive::U64,
        Primitive::S8,
        Primitive::S16,
        Primitive::S32,
        Primitive::S64,
        Primitive::F32,
        Primitive::F64,
        Primitive::Char,
        Primitive::String,
        Primitive::ErrorContext,
    ];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Primitive::Bool => "bool",
            Primitive::U8 => "u8",
            Primitive::U16 => "u16",
            Primitive::U32 => "u32",
            Primitive::U64 => "u64",
            Primitive::S8 => "s8",
            Primitive::S16 => "s16",
            Primitive::S32 => "s32",
            Primitive::S64 => "s64",
            Primitive::F32 => "f32",
            Primitive::F64 => "f64",
            Primitive::Char => "char",
            Primitive::String => "string",
            Primitive::ErrorContext => "error-context",
        }
    }
}
