//! The declarations around the places of changes, and what an item that is gone stood in.

use super::marks::{self, About, Piece};
use super::{ChangeReport, ExcerptReport, PlaceReport, Report};
use crate::surface::Sources;
use crate::syntax::extents::{Extent, Extents};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// So many lines of one declaration are shown, and so many around a place in a longer one.
const LINES: usize = 24;
const AROUND: usize = 4;

/// What is longer is not read by anybody.
const LONGEST_LINE: usize = 240;

/// So many lines are shown of one report.
const IN_ALL: usize = 100_000;

/// What stands below lines that are left out.
const CUT: &str = "…";

/// The report with the declaration at each place, and the container of what stands on one side only (REPORT.md, places).
///
/// `old` and `new` are the texts that the places are in. Where there are none, nothing is added.
pub fn with_excerpts(mut report: Report, old: &Sources, new: &Sources) -> Report {
    let Some(main) = report.packages.first().map(|package| package.name.clone()) else { return report };
    if report.packages.iter().all(|package| package.changes.is_empty()) {
        return report;
    }
    let (old, new) = (Side::new(&main, old), Side::new(&main, new));
    let mut left = IN_ALL;
    for package in &mut report.packages {
        for change in &mut package.changes {
            let part = Part::of(&change.rule);
            let on_old = change.old.as_ref().and_then(|place| old.seen(place, &change.rule, part));
            let on_new = change.new.as_ref().and_then(|place| new.seen(place, &change.rule, part));
            let container = match (&change.old, &change.new) {
                (Some(_), None) => Some((&new, &on_old)),
                (None, Some(_)) => Some((&old, &on_new)),
                _ => None,
            };
            if let Some((other, seen)) = container {
                change.container = other.container(&package.name, change).map(|mut place| {
                    // What shares its lines is only told from its neighbours by what was there without it.
                    let is_kept = seen.as_ref().is_some_and(Seen::shares_lines);
                    let kept = other.seen(&place, "", Part::Whole).filter(|kept| is_kept && !kept.is_cut);
                    let excerpt = kept.and_then(|kept| kept.excerpt(&[]));
                    place.excerpt = excerpt.filter(|excerpt| has_room(excerpt, &mut left));
                    place
                });
            }
            let [of_old, of_new] = differing(on_old.as_ref(), on_new.as_ref(), part);
            for (seen, marks, place) in [(on_old, of_old, &mut change.old), (on_new, of_new, &mut change.new)] {
                let (Some(seen), Some(place)) = (seen, place) else { continue };
                if let Some(moved) = seen.place(&place.file) {
                    *place = moved;
                }
                place.excerpt = seen.excerpt(&marks).filter(|excerpt| has_room(excerpt, &mut left));
            }
        }
    }
    report
}

fn has_room(excerpt: &ExcerptReport, left: &mut usize) -> bool {
    let lines = excerpt.text.lines().count();
    let has_room = lines <= *left;
    *left = if has_room { *left - lines } else { *left };
    has_room
}

/// What differs on each side, in bytes of its file.
fn differing<'a>(old: Option<&Seen<'_, 'a>>, new: Option<&Seen<'_, 'a>>, part: Part) -> [Vec<Range<usize>>; 2] {
    let texts = [old, new].map(|seen| seen.map_or("", |seen| seen.file.text));
    let [old_pieces, new_pieces] = [old, new].map(|seen| seen.map(|seen| seen.pieces(part)).unwrap_or_default());
    let is_part = [old, new].into_iter().flatten().all(|seen| seen.about.is_part);
    // All of what stands on one side only is new or gone: that is said of it where it is a part of something.
    if (old.is_none() || new.is_none()) && !is_part {
        return [Vec::new(), Vec::new()];
    }
    let [of_old, of_new] = marks::differing(&old_pieces, &new_pieces);
    let [old_text, new_text] = texts;
    [marks::joined(old_text, &old_pieces, &of_old), marks::joined(new_text, &new_pieces, &of_new)]
}

