//! What comes first: the marker, what is decided, what was compared, why it fails, and what went wrong.

use super::packages::{label, table, unchanged};
use super::sheet::Sheet;
use super::{listed, named, said, short};
use crate::report::accepted::warnings;
use crate::report::decision::{Outcome, decision, outcome};
use crate::report::errors::errors;
use crate::report::markdown_escape::{capital, code, fence, link, name};
use crate::report::notes::notes;
use crate::report::places::{address, path, sides};
use crate::report::reasons::{reasons, why};
use crate::report::standing::{is_quiet, reason, since_release};
use crate::report::wire::*;
use crate::verdict::{Level, Protect};

/// So many lines of each kind are shown.
const LINES: usize = 20;

/// So many errors are shown.
const ERRORS: usize = 5;

/// So many bytes each kind may take, however long its lines are.
const BYTES: usize = 8_000;

/// So many digits of the id of a commit are shown.
const DIGITS: usize = 7;

/// The comment by which one on a pull request is found again. Reports that are asked for otherwise, of other
/// directories or for others than guests, have other ones: several comments of one pull request do not replace each
/// other. Nothing of what is compared is in it: it stays the same with every push.
pub fn marker(report: &Report) -> String {
    let mut words = vec!["<!-- wit-diff".to_owned()];
    words.extend(report.new.root.as_deref().filter(|root| !matches!(*root, "" | ".")).map(marked));
    match report.protect {
        Protect::Guests => {}
        Protect::Hosts => words.push("protect=hosts".into()),
        Protect::All => words.push("protect=all".into()),
    }
    if !report.features.is_empty() {
        let features: Vec<String> = report.features.iter().map(|feature| marked(feature)).collect();
        words.push(format!("features={}", features.join(",")));
    }
    words.push("-->".into());
    words.join(" ")
}

