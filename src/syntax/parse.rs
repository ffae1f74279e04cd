//! Text to tree, by recursive descent.

use super::cursor::{Parsed, Parser};
use super::lex::{Kind, lex};
use super::{
    Attribute, Case, Docs, Extern, ExternKind, Field, File, Function, Include, Interface, InterfaceItem, Item, Keyword,
    NestedPackage, Package, PackageName, Parameter, Path, Primitive, ResourceFunction, ResourceFunctionKind, Signature,
    Tag, ToplevelUse, Type, TypeDef, TypeDefKind, Use, UseName, World, WorldItem,
};
use crate::error::Error;

/// How deep types and packages may lie in each other, as in `wit-parser`.
const DEEPEST: usize = 100;

/// Reads one file.
///
/// # Errors
///
/// What is no WIT text, with the place and what was expected there.
pub fn parse(text: &str) -> Result<File, Error> {
    let mut parser = Parser { text, tokens: lex(text)?, at: 0 };
    let package = parser.package()?;
    let mut items = Vec::new();
    while parser.peek().kind != Kind::End {
        items.push(parser.item(0)?);
    }
    Ok(File { package, items })
}

impl<'a> Parser<'a> {
    /// `package a:b;`, but not `package a:b { … }`.
    fn package(&mut self) -> Parsed<Option<Package>> {
        let start = self.at;
        let docs = self.docs();
        if self.eat("package") {
            let name = self.package_name()?;
            if self.eat(";") {
                return Ok(Some(Package { docs, name }));
            }
        }
        self.at = start;
        Ok(None)
    }

    fn item(&mut self, depth: usize) -> Parsed<Item> {
        let docs = self.docs();
        let attributes = self.attributes()?;
        if self.eat("interface") {
            let name = self.id()?;
            Ok(Item::Interface(Interface { docs, attributes, name, items: self.interface_items()? }))
        } else if self.eat("world") {
            let name = self.id()?;
            Ok(Item::World(World { docs, attributes, name, items: self.body(Parser::world_item)? }))
        } else if self.eat("use") {
            let path = self.path()?;
            let renamed = if self.eat("as") { Some(self.id()?) } else { None };
            self.expect(";")?;
            Ok(Item::Use(ToplevelUse { attributes, path, renamed }))
        } else if attributes.is_empty() && depth < DEEPEST && self.eat("package") {
            let name = self.package_name()?;
            let items = self.body(|parser| parser.item(depth + 1))?;
            Ok(Item::Package(NestedPackage { docs, name, items }))
        } else {
            self.wanted("an interface, a world, `use` or `package`")
        }
    }

    fn world_item(&mut self) -> Parsed<WorldItem> {
        let docs = self.docs();
        let attributes = self.attributes()?;
        if self.eat("import") {
            Ok(WorldItem::Import(Extern { docs, attributes, kind: self.extern_kind()? }))
        } else if self.eat("export") {
            Ok(WorldItem::Export(Extern { docs, attributes, kind: self.extern_kind()? }))
        } else if self.eat("use") {
            self.names_used(attributes).map(WorldItem::Use)
        } else if self.eat("include") {
            let path = self.path()?;
            let mut names = Vec::new();
            if self.eat("with") {
                self.expect("{")?;
                names = self.list("}", |parser, _| {
                    let name = parser.id()?;
                    parser.expect("as")?;
                    Ok((name, parser.id()?))
                })?;
            } else {
                self.expect(";")?;
            }
            Ok(WorldItem::Include(Include { attributes, path, names }))
        } else {
            let ty = self.type_def(docs, attributes)?;
            ty.map_or_else(
                || self.wanted("an import, an export, `use`, `include` or a type"),
                |ty| Ok(WorldItem::Type(ty)),
            )
        }
    }

    fn extern_kind(&mut self) -> Parsed<ExternKind> {
        let start = self.at;
        let name = self.id()?;
        if self.eat(":") {
            if self.is("func") || self.is("async") || self.is_accessor() {
                let signature = self.signature()?;
                self.expect(";")?;
                return Ok(ExternKind::Function { name, signature });
            }
            if self.eat("interface") {
                return Ok(ExternKind::Interface { name, items: self.interface_items()? });
            }
            // `a:b/c` is a path, `a: b` a name and a path.
            if !(self.is_id() && self.is_sign_at(self.at + 1, "/")) {
                let path = self.path()?;
                self.expect(";")?;
                return Ok(ExternKind::Named { name, path });
            }
        }
        self.at = start;
        let path = self.path()?;
        self.expect(";")?;
        Ok(ExternKind::Path(path))
    }

