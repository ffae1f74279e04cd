//! The declarations around the places of changes, and what an item that is gone stood in.

use super::{ChangeReport, ExcerptReport, PlaceReport, Report};
use crate::surface::Sources;
use crate::syntax::extents::{Extent, Extents};
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
            for (side, place) in [(&old, &mut change.old), (&new, &mut change.new)] {
                let Some(place) = place else { continue };
                place.excerpt = side.excerpt(place, part).filter(|excerpt| {
                    let lines = excerpt.text.lines().count();
                    let has_room = lines <= left;
                    left = if has_room { left - lines } else { left };
                    has_room
                });
            }
            change.container = match (&change.old, &change.new) {
                (Some(_), None) => new.container(&package.name, change),
                (None, Some(_)) => old.container(&package.name, change),
                _ => None,
            };
        }
    }
    report
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
type Key<'a> = (String, &'a str, &'a str);

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

    fn excerpt(&self, place: &PlaceReport, part: Part) -> Option<ExcerptReport> {
        let file = self.files.get(place.file.as_str())?;
        let byte = file.byte(place)?;
        let extent = file.extents().around(byte)?;
        let lines = file.shown(extent, byte, part);
        let (cut, lines) = match lines.len() > LINES {
            true if part == Part::Whole => (true, lines.start..lines.start + LINES),
            true => {
                let line = (place.line as usize).saturating_sub(1);
                (false, line.saturating_sub(AROUND).max(lines.start)..(line + AROUND + 1).min(lines.end))
            }
            false => (false, lines),
        };
        let mut shown = Vec::new();
        for line in lines.clone() {
            shown.push(file.line(line).filter(|line| line.chars().nth(LONGEST_LINE).is_none())?);
        }
        if cut {
            shown.push(CUT);
        }
        let line = u32::try_from(lines.start + 1).ok()?;
        (!shown.is_empty()).then(|| ExcerptReport { line, text: shown.join("\n") })
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
        let outer = item.split_once('.').map_or("", |(outer, _)| outer);
        let home = if rest.contains('#') { home } else { "" };
        let containers = self.containers.get_or_init(|| self.all_containers());
        let keys = [(outer, home), ("", home), ("", "")];
        let found = keys.into_iter().find_map(|(item, home)| containers.get(&(package.to_owned(), home, item)))?;
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
            let statements = crate::syntax::statements::Statements::of(file.text);
            for (name, at) in statements.packages.iter().map(|package| (&package.name, package.at)) {
                found.entry((name.clone(), "", "")).or_insert((*path, at));
            }
            let all = Extents::of(file.text);
            for extent in all.all() {
                let package = match &extent.package {
                    Some(package) => package.clone(),
                    None if is_dependency => continue,
                    None => self.main.to_owned(),
                };
                let Some(name) = extent.name else { continue };
                match extent.around.and_then(|around| all.all().get(around)) {
                    None => found.entry((package, name, "")).or_insert((*path, extent.at)),
                    Some(around) => match around.name.filter(|_| around.around.is_none()) {
                        Some(home) => found.entry((package, home, name)).or_insert((*path, extent.at)),
                        None => continue,
                    },
                };
            }
        }
        found
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

    fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|&start| start <= byte).saturating_sub(1)
    }

    fn line(&self, line: usize) -> Option<&'a str> {
        let start = *self.lines.get(line)?;
        let end = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        Some(self.text.get(start..end)?.trim_end_matches('\r'))
    }
}
