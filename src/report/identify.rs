//! What tells the changes of one report from each other, and stays what it is from commit to commit.

use super::package::hash;
use std::collections::BTreeMap;

/// How often packages of one name brought one fingerprint: what a package brings to others has the same in each.
#[derive(Debug, Default)]
pub(super) struct Identities<'a>(BTreeMap<(&'a str, &'a str), usize>);

impl<'a> Identities<'a> {
    /// Sixteen hexadecimal digits that no other change of the report has. To be asked for each change once, in order.
    pub fn of(&mut self, package: &'a str, fingerprint: &'a str) -> String {
        let seen = self.0.entry((package, fingerprint)).or_default();
        *seen += 1;
        match *seen {
            1 => hash(&[package, fingerprint].join("\0")),
            // Versions of a package that stand side by side have one name.
            seen => hash(&[package, fingerprint, &seen.to_string()].join("\0")),
        }
    }
}