    fn interface_items(&mut self) -> Parsed<Vec<InterfaceItem>> {
        self.body(|parser| {
            let docs = parser.docs();
            let attributes = parser.attributes()?;
            if parser.eat("use") {
                return parser.names_used(attributes).map(InterfaceItem::Use);
            }
            if parser.is_id() {
                let name = parser.id()?;
                parser.expect(":")?;
                let signature = parser.signature()?;
                parser.expect(";")?;
                return Ok(InterfaceItem::Function(Function { docs, attributes, name, signature }));
            }
            let ty = parser.type_def(docs, attributes)?;
            ty.map_or_else(|| parser.wanted("a function, a type or `use`"), |ty| Ok(InterfaceItem::Type(ty)))
        })
    }

    /// What follows the word `use` in an interface or a world.
    fn names_used(&mut self, attributes: Vec<Attribute>) -> Parsed<Use> {
        let path = self.path()?;
        self.expect(".")?;
        self.expect("{")?;
        let names = self.list("}", |parser, _| {
            let name = parser.id()?;
            let renamed = if parser.eat("as") { Some(parser.id()?) } else { None };
            Ok(UseName { name, renamed })
        })?;
        self.expect(";")?;
        Ok(Use { attributes, path, names })
    }

    /// A type, if one is declared here.
    fn type_def(&mut self, docs: Docs, attributes: Vec<Attribute>) -> Parsed<Option<TypeDef>> {
        let (name, kind);
        if self.eat("type") {
            name = self.id()?;
            self.expect("=")?;
            kind = TypeDefKind::Alias(self.ty(0)?);
            self.expect(";")?;
        } else if self.eat("record") {
            name = self.id()?;
            self.expect("{")?;
            kind = TypeDefKind::Record(self.list("}", |parser, docs| {
                let name = parser.id()?;
                parser.expect(":")?;
                Ok(Field { docs, name, ty: parser.ty(0)? })
            })?);
        } else if self.eat("variant") {
            name = self.id()?;
            self.expect("{")?;
            kind = TypeDefKind::Variant(self.list("}", |parser, docs| {
                let name = parser.id()?;
                let ty = if parser.eat("(") { Some(parser.ty(0)?) } else { None };
                if ty.is_some() {
                    parser.expect(")")?;
                }
                Ok(Case { docs, name, ty })
            })?);
        } else if self.eat("enum") {
            name = self.id()?;
            kind = TypeDefKind::Enum(self.tags()?);
        } else if self.eat("flags") {
            name = self.id()?;
            kind = TypeDefKind::Flags(self.tags()?);
        } else if self.eat("resource") {
            name = self.id()?;
            let empty = self.eat(";");
            kind = TypeDefKind::Resource(if empty { Vec::new() } else { self.body(Parser::resource_function)? });
        } else {
            return Ok(None);
        }
        Ok(Some(TypeDef { docs, attributes, name, kind }))
    }

    fn tags(&mut self) -> Parsed<Vec<Tag>> {
        self.expect("{")?;
        self.list("}", |parser, docs| Ok(Tag { docs, name: parser.id()? }))
    }

    fn resource_function(&mut self) -> Parsed<ResourceFunction> {
        let docs = self.docs();
        let attributes = self.attributes()?;
        let (kind, signature);
        if self.eat("constructor") {
            kind = ResourceFunctionKind::Constructor;
            signature = self.parameters_and_result(Keyword::Func)?;
        } else {
            let name = self.id()?;
            self.expect(":")?;
            let is_static = self.eat("static");
            kind = if is_static { ResourceFunctionKind::Static(name) } else { ResourceFunctionKind::Method(name) };
            signature = self.signature()?;
        }
        self.expect(";")?;
        Ok(ResourceFunction { docs, attributes, kind, signature })
    }

    fn signature(&mut self) -> Parsed<Signature> {
        let keyword = if self.eat("async") {
            self.expect("func")?;
            Keyword::AsyncFunc
        } else if self.is_accessor() {
            if self.eat("get") {
                Keyword::Get
            } else {
                self.expect("set")?;
                Keyword::Set
            }
        } else {
            self.expect("func")?;
            Keyword::Func
        };
        self.parameters_and_result(keyword)
    }

