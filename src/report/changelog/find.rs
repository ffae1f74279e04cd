//! Where the sections of a changelog are, and which of them are still open.

use super::ChangelogSection;
use super::merge::Merging;
use super::outline::{Piece, What};
use super::title::{Named, Title, named};
use crate::version::track;
use semver::Version;
use std::ops::Range;

/// A section of the text: the pieces from its heading on.
pub(super) struct Span {
    pub title: Title,
    pub pieces: Range<usize>,
}

impl Merging<'_> {
    pub(super) fn spans(&self) -> Vec<Span> {
        let span = |(at, piece): (usize, &Piece)| Some(Span { title: title(piece)?, pieces: at..self.end(at) });
        self.pieces.iter().enumerate().filter_map(span).collect()
    }

    /// Where the section at a heading ends.
    pub(super) fn end(&self, at: usize) -> usize {
        // Some tools give releases the first level, and patches of them the second or third.
        let least = match self.pieces.get(at).map(|piece| &piece.what) {
            Some(What::Heading(1, _)) => 1,
            _ => 2,
        };
        let is_next =
            |piece: &Piece| matches!(piece.what, What::Heading(level, _) if level <= least) || title(piece).is_some();
        let behind = self.pieces.get(at + 1..).unwrap_or_default();
        let behind = behind.split(is_next).next().unwrap_or_default();
        let definitions = behind.iter().rev().take_while(|piece| piece.what == What::Definition).count();
        at + 1 + behind.len() - definitions
    }

    /// Whether a heading with a version alone is one of this package.
    pub(super) fn is_plain(&self, spans: &[Span], package: &str) -> bool {
        self.sections.len() == 1
            && spans.iter().all(|span| span.title.package.as_deref().is_none_or(|name| name == package))
    }

    /// The heading of the section for this version.
    pub(super) fn target(&self, section: &ChangelogSection) -> Option<usize> {
        let spans = self.spans();
        let plain = self.is_plain(&spans, &section.package);
        let removal = open_removal(&spans, section, plain);
        let is_it = |span: &&Span| {
            let is_open = span.title.version != Named::Removed || removal == Some(span.pieces.start);
            span.title.is_of(section, plain) && is_open
        };
        let found = spans.iter().find(is_it);
        let unreleased = || {
            let is_it = |span: &&Span| plain && span.title.package.is_none() && span.title.version == Named::Unreleased;
            spans.iter().find(is_it).filter(|_| named(section) == Named::Unversioned)
        };
        found.or_else(unreleased).map(|span| span.pieces.start)
    }

    /// The headings of sections that we began for versions that are not released, apart from one, newest first.
    pub(super) fn drafts(&self, section: &ChangelogSection, apart: Option<usize>) -> Vec<usize> {
        let spans = self.spans();
        let plain = self.is_plain(&spans, &section.package);
        let removal = open_removal(&spans, section, plain).filter(|_| section.released.is_some());
        let mut drafts: Vec<(Option<Version>, usize)> = Vec::new();
        for Span { title, pieces } in spans {
            let has_ours = self.pieces[pieces.clone()].iter().any(|piece| !piece.marks().is_empty());
            if !title.is_about(&section.package, plain) || title.is_dated || !has_ours || Some(pieces.start) == apart {
                continue;
            }
            match title.version {
                Named::Version(version)
                    if is_unreleased(&version, section) && !self.is_of_another_track(&version, section) =>
                {
                    drafts.push((Some(version), pieces.start));
                }
                Named::Removed if removal == Some(pieces.start) => drafts.push((None, pieces.start)),
                _ => {}
            }
        }
        drafts.sort();
        let mut drafts: Vec<usize> = drafts.into_iter().rev().map(|(_, at)| at).collect();
        if apart.is_some() {
            drafts.sort_unstable();
        }
        drafts
    }

    /// Whether the package stands there on several tracks, and the version belongs to another one of them.
    fn is_of_another_track(&self, version: &Version, section: &ChangelogSection) -> bool {
        let others = self.sections.iter().filter(|other| other.package == section.package && *other != section);
        let versions = others.flat_map(|other| [&other.version, &other.since]).flatten();
        let mut tracks = versions.filter_map(|other| Version::parse(other).ok()).map(|other| track::of(&Some(other)));
        let own = track::of(&Some(version.clone()));
        tracks.any(|track| track == own)
    }
}

/// Whether a version is higher than that of the old side, and no release has it.
pub(super) fn is_unreleased(version: &Version, section: &ChangelogSection) -> bool {
    let is_tagged = section.released.as_ref().is_none_or(|released| released.contains(&version.to_string()));
    let since = section.since.as_deref().and_then(|since| Version::parse(since).ok());
    !is_tagged && since.is_none_or(|since| version.cmp_precedence(&since).is_gt())
}

/// Whether a release that is not the old side has the version of a section.
pub(super) fn is_taken(section: &ChangelogSection) -> bool {
    let released = section.released.as_ref().zip(section.version.as_ref());
    released.is_some_and(|(released, version)| released.contains(version)) && section.version != section.since
}

/// That a package that the old side has is gone: a section which no release of the package stands above.
fn open_removal(spans: &[Span], section: &ChangelogSection, plain: bool) -> Option<usize> {
    if !section.is_removed && (section.since.is_none() || section.is_since_older) {
        return None;
    }
    let is_open = |title: &Title| matches!(&title.version, Named::Version(version) if !title.is_dated && is_unreleased(version, section));
    let mut own = spans.iter().filter(|span| span.title.is_about(&section.package, plain));
    let newest = own.find(|span| span.title.version != Named::Unreleased && !is_open(&span.title))?;
    (newest.title.version == Named::Removed).then_some(newest.pieces.start)
}

/// What a heading says, if that is of which version it is.
fn title(piece: &Piece) -> Option<Title> {
    match &piece.what {
        What::Heading(1..=3, words) => Title::read(words),
        _ => None,
    }
}
