//! One file by itself, from its syntax tree: names are not resolved, as what they stand for is elsewhere.

use super::super::escape::{acts_unseen, clean};
use super::line;
use crate::syntax::{
    self, Attribute, Extern, ExternKind, File, Function, Id, Interface, InterfaceItem, Item, PackageName, Path,
    ResourceFunction, ResourceFunctionKind, Signature, Type, TypeDef, TypeDefKind, Use, World, WorldItem,
};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The lines of one file, as [`show`](super::show) writes them as far as the file itself knows; what is no WIT comes as it
/// stands, but for what would act on a terminal.
///
/// ```
/// use wit_diff::report::show_file;
/// let text = "interface i { use types.{t}; /// Documentation.\n f: func(a: t,); }";
/// assert_eq!(show_file(text), "i interface\ni#t use types#t\ni#f func(a: t)\n");
/// assert_eq!(show_file("interface {"), "interface {\n");
/// ```
pub fn show_file(text: &str) -> String {
    let Ok(file) = syntax::parse(text.strip_prefix('\u{feff}').unwrap_or(text)) else { return plain(text) };
    let lines = lines(&file);
    // A text without a single item, such as an empty one, is shorter than anything that could be said of it.
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The text as it stands, tabs included.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        for (at, part) in line.split('\t').enumerate() {
            out.push_str(if at > 0 { "\t" } else { "" });
            out.push_str(&if part.chars().any(acts_unseen) { clean(part) } else { part.to_owned() });
        }
        out.push('\n');
    }
    out
}

fn lines(file: &File) -> Vec<String> {
    let mut out = Vec::new();
    let package = file.package.as_ref().map(|package| &package.name);
    if let Some(name) = package {
        out.push(package_line(name));
    }
    add_items(package, &file.items, &mut out);
    out
}

fn package_line(name: &PackageName) -> String {
    let version = name.version.as_ref().map_or(String::new(), |version| format!(" {version}"));
    line(&package_path(name), &format!("package{version}"), "")
}

fn package_path(PackageName { namespace, name, .. }: &PackageName) -> String {
    format!("{namespace}:{name}")
}

fn add_items(package: Option<&PackageName>, items: &[Item], out: &mut Vec<String>) {
    let begin = package.map_or(String::new(), |name| format!("{}/", package_path(name)));
    let mut blocks: Vec<(u8, &str, Vec<String>)> = Vec::new();
    for item in items {
        match item {
            Item::Use(used) => {
                let name = used.renamed.as_ref().unwrap_or(&used.path.name);
                let text =
                    line(&format!("{begin}{name}"), &format!("use {}", path(&used.path)), &marks(&used.attributes));
                blocks.push((0, name, vec![text]));
            }
            Item::Interface(Interface { attributes, name, items, .. }) => {
                let path = format!("{begin}{name}");
                let mut lines = vec![line(&path, "interface", &marks(attributes))];
                lines.extend(interface_items(&format!("{path}#"), items));
                blocks.push((1, name, lines));
            }
            Item::World(World { attributes, name, items, .. }) => {
                let path = format!("{begin}{name}");
                let mut lines = vec![line(&path, "world", &marks(attributes))];
                lines.extend(world_items(&path, items));
                blocks.push((2, name, lines));
            }
            Item::Package(nested) => {
                let mut lines = vec![package_line(&nested.name)];
                add_items(Some(&nested.name), &nested.items, &mut lines);
                blocks.push((3, &nested.name.namespace, lines));
            }
        }
    }
    blocks.sort();
    out.extend(blocks.into_iter().flat_map(|(_, _, lines)| lines));
}

fn interface_items(begin: &str, items: &[InterfaceItem]) -> Vec<String> {
    let mut blocks: Vec<(u8, &str, Vec<String>)> = Vec::new();
    let mut used = Vec::new();
    for item in items {
        match item {
            InterfaceItem::Use(item) => used.extend(use_lines(begin, item)),
            InterfaceItem::Type(ty) => blocks.push((1, &ty.name, type_lines(begin, begin, ty))),
            InterfaceItem::Function(Function { attributes, name, signature, .. }) => {
                let text = line(&format!("{begin}{name}"), &self::signature(signature), &marks(attributes));
                blocks.push((2, name, vec![text]));
            }
        }
    }
    sorted(used, blocks)
}

fn world_items(world: &str, items: &[WorldItem]) -> Vec<String> {
    let mut blocks: Vec<(u8, &str, Vec<String>)> = Vec::new();
    let mut used = Vec::new();
    let types = format!("{world}#type:");
    for item in items {
        match item {
            WorldItem::Use(item) => used.extend(use_lines(&types, item)),
            WorldItem::Type(ty) => {
                blocks.push((1, &ty.name, type_lines(&types, &format!("{world}#import:"), ty)));
            }
            WorldItem::Include(include) => {
                let mut names: Vec<String> =
                    include.names.iter().map(|(old, new)| format!("{} as {}", Id(old), Id(new))).collect();
                names.sort();
                let with = if names.is_empty() { String::new() } else { format!(" with {{ {} }}", names.join(", ")) };
                let text = format!("include {}{with}", path(&include.path));
                used.push(line(
                    &format!("{world}#include:{}", unversioned(&include.path)),
                    &text,
                    &marks(&include.attributes),
                ));
            }
            WorldItem::Import(item) => blocks.push(extern_block(2, &format!("{world}#import:"), item)),
            WorldItem::Export(item) => blocks.push(extern_block(3, &format!("{world}#export:"), item)),
        }
    }
    sorted(used, blocks)
}

