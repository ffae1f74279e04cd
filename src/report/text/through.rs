//! Changes of a dependency that the report tells where they stand: a package that depends on it says so in a line.

use super::page::{BOLD, Page};
use crate::report::escape::clean;
use crate::report::wire::*;
use std::collections::{BTreeMap, BTreeSet};

impl Page {
    /// Whether a change is of a package that the report tells it of.
    pub fn is_told(&self, change: &ChangeReport) -> bool {
        let key = (change.path.clone(), change.rule.clone());
        change.track.is_some() && !self.options.verbose && self.told.contains(&key)
    }

    /// A line for each package that tells some of these changes.
    pub fn through(&mut self, told: &[&ChangeReport]) {
        let mut by_package: BTreeMap<&str, Vec<&ChangeReport>> = BTreeMap::new();
        for &change in told {
            by_package.entry(change.path.split('/').next().unwrap_or_default()).or_default().push(change);
        }
        for (package, changes) in by_package {
            self.line(package, &changes);
        }
    }

    fn line(&mut self, package: &str, changes: &[&ChangeReport]) {
        let level = changes.iter().map(|change| change.level).max().unwrap_or_default();
        let reached: BTreeSet<&String> = changes.iter().flat_map(|change| &change.reach).collect();
        let reached: Vec<String> = reached.into_iter().map(|item| clean(item)).collect();
        let reaches = match reached.is_empty() {
            true => String::new(),
            false => format!(", and reach {}", self.listed(&reached)),
        };
        let (count, are) = match changes.len() {
            1 => ("1 change".to_owned(), "is"),
            count => (format!("{count} changes"), "are"),
        };
        let reaches = if changes.len() == 1 { reaches.replacen("reach", "reaches", 1) } else { reaches };
        let heading = self.styled(BOLD, &format!("through {}", clean(package)));
        let level = self.styled(self.level_style(level), level.word());
        self.out.push('\n');
        let text = format!("{heading}: {level}: {count} of that package {are} told there{reaches}");
        self.wrapped("  ", "    ", &text);
    }
}
