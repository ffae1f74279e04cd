//! WebAssembly as a source: encoded packages and built components.

use super::hint;
use super::resolve::Parsed;
use crate::error::{Error, ErrorKind, Position};
use crate::revision::{Bundle, SourceFile};
use wit_parser as wit;
use wit_parser::decoding::DecodedWasm;

/// A dependency that is an encoded package.
pub(super) struct Encoded {
    pub path: String,
    pub name: wit::PackageName,
    pub resolve: wit::Resolve,
}

/// Reads the package under test, and says whether it is a built component.
pub(super) fn main(bundle: &Bundle) -> Result<(wit::Resolve, wit::PackageId, bool), Error> {
    let refuse = |kind, what: &str| Error::new(kind, format!("`{}` {what}", bundle.path));
    match decode(bundle)? {
        DecodedWasm::WitPackage(resolve, package) => Ok((resolve, package, false)),
        DecodedWasm::Component(resolve, world) => {
            let found = &resolve.worlds[world];
            if found.imports.is_empty() && found.exports.is_empty() {
                // It is valid, and what is left of many a file that was cut between two sections.
                return Err(refuse(ErrorKind::Empty, "is a component without imports and exports").hint(NOTHING));
            }
            let package = found.package;
            let package =
                package.ok_or_else(|| refuse(ErrorKind::Invalid, "has a world that belongs to no package"))?;
            Ok((resolve, package, true))
        }
    }
}

/// Reads a dependency.
pub(super) fn package(bundle: &Bundle) -> Result<Encoded, Error> {
    match decode(bundle)? {
        DecodedWasm::WitPackage(resolve, package) => {
            Ok(Encoded { path: bundle.path.clone(), name: resolve.packages[package].name.clone(), resolve })
        }
        DecodedWasm::Component(..) => {
            let message = format!("`{}` is a built component, not an encoded WIT package", bundle.path);
            Err(Error::new(ErrorKind::Invalid, message)
                .hint("a dependency must be WIT: `wasm-tools component wit FILE` shows what a component offers"))
        }
    }
}

/// Refuses an encoded package that another dependency or the package itself is, too. What encoded packages depend on
/// may well be in several of them.
pub(super) fn each_once(encoded: &[Encoded], parsed: &Parsed) -> Result<(), Error> {
    for (at, one) in encoded.iter().enumerate() {
        let other = encoded[..at].iter().find(|other| other.name == one.name);
        if let Some(other) = other {
            return Err(twice(&one.name, &one.path, &other.path));
        }
        let groups = std::iter::once(&parsed.main).chain(&parsed.deps);
        for group in groups {
            let mut packages = std::iter::once(&group.main).chain(&group.nested);
            if let Some(package) = packages.find(|package| one.resolve.package_names.contains_key(&package.name)) {
                let file = group.source_map.source_names().next().map(str::to_owned);
                return Err(twice(&package.name, &one.path, &file.unwrap_or_default()));
            }
        }
    }
    Ok(())
}

fn twice(name: &wit::PackageName, one: &str, other: &str) -> Error {
    Error::new(ErrorKind::Invalid, format!("package `{name}` is in `{one}` and in `{other}`"))
        .hint("keep one of the two")
}

/// Reads a binary, or the text form of one.
fn decode(bundle: &Bundle) -> Result<DecodedWasm, Error> {
    let Some(file) = bundle.files.first() else {
        return Err(Error::new(ErrorKind::Invalid, format!("`{}` is empty", bundle.path)));
    };
    let refuse = |what: &str| Error::new(ErrorKind::Invalid, format!("`{}` {what}", file.path));
    if file.bytes.is_empty() {
        return Err(refuse("holds no bytes").hint(REBUILD));
    }
    let bytes = wat::parse_bytes(&file.bytes).map_err(|error| not_wasm(file, &error))?;
    if bytes.starts_with(CORE_MODULE) {
        return Err(refuse("is a core module, not a component")
            .hint("only components and encoded WIT packages carry WIT: `wasm-tools component new` makes one"));
    }
    wit::decoding::decode(&bytes).map_err(|error| {
        let said = hint::readable(&format!("{error:#}"));
        let is_cut = said.contains("unexpected end");
        refuse(&format!("cannot be decoded: {said}")).hint(if is_cut { REBUILD } else { VALIDATE })
    })
}

const CORE_MODULE: &[u8] = b"\0asm\x01\0\0\0";
const REBUILD: &str = "the file seems to be cut short: build or fetch it again";
const NOTHING: &str =
    "there is nothing to compare; if it should have some, the file is cut short: build or fetch it again";
const VALIDATE: &str = "`wasm-tools validate FILE` says whether it is a component at all";

/// The reader of the text form names the place in words.
fn not_wasm(file: &SourceFile, error: &wat::Error) -> Error {
    let said = error.to_string();
    let message = said.lines().next().unwrap_or_default();
    let (message, at) = message.split_once(" at <anon>:").unwrap_or((message, ""));
    let drawn = || said.lines().find_map(|line| line.trim().strip_prefix("--> <anon>:"));
    let numbers = Some(at).filter(|at| !at.is_empty()).or_else(drawn).and_then(|at| at.split_once(':'));
    let place = numbers.and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    let error = |who: &str| {
        Error::new(
            ErrorKind::Invalid,
            format!("{who}neither a WebAssembly binary nor valid WebAssembly text: {message}"),
        )
        .hint("only components and encoded WIT packages carry WIT; a file of WIT text is called `*.wit`")
    };
    let Some((line, column)) = place else { return error(&format!("`{}` is ", file.path)) };
    let text = String::from_utf8_lossy(&file.bytes);
    let snippet = text.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default();
    error("").at(Position { file: file.path.clone(), line, column }, snippet)
}
