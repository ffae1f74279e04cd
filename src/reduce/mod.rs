//! Cuts a pair of revisions down to what still shows something.
//!
//! Deliberately absent: what it is that shows. That is for a function to say, which sees every pair that is tried.

mod mend;
mod prune;

use crate::syntax::{File, Primitive, Type};
use prune::{Pruner, Way, held, prune};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Both revisions: each the files of the package under test and of what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub old: Vec<File>,
    pub new: Vec<File>,
}

/// A pair that `holds` and from which nothing can be cut without ending that: no item, part or documentation, and no
/// type that could be a simpler one.
///
/// First goes what differs between the two sides and is not needed. Of all that is left when whole items are gone, parts that one revision alone has go first, as they are what differs;
/// then parts are cut from both; then each revision is tried by itself. What names a part that is
/// gone is mended: a type becomes `u8`, a `use` or an import goes. `holds` is asked for each attempt, some hundred times
/// for a package of some hundred items; it must say no to a pair that does not resolve. Where it says no to `pair`
/// itself, that is what comes back.
pub fn reduce(pair: Pair, holds: &mut dyn FnMut(&Pair) -> bool) -> Pair {
    let mut search = Search { best: pair, holds };
    // While much differs, a pair may hold for many reasons; the fewer differences are left, the surer is the one.
    search.cut_parts(Sides::Differing, 2..=DEEPEST);
    // What is small is tried fast: whole interfaces and functions go first.
    search.cut_parts(Sides::Both, 2..=3);
    loop {
        let before = search.best.clone();
        for sides in [Sides::OnlyOld, Sides::OnlyNew, Sides::Both, Sides::Old, Sides::New] {
            search.cut_parts(sides, 2..=DEEPEST);
        }
        search.simplify_types();
        if search.best == before {
            return search.best;
        }
    }
}

/// Takes documentation, gates and other attributes away.
pub fn strip(files: &mut [File]) {
    prune(files, &mut Strip);
}

struct Strip;

impl Pruner for Strip {
    fn keeps(&mut self, way: &Way) -> bool {
        way.last().is_none_or(|part| part != "docs" && !part.starts_with('@'))
    }

    fn simplifies(&mut self, _: &Way, _: &mut Type) {}
}

/// Parts lie no deeper: a package, a package in it, an item, a resource, its method, a parameter, its documentation.
/// Types are another matter.
const DEEPEST: usize = 8;

/// Where something is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sides {
    Both,
    Old,
    New,
    /// Parts that are not the same on both sides, or that hold such a part.
    Differing,
    /// Parts that the new side does not have.
    OnlyOld,
    /// Parts that the old side does not have.
    OnlyNew,
}

impl Sides {
    fn of(self, pair: &mut Pair) -> Vec<&mut Vec<File>> {
        match self {
            Sides::Both | Sides::Differing => vec![&mut pair.old, &mut pair.new],
            Sides::Old | Sides::OnlyOld => vec![&mut pair.old],
            Sides::New | Sides::OnlyNew => vec![&mut pair.new],
        }
    }
}

struct Search<'a> {
    best: Pair,
    holds: &'a mut dyn FnMut(&Pair) -> bool,
}

