//! What a revision promises: every package of it, resolved.

use super::matching::Named;
use super::thread::{each, with_stack};
use super::{Options, Shared, resolve_sources, source};
use crate::error::{Error, ErrorKind};
use crate::report::{self, ShownChange, Source};
use crate::revision::{self, Contents, Found, Identity, Target};
use crate::surface::Surface;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What the packages of a target promise.
#[derive(Debug, Default)]
pub struct Shown {
    /// One for each package that resolves.
    pub surfaces: Vec<Surface>,
    /// Why others do not, or why there is nothing.
    pub errors: Vec<Error>,
    /// Features that are not switched on, and behind which more stands.
    pub shut: BTreeSet<String>,
    /// Where it came from; `None` where that was not found out.
    pub source: Option<Source>,
}

/// Resolves the packages of `target`, those that `options` name.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let scratch = tempfile::tempdir()?;
/// # std::fs::write(scratch.path().join("a.wit"), "package a:b; interface i { f: func(); }")?;
/// use wit_diff::{pipeline, report, revision};
/// let options = pipeline::Options {
///     revision: revision::Options { working_directory: Some(scratch.path().into()), ..Default::default() },
///     ..Default::default()
/// };
/// let shown = pipeline::show(&revision::Target::typed("a.wit"), &options);
/// let text = report::show(&shown.surfaces, &Default::default());
/// assert_eq!(text, "a:b package\na:b/i interface\na:b/i#f func()\n");
/// # Ok(())
/// # }
/// ```
pub fn show(target: &Target, options: &Options) -> Shown {
    with_stack(|| resolved(target, options)).unwrap_or_else(|error| Shown { errors: vec![error], ..Shown::default() })
}

/// The lines of one file by itself, whatever it holds: for programs that show it out of its package.
///
/// # Errors
/// Where it cannot be read.
pub fn show_file(input: &str, options: &Options) -> Result<String, Error> {
    let alone = revision::load(input, &options.revision)?;
    if alone.main.binary {
        let views = with_stack(|| resolve_sources(alone, options, None)).and_then(|loaded| loaded)?.views;
        return Ok(report::show(&[views.judged], &report::ShowOptions::default()));
    }
    let Some(file) = alone.main.files.iter().find(|file| file.path == alone.main.path) else {
        return Err(Error::new(ErrorKind::Unreadable, format!("`{input}` is a directory, and a file is needed here"))
            .hint("name one file of it"));
    };
    Ok(report::show_file(&String::from_utf8_lossy(&file.bytes)))
}

/// The lines of both sides of a change to the file at `path`, which `old` and `new` hold; `/dev/null` holds nothing.
///
/// The file is resolved in its package as that is on disk, since nobody knows the rest of it on either side. Where that
/// does not work on both sides, each is shown by itself.
///
/// # Errors
/// Where one of the two cannot be read.
pub fn show_change(path: &str, old: &str, new: &str, options: &Options) -> Result<ShownChange, Error> {
    let (old, new) = (contents(old, options)?, contents(new, options)?);
    let both = with_stack(|| Some((in_package(path, &old, options)?, in_package(path, &new, options)?)));
    if let Ok(Some((old, new))) = both {
        return Ok(ShownChange { old, new, is_resolved: true });
    }
    let alone = |bytes: &Contents| report::show_file(&String::from_utf8_lossy(bytes));
    Ok(ShownChange { old: alone(&old), new: alone(&new), is_resolved: false })
}

fn contents(file: &str, options: &Options) -> Result<Contents, Error> {
    if file == "/dev/null" {
        return Ok(Vec::new().into());
    }
    let mut files = revision::load(&format!("path:{file}"), &options.revision)?.main.files;
    let nothing = || Error::new(ErrorKind::Unreadable, format!("`{file}` is no file"));
    files.pop().map(|file| file.bytes).ok_or_else(nothing)
}

/// The lines of the package around a file, if it resolves with those contents.
fn in_package(path: &str, bytes: &Contents, options: &Options) -> Option<String> {
    let place = Path::new(path);
    let unsaved = BTreeMap::from([(place.canonicalize().ok()?, bytes.clone())]);
    let directory = place.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let options = Options {
        revision: revision::Options { unsaved: Arc::new(unsaved), ..options.revision.clone() },
        ..options.clone()
    };
    let sources = revision::load(&format!("path:{}", directory.to_str()?), &options.revision).ok()?;
    let views = resolve_sources(sources, &options, None).ok()?.views;
    Some(report::show(&[views.open.unwrap_or(views.judged)], &report::ShowOptions::default()))
}

fn resolved(target: &Target, options: &Options) -> Shown {
    let shared = Shared::default();
    let catalog = shared.open(target, options);
    let source = Some(source(target, &catalog, options));
    let named = match catalog.and_then(Named::new) {
        Ok(named) => named,
        Err(error) => return Shown { errors: vec![error], source, ..Shown::default() },
    };
    let is_wanted = |(found, identity): &(&Found, &Identity)| {
        let nested = found.outline.nested.iter().map(|nested| &nested.identity.name);
        options.packages.is_empty() || nested.chain([&identity.name]).any(|name| options.packages.contains(name))
    };
    let wanted: Vec<(&Found, &Identity)> =
        named.catalog.packages.iter().zip(&named.identities).filter(is_wanted).collect();
    let mut shown = Shown { source, ..Shown::default() };
    if wanted.is_empty() {
        let message = match &options.packages[..] {
            [] => format!("there is no WIT package in `{}`", target.shown),
            names => format!("there is no package {} in `{}`", quoted(names), target.shown),
        };
        shown
            .errors
            .push(Error::new(ErrorKind::Empty, message).hint("`wit-diff list` shows the packages that there are"));
        return shown;
    }
    for (found, _) in &wanted {
        found.revision.iter().for_each(|revision| shared.parses.expect(revision));
    }
    let resolved = each(&wanted, |(found, identity)| {
        let options = options.of(&identity.name);
        resolve_sources(found.revision.clone()?, &options, Some(&shared.parses)).map_err(|error| placed(error, found))
    });
    for (loaded, (_, identity)) in resolved.into_iter().zip(&wanted) {
        match loaded {
            Ok(loaded) => {
                if loaded.views.open.is_some() {
                    let on = &options.of(&identity.name).features.names;
                    shown.shut.extend(loaded.views.gates.into_iter().filter(|gate| !on.contains(gate)));
                }
                shown.surfaces.push(loaded.views.judged);
            }
            Err(error) => shown.errors.push(error),
        }
    }
    shown
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

/// The same error with a path that counts from the input.
fn placed(mut error: Error, found: &Found) -> Error {
    if let Some(position) = &mut error.position
        && found.path != "."
        && !position.file.starts_with(&found.path)
    {
        position.file = format!("{}/{}", found.path, position.file);
    }
    error
}
