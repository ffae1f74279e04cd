//! What worlds gained and lost: a line each, and folded what they can call and how that came.

use super::packages::label;
use super::sheet::Sheet;
use super::{counted, cut, listed, said, short};
use crate::report::gained::{functions, told, way};
use crate::report::markdown_escape::{code, html_code};
use crate::report::wire::*;

/// So many sentences of a package are shown, and so many capabilities under them.
const LINES: usize = 10;
const DETAILS: usize = 30;

/// So many functions are named of one capability.
const NAMED: usize = 20;

/// So many characters of a way are shown.
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
    }
    if told.len() > LINES {
        lines.push(format!("- … and {} more like these", told.len() - LINES));
    }
    sheet.block(&lines.join("\n"), KEPT);
    // All that a new world may touch is no news of an old one.
    let gained = told.iter().filter(|line| line.is_gain && !line.is_new).flat_map(|line| &line.capabilities);
    let gained: Vec<&&CapabilityReport> = gained.collect();
    let one = |capability: &&&CapabilityReport| {
        let way = way(capability).map_or(String::new(), |way| format!(", {}", said(&cut(&way, WAY))));
        let names: Vec<String> = capability.functions.iter().map(|name| code(&short(name))).collect();
        let count = functions(names.len());
        format!("- {}, {count}{way}: {}", code(&short(&capability.name)), listed(&names, NAMED))
    };
    if !gained.is_empty() {
        let count = counted(gained.len(), "interface or function");
        let name = html_code(&short(&package.name));
        let mut details = vec![format!("<details>\n<summary>{count} that worlds of {name} gained</summary>\n")];
        details.extend(gained.iter().take(DETAILS).map(one));
        if gained.len() > DETAILS {
            details.push(format!("- … and {} more", gained.len() - DETAILS));
        }
        sheet.block(&format!("{}\n\n</details>", details.join("\n")), KEPT);
    }
}
