//! What a revision is compared with: each version of each package as it could last be read.

use crate::pipeline::matching::{Named, is_same};
use crate::revision::{Catalog, Found, Identity, Revision};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The packages of a history after one of its revisions.
pub(super) struct State {
    /// Each as it could last be read.
    pub named: Named,
    /// By the packages of the catalog.
    pub lines: Vec<Line>,
}

/// A state, and the revision that it was last seen in: many have one and the same.
#[derive(Clone)]
pub(super) struct After {
    pub state: Rc<State>,
    pub called: String,
}

/// What is known of one version of a package beside its sources.
#[derive(Clone)]
pub(super) enum Line {
    /// It can be read.
    Read,
    /// It could be read in that revision, and what came after that did not release it.
    Held { against: String },
    /// It could be read in that revision, and meanwhile stands in a way that cannot be.
    Broken { against: String, now: Box<Found> },
    /// It never could be read.
    Unread,
}

impl After {
    /// The revision that one of the packages was last read in; `None` where it never could be.
    pub fn against(&self, at: usize) -> Option<&str> {
        match self.state.lines.get(at)? {
            Line::Read => Some(&self.called),
            Line::Held { against } | Line::Broken { against, .. } => Some(against),
            Line::Unread => None,
        }
    }
}

impl State {
    /// No packages.
    pub fn nothing() -> State {
        State { named: Named { catalog: Catalog::nothing("", None), identities: Vec::new() }, lines: Vec::new() }
    }

    /// The packages of a revision that nothing is known of yet. `names` restricts them; empty means all.
    pub fn of(named: &Named, names: &[String]) -> State {
        let mut state = State::nothing();
        for (found, identity) in named.catalog.packages.iter().zip(&named.identities) {
            if names.is_empty() || self::names(found, identity).any(|name| names.contains(name)) {
                state.push(found.clone(), identity.clone(), Line::Read);
            }
        }
        state
    }

    pub fn push(&mut self, found: Found, identity: Identity, line: Line) {
        self.named.catalog.packages.push(found);
        self.named.identities.push(identity);
        self.lines.push(line);
    }

    /// What its packages are called, those included that are written in the files of others.
    pub fn names(&self) -> BTreeSet<&String> {
        let packages = self.named.catalog.packages.iter().zip(&self.named.identities);
        packages.flat_map(|(found, identity)| names(found, identity)).collect()
    }

    /// All sources that will be looked at again.
    pub fn revisions(&self) -> impl Iterator<Item = &Revision> {
        let broken = self.lines.iter().filter_map(|line| match line {
            Line::Broken { now, .. } => Some(&**now),
            Line::Read | Line::Held { .. } | Line::Unread => None,
        });
        let found = self.named.catalog.packages.iter().chain(broken);
        found.filter_map(|found| found.revision.as_ref().ok())
    }
}

/// What is called by its own name in a directory.
pub(super) fn names<'a>(found: &'a Found, identity: &'a Identity) -> impl Iterator<Item = &'a String> {
    std::iter::once(&identity.name).chain(found.outline.nested.iter().map(|package| &package.identity.name))
}

/// Whether two revisions of a package are made of the same texts, or cannot be read for the same reason.
pub(super) fn is_as(old: &Found, new: &Found) -> bool {
    match (&old.revision, &new.revision) {
        (Ok(old), Ok(new)) => is_same(old, new),
        (Err(old), Err(new)) => old == new,
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    }
}
