//! Packages that nobody wants to hear of.

use super::Found;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// Packages by name, and by the path that they are at.
#[derive(Clone, Debug)]
pub struct LeaveOut {
    names: Vec<String>,
    paths: Gitignore,
    below: Vec<String>,
}

impl Default for LeaveOut {
    fn default() -> LeaveOut {
        LeaveOut { names: Vec::new(), paths: Gitignore::empty(), below: Vec::new() }
    }
}

impl LeaveOut {
    /// `entries` are names as `namespace:name`, and paths as in a `.gitignore` in the directory from which `below` leads to
    /// what is read.
    ///
    /// # Errors
    /// A pattern that is none, and why.
    pub fn new(entries: &[String], below: &[String]) -> Result<LeaveOut, String> {
        let (names, patterns): (Vec<&String>, Vec<&String>) =
            entries.iter().partition(|entry| entry.contains(':') && !entry.contains('/'));
        let mut paths = GitignoreBuilder::new("");
        for pattern in patterns {
            paths.add_line(None, pattern).map_err(|error| format!("`{pattern}` is no pattern of paths: {error}"))?;
        }
        let paths = paths.build().map_err(|error| error.to_string())?;
        Ok(LeaveOut { names: names.into_iter().cloned().collect(), paths, below: below.to_vec() })
    }

    /// Whether nobody wants to hear of a package.
    pub fn has(&self, found: &Found) -> bool {
        if self.names.is_empty() && self.paths.is_empty() {
            return false;
        }
        let of_name = |name: &String| found.outline.main.as_ref().is_some_and(|main| main.identity.name == *name);
        let below = self.below.iter().map(String::as_str);
        let path: Vec<&str> = below.chain(found.path.split('/')).filter(|name| !matches!(*name, "" | ".")).collect();
        let path = path.join("/");
        self.names.iter().any(of_name)
            || (!path.is_empty() && self.paths.matched_path_or_any_parents(Path::new(&path), true).is_ignore())
    }
}