/// What of a declaration a change is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it, as it came or went.
    Whole,
    /// What it says of itself.
    Inside,
    /// The attributes before it, too.
    Attributes,
    /// The documentation above it.
    Documentation,
}

impl Part {
    fn of(rule: &str) -> Part {
        const ATTRIBUTES: [&str; 6] = ["since", "deprecat", "feature", "stabilised", "unstable", "external-id"];
        if rule.ends_with("docs-changed") {
            Part::Documentation
        } else if ATTRIBUTES.iter().any(|word| rule.contains(word)) {
            Part::Attributes
        } else if rule.ends_with("-added") || rule.ends_with("-removed") {
            Part::Whole
        } else {
            Part::Inside
        }
    }
}

/// The texts of one side.
struct Side<'a> {
    /// The package of files that do not say.
    main: &'a str,
    files: HashMap<&'a str, File<'a>>,
    containers: OnceCell<HashMap<Key<'a>, (&'a str, usize)>>,
}

/// Package, interface or world, and what is in that.
type Key<'a> = (String, &'a str, Cow<'a, str>);

struct File<'a> {
    text: &'a str,
    /// Where its lines begin.
    lines: Vec<usize>,
    extents: OnceCell<Extents<'a>>,
}

impl<'a> Side<'a> {
    fn new(main: &'a str, sources: &'a Sources) -> Side<'a> {
        let file = |text: &'a str| {
            let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
            File { text, lines: std::iter::once(0).chain(breaks).collect(), extents: OnceCell::new() }
        };
        let files = sources.files().map(|(path, text)| (path, file(text))).collect();
        Side { main, files, containers: OnceCell::new() }
    }

    /// What a change by a rule shows of the declaration at its place.
    fn seen(&self, place: &PlaceReport, rule: &str, part: Part) -> Option<Seen<'_, 'a>> {
        let file = self.files.get(place.file.as_str())?;
        let byte = file.byte(place)?;
        let extents = file.extents();
        let extent = extents.around(byte)?;
        let about = About::of(rule, extents, extent, byte);
        let lines = file.shown(extent, byte, part);
        let (is_cut, lines) = match lines.len() > LINES {
            true if part == Part::Whole => (true, lines.start..lines.start + LINES),
            true => {
                let line = file.line_of(about.at);
                (false, line.saturating_sub(AROUND).max(lines.start)..(line + AROUND + 1).min(lines.end))
            }
            false => (false, lines),
        };
        Some(Seen { file, extent, about, byte, lines, is_cut })
    }

    /// What the item of a change would stand in on this side, from the inside out: its type, its interface or world, its
    /// package.
    fn container(&self, package: &str, change: &ChangeReport) -> Option<PlaceReport> {
        if change.track.is_some() {
            return None;
        }
        let rest = change.path.strip_prefix(package)?.strip_prefix('/').unwrap_or_default();
        let (home, item) = rest.split_once('#').unwrap_or((rest, ""));
        let item = item.rsplit_once(']').map_or(item, |(_, item)| item);
        let item = ["import:", "export:", "type:"].iter().find_map(|prefix| item.strip_prefix(prefix)).unwrap_or(item);
        let inner = item.rsplit_once('.').map_or("", |(inner, _)| inner);
        let outer = inner.split_once('.').map_or(inner, |(outer, _)| outer);
        let home = if rest.contains('#') { home } else { "" };
        let containers = self.containers.get_or_init(|| self.all_containers());
        let keys = [(inner, home), (outer, home), ("", home), ("", "")];
        let found =
            keys.into_iter().find_map(|(item, home)| containers.get(&(package.to_owned(), home, item.into())))?;
        self.files.get(found.0)?.place(found.0, found.1)
    }

    /// Every declaration that may hold others, by name.
    fn all_containers(&self) -> HashMap<Key<'a>, (&'a str, usize)> {
        let mut found = HashMap::new();
        let mut paths: Vec<&&str> = self.files.keys().collect();
        paths.sort();
        for path in paths {
            let Some(file) = self.files.get(*path) else { continue };
            let is_dependency = path.split('/').any(|name| name == "deps");
            let all = file.extents();
            for package in all.packages() {
                found.entry((package.name.clone(), "", "".into())).or_insert((*path, package.at));
            }
            for extent in all.all() {
                let package = match extent.package.and_then(|package| all.packages().get(package)) {
                    Some(package) => package.name.clone(),
                    None if is_dependency => continue,
                    None => self.main.to_owned(),
                };
                let Some(name) = extent.name else { continue };
                let around = |extent: &Extent<'a>| extent.around.and_then(|around| all.all().get(around));
                let (home, name) = match around(extent) {
                    None => (name, "".into()),
                    Some(first) => match (first.name, around(first).map(|second| (second.around, second.name))) {
                        (Some(home), None) => (home, name.into()),
                        (Some(outer), Some((None, Some(home)))) => (home, format!("{outer}.{name}").into()),
                        _ => continue,
                    },
                };
                found.entry((package, home, name)).or_insert((*path, extent.at));
            }
        }
        found
    }
}

