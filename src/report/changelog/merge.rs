//! Sections into a changelog that people write in, too: what is theirs stays as it is.
//!
//! Every bullet that is written here ends in a comment with what it stands for and a sum over its words. One whose words
//! still have that sum is ours, to be written anew or taken back; all else is somebody's.

use super::find::{Span, is_taken, is_unreleased};
use super::outline::{Piece, What, join, pieces};
use super::title::{Named, Style, Title, named, without_placeholder};
use super::{ChangelogEntry, ChangelogKind, ChangelogSection};
use crate::error::{Error, ErrorKind};
use crate::version::track;
use semver::Version;
use std::collections::BTreeSet;

/// What a changelog begins with.
const PREAMBLE: [&str; 2] =
    ["# Changelog", "What changed in each version, for those who use it. What breaks somebody comes first."];

/// Merges the sections of a report into a changelog; an empty text is one that is yet to be begun.
///
/// - A section is found by the package and version in its heading, in the usual ways to write one; a version alone will
///   do where there is only one package. A new one goes on top of the others, below what is unreleased.
/// - Bullets of people stay as they are, and so do those that people changed. A bullet that is no longer true is taken
///   back while its version is unreleased; one that is told already is not told again, wherever it was moved to.
/// - A version is unreleased while it is higher than that of the old side and no release has it. The newest section with
///   bullets of ours under an unreleased version and without a date is renamed, if there is none for the new version.
/// - A section of a version that a release has, and that is not the one of the old side, stays as it is.
/// - Line ends, a byte-order mark, and everything outside of the sections stay as they are. To merge twice is to merge
///   once.
///
/// # Errors
/// `Invalid` where what was merged could not be found again: what is left open in the text, such as a fence, hides it.
///
/// ```
/// use wit_diff::pipeline::{Options, run_sources};
/// use wit_diff::report::{ChangelogOptions, changelog, merge_changelog};
/// use wit_diff::revision::from_text;
///
/// let old = from_text("files.wit", "package my:files@1.0.0; interface files { open: func(path: string); }");
/// let new = from_text("files.wit", "package my:files@1.1.0; interface files { open: func(path: string); sync: func(); }");
/// let sections = changelog(&run_sources(old, new, &Options::default()), &ChangelogOptions::default());
///
/// let theirs = "# Changes\n\n## [1.1.0]\n\n### Added\n\n- A bullet of somebody.\n\n## [1.0.0] - 2026-01-01\n";
/// let merged = merge_changelog(theirs, &sections)?;
/// assert!(merged.starts_with("# Changes\n\n## [1.1.0]\n\n### Added\n\n- A bullet of somebody.\n- Interface `files`: "));
/// assert!(merged.ends_with("\n\n## [1.0.0] - 2026-01-01\n"));
/// assert_eq!(merge_changelog(&merged, &sections)?, merged);
/// # Ok::<(), wit_diff::error::Error>(())
/// ```
pub fn merge_changelog(existing: &str, sections: &[ChangelogSection]) -> Result<String, Error> {
    let merged = merge(existing, sections);
    if merge(&merged, sections) != merged {
        let message = "what was merged is not seen again: something in the text, such as a fence or a comment that is left \
                       open, hides it";
        return Err(Error::new(ErrorKind::Invalid, message).hint("close it, and run this again"));
    }
    Ok(merged)
}

fn merge(existing: &str, sections: &[ChangelogSection]) -> String {
    let (head, body) = existing.split_at(front(existing));
    let line_end = if existing.split_once('\n').is_some_and(|(line, _)| line.ends_with('\r')) { "\r\n" } else { "\n" };
    let mut merging = Merging { pieces: pieces(body), line_end, sections };
    // The first section is put in last, and so on top.
    for section in sections.iter().rev() {
        merging.section(section);
    }
    format!("{head}{}", join(&merging.pieces))
}

/// Where the Markdown begins: behind a byte-order mark, and what static sites are told.
fn front(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let rest = text.get(mark..).unwrap_or_default();
    let mut at = mark;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        let is_fence = line.trim_end() == "---";
        if number == 0 && !is_fence {
            break;
        }
        at += line.len();
        if number > 0 && is_fence && line.ends_with('\n') {
            return at;
        }
    }
    mark
}

