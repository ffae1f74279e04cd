//! What every part of a text is made with: colours, wrapped lines, tables.

use super::TextOptions;
use crate::report::columns;
use crate::report::log_words::Tone;
use crate::report::table::Table;
use crate::verdict::{Level, Protect};
use anstyle::{AnsiColor, Style};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

pub const RED: Style = AnsiColor::Red.on_default().bold();
pub const GREEN: Style = AnsiColor::Green.on_default();
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();

/// How many of anything are listed before the rest is counted.
pub const LISTED: usize = 3;

/// A text in the making.
pub struct Page {
    pub out: String,
    pub options: TextOptions,
    pub protect: Protect,
    pub verified: Option<bool>,
    /// The names that several packages have: they are told apart by version.
    pub shared: BTreeSet<String>,
    /// Path and rule of what the packages tell of themselves.
    pub told: BTreeSet<(String, String)>,
    /// The changes because of which packages fail, and what `wit-diff accept` takes for each.
    pub failing: BTreeMap<String, String>,
}

impl Page {
    pub fn empty(options: &TextOptions) -> Page {
        Page {
            out: String::new(),
            options: *options,
            protect: Protect::default(),
            verified: None,
            shared: BTreeSet::new(),
            told: BTreeSet::new(),
            failing: BTreeMap::new(),
        }
    }

    pub fn width(&self) -> usize {
        self.options.width.max(40)
    }

    pub fn level_style(&self, level: Level) -> Style {
        match level {
            Level::None | Level::Patch => GREEN,
            Level::Minor => YELLOW,
            Level::Major => RED,
        }
    }

    pub fn styled(&self, style: Style, text: &str) -> String {
        if self.options.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_string() }
    }

    pub fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let options = textwrap::Options::new(self.width())
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
            .break_words(false);
        for line in textwrap::wrap(text, options) {
            let _ = writeln!(self.out, "{line}");
        }
    }

    pub fn note(&mut self, note: &str) {
        self.out.push('\n');
        self.wrapped("  note: ", "        ", note);
    }

    /// An empty line before what comes, unless nothing came yet.
    pub fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// The first few, and how many more there are; all of them where asked for.
    pub fn listed(&self, items: &[String]) -> String {
        let listed = if self.options.verbose { items.len() } else { LISTED };
        let shown = items.iter().take(listed).cloned().collect::<Vec<_>>().join(", ");
        match items.len().saturating_sub(listed) {
            0 => shown,
            more => format!("{shown} and {more} more"),
        }
    }

    /// The lines of a table, with a style for each cell by row and column; `None` where there is no room for it.
    pub fn drawn(&self, table: &Table, style: impl Fn(usize, &str) -> Option<Style>) -> Option<String> {
        let laid = table.laid_out(self.width())?;
        let mut lines = laid.lines.iter();
        let mut out = self.styled(DIM, lines.next()?) + "\n";
        let mut begun = 0;
        for line in lines {
            // What is too long for a cell goes on below it, and the first cell is never too long.
            begun += usize::from(!line.starts_with(' '));
            let mut rest = line.as_str();
            for (at, (header, &start)) in table.header.iter().zip(&laid.starts).enumerate() {
                let end = laid.starts.get(at + 1).copied().unwrap_or(usize::MAX);
                let (cell, after) = columns::split_at(rest, end.saturating_sub(start));
                let text = cell.trim_end_matches(' ');
                match style(begun.saturating_sub(1), header) {
                    Some(style) => out.push_str(&self.styled(style, text)),
                    None => out.push_str(text),
                }
                out.push_str(cell.strip_prefix(text).unwrap_or_default());
                rest = after;
            }
            out.push('\n');
        }
        Some(out)
    }
}

/// The colour of what is as it should be, or is not.
pub fn tone(tone: Tone) -> Style {
    match tone {
        Tone::Good => GREEN,
        Tone::Unknown => YELLOW,
        Tone::Bad => RED,
    }
}