/// A declaration as a change shows it.
struct Seen<'s, 'a> {
    file: &'s File<'a>,
    extent: &'s Extent<'a>,
    about: About,
    /// The place of the change before it was known what it is about.
    byte: usize,
    lines: Range<usize>,
    /// Whether lines are left out at the end.
    is_cut: bool,
}

impl<'a> Seen<'_, 'a> {
    /// The place of what the change is about; `None` where that is where it was.
    fn place(&self, file: &str) -> Option<PlaceReport> {
        if self.about.at == self.byte { None } else { self.file.place(file, self.about.at) }
    }

    /// What may differ, as far as it is shown.
    fn pieces(&self, part: Part) -> Vec<Piece<'a>> {
        let shown = self.file.start(self.lines.start)..self.file.start(self.lines.end);
        if part == Part::Documentation {
            return marks::words(self.file.text, shown.start..self.extent.whole.start.min(shown.end));
        }
        let within = |bytes: &Range<usize>| bytes.start.max(shown.start)..bytes.end.min(shown.end);
        let extents = self.file.extents();
        let tokens = self.about.stretches.iter().flat_map(|bytes| extents.tokens(&within(bytes)));
        let mut pieces: Vec<Piece<'a>> = Vec::new();
        // Commas come and go with what they separate, and an attribute is named with its sign.
        for token in tokens.filter(|token| !token.is_sign(",")) {
            match pieces.last_mut().filter(|last| last.text == "@" && last.bytes.end == token.start) {
                Some(last) => {
                    last.bytes.end = token.end;
                    last.text = self.file.text.get(last.bytes.clone()).unwrap_or_default();
                }
                None => pieces.push(Piece::from(&token)),
            }
        }
        pieces
    }

    /// Its lines, and where in them something differs.
    fn excerpt(&self, differing: &[Range<usize>]) -> Option<ExcerptReport> {
        let mut found = ExcerptReport { line: u32::try_from(self.lines.start + 1).ok()?, ..ExcerptReport::default() };
        let mut shown = Vec::new();
        let mut length = 0;
        let mut marks = differing.iter().peekable();
        for line in self.lines.clone() {
            let text = self.file.line(line).filter(|line| line.chars().nth(LONGEST_LINE).is_none())?;
            let start = self.file.start(line);
            let within = |bytes: &Range<usize>| {
                let within = bytes.start.max(start)..bytes.end.min(start + text.len());
                (within.start < within.end).then(|| within.start - start + length..within.end - start + length)
            };
            while let Some(mark) = marks.next_if(|mark| mark.start < start + text.len()) {
                found.differing.extend(within(mark));
            }
            if found.about.is_empty() {
                found.about = within(&self.about.point).unwrap_or_default();
            }
            length += text.len() + 1;
            shown.push(text);
        }
        if self.is_cut {
            shown.push(CUT);
        }
        found.text = shown.join("\n");
        (!shown.is_empty()).then_some(found)
    }

    /// Whether what is here shares a line with what else is in its container.
    fn shares_lines(&self) -> bool {
        let is_statement = self.byte == self.extent.at || self.byte == self.extent.head.start;
        let itself = match is_statement {
            true => self.extent.whole.clone(),
            false => self.file.extents().part(self.extent, self.byte),
        };
        let lines = self.file.line_of(itself.start)..self.file.line_of(itself.end.saturating_sub(1)) + 1;
        let extents = self.file.extents();
        let before = extents.tokens(&(self.file.start(lines.start)..itself.start)).next();
        let mut behind = extents.tokens(&(itself.end..self.file.start(lines.end)));
        let is_shared = before.is_some() || behind.any(|token| !token.is_sign(",") && !token.is_sign(";"));
        let around = self.extent.around.and_then(|around| extents.all().get(around));
        let is_with_container = around.is_some_and(|around| self.file.line_of(around.at) == lines.start);
        is_shared && if is_statement { is_with_container } else { self.about.is_part }
    }
}

