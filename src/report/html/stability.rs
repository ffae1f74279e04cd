//! How stable packages are as one HTML file, with a picture over time: a row an item, a column a revision.

use super::package::{Answer, Failure, failure};
use super::page::{Head, Ids, mark, sign};
use super::sentence::{Sentence, side, text};
use crate::report::decision::Outcome;
use crate::report::log_words::Tone;
use crate::report::stability::*;
use crate::report::stability_words::{self, StabilityOptions};
use crate::report::wire::Status;
use askama::Template;
use std::collections::{BTreeMap, BTreeSet};

/// So many columns are drawn, the newest ones; up to this one, those too in which nothing happened.
const COLUMNS: usize = 60;
const ALL: usize = 40;

/// What could not be judged.
const UNREAD: &str = "?";

#[derive(Template)]
#[template(path = "stability.html")]
struct Page {
    head: Head,
    outcome: &'static str,
    mark: &'static str,
    headline: Sentence,
    about: Sentence,
    errors: Vec<Failure>,
    warnings: Vec<Sentence>,
    step: &'static str,
    classes: Vec<Class>,
    marks: Vec<Sign>,
    packages: Vec<Package>,
}

/// What stands in a cell, and what it means.
struct Sign {
    class: &'static str,
    sign: &'static str,
    word: &'static str,
    meaning: &'static str,
}

/// A class and what it means.
struct Class {
    tone: &'static str,
    word: &'static str,
    meaning: &'static str,
}

struct Package {
    id: String,
    name: String,
    version: Option<String>,
    class: Option<(&'static str, &'static str)>,
    about: Sentence,
    notes: Vec<Answer>,
    columns: Vec<Column>,
    left_out: usize,
    rows: Vec<Row>,
}

/// A revision.
struct Column {
    name: String,
    title: String,
    kind: &'static str,
}

/// An item.
struct Row {
    id: String,
    name: String,
    kind: &'static str,
    tone: &'static str,
    class: &'static str,
    since: String,
    releases: usize,
    grew: usize,
    broke: usize,
    last: String,
    users: usize,
    notes: Vec<Sentence>,
    used_by: Vec<String>,
    cells: Vec<Cell>,
}

/// What a revision was to an item.
struct Cell {
    class: &'static str,
    sign: &'static str,
    word: &'static str,
    title: String,
}

/// The report as one HTML file, which loads nothing. What strangers wrote shows as they wrote it, and does nothing.
pub fn stability_to_html(report: &StabilityReport, what: &StabilityOptions) -> String {
    let mut ids = Ids::default();
    let packages: Vec<Package> = report.packages.iter().map(|found| package(report, found, what, &mut ids)).collect();
    let outcome = match report.status {
        Status::Complete if !report.packages.is_empty() => Outcome::Passes,
        Status::Complete | Status::Undetermined => Outcome::Undetermined,
    };
    let (_, class, mark) = sign(outcome);
    let title = format!("Stability in {}", side(&report.input));
    let since = report.base.as_ref().map_or(String::new(), |base| format!("since {}, ", side(base)));
    let page = Page {
        head: Head::with_pictures(&title.replace('`', ""), &report.tool, outcome),
        outcome: class,
        mark,
        headline: Sentence::new(&title),
        about: Sentence::new(&format!("{since}{}", stability_words::about(report))),
        errors: report.errors.iter().map(failure).collect(),
        warnings: report.warnings.iter().map(|warning| Sentence::new(warning)).collect(),
        step: stability_words::step(report, 2),
        classes: StabilityClass::ALL.into_iter().map(self::class).collect(),
        marks: signs(),
        packages,
    };
    super::rendered(&page)
}

fn signs() -> Vec<Sign> {
    let kinds = [MarkKind::Appeared, MarkKind::Grew, MarkKind::Broke, MarkKind::Documented, MarkKind::Gone];
    let mark =
        |kind: MarkKind| Sign { class: kind.word(), sign: sign_of(kind), word: kind.word(), meaning: meaning(kind) };
    let others = [
        Sign { class: "there", sign: "", word: "there", meaning: "is there, and nothing happened" },
        Sign {
            class: "unread",
            sign: UNREAD,
            word: "undetermined",
            meaning: "could not be judged, and counts for nothing",
        },
    ];
    kinds.into_iter().map(mark).chain(others).collect()
}

fn class(class: StabilityClass) -> Class {
    Class { tone: tone(class), word: class.word(), meaning: stability_words::meaning(class) }
}

fn tone(class: StabilityClass) -> &'static str {
    mark(stability_words::tone(class)).0
}

fn package(report: &StabilityReport, package: &PackageStability, what: &StabilityOptions, ids: &mut Ids) -> Package {
    let version = package.version.as_deref().unwrap_or_default();
    let id = ids.take("p", &format!("{} {version}", package.name));
    let whole = stability_words::whole(package);
    let items: Vec<&ItemStability> = whole.into_iter().chain(stability_words::listed(package, what)).collect();
    let (columns, left_out) = columns(package, &items);
    let since = whole
        .map_or(String::new(), |whole| format!("since {} ({}), ", stability_words::since(whole), whole.since.date));
    let whom = stability_words::whom_of(package);
    let end = stability_words::end(package).map_or(String::new(), |end| format!("; {end}"));
    let undetermined = (!package.undetermined.is_empty()).then(|| {
        Answer::new(
            Tone::Unknown,
            &format!("undetermined, and counted for nothing: {}", package.undetermined.join(", ")),
        )
    });
    let reasons = stability_words::reasons(package).into_iter().map(|reason| Answer::new(Tone::Unknown, &reason));
    Package {
        name: text(&package.name),
        version: package.version.as_deref().map(text),
        class: whole.map(|whole| (tone(whole.class), whole.class.word())),
        about: Sentence::new(&format!("{since}{}{whom}{end}", stability_words::age(report, package))),
        notes: undetermined.into_iter().chain(reasons).collect(),
        rows: items.iter().map(|item| row(report, package, item, &columns, &id, ids)).collect(),
        columns: columns.iter().map(|revision| column(revision)).collect(),
        left_out,
        id,
    }
}

