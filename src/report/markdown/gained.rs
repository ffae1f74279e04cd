//! What worlds gained and lost: a line each, and folded what they can call and how that came.

use super::packages::label;
use super::sheet::Sheet;
use super::{counted, cut, listed, said, short};
use crate::report::gained::{Told, functions, told};
use crate::report::markdown_escape::{code, html_code};
use crate::report::wire::*;

/// So many sentences of a package are shown, and so many capabilities under them.
const LINES: usize = 10;
const DETAILS: usize = 30;

/// So many functions are named of one capability.
const NAMED: usize = 20;

/// So many ways are told of a sentence, and so many characters of one.
const WAYS: usize = 5;
const WAY: usize = 500;

/// So much is kept for what breaks.
const KEPT: usize = 30_000;

/// What the worlds of a package gained and lost.
pub fn gained(sheet: &mut Sheet, report: &Report, package: &PackageReport) {
    let told = told(package);
    if told.is_empty() {
        return;
    }
    let mut lines = vec![format!("**Capabilities of {}:**\n", label(report, package))];
    for line in told.iter().take(LINES) {
        let sign = if line.is_gain { "🔓" } else { "🔒" };
        lines.push(format!("- {sign} {}", said(&line.sentence)));
        lines.extend(line.ways.iter().take(WAYS).map(|way| format!("  - {}", said(&cut(way, WAY)))));
    }
    if told.len() > LINES {
        lines.push(format!("- … and {} more like these", told.len() - LINES));
    }
    sheet.block(&lines.join("\n"), KEPT);
    // All that a new world may touch is no news of an old one.
    let gained: Vec<&Told<'_>> = told.iter().filter(|line| line.is_gain && !line.is_new).collect();
    let mut rows = Vec::new();
    for line in gained {
        for capability in &line.capabilities {
            let names: Vec<String> = capability.functions.iter().map(|name| code(&short(name))).collect();
            let count = functions(names.len());
            rows.push(format!("- {}, {count}: {}", code(&short(&capability.name)), listed(&names, NAMED)));
        }
    }
    if !rows.is_empty() {
        let count = counted(rows.len(), "gain");
        let name = html_code(&short(&package.name));
        let mut details = vec![format!("<details>\n<summary>What can be called by {count} of {name}</summary>\n")];
        details.extend(rows.iter().take(DETAILS).cloned());
        if rows.len() > DETAILS {
            details.push(format!("- … and {} more", rows.len() - DETAILS));
        }
        sheet.block(&format!("{}\n\n</details>", details.join("\n")), KEPT);
    }
}