impl<'a> File<'a> {
    fn extents(&self) -> &Extents<'a> {
        self.extents.get_or_init(|| Extents::of(self.text))
    }

    /// The byte of a place; nothing in a line that is not shown.
    fn byte(&self, place: &PlaceReport) -> Option<usize> {
        let start = *self.lines.get((place.line as usize).checked_sub(1)?)?;
        let mark = if self.text.starts_with('\u{feff}') && start == 0 { '\u{feff}'.len_utf8() } else { 0 };
        let rest = self.text.get(start + mark..)?;
        let column = (place.column as usize).checked_sub(1).filter(|&column| column <= LONGEST_LINE)?;
        Some(start + mark + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at))
    }

    /// The place of a byte; nothing in a line that is not shown.
    fn place(&self, file: &str, byte: usize) -> Option<PlaceReport> {
        let line = self.line_of(byte);
        let start = *self.lines.get(line)?;
        let text = self.line(line).filter(|_| byte - start <= LONGEST_LINE)?.trim_start_matches('\u{feff}');
        let column = self.text.get(start..byte)?.trim_start_matches('\u{feff}').chars().count();
        Some(PlaceReport {
            file: file.to_owned(),
            line: u32::try_from(line + 1).ok()?,
            column: u32::try_from(column + 1).ok()?,
            text: text.trim().chars().take(LONGEST_LINE).collect(),
            excerpt: None,
        })
    }

    /// The lines of a declaration that a change is about, from 0.
    fn shown(&self, extent: &Extent<'_>, byte: usize, part: Part) -> Range<usize> {
        let is_itself = byte == extent.at || byte == extent.head.start;
        let head = || extent.head.start..extent.head.end;
        let bytes = match part {
            Part::Whole if is_itself => extent.head.start..extent.whole.end,
            Part::Attributes if extent.is_open => extent.whole.start..extent.head.end,
            Part::Attributes => extent.whole.clone(),
            Part::Documentation => extent.whole.start..extent.head.end,
            Part::Whole | Part::Inside if extent.is_open => head(),
            Part::Whole | Part::Inside => extent.head.start..extent.whole.end,
        };
        let mut lines = self.line_of(bytes.start)..self.line_of(bytes.end.saturating_sub(1).max(bytes.start)) + 1;
        if part == Part::Documentation {
            let is_comment = |line: &str| ["//", "/*", "*"].iter().any(|sign| line.trim_start().starts_with(sign));
            while lines.start > 0 && self.line(lines.start - 1).is_some_and(is_comment) {
                lines.start -= 1;
            }
        }
        lines
    }

    /// Where a line begins; of a line behind the last one the end.
    fn start(&self, line: usize) -> usize {
        self.lines.get(line).copied().unwrap_or(self.text.len())
    }

    fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|&start| start <= byte).saturating_sub(1)
    }

    fn line(&self, line: usize) -> Option<&'a str> {
        let start = *self.lines.get(line)?;
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        Some(self.text.get(start..end)?.trim_end_matches('\r'))
    }
}
