//! The parts of a payload that cost something of their own.

/// What is passed in one direction, taken apart. Of each kind, the first [`MOST`](Parts::MOST) are told, and how many there
/// are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Strings, lists and maps: each has a buffer of its own.
    pub allocations: Part<Allocation>,
    /// Variants, options, results and enums: each has a discriminant.
    pub choices: Part<Choice>,
    /// Sets of flags.
    pub flags: Part<Flags>,
    /// The paths of handles that are given away: `own`, and the ends of streams and futures.
    pub moved: Part<String>,
    /// The paths of handles that are lent for the call: `borrow`.
    pub lent: Part<String>,
}

impl Parts {
    /// So many of each kind are told.
    pub const MOST: usize = 64;

    /// How many there are of each kind.
    pub(super) fn counts(&self) -> [usize; 5] {
        let Parts { allocations, choices, flags, moved, lent } = self;
        [allocations.count, choices.count, flags.count, moved.count, lent.count]
    }

    /// Counts what came since so often: it stands in a list of that length.
    pub(super) fn repeat(&mut self, before: [usize; 5], times: usize) {
        let Parts { allocations, choices, flags, moved, lent } = self;
        let counts = [&mut allocations.count, &mut choices.count, &mut flags.count, &mut moved.count, &mut lent.count];
        for (count, before) in counts.into_iter().zip(before) {
            *count = count.saturating_sub(before).saturating_mul(times).saturating_add(before);
        }
    }
}

/// Parts of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T> {
    /// The first, in the order in which they are written.
    pub first: Vec<T>,
    /// How many there are; one in the element of a list counts once, of a list of a fixed length as often as that is.
    pub count: usize,
}

impl<T> Default for Part<T> {
    fn default() -> Part<T> {
        Part { first: Vec::new(), count: 0 }
    }
}

impl<T> Part<T> {
    pub(super) fn push(&mut self, part: impl FnOnce() -> T) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < Parts::MOST {
            self.first.push(part());
        }
    }
}

/// A buffer of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Where: the parameter or `result`, then `.field`, `.case`, `.some`, `.ok`, `.err`, `.0`, `[]` for an element, `[key]`
    /// and `[value]` of a map.
    pub path: String,
    /// What it holds.
    pub kind: AllocationKind,
    /// The bytes of one element; one of a string.
    pub element_bytes: u64,
}

/// What a buffer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AllocationKind {
    String,
    List,
    Map,
}

/// A discriminant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Where, as of an [`Allocation`].
    pub path: String,
    /// How many cases there are.
    pub cases: usize,
    /// Its width in memory, in bytes: 1, 2 or 4.
    pub bytes: u32,
}

/// A set of flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flags {
    /// Where, as of an [`Allocation`].
    pub path: String,
    /// How many there are.
    pub flags: usize,
    /// Their width in memory, in bytes: 1, 2, or 4 for each 32 of them.
    pub bytes: u32,
}
