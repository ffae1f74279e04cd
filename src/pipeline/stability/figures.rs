//! The figures of one item, as revision by revision adds to them.

use crate::report::{LevelCounts, MarkKind, StabilityKind};
use crate::verdict::Level;
use std::collections::{BTreeMap, BTreeSet};

/// Whom something breaks: the party, and whether that is in a link.
pub(super) type Broken = BTreeSet<(&'static str, bool)>;

/// What became of an item so far. Revisions are told by their places.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub kind: StabilityKind,
    pub feature: Option<String>,
    pub since: usize,
    pub may_be_older: bool,
    pub gone: Option<usize>,
    pub was: Option<String>,
    pub became: Option<String>,
    /// The first release that promises it.
    pub promised: Option<usize>,
    pub releases: usize,
    pub pre_releases: usize,
    pub grew: usize,
    pub broke: usize,
    pub pre_releases_broke: usize,
    pub broke_for: BTreeMap<(&'static str, bool), usize>,
    pub last_changed: Option<usize>,
    pub last_broke: Option<usize>,
    pub changes: LevelCounts,
    pub marks: Vec<(usize, MarkKind)>,
    /// What pre-releases did to a promise that the next release will break or keep.
    pending: (Level, Broken),
}

/// What a revision is to those that it changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    pub at: usize,
    /// Whether its version is a pre-release, and whether that before was one.
    pub is_pre: bool,
    pub was_pre: bool,
}

impl Figures {
    pub fn new(kind: StabilityKind, feature: Option<String>, at: usize, may_be_older: bool) -> Figures {
        Figures {
            kind,
            feature,
            since: at,
            may_be_older,
            gone: None,
            was: None,
            became: None,
            promised: None,
            releases: 0,
            pre_releases: 0,
            grew: 0,
            broke: 0,
            pre_releases_broke: 0,
            broke_for: BTreeMap::new(),
            last_changed: None,
            last_broke: None,
            changes: LevelCounts::default(),
            marks: Vec::new(),
            pending: (Level::None, Broken::new()),
        }
    }

    /// A revision changed it by so much, for those.
    pub fn change(&mut self, turn: Turn, level: Level, broken: &Broken) {
        let mark = match level {
            Level::None => return,
            Level::Patch => MarkKind::Documented,
            Level::Minor => MarkKind::Grew,
            Level::Major => MarkKind::Broke,
        };
        self.marks.push((turn.at, mark));
        self.weigh(turn, level, broken);
    }

    /// A revision took it away, which changed it by so much, for those: it may come back.
    pub fn lose(&mut self, turn: Turn, level: Level, broken: &Broken) {
        self.gone = Some(turn.at);
        self.marks.push((turn.at, MarkKind::Gone));
        self.weigh(turn, level, broken);
    }

    fn weigh(&mut self, turn: Turn, level: Level, broken: &Broken) {
        let is_draft = turn.is_pre || turn.was_pre && self.promised.is_none();
        if is_draft && level == Level::Major {
            self.pre_releases_broke += 1;
        }
        if self.promised.is_some() {
            self.pending.0 = self.pending.0.max(level);
            self.pending.1.extend(broken);
        }
    }

    /// A revision releases it, or what it is no longer in.
    pub fn release(&mut self, turn: Turn) {
        if self.gone.is_some() {
            if !turn.is_pre {
                self.settle(turn.at);
            }
            return;
        }
        if turn.is_pre {
            self.pre_releases += 1;
            return;
        }
        if self.feature.is_some() {
            return;
        }
        self.releases += 1;
        self.promised.get_or_insert(turn.at);
        self.settle(turn.at);
    }

    /// What was done to a promise since the last release is done by this one.
    pub fn settle(&mut self, at: usize) {
        let (level, broken) = std::mem::take(&mut self.pending);
        for whom in broken {
            *self.broke_for.entry(whom).or_default() += 1;
        }
        match level {
            Level::None | Level::Patch => return,
            Level::Minor => self.grew += 1,
            Level::Major => {
                self.broke += 1;
                self.last_broke = Some(at);
            }
        }
        self.last_changed = Some(at);
    }
}
