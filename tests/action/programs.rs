//! Programs that run the tests, and what they find on their path.

use super::scratch::Scratch;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where a program is; `None`, with a note, where it is not there, which is a failure in CI.
pub fn find(program: &str, how: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|directory| directory.join(program)).find(|file| file.is_file());
    if found.is_none() {
        let note = format!("{program} is not installed: {how}");
        assert!(env::var_os("CI").is_none(), "{note}");
        eprintln!("skipped: {note}");
    }
    found
}

/// The search path with directories before it, and without any other wit-diff.
pub fn path(before: &[&Path]) -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let others = env::split_paths(&path).filter(|directory| !directory.join("wit-diff").exists());
    env::join_paths(before.iter().map(|directory| directory.to_path_buf()).chain(others)).unwrap()
}

/// The directory of the wit-diff that is tested.
pub fn tool() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_wit-diff")).parent().unwrap()
}

/// The top of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A script in a scratch directory, to be found instead of a program.
pub fn stand_in(scratch: &Scratch, path: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    scratch.write(path, format!("#!/usr/bin/env bash\nset -eu\n{script}"));
    std::fs::set_permissions(scratch.path().join(path), std::fs::Permissions::from_mode(0o755)).unwrap();
}