pub(super) struct Merging<'a> {
    pub(super) pieces: Vec<Piece>,
    line_end: &'a str,
    /// All that is merged.
    pub(super) sections: &'a [ChangelogSection],
}

impl Merging<'_> {
    fn section(&mut self, section: &ChangelogSection) {
        let target = self.target(section);
        let is_kept = target.is_some();
        let kept = match (target, section.groups.is_empty()) {
            (None, false) => Some(match self.drafts(section, None).first() {
                Some(&draft) => self.rename(draft, section),
                None => self.begin(section),
            }),
            (found, _) => found,
        };
        if let Some(at) = kept.filter(|_| !(is_kept && is_taken(section))) {
            self.date(at, section);
            self.fill(at, section, may_take_back(section));
        }
        // From the last one on: what is taken out moves what is behind it.
        let kept = self.target(section);
        for draft in self.drafts(section, kept).into_iter().rev() {
            let nothing = ChangelogSection { groups: Vec::new(), ..section.clone() };
            self.fill(draft, &nothing, true);
        }
    }

    /// Gives a section the version that it has to have by now.
    fn rename(&mut self, at: usize, section: &ChangelogSection) -> usize {
        let What::Heading(level, words) = &self.pieces[at].what else { return at };
        match (Title::read(words).map(|title| title.version), &section.version) {
            (Some(Named::Version(old)), Some(version)) => {
                let (old, words) = (old.to_string(), words.clone());
                self.pieces[at].what = What::Heading(*level, words.replacen(&old, version, 1));
                self.pieces[at].text = self.pieces[at].text.replacen(&old, version, 1);
            }
            _ => {
                let undated = ChangelogSection { date: None, ..section.clone() };
                let gap = self.pieces[at].gap.clone();
                self.pieces[at] = Piece { gap, ..of_title(*level, &undated.heading()) };
            }
        }
        at
    }

    /// A new section, on top of those of released versions.
    fn begin(&mut self, section: &ChangelogSection) -> usize {
        if self.pieces.iter().all(|piece| piece.text.is_empty()) {
            self.pieces.clear();
            for (level, line) in [(1, PREAMBLE[0]), (0, PREAMBLE[1])] {
                let what = if level > 0 { What::Heading(level, line.into()) } else { What::Other(Vec::new()) };
                let gap = if level > 0 { self.line_end.repeat(2) } else { self.line_end.to_owned() };
                self.pieces.push(Piece { what, text: line.to_owned(), gap });
            }
        }
        let spans = self.spans();
        let is_released = |span: &&Span| span.title.version != Named::Unreleased;
        let definitions = self.pieces.iter().rev().take_while(|piece| piece.what == What::Definition).count();
        let plain = self.is_plain(&spans, &section.package);
        let newer =
            spans.iter().rfind(|span| span.title.is_about(&section.package, plain) && goes_on(&span.title, section));
        let at = match (newer, spans.iter().find(is_released), spans.last()) {
            (Some(newer), _, _) => newer.pieces.end,
            (None, Some(first), _) => first.pieces.start,
            (None, None, Some(unreleased)) => unreleased.pieces.end,
            (None, None, None) => self.pieces.len() - definitions,
        };
        let plain = plain && spans.iter().all(|span| span.title.package.is_none());
        let example = spans.iter().find(|span| is_released(span)).or(spans.first()).filter(|_| plain);
        let example = example.map(|span| span.pieces.start);
        let style = example.map(|at| Style::of(&self.pieces[at].text));
        let heading = match (style, &section.version) {
            (Some(style), Some(version)) => style.heading(version, section.date.as_deref()),
            _ => section.heading(),
        };
        let newest = spans.iter().find(is_released).and_then(|span| level(&self.pieces[span.pieces.start]));
        self.insert(at, of_title(newest.unwrap_or(2), &heading));
        at
    }

    /// Puts the day of the release behind a heading that has none.
    fn date(&mut self, at: usize, section: &ChangelogSection) {
        let Some(date) = &section.date else { return };
        let piece = &mut self.pieces[at];
        let What::Heading(_, words) = &mut piece.what else { return };
        let is_open = Title::read(words).is_some_and(|title| !title.is_dated && title.version != Named::Unreleased);
        if is_open && !piece.text.contains('\n') && !piece.text.ends_with('#') {
            *words = format!("{} - {date}", without_placeholder(words));
            piece.text = format!("{} - {date}", without_placeholder(&piece.text));
        }
    }

    /// Brings the bullets of the section at a heading up to date.
    fn fill(&mut self, at: usize, section: &ChangelogSection, may_take_back: bool) {
        let wanted = || section.groups.iter().flat_map(|group| group.entries.iter());
        let mut emptied = BTreeSet::new();
        let mut index = at + 1;
        while index < self.end(at) {
            let piece = &self.pieces[index];
            let Some(mark) = piece.untouched() else {
                index += 1;
                continue;
            };
            match wanted().find(|entry| entry.id == mark.id) {
                Some(entry) => {
                    let anew = Piece::bullet(piece.dash(), &entry.id, &entry.text, self.line_end);
                    if anew.marks() != piece.marks() {
                        self.pieces[index] = Piece { gap: piece.gap.clone(), ..anew };
                    }
                }
                None if may_take_back => {
                    emptied.extend(self.heading_above(index));
                    self.remove(index);
                    continue;
                }
                None => {}
            }
            index += 1;
        }
        let is_new = |entry: &&ChangelogEntry, told: &[Piece]| {
            !told.iter().flat_map(Piece::marks).any(|mark| mark.id == entry.id)
        };
        for group in &section.groups {
            for entry in &group.entries {
                let told = at + 1..self.end(at);
                if is_new(&entry, &self.pieces[told]) {
                    self.tell(at, group.kind, &group.entries, entry);
                }
            }
        }
        self.sweep(at, &emptied);
    }

    /// Puts a bullet where it belongs: behind the one that comes before it, before the one that comes after it, or last.
    fn tell(&mut self, at: usize, kind: ChangelogKind, all: &[ChangelogEntry], entry: &ChangelogEntry) {
        let heading = self.group(at, kind);
        let end = (heading + 1..self.end(at)).find(|&next| matches!(self.pieces[next].what, What::Heading(..)));
        let end = end.unwrap_or(self.end(at));
        let place = all.iter().position(|other| other.id == entry.id).unwrap_or_default();
        let (before, after) = all.split_at(place);
        let find = |other: &ChangelogEntry| {
            (heading + 1..end).find(|&index| {
                let piece = &self.pieces[index];
                matches!(piece.what, What::Bullet(_)) && piece.marks().iter().any(|mark| mark.id == other.id)
            })
        };
        let bullets = || (heading + 1..end).filter(|&index| matches!(self.pieces[index].what, What::Bullet(_)));
        let index = (before.iter().rev().find_map(find).map(|index| index + 1))
            .or_else(|| after.iter().find_map(find))
            .or_else(|| bullets().next_back().map(|index| index + 1))
            .unwrap_or(end);
        let mut dashes = bullets().map(|index| self.pieces[index].dash());
        let dash = dashes.rfind(|dash| dash.trim_start().starts_with(['-', '*', '+'])).unwrap_or("- ").to_owned();
        self.insert(index, Piece::bullet(&dash, &entry.id, &entry.text, self.line_end));
    }

    /// The heading of a group, which is made where there is none.
    fn group(&mut self, at: usize, kind: ChangelogKind) -> usize {
        let end = self.end(at);
        let kind_at = |index: usize| match &self.pieces[index].what {
            What::Heading(2.., words) => kind_of(words),
            _ => None,
        };
        if let Some(found) = (at + 1..end).find(|&index| kind_at(index) == Some(kind)) {
            return found;
        }
        let index = (at + 1..end).find(|&index| kind_at(index).is_some_and(|other| other > kind)).unwrap_or(end);
        // As the others, in this section or else in any; but below a heading of the second level, only the third will do.
        let mut levels = (at + 1..end).chain(0..self.pieces.len()).filter(|&index| kind_at(index).is_some());
        let usual = levels.next().and_then(|index| level(&self.pieces[index])).unwrap_or(3);
        let least = if level(&self.pieces[at]) == Some(1) { 2 } else { 3 };
        self.insert(index, of_title(usual.max(least), kind.title()));
        index
    }

    /// The heading above a piece.
    fn heading_above(&self, index: usize) -> Option<String> {
        let above = self.pieces.get(..index)?.iter().rev().find(|piece| matches!(piece.what, What::Heading(..)))?;
        Some(above.text.clone())
    }

    /// Takes out headings that have nothing below them any more, and then that of the section.
    fn sweep(&mut self, at: usize, emptied: &BTreeSet<String>) {
        if emptied.is_empty() {
            return;
        }
        let mut index = self.end(at);
        while index > at + 1 {
            index -= 1;
            let is_last = index + 1 == self.end(at) || matches!(self.pieces[index + 1].what, What::Heading(..));
            let is_ours = matches!(&self.pieces[index].what, What::Heading(2.., words) if kind_of(words).is_some());
            if is_ours && is_last && emptied.contains(&self.pieces[index].text) {
                self.remove(index);
            }
        }
        if self.end(at) == at + 1 {
            self.remove(at);
        }
    }

    fn insert(&mut self, at: usize, mut piece: Piece) {
        let is_bullet = |piece: &Piece| matches!(piece.what, What::Bullet(_));
        let apart = |one: &Piece, other: &Piece| if is_bullet(one) && is_bullet(other) { 1 } else { 2 };
        if let Some(before) = at.checked_sub(1).and_then(|before| self.pieces.get_mut(before)) {
            piece.gap = std::mem::take(&mut before.gap);
            let count = apart(before, &piece);
            before.part(count, self.line_end);
        }
        match self.pieces.get(at) {
            Some(next) => {
                let count = apart(&piece, next);
                piece.part(count, self.line_end);
            }
            None => piece.part(1, self.line_end),
        }
        self.pieces.insert(at, piece);
    }

    fn remove(&mut self, at: usize) {
        let removed = self.pieces.remove(at);
        let is_end = at == self.pieces.len();
        if let Some(before) = at.checked_sub(1).and_then(|before| self.pieces.get_mut(before)) {
            let lines = |gap: &str| gap.matches('\n').count();
            if is_end || lines(&removed.gap) > lines(&before.gap) {
                before.gap = removed.gap;
            }
        }
    }
}

