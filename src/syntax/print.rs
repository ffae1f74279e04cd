//! Trees as text, four spaces to a level.

use std::fmt::{Display, Formatter, Result};

use super::{
    Attribute, Extern, ExternKind, File, Function, Include, Interface, InterfaceItem, Item, Keyword, Package,
    PackageName, Path, ResourceFunction, ResourceFunctionKind, Signature, Tag, ToplevelUse, Type, TypeDef, TypeDefKind,
    Use, World, WorldItem,
};

impl Display for File {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(Package { docs, name }) = &self.package {
            docs.iter().try_for_each(|line| writeln!(f, "{line}"))?;
            writeln!(f, "package {name};")?;
        }
        for (at, item) in self.items.iter().enumerate() {
            if at > 0 || self.package.is_some() {
                writeln!(f)?;
            }
            Deep(item, 0).fmt(f)?;
        }
        Ok(())
    }
}

impl Display for PackageName {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}:{}", Id(&self.namespace), Id(&self.name))?;
        self.version.iter().try_for_each(|version| write!(f, "@{version}"))
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Some(package) = &self.package else { return Id(&self.name).fmt(f) };
        write!(f, "{}:{}/{}", Id(&package.namespace), Id(&package.name), Id(&self.name))?;
        package.version.iter().try_for_each(|version| write!(f, "@{version}"))
    }
}

impl Display for Type {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Type::Primitive(primitive) => f.write_str(primitive.as_str()),
            Type::Name(name) => Id(name).fmt(f),
            Type::Own(name) => write!(f, "own<{}>", Id(name)),
            Type::Borrow(name) => write!(f, "borrow<{}>", Id(name)),
            Type::List(ty) => write!(f, "list<{ty}>"),
            Type::FixedLengthList(ty, length) => write!(f, "list<{ty}, {length}>"),
            Type::Map(key, value) => write!(f, "map<{key}, {value}>"),
            Type::Option(ty) => write!(f, "option<{ty}>"),
            Type::Result(None, None) => f.write_str("result"),
            Type::Result(Some(ok), None) => write!(f, "result<{ok}>"),
            Type::Result(None, Some(err)) => write!(f, "result<_, {err}>"),
            Type::Result(Some(ok), Some(err)) => write!(f, "result<{ok}, {err}>"),
            Type::Tuple(types) => write!(f, "tuple<{}>", List(types)),
            Type::Future(None) => f.write_str("future"),
            Type::Future(Some(ty)) => write!(f, "future<{ty}>"),
            Type::Stream(None) => f.write_str("stream"),
            Type::Stream(Some(ty)) => write!(f, "stream<{ty}>"),
        }
    }
}

impl Display for Signature {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self.keyword {
            Keyword::Func => "func",
            Keyword::AsyncFunc => "async func",
            Keyword::Get => "get",
            Keyword::Set => "set",
        })?;
        self.fmt_rest(f)
    }
}

impl Signature {
    /// Parameters and result.
    fn fmt_rest(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("(")?;
        for (at, parameter) in self.parameters.iter().enumerate() {
            write!(f, "{}{}: {}", if at > 0 { ", " } else { "" }, Id(&parameter.name), parameter.ty)?;
        }
        f.write_str(")")?;
        self.result.iter().try_for_each(|ty| write!(f, " -> {ty}"))
    }
}

impl Display for Attribute {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Attribute::Since(version) => write!(f, "@since(version = {version})"),
            Attribute::Unstable(feature) => write!(f, "@unstable(feature = {})", Id(feature)),
            Attribute::Deprecated(version) => write!(f, "@deprecated(version = {version})"),
            Attribute::ExternalId(id) => write!(f, "@external-id({id})"),
        }
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Deep(self, 0).fmt(f)
    }
}

impl Display for InterfaceItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Deep(self, 0).fmt(f)
    }
}

impl Display for WorldItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Deep(self, 0).fmt(f)
    }
}

impl Display for ResourceFunction {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Deep(self, 0).fmt(f)
    }
}