impl Search<'_> {
    /// Takes the candidate if it is another pair that holds.
    fn take(&mut self, candidate: Pair) -> bool {
        let taken = candidate != self.best && (self.holds)(&candidate);
        if taken {
            self.best = candidate;
        }
        taken
    }

    /// From whole interfaces down to single fields: first half of all that lies equally deep, then smaller shares.
    fn cut_parts(&mut self, sides: Sides, depths: RangeInclusive<usize>) {
        for depth in depths {
            let at_depth = |way: &Way| way.len() == depth;
            let mut share = self.list(sides).into_iter().filter(at_depth).count();
            while share > 0 {
                let ways: Vec<Way> = self.list(sides).into_iter().filter(at_depth).collect();
                for chunk in ways.chunks(share) {
                    self.cut(sides, chunk.iter().cloned().collect());
                }
                share /= 2;
            }
        }
    }

    fn list(&self, sides: Sides) -> BTreeSet<Way> {
        match sides {
            Sides::OnlyOld => &self.ways(Sides::Old) - &self.ways(Sides::New),
            Sides::OnlyNew => &self.ways(Sides::New) - &self.ways(Sides::Old),
            Sides::Differing => self.differing(),
            Sides::Both | Sides::Old | Sides::New => self.ways(sides),
        }
    }

    fn differing(&self) -> BTreeSet<Way> {
        let notes = |files: &[File]| {
            let mut list = List::default();
            prune(&mut files.to_vec(), &mut list);
            let types = list.types.into_iter();
            let parts = list.ways.into_iter().map(|way| (way, String::new()));
            parts.chain(types).chain(list.notes).collect::<BTreeSet<(Way, String)>>()
        };
        let (old, new) = (notes(&self.best.old), notes(&self.best.new));
        let mut differing = BTreeSet::new();
        for (way, _) in old.symmetric_difference(&new) {
            differing.extend((1..=way.len()).map(|length| way[..length].to_vec()));
        }
        differing
    }

    fn ways(&self, sides: Sides) -> BTreeSet<Way> {
        let mut list = List::default();
        let mut pair = self.best.clone();
        sides.of(&mut pair).into_iter().for_each(|files| prune(files, &mut list));
        list.ways
    }

    fn cut(&mut self, sides: Sides, ways: BTreeSet<Way>) -> bool {
        let mut candidate = self.best.clone();
        let mut cut = Cut { ways };
        for files in sides.of(&mut candidate) {
            prune(files, &mut cut);
            mend::mend(files);
        }
        self.take(candidate)
    }

    /// Tries, for every type that is used somewhere, `u8` in its place, else each of the types that it holds.
    fn simplify_types(&mut self) {
        let mut list = List::default();
        let mut pair = self.best.clone();
        Sides::Both.of(&mut pair).into_iter().for_each(|files| prune(files, &mut list));
        for way in list.types.into_keys() {
            let simpler = std::iter::once(None).chain((0..MOST_HELD).map(Some));
            for by in simpler {
                let mut candidate = self.best.clone();
                let mut simplify = Simplify { way: &way, by };
                for files in Sides::Both.of(&mut candidate) {
                    prune(files, &mut simplify);
                }
                if self.take(candidate) {
                    break;
                }
            }
        }
    }
}

/// So many of the types that a type holds are tried in its place.
const MOST_HELD: usize = 2;

/// Keeps everything, and notes it.
#[derive(Default)]
struct List {
    ways: BTreeSet<Way>,
    /// Where types are used, and which.
    types: BTreeMap<Way, String>,
    notes: Vec<(Way, String)>,
}

impl Pruner for List {
    fn keeps(&mut self, way: &Way) -> bool {
        self.ways.insert(way.clone());
        true
    }

    fn notes(&mut self, way: &Way, what: &str) {
        self.notes.push((way.clone(), what.to_string()));
    }

    fn simplifies(&mut self, way: &Way, ty: &mut Type) {
        self.types.insert(way.clone(), ty.to_string());
    }
}

/// Cuts some parts.
struct Cut {
    ways: BTreeSet<Way>,
}

impl Pruner for Cut {
    fn keeps(&mut self, way: &Way) -> bool {
        !self.ways.contains(way)
    }

    fn simplifies(&mut self, _: &Way, _: &mut Type) {}
}

/// Replaces one type by `u8`, or by one that it holds.
struct Simplify<'a> {
    way: &'a Way,
    by: Option<usize>,
}

impl Pruner for Simplify<'_> {
    fn keeps(&mut self, _: &Way) -> bool {
        true
    }

    fn simplifies(&mut self, way: &Way, ty: &mut Type) {
        if way != self.way {
            return;
        }
        match self.by {
            None if matches!(ty, Type::Primitive(_)) => {}
            None => *ty = Type::Primitive(Primitive::U8),
            Some(at) => {
                if let Some(held) =
                    held(ty).into_iter().nth(at).map(|held| std::mem::replace(held, Type::Tuple(Vec::new())))
                {
                    *ty = held;
                }
            }
        }
    }
}