/// Whether a title is one of a higher version on the track of a section.
fn goes_on(title: &Title, section: &ChangelogSection) -> bool {
    let on_track = |version: &Version| track::of(&Some(version.clone()));
    match (&title.version, named(section)) {
        (Named::Version(newer), Named::Version(version)) => *newer > version && on_track(newer) == on_track(&version),
        _ => false,
    }
}

/// A heading with these words, which may begin with a level of their own.
fn of_title(level: u8, words: &str) -> Piece {
    let words = words.trim_start_matches(['#', ' ']);
    let text = format!("{} {words}", "#".repeat(level.into()));
    Piece { what: What::Heading(level, words.replace(['[', ']', '`'], "")), text, gap: String::new() }
}

fn level(piece: &Piece) -> Option<u8> {
    match piece.what {
        What::Heading(level, _) => Some(level),
        _ => None,
    }
}

/// Whether what is no longer true of a section was never true of a release.
fn may_take_back(section: &ChangelogSection) -> bool {
    match named(section) {
        Named::Version(version) => is_unreleased(&version, section),
        // Only one that no release stands above is found.
        Named::Removed => section.released.is_some(),
        Named::Unreleased | Named::Unversioned => false,
    }
}

/// The group that a heading of people stands for.
fn kind_of(words: &str) -> Option<ChangelogKind> {
    let words = words.trim().to_ascii_lowercase();
    let words = words.strip_suffix(" changes").unwrap_or(&words);
    ChangelogKind::ALL.into_iter().find(|kind| kind.title().eq_ignore_ascii_case(words))
}