/// What stands on lines of its own, so many levels deep.
struct Deep<'a, T>(&'a T, usize);

impl<T> Deep<'_, T> {
    fn indent(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{:1$}", "", self.1 * 4)
    }

    fn head(&self, f: &mut Formatter<'_>, docs: &[String], attributes: &[Attribute]) -> Result {
        for line in docs {
            self.indent(f)?;
            writeln!(f, "{line}")?;
        }
        for attribute in attributes {
            self.indent(f)?;
            writeln!(f, "{attribute}")?;
        }
        self.indent(f)
    }

    /// `{`, the items one level deeper, `}`.
    fn body<U>(&self, f: &mut Formatter<'_>, items: &[U]) -> Result
    where
        for<'b> Deep<'b, U>: Display,
    {
        writeln!(f, " {{")?;
        items.iter().try_for_each(|item| Deep(item, self.1 + 1).fmt(f))?;
        self.indent(f)?;
        writeln!(f, "}}")
    }

    /// `{`, one line per part, `}`.
    fn parts<'b, U: 'b>(
        &self,
        f: &mut Formatter<'_>,
        parts: &'b [U],
        part: impl Fn(&'b U) -> (&'b [String], String),
    ) -> Result {
        writeln!(f, " {{")?;
        for (docs, text) in parts.iter().map(part) {
            Deep(&(), self.1 + 1).head(f, docs, &[])?;
            writeln!(f, "{text},")?;
        }
        self.indent(f)?;
        writeln!(f, "}}")
    }
}

impl Display for Deep<'_, Item> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            Item::Interface(Interface { docs, attributes, name, items }) => {
                self.head(f, docs, attributes)?;
                write!(f, "interface {}", Id(name))?;
                self.body(f, items)
            }
            Item::World(World { docs, attributes, name, items }) => {
                self.head(f, docs, attributes)?;
                write!(f, "world {}", Id(name))?;
                self.body(f, items)
            }
            Item::Use(ToplevelUse { attributes, path, renamed }) => {
                self.head(f, &[], attributes)?;
                write!(f, "use {path}")?;
                renamed.iter().try_for_each(|name| write!(f, " as {}", Id(name)))?;
                writeln!(f, ";")
            }
            Item::Package(package) => {
                self.head(f, &package.docs, &[])?;
                write!(f, "package {}", package.name)?;
                self.body(f, &package.items)
            }
        }
    }
}

impl Display for Deep<'_, InterfaceItem> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            InterfaceItem::Use(item) => Deep(item, self.1).fmt(f),
            InterfaceItem::Type(ty) => Deep(ty, self.1).fmt(f),
            InterfaceItem::Function(Function { docs, attributes, name, signature }) => {
                self.head(f, docs, attributes)?;
                writeln!(f, "{}: {signature};", Id(name))
            }
        }
    }
}

impl Display for Deep<'_, WorldItem> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            WorldItem::Use(item) => Deep(item, self.1).fmt(f),
            WorldItem::Type(ty) => Deep(ty, self.1).fmt(f),
            WorldItem::Include(Include { attributes, path, names }) => {
                self.head(f, &[], attributes)?;
                write!(f, "include {path}")?;
                if names.is_empty() {
                    return writeln!(f, ";");
                }
                let names: Vec<String> = names.iter().map(|(old, new)| format!("{} as {}", Id(old), Id(new))).collect();
                writeln!(f, " with {{ {} }}", List(&names))
            }
            WorldItem::Import(item) => self.item(f, "import", item),
            WorldItem::Export(item) => self.item(f, "export", item),
        }
    }
}

impl Deep<'_, WorldItem> {
    fn item(&self, f: &mut Formatter<'_>, word: &str, Extern { docs, attributes, kind }: &Extern) -> Result {
        self.head(f, docs, attributes)?;
        write!(f, "{word} ")?;
        match kind {
            ExternKind::Path(path) => writeln!(f, "{path};"),
            ExternKind::Named { name, path } => writeln!(f, "{}: {path};", Id(name)),
            ExternKind::Function { name, signature } => writeln!(f, "{}: {signature};", Id(name)),
            ExternKind::Interface { name, items } => {
                write!(f, "{}: interface", Id(name))?;
                self.body(f, items)
            }
        }
    }
}

