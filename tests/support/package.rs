//! Packages read by `wit-parser` itself, as the official tools read them.

#![allow(dead_code)] // Every test target that includes this module uses its own part of it.

use std::path::Path;
use wit_parser::{PackageId, Resolve};

/// Reads the package at `path`, a file or a directory with its `deps`, with no feature selected.
pub fn load(path: &Path) -> anyhow::Result<(Resolve, PackageId)> {
    push(Resolve::default(), path)
}

/// Reads the package at `path` like [`load`], with every gate open.
pub fn load_with_all_features(path: &Path) -> anyhow::Result<(Resolve, PackageId)> {
    push(Resolve { all_features: true, ..Resolve::default() }, path)
}

fn push(mut resolve: Resolve, path: &Path) -> anyhow::Result<(Resolve, PackageId)> {
    let (package, _) = resolve.push_path(path)?;
    Ok((resolve, package))
}