/// A word that does not end a comment.
fn marked(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes().take(200) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' => out.push(char::from(byte)),
            b'-' if !out.ends_with('-') && !out.is_empty() => out.push('-'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Whether there is nothing to tell.
pub fn is_nothing(report: &Report) -> bool {
    outcome(report) == Outcome::Passes
        && report.level == Level::None
        && report.packages.iter().all(|package| is_quiet(package) && package.changes.is_empty())
        && report.errors.is_empty()
        && report.warnings.is_empty()
        && report.stale.is_empty()
}

/// The one line that says so.
pub fn nothing(report: &Report) -> String {
    format!("✅ **No changes** between {} and {}.", side(&report.old), side(&report.new))
}

pub fn head(sheet: &mut Sheet, report: &Report) {
    let sign = match outcome(report) {
        Outcome::Passes => "✅",
        Outcome::Fails => "❌",
        Outcome::Undetermined => "⚠️",
    };
    sheet.line(&format!("## {sign} {}", decision(report, named, |version| name(&short(version)))), 0);
    let verified = match report.verified {
        Some(true) => " The official validator confirms every link verdict.",
        Some(false) => " The official validator could not confirm every link verdict.",
        None => "",
    };
    sheet.block(&format!("Comparing {} with {}.{verified}", side(&report.old), side(&report.new)), 0);
    bullets(sheet, fails(report));
    for (package, error) in errors(report).into_iter().take(ERRORS) {
        sheet.block(&self::error(report, package, error), 0);
    }
    bullets(sheet, warnings(report).map(|warning| format!("- ⚠️ {}", said(&warning))).collect());
    if let Some(table) = table(report) {
        sheet.block(&table, 0);
    }
    if let Some(line) = unchanged(report) {
        sheet.block(&line, 0);
    }
    bullets(sheet, remarks(report));
}

/// What was typed, which commit that is, and how it was found.
pub fn side(input: &InputReport) -> String {
    let commit = input.commit.as_deref().map(|commit| {
        let digits = code(&commit.chars().take(DIGITS).collect::<String>());
        match commits(input, commit) {
            Some(address) => link(&digits, &address),
            None => digits,
        }
    });
    let facts: Vec<String> = commit.into_iter().chain(input.how.as_deref().map(said)).collect();
    let input = named(&input.input);
    if facts.is_empty() { input } else { format!("{input} ({})", facts.join(", ")) }
}

/// The address of the commit, where that of its files has the form of GitHub's or GitLab's.
fn commits(input: &InputReport, commit: &str) -> Option<String> {
    let is_id = commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    let site = input.address.as_deref()?.strip_suffix(&format!("/blob/{commit}")).filter(|_| is_id)?;
    Some(format!("{site}/commit/{commit}"))
}

/// Where something stands, with a link where there is one.
pub fn place(input: &InputReport, place: &PlaceReport) -> String {
    let shown = named(&format!("{}:{}", path(input, place), place.line));
    match address(input, place).filter(|address| address.len() < 1_000) {
        Some(address) => link(&shown, &address),
        None => shown,
    }
}

/// Lines, as far as there is room for them, and how many more there are.
fn bullets(sheet: &mut Sheet, lines: Vec<String>) {
    let (mut shown, mut bytes) = (0, 0);
    for line in lines.iter().take(LINES) {
        bytes += line.len();
        if bytes > BYTES {
            break;
        }
        shown += 1;
    }
    let mut text: Vec<String> = lines.iter().take(shown).cloned().collect();
    if lines.len() > shown {
        text.push(format!("- … and {} more like these", lines.len() - shown));
    }
    if !text.is_empty() {
        sheet.block(&text.join("\n"), 0);
    }
}

/// What is wrong with each package, and what to do.
fn fails(report: &Report) -> Vec<String> {
    let check = report.check.as_ref();
    let one = |package: &PackageReport| {
        let label = label(report, package);
        let why = |reason| format!("- ❌ {label} {}", said(&why(package, reason, check, report.protect)));
        reasons(package).into_iter().map(why).collect::<Vec<String>>()
    };
    report.packages.iter().flat_map(one).collect()
}

fn error(report: &Report, package: Option<&PackageReport>, error: &ErrorReport) -> String {
    let (old, new) = package.map_or((&report.old, &report.new), |package| sides(report, package));
    let input = match error.side.as_str() {
        "old" => Some(old),
        "new" => Some(new),
        _ => None,
    };
    let mut text = match input {
        Some(_) => format!("⚠️ **{}:** {}", capital(&reason(error)), said(&error.message)),
        None => format!("⚠️ {}", said(&error.message)),
    };
    if let (Some(file), Some(line)) = (&error.file, error.line) {
        let at = PlaceReport { file: file.clone(), line, column: 1, text: String::new(), excerpt: None };
        let at = input.map_or_else(|| named(&format!("{file}:{line}")), |input| place(input, &at));
        text.push_str(&format!(", at {at}"));
    }
    if let Some(snippet) = error.snippet.as_deref().filter(|snippet| !snippet.trim().is_empty()) {
        text.push_str(&format!("\n\n{}", fence("wit", &[short(snippet)])));
    }
    if let Some(hint) = &error.hint {
        text.push_str(&format!("\n\n**Hint:** {}", said(hint)));
    }
    text
}

/// What is worth knowing about each package.
fn remarks(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    let mut moved = Vec::new();
    for package in &report.packages {
        let label = label(report, package);
        if is_quiet(package) {
            moved.extend((!notes(package).is_empty()).then_some(label));
            continue;
        }
        lines.extend(package.base.as_ref().map(|base| format!("- {label}: compared with {}", side(base))));
        let release = since_release(&package.version, |_, words| words.to_owned());
        lines.extend(release.into_iter().chain(notes(package)).map(|note| format!("- {label}: {}", said(&note))));
    }
    if !moved.is_empty() {
        lines.push(format!("- moved, and otherwise unchanged: {}", listed(&moved, 10)));
    }
    lines
}