fn extern_block<'a>(rank: u8, begin: &str, item: &'a Extern) -> (u8, &'a str, Vec<String>) {
    let marks = marks(&item.attributes);
    match &item.kind {
        ExternKind::Path(target) => {
            let text = line(&format!("{begin}{}", unversioned(target)), &format!("interface {}", path(target)), &marks);
            (rank, &target.name, vec![text])
        }
        ExternKind::Named { name, path: target } => {
            (rank, name, vec![line(&format!("{begin}{name}"), &format!("implements {}", path(target)), &marks)])
        }
        ExternKind::Function { name, signature } => {
            (rank, name, vec![line(&format!("{begin}{name}"), &self::signature(signature), &marks)])
        }
        ExternKind::Interface { name, items } => {
            let path = format!("{begin}{name}");
            let mut lines = vec![line(&path, "interface", &marks)];
            lines.extend(interface_items(&format!("{path}."), items));
            (rank, name, lines)
        }
    }
}

/// What is taken from elsewhere first, then each block by its name.
fn sorted(mut used: Vec<String>, mut blocks: Vec<(u8, &str, Vec<String>)>) -> Vec<String> {
    used.sort();
    blocks.sort();
    used.into_iter().chain(blocks.into_iter().flat_map(|(_, _, lines)| lines)).collect()
}

fn use_lines(begin: &str, Use { attributes, path: target, names }: &Use) -> Vec<String> {
    let marks = marks(attributes);
    let target = path(target);
    let lines = names.iter().map(|used| {
        let name = used.renamed.as_ref().unwrap_or(&used.name);
        line(&format!("{begin}{name}"), &format!("use {target}#{}", used.name), &marks)
    });
    lines.collect()
}

/// The lines of a type; `functions` is how the paths of a resource's functions begin.
fn type_lines(begin: &str, functions: &str, TypeDef { attributes, name, kind, .. }: &TypeDef) -> Vec<String> {
    let path = format!("{begin}{name}");
    let marks = marks(attributes);
    let head = |text: &str| line(&path, text, &marks);
    let part = |name: &str, text: &str| line(&format!("{path}.{name}"), text, "");
    match kind {
        TypeDefKind::Alias(target) => vec![head(&format!("type {}", ty(target)))],
        TypeDefKind::Record(fields) => {
            let fields = fields.iter().map(|field| part(&field.name, &format!("field {}", ty(&field.ty))));
            std::iter::once(head("record")).chain(fields).collect()
        }
        TypeDefKind::Variant(cases) => {
            let payload = |case: &Option<Type>| case.as_ref().map_or(String::new(), |case| format!(" {}", ty(case)));
            let cases = cases.iter().map(|case| part(&case.name, &format!("case{}", payload(&case.ty))));
            std::iter::once(head("variant")).chain(cases).collect()
        }
        TypeDefKind::Enum(cases) => {
            std::iter::once(head("enum")).chain(cases.iter().map(|case| part(&case.name, "case"))).collect()
        }
        TypeDefKind::Flags(flags) => {
            std::iter::once(head("flags")).chain(flags.iter().map(|flag| part(&flag.name, "flag"))).collect()
        }
        TypeDefKind::Resource(members) => {
            let members: BTreeSet<String> = members.iter().map(|member| member_line(functions, name, member)).collect();
            std::iter::once(head("resource")).chain(members).collect()
        }
    }
}

fn member_line(begin: &str, resource: &str, member: &ResourceFunction) -> String {
    let name = match &member.kind {
        ResourceFunctionKind::Constructor => format!("[constructor]{resource}"),
        ResourceFunctionKind::Method(name) => format!("[method]{resource}.{name}"),
        ResourceFunctionKind::Static(name) => format!("[static]{resource}.{name}"),
    };
    let mut text = signature(&member.signature);
    if member.kind == ResourceFunctionKind::Constructor && member.signature.result.is_none() {
        let _ = write!(text, " -> {}", Id(resource));
    }
    line(&format!("{begin}{name}"), &text, &marks(&member.attributes))
}

fn signature(signature: &Signature) -> String {
    signature.to_string()
}

fn ty(ty: &Type) -> String {
    ty.to_string()
}

fn path(path: &Path) -> String {
    path.to_string()
}

fn unversioned(path: &Path) -> String {
    match &path.package {
        Some(package) => format!("{}/{}", package_path(package), path.name),
        None => path.name.clone(),
    }
}

/// As in the lines of what is resolved: `@since` weighs no more than documentation.
fn marks(attributes: &[Attribute]) -> String {
    let counts = |attribute: &&Attribute| !matches!(attribute, Attribute::Since(_));
    let sorted: BTreeSet<String> = attributes.iter().filter(counts).map(ToString::to_string).collect();
    sorted.into_iter().map(|attribute| format!(" {attribute}")).collect()
}
