//! What the worlds of a package gained and lost.

use super::page::{BOLD, Page};
use crate::report::gained::{Told, functions, quoted, told};
use crate::report::wire::*;
use std::collections::BTreeMap;

impl Page {
    pub fn gained(&mut self, package: &PackageReport) {
        let lines = told(package);
        let extended = package.worlds.iter().any(|world| {
            world.status != ItemStatus::Added
                && world.capabilities.as_ref().is_some_and(|changes| !changes.extended.is_empty())
        });
        if lines.is_empty() && !(extended && self.options.verbose) {
            return;
        }
        self.out.push('\n');
        let heading = self.styled(BOLD, "capabilities");
        self.wrapped("  ", "    ", &heading);
        for line in &lines {
            let sign = if line.is_gain { "    + " } else { "    - " };
            self.wrapped(sign, "      ", &line.sentence);
            line.ways.iter().for_each(|way| self.wrapped("        ", "          ", way));
            if self.options.verbose {
                self.each(line);
            }
        }
        if self.options.verbose {
            self.extended(package);
        }
    }

    /// Each with what can be called.
    fn each(&mut self, line: &Told<'_>) {
        for capability in &line.capabilities {
            let names: Vec<String> = capability.functions.iter().map(|name| quoted(name)).collect();
            let count = functions(names.len());
            let text = format!("{}, {count}: {}", quoted(&capability.name), names.join(", "));
            self.wrapped("        ", "          ", &text);
        }
    }

    /// What worlds can call of interfaces that they imported before.
    fn extended(&mut self, package: &PackageReport) {
        let mut by_name: BTreeMap<&ExtendedReport, Vec<String>> = BTreeMap::new();
        for world in package.worlds.iter().filter(|world| world.status != ItemStatus::Added) {
            for extended in world.capabilities.iter().flat_map(|changes| &changes.extended) {
                by_name.entry(extended).or_default().push(quoted(&world.name));
            }
        }
        for (ExtendedReport { name, functions: added }, worlds) in by_name {
            let names: Vec<String> = added.iter().map(|name| quoted(name)).collect();
            let calls = if worlds.len() == 1 { "can call" } else { "can all call" };
            let more = functions(added.len());
            let text = format!("{} {calls} {more} more of {}: {}", worlds.join(", "), quoted(name), names.join(", "));
            self.wrapped("      ", "        ", &text);
        }
    }
}
