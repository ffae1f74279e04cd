//! What was set up in git.

use super::TextOptions;
use super::escape::clean;
use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;

/// What `git-driver` did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriverReport {
    /// Whether it was to be there, or to be gone.
    pub is_install: bool,
    /// Whether git's settings were other ones before.
    pub changed: bool,
    /// Whether the line was written or taken away.
    pub written: bool,
    /// Whether the line is there now.
    pub has_line: bool,
    /// The line by which git knows which files are meant.
    pub line: &'static str,
    /// The file for it.
    pub file: String,
    /// Whether that is for all repositories of the user.
    pub is_global: bool,
}

/// What was done, and what is left to do.
pub fn driver_to_text(report: &DriverReport) -> String {
    let whose = if report.is_global { "of the user" } else { "of this repository" };
    let (file, line) = (clean(&report.file), report.line);
    let settings = match (report.is_install, report.changed) {
        (true, true) => format!("set the driver `wit` up in the settings {whose}"),
        (true, false) => format!("the driver `wit` is set up in the settings {whose} already"),
        (false, true) => format!("took the driver `wit` out of the settings {whose}"),
        (false, false) => format!("the settings {whose} have no driver `wit` of this program"),
    };
    let attributes = match (report.is_install, report.written, report.has_line) {
        (true, true, _) => format!("wrote `{line}` into {file}"),
        (true, false, true) => format!("`{line}` is in {file} already"),
        (true, false, false) => format!("now put `{line}` into {file}, or pass --attributes"),
        (false, true, _) => format!("took `{line}` out of {file}"),
        (false, false, true) => format!("`{line}` stays in {file}, where it does no harm; --attributes takes it out"),
        (false, false, false) => return settings + "\n",
    };
    format!("{settings}\n{attributes}\n")
}

/// The lines of both sides of a file, and whether names in them are resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownChange {
    pub old: String,
    pub new: String,
    pub is_resolved: bool,
}

/// What git says of a file in conflict.
pub fn unmerged_to_text(path: &str) -> String {
    format!("* Unmerged path {}\n", clean(path))
}

/// The lines that differ, as `git diff` shows lines.
pub fn change_to_text(old_path: &str, new_path: &str, change: &ShownChange, options: &TextOptions) -> String {
    const CONTEXT: usize = 3;
    let paint = |style: Style, text: &str| match options.color {
        true => format!("{style}{text}{style:#}\n"),
        false => format!("{text}\n"),
    };
    let bold = Style::new().bold();
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    let (old_path, new_path) = (clean(old_path), clean(new_path));
    let mut out = paint(bold, &format!("diff --wit a/{old_path} b/{new_path}"));
    let why = match (change.old == change.new, change.is_resolved) {
        (true, _) => "no item differs: only layout, order, documentation or `@since`",
        (false, true) => "",
        (false, false) => "the package does not resolve: names are shown as they are written",
    };
    if !why.is_empty() {
        let _ = writeln!(out, "{why}");
    }
    if change.old == change.new {
        return out;
    }
    let diff = TextDiff::from_lines(&change.old, &change.new);
    out += &paint(bold, &format!("--- a/{old_path}"));
    out += &paint(bold, &format!("+++ b/{new_path}"));
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        out += &paint(colour(AnsiColor::Cyan), &hunk.header().to_string());
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches('\n');
            out += &match change.tag() {
                ChangeTag::Equal => format!(" {line}\n"),
                ChangeTag::Delete => paint(colour(AnsiColor::Red), &format!("-{line}")),
                ChangeTag::Insert => paint(colour(AnsiColor::Green), &format!("+{line}")),
            };
        }
    }
    out
}
