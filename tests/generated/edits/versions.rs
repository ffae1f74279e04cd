//! Versions: of the package, and of what it depends on.

use super::{Pen, Row};
use wit_diff::syntax::PackageName;

pub const EDITS: &[Row] = &[
    ("version of the package raised", |pen| raised(pen, 0)),
    ("package renamed", renamed),
    ("version of a dependency raised", dependency_raised),
    ("dependency doubled on its track", doubled),
];

fn dependency_raised(pen: &mut Pen) -> Option<()> {
    let others = pen.draft.packages.len() - 1;
    let package = pen.rng.usize(1..=(others > 0).then_some(others)?);
    raised(pen, package)
}

fn raised(pen: &mut Pen, package: usize) -> Option<()> {
    let old = pen.draft.name(package)?.clone();
    let new = PackageName { version: Some(next(pen, old.version.as_deref())?), ..old.clone() };
    for file in &mut pen.draft.packages[package] {
        if let Some(package) = &mut file.package {
            package.name = new.clone();
        }
    }
    pen.draft.for_each_path(&mut |_, _, path| {
        if path.package.as_ref() == Some(&old) {
            path.package = Some(new.clone());
        }
    });
    Some(())
}

fn renamed(pen: &mut Pen) -> Option<()> {
    let old = pen.draft.name(0)?.clone();
    let name = if pen.one_in(2) { "other" } else { "another" };
    let new = PackageName { name: name.into(), ..old.clone() };
    for file in &mut pen.draft.packages[0] {
        if let Some(package) = &mut file.package {
            package.name = new.clone();
        }
    }
    pen.draft.for_each_path(&mut |_, _, path| {
        if path.package.as_ref() == Some(&old) {
            path.package = Some(new.clone());
        }
    });
    Some(())
}

/// A later version: a patch, a minor or a major one.
fn next(pen: &mut Pen, version: Option<&str>) -> Option<String> {
    let Some(version) = version else { return Some("0.1.0".into()) };
    let mut version = semver::Version::parse(version).ok()?;
    match pen.rng.u32(..5) {
        0 | 1 => version.patch += 1,
        2 | 3 => (version.minor, version.patch) = (version.minor + 1, 0),
        _ => version = semver::Version::new(version.major + 1, 0, 0),
    }
    version.pre = semver::Prerelease::EMPTY;
    Some(version.to_string())
}

/// A second version of a dependency stands beside the first, and some of its users go there.
fn doubled(pen: &mut Pen) -> Option<()> {
    let others = pen.draft.packages.len() - 1;
    let package = pen.rng.usize(1..=(others > 0).then_some(others)?);
    let old = pen.draft.name(package)?.clone();
    let mut version = semver::Version::parse(old.version.as_deref()?).ok()?;
    version.patch += 1;
    let new = PackageName { version: Some(version.to_string()), ..old.clone() };
    if (0..pen.draft.packages.len()).any(|package| pen.draft.name(package) == Some(&new)) {
        return None;
    }
    let mut copy = pen.draft.packages[package].clone();
    for file in &mut copy {
        file.package.as_mut()?.name = new.clone();
    }
    let mut turn = pen.rng.clone();
    pen.draft.for_each_path(&mut |of, _, path| {
        if of != package && path.package.as_ref() == Some(&old) && turn.bool() {
            path.package = Some(new.clone());
        }
    });
    pen.draft.packages.push(copy);
    Some(())
}
