//! What of a declaration a change is about, and what differs there from the other side.

use super::words::is_part;
use crate::syntax::extents::{Extent, Extents};
use crate::syntax::lex::Token;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Of longer stretches only the beginning and the end are compared: the product of the pieces on both sides.
const COMPARED: usize = 1 << 16;

/// The stretches of one side that a change is about, in bytes.
pub(super) struct About {
    /// Where the change stands.
    pub at: usize,
    /// What may differ from the other side.
    pub stretches: Vec<Range<usize>>,
    /// Whether that is a part of a declaration, which may come and go while the declaration stays.
    pub is_part: bool,
    /// What is pointed at where nothing differs.
    pub point: Range<usize>,
}

impl About {
    /// What a change by such a rule is about, which has its place at a byte of a declaration.
    pub fn of(rule: &str, extents: &Extents<'_>, extent: &Extent<'_>, at: usize) -> About {
        let is_itself = at == extent.at || at == extent.head.start;
        let name = extents.name(extent, at);
        let whole = |stretches: Vec<Range<usize>>| {
            let point = stretches.first().filter(|_| stretches.len() == 1).cloned();
            About { at, stretches, is_part: is_part(rule), point: point.unwrap_or_else(|| name.clone()) }
        };
        let moved = |found: Option<Range<usize>>| match found {
            Some(found) => About { at: found.start, ..whole(vec![found]) },
            None => whole(Vec::new()),
        };
        if let Some(names) = attributes(rule) {
            return whole(extents.attributes(extent, names));
        }
        match rule {
            _ if rule.ends_with("-reordered") => {
                let (open, close) = if rule.starts_with("parameters") { ("(", ")") } else { ("{", "}") };
                About { point: name.clone(), ..whole(extents.inside(extent, open, close).into_iter().collect()) }
            }
            "function-made-async" | "function-made-sync" | "method-made-static" | "static-made-method" => {
                moved(extents.function_words(extent))
            }
            "result-retyped" | "result-type-replaced" => {
                let given = extents.result(extent);
                moved(given.and_then(|given| {
                    let ty = extents.tokens(&given).nth(1)?;
                    Some(ty.start..given.end)
                }))
            }
            "result-added" | "result-removed" | "constructor-made-fallible" | "constructor-made-infallible" => {
                moved(extents.result(extent))
            }
            _ if !is_itself && rule.ends_with("-renamed") => whole(vec![name.clone()]),
            _ if !is_itself && (rule.ends_with("-retyped") || rule.ends_with("-type-replaced")) => {
                let ty = extents.type_of_part(extent, at);
                let point = ty.clone().unwrap_or_else(|| name.clone());
                About { point, ..whole(ty.into_iter().collect()) }
            }
            _ if !is_itself => {
                let part = extents.part(extent, at);
                let from = extents.used_from(extent).filter(|from| !from.contains(&at));
                About { point: part.clone(), ..whole(from.into_iter().chain([part]).collect()) }
            }
            _ => About { point: name.clone(), ..whole(vec![extents.without_body(extent)]) },
        }
    }
}

/// The attributes that a rule is about.
fn attributes(rule: &str) -> Option<&'static [&'static str]> {
    const NAMES: [(&str, &[&str]); 6] = [
        ("since", &["since"]),
        ("deprecat", &["deprecated"]),
        ("external-id", &["external-id"]),
        ("feature", &["unstable"]),
        ("stabilised", &["unstable", "since"]),
        ("unstable", &["unstable", "since"]),
    ];
    NAMES.iter().find(|(word, _)| rule.contains(word)).map(|(_, names)| *names)
}

/// A word or a sign.
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub bytes: Range<usize>,
}

impl<'a> From<&Token<'a>> for Piece<'a> {
    fn from(token: &Token<'a>) -> Piece<'a> {
        Piece { text: token.text, bytes: token.start..token.end }
    }
}

impl Piece<'_> {
    fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphanumeric() || c == '"')
    }
}

/// The words of documentation.
pub(super) fn words(text: &str, within: Range<usize>) -> Vec<Piece<'_>> {
    let mut at = within.start;
    let mut words = Vec::new();
    for chunk in text.get(within).unwrap_or_default().split_inclusive(char::is_whitespace) {
        let word = chunk.trim_end();
        words.extend((!word.is_empty()).then(|| Piece { text: word, bytes: at..at + word.len() }));
        at += chunk.len();
    }
    words
}

/// The pieces of each side that differ from the other one.
pub(super) fn differing(old: &[Piece<'_>], new: &[Piece<'_>]) -> [Vec<bool>; 2] {
    let same = |(old, new): &(&Piece<'_>, &Piece<'_>)| old.text == new.text;
    let before = old.iter().zip(new).take_while(same).count();
    let behind = old.iter().skip(before).rev().zip(new.iter().skip(before).rev()).take_while(same).count();
    let marked = |all: &[Piece<'_>]| (0..all.len()).map(|at| (before..all.len() - behind).contains(&at)).collect();
    let mut marked: [Vec<bool>; 2] = [marked(old), marked(new)];
    let inside = |all: &[Piece<'_>]| before..all.len() - behind;
    let (inner_old, inner_new) = (old.get(inside(old)), new.get(inside(new)));
    let (inner_old, inner_new) = (inner_old.unwrap_or_default(), inner_new.unwrap_or_default());
    if inner_old.len().saturating_mul(inner_new.len()) > COMPARED {
        return marked;
    }
    let texts = |pieces: &[Piece<'_>]| pieces.iter().map(|piece| piece.text.to_owned()).collect::<Vec<_>>();
    let ops = capture_diff_slices(Algorithm::Myers, &texts(inner_old), &texts(inner_new));
    let mut equal = Vec::new();
    for op in ops {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            equal.extend((0..len).map(|at| (old_index + at, new_index + at)));
        }
    }
    // Signs alone are alike by chance.
    if equal.iter().any(|&(at, _)| inner_old.get(at).is_some_and(Piece::is_word)) {
        let [old, new] = &mut marked;
        for (at_old, at_new) in equal {
            let sides = [old.get_mut(before + at_old), new.get_mut(before + at_new)];
            sides.into_iter().flatten().for_each(|is_marked| *is_marked = false);
        }
    }
    marked
}

/// The stretches that marked pieces make up, with nothing but blanks and commas between them.
pub(super) fn joined(text: &str, pieces: &[Piece<'_>], marked: &[bool]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for (piece, &is_marked) in pieces.iter().zip(marked) {
        let is_joint = |bytes: Range<usize>| {
            text.get(bytes).is_some_and(|between| between.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b',')))
        };
        match joined.last_mut().filter(|last| is_open && is_joint(last.end..piece.bytes.start)) {
            Some(last) if is_marked => last.end = piece.bytes.end,
            _ if is_marked => joined.push(piece.bytes.clone()),
            _ => {}
        }
        is_open = is_marked;
    }
    joined
}
