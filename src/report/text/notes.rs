//! What is worth knowing about a package beside its changes.

use super::page::Page;
use crate::report::notes::notes;
use crate::report::wire::*;

impl Page {
    pub fn notes(&mut self, package: &PackageReport) {
        notes(package).iter().for_each(|note| self.note(note));
    }
}
