//! The WIT that offers the same as a change and breaks nobody, below its hint.

use super::page::{DIM, Page};
use crate::report::escape::clean;
use crate::report::wire::*;

/// So many lines of WIT are shown, unless all are asked for.
const SHOWN: usize = 12;

impl Page {
    /// What to add, keep or restore, so many columns from the left.
    pub fn alternative(&mut self, alternative: &AlternativeReport, left: usize) {
        let outer = " ".repeat(left);
        let total: usize = alternative.steps.iter().map(|step| step.wit.lines().count()).sum();
        // Not worth a line that says so.
        let shown = if self.options.verbose || total <= SHOWN + 1 { total } else { SHOWN };
        if let Some(version) = &alternative.version {
            let line = format!("set the version of the package to {}, and", clean(version));
            let styled = self.styled(DIM, &line);
            self.wrapped(&outer, &format!("{outer}  "), &styled);
        }
        let (mut rest, mut before) = (shown, String::new());
        for step in alternative.steps.iter().take_while(|_| shown > 0) {
            if rest == 0 {
                break;
            }
            let what = match step.action {
                StepAction::Add => "add to",
                StepAction::Keep => "keep in",
                StepAction::Restore => "restore in",
            };
            let heading = format!("{what} {}:", clean(&step.into));
            if heading != before {
                let styled = self.styled(DIM, &heading);
                self.wrapped(&outer, &format!("{outer}  "), &styled);
            }
            before = heading;
            for line in step.wit.lines().take(rest) {
                let text = clean(line);
                let indent = " ".repeat(left + 2 + text.len() - text.trim_start().len());
                // WIT may be broken at any blank.
                self.wrapped(&indent, &format!("{indent}    "), text.trim_start());
            }
            rest = rest.saturating_sub(step.wit.lines().count());
        }
        if total > shown {
            let more = format!("… {} more lines: pass --verbose to see them", total - shown);
            self.wrapped(&outer, &format!("{outer}  "), &more);
        }
    }
}