    fn parameters_and_result(&mut self, keyword: Keyword) -> Parsed<Signature> {
        self.expect("(")?;
        let parameters = self.list(")", |parser, _| {
            let name = parser.id()?;
            parser.expect(":")?;
            Ok(Parameter { name, ty: parser.ty(0)? })
        })?;
        let result = if self.eat("->") { Some(self.ty(0)?) } else { None };
        Ok(Signature { keyword, parameters, result })
    }

    fn ty(&mut self, depth: usize) -> Parsed<Type> {
        if depth >= DEEPEST {
            return self.wanted("a type less deep");
        }
        if self.is_id() {
            return self.id().map(Type::Name);
        }
        let inner = |parser: &mut Parser<'a>| parser.ty(depth + 1).map(Box::new);
        let token = self.peek();
        let (kind, word) = (token.kind, token.text);
        self.at += 1;
        let ty = match word {
            _ if kind != Kind::Word => return self.wanted_before("a type"),
            "result" => {
                let (mut ok, mut err) = (None, None);
                if self.eat("<") {
                    if !self.eat("_") {
                        ok = Some(inner(self)?);
                    }
                    if ok.is_none() || self.is(",") {
                        self.expect(",")?;
                        err = Some(inner(self)?);
                    }
                    self.expect(">")?;
                }
                return Ok(Type::Result(ok, err));
            }
            "future" | "stream" => {
                let mut ty = None;
                if self.eat("<") {
                    ty = Some(inner(self)?);
                    self.expect(">")?;
                }
                return Ok(if word == "future" { Type::Future(ty) } else { Type::Stream(ty) });
            }
            "tuple" => {
                self.expect("<")?;
                return self.list(">", |parser, _| parser.ty(depth + 1)).map(Type::Tuple);
            }
            "list" => {
                self.expect("<")?;
                let ty = inner(self)?;
                if self.eat(",") { Type::FixedLengthList(ty, self.integer()?) } else { Type::List(ty) }
            }
            "map" => {
                self.expect("<")?;
                let key = inner(self)?;
                self.expect(",")?;
                Type::Map(key, inner(self)?)
            }
            "option" => {
                self.expect("<")?;
                Type::Option(inner(self)?)
            }
            "own" | "borrow" => {
                self.expect("<")?;
                let name = self.id()?;
                if word == "own" { Type::Own(name) } else { Type::Borrow(name) }
            }
            word => {
                let primitive = Primitive::ALL.into_iter().find(|primitive| primitive.as_str() == word);
                return primitive.map_or_else(|| self.wanted_before("a type"), |found| Ok(Type::Primitive(found)));
            }
        };
        self.expect(">")?;
        Ok(ty)
    }

    fn attributes(&mut self) -> Parsed<Vec<Attribute>> {
        let mut attributes = Vec::new();
        while self.eat("@") {
            let name = self.id()?;
            if !["since", "deprecated", "unstable", "external-id"].contains(&name.as_str()) {
                return self.wanted_before("an attribute that there is");
            }
            self.expect("(")?;
            attributes.push(match name.as_str() {
                "since" => Attribute::Since(self.version_argument()?),
                "deprecated" => Attribute::Deprecated(self.version_argument()?),
                "unstable" => {
                    self.expect("feature")?;
                    self.expect("=")?;
                    Attribute::Unstable(self.id()?)
                }
                _ => {
                    let token = self.peek();
                    let (kind, text) = (token.kind, token.text);
                    if kind != Kind::String {
                        return self.wanted("a string");
                    }
                    self.at += 1;
                    Attribute::ExternalId(text.to_string())
                }
            });
            self.expect(")")?;
        }
        Ok(attributes)
    }

    fn version_argument(&mut self) -> Parsed<String> {
        self.expect("version")?;
        self.expect("=")?;
        self.version()
    }

    fn package_name(&mut self) -> Parsed<PackageName> {
        let namespace = self.id()?;
        self.expect(":")?;
        let name = self.id()?;
        let version = if self.eat("@") { Some(self.version()?) } else { None };
        Ok(PackageName { namespace, name, version })
    }

    fn path(&mut self) -> Parsed<Path> {
        let first = self.id()?;
        if !self.eat(":") {
            return Ok(Path { package: None, name: first });
        }
        let second = self.id()?;
        self.expect("/")?;
        let name = self.id()?;
        let version = if self.eat("@") { Some(self.version()?) } else { None };
        Ok(Path { package: Some(PackageName { namespace: first, name: second, version }), name })
    }
}