/// The revisions that are drawn, and how many are not.
fn columns<'a>(package: &'a PackageStability, items: &[&ItemStability]) -> (Vec<&'a LineRevision>, usize) {
    let marked: BTreeSet<&str> = items.iter().flat_map(|item| &item.marks).map(|mark| mark.revision.as_str()).collect();
    let all = package.revisions.len();
    let is_drawn = |revision: &&LineRevision| {
        let is_turn = matches!(revision.kind, LineRevisionKind::End | LineRevisionKind::Base);
        all <= ALL || is_turn || marked.contains(revision.revision.as_str())
    };
    let mut drawn: Vec<&LineRevision> = package.revisions.iter().filter(is_drawn).collect();
    drawn.drain(..drawn.len().saturating_sub(COLUMNS));
    let left_out = all - drawn.len();
    (drawn, left_out)
}

fn column(revision: &LineRevision) -> Column {
    let version = revision.version.as_ref().map_or(String::new(), |version| format!(", {version}"));
    let (kind, word) = match revision.kind {
        LineRevisionKind::Base => ("base", ", where the history begins"),
        LineRevisionKind::Release => ("release", ""),
        LineRevisionKind::PreRelease => ("draft", ", a pre-release"),
        LineRevisionKind::Undetermined => ("unknown", ", which could not be judged"),
        LineRevisionKind::Beside => ("beside", ", which releases another version"),
        LineRevisionKind::End => ("end", ", which does not hold it"),
    };
    Column { name: text(&revision.revision), title: text(&format!("{}{version}{word}", revision.date)), kind }
}

fn row(
    report: &StabilityReport,
    package: &PackageStability,
    item: &ItemStability,
    columns: &[&LineRevision],
    id: &str,
    ids: &mut Ids,
) -> Row {
    let name = match item.kind {
        StabilityKind::Package => "the package",
        StabilityKind::Interface | StabilityKind::World | StabilityKind::Type => stability_words::name(package, item),
    };
    let mut notes = stability_words::notes(item);
    notes.extend(stability_words::broke_for(report, package, item));
    // Of several things in one revision the last one counts for the picture.
    let marks: BTreeMap<&str, MarkKind> = item.marks.iter().map(|mark| (mark.revision.as_str(), mark.what)).collect();
    let place = |name: &str| package.revisions.iter().position(|revision| revision.revision == name);
    let begin = place(&item.since.revision).unwrap_or_default();
    // It may be gone for a while.
    let is_gone = |at: usize| {
        let before = item.marks.iter().rfind(|mark| place(&mark.revision).is_some_and(|place| place <= at));
        before.is_some_and(|mark| mark.what == MarkKind::Gone)
    };
    let cell = |column: &&LineRevision| {
        let at = place(&column.revision).unwrap_or_default();
        let is_there = begin <= at && !is_gone(at) && column.kind != LineRevisionKind::End;
        let what = marks.get(column.revision.as_str());
        let word = match (what, column.kind) {
            (Some(what), _) => what.word(),
            (None, LineRevisionKind::Undetermined) if is_there => "undetermined",
            (None, _) if is_there => "there",
            (None, _) => "",
        };
        let title = if word.is_empty() { String::new() } else { text(&format!("{word} in {}", column.revision)) };
        let class = match (what, column.kind) {
            (Some(what), _) => what.word(),
            (None, LineRevisionKind::Undetermined) if is_there => "unread",
            (None, _) if is_there => "there",
            (None, _) => "absent",
        };
        Cell {
            class,
            sign: what.map_or(if class == "unread" { UNREAD } else { "" }, |what| sign_of(*what)),
            word,
            title,
        }
    };
    Row {
        id: ids.take(&format!("i-{}", id.trim_start_matches("p-")), name),
        name: text(name),
        kind: item.kind.word(),
        tone: tone(item.class),
        class: item.class.word(),
        since: text(&stability_words::since(item)),
        releases: item.releases,
        grew: item.grew,
        broke: item.broke,
        last: item.last_broke.as_ref().map_or(String::new(), |past| text(&stability_words::past(past))),
        users: item.used_by.len(),
        notes: notes.iter().map(|note| Sentence::new(note)).collect(),
        used_by: item.used_by.iter().map(|by| text(by)).collect(),
        cells: columns.iter().map(cell).collect(),
    }
}

fn sign_of(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Appeared => "○",
        MarkKind::Grew => "+",
        MarkKind::Broke => "✗",
        MarkKind::Documented => "·",
        MarkKind::Gone => "▪",
    }
}

fn meaning(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Appeared => "is there for the first time, or again",
        MarkKind::Grew => "changed, and broke nobody who counts",
        MarkKind::Broke => "broke somebody who counts",
        MarkKind::Documented => "only what is said of it changed",
        MarkKind::Gone => "is gone",
    }
}
