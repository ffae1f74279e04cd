//! What the worlds of a package gained and lost.

use super::page::{BOLD, Page};
use crate::report::gained::{Told, functions, quoted, told, way};
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
            self.wrapped("    ", "      ", &line.sentence);
            match self.options.verbose {
                true => self.each(line),
                false => self.ways(line),
            }
        }
        if self.options.verbose {
            self.extended(package);
        }
    }

    /// The ways that they came, each once: those of new worlds are not told, since all of it came with them.
    fn ways(&mut self, line: &Told<'_>) {
        if !line.is_gain || line.is_new {
            return;
        }
        let mut by_way: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for capability in &line.capabilities {
            if let Some(way) = way(capability) {
                by_way.entry(way).or_default().push(quoted(&capability.name));
            }
        }
        let is_one = |names: &[String]| names.len() == line.capabilities.len();
        for (way, names) in &by_way {
            let text = if is_one(names) { way.clone() } else { format!("{} {way}", self.listed(names)) };
            self.wrapped("      ", "        ", &text);
        }
    }

    /// Each with the way that it came, and what can be called.
    fn each(&mut self, line: &Told<'_>) {
        for capability in &line.capabilities {
            let way = way(capability).map_or(String::new(), |way| format!(" {way}"));
            let names: Vec<String> = capability.functions.iter().map(|name| quoted(name)).collect();
            let count = functions(names.len());
            let text = format!("{}{way}, {count}: {}", quoted(&capability.name), names.join(", "));
            self.wrapped("      ", "        ", &text);
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
            self.wrapped("    ", "      ", &text);
        }
    }
}