impl Display for Deep<'_, Use> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.head(f, &[], &self.0.attributes)?;
        let name = |name: &super::UseName| match &name.renamed {
            Some(renamed) => format!("{} as {}", Id(&name.name), Id(renamed)),
            None => Id(&name.name).to_string(),
        };
        let names: Vec<String> = self.0.names.iter().map(name).collect();
        writeln!(f, "use {}.{{{}}};", self.0.path, List(&names))
    }
}

impl Display for Deep<'_, TypeDef> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let TypeDef { docs, attributes, name, kind } = self.0;
        self.head(f, docs, attributes)?;
        let name = Id(name);
        let tag = |tag: &Tag| Id(&tag.name).to_string();
        match kind {
            TypeDefKind::Alias(ty) => writeln!(f, "type {name} = {ty};"),
            TypeDefKind::Record(fields) => {
                write!(f, "record {name}")?;
                self.parts(f, fields, |field| (&field.docs[..], format!("{}: {}", Id(&field.name), field.ty)))
            }
            TypeDefKind::Variant(cases) => {
                write!(f, "variant {name}")?;
                let payload = |ty: &Option<Type>| ty.as_ref().map_or(String::new(), |ty| format!("({ty})"));
                self.parts(f, cases, |case| (&case.docs[..], format!("{}{}", Id(&case.name), payload(&case.ty))))
            }
            TypeDefKind::Enum(cases) => {
                write!(f, "enum {name}")?;
                self.parts(f, cases, |case| (&case.docs[..], tag(case)))
            }
            TypeDefKind::Flags(flags) => {
                write!(f, "flags {name}")?;
                self.parts(f, flags, |flag| (&flag.docs[..], tag(flag)))
            }
            TypeDefKind::Resource(functions) if functions.is_empty() => writeln!(f, "resource {name};"),
            TypeDefKind::Resource(functions) => {
                write!(f, "resource {name}")?;
                self.body(f, functions)
            }
        }
    }
}

impl Display for Deep<'_, ResourceFunction> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let ResourceFunction { docs, attributes, kind, signature } = self.0;
        self.head(f, docs, attributes)?;
        match kind {
            ResourceFunctionKind::Constructor => {
                f.write_str("constructor")?;
                signature.fmt_rest(f)?;
            }
            ResourceFunctionKind::Method(name) => write!(f, "{}: {signature}", Id(name))?,
            ResourceFunctionKind::Static(name) => write!(f, "{}: static {signature}", Id(name))?,
        }
        writeln!(f, ";")
    }
}

/// With commas between.
struct List<'a, T>(&'a [T]);

impl<T: Display> Display for List<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (at, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if at > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}

/// A name, behind `%` where it would be a keyword.
pub struct Id<'a>(pub &'a str);

impl Display for Id<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if KEYWORDS.contains(&self.0) {
            f.write_str("%")?;
        }
        f.write_str(self.0)
    }
}

/// What `wit-parser` does not take for a name.
pub(super) const KEYWORDS: [&str; 44] = [
    "use",
    "type",
    "func",
    "u8",
    "u16",
    "u32",
    "u64",
    "s8",
    "s16",
    "s32",
    "s64",
    "f32",
    "f64",
    "char",
    "resource",
    "own",
    "borrow",
    "record",
    "flags",
    "variant",
    "enum",
    "bool",
    "string",
    "option",
    "result",
    "future",
    "stream",
    "error-context",
    "list",
    "map",
    "_",
    "as",
    "from",
    "static",
    "interface",
    "tuple",
    "world",
    "import",
    "export",
    "package",
    "constructor",
    "include",
    "with",
    "async",
];
