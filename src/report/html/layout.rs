//! Where everything in a picture stands: columns from what is used to what uses it, laid out by a library.

use rust_sugiyama::configure::{Config, RankingType};
use rust_sugiyama::from_vertices_and_edges;
use std::collections::BTreeSet;

/// The room of an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sized {
    pub width: f64,
    pub height: f64,
}

/// A picture.
pub(super) struct Laid {
    pub width: u32,
    pub height: u32,
    /// The middle of each item.
    pub places: Vec<(f64, f64)>,
    /// The line of each step, and its tip.
    pub lines: Vec<(String, String)>,
}

/// Between items of a column, between columns, between pictures that hang together with nothing, and around all.
const BETWEEN: f64 = 14.0;
const COLUMNS: f64 = 56.0;
const PARTS: f64 = 26.0;
const AROUND: f64 = 16.0;

/// The picture of these items, and of steps between them. Edges of circles are turned around for it.
pub(super) fn laid_out(sizes: &[Sized], edges: &[(usize, usize)]) -> Laid {
    let ranks = ranks(sizes.len(), edges);
    let rank = |item: usize| ranks.get(item).copied().unwrap_or_default();
    let number = |item: usize| u32::try_from(item).unwrap_or(u32::MAX);
    let forward = |&(from, to): &(usize, usize)| match rank(from) <= rank(to) {
        true => (number(from), number(to)),
        false => (number(to), number(from)),
    };
    let forward: Vec<(u32, u32)> = edges.iter().map(forward).collect::<BTreeSet<_>>().into_iter().collect();
    // The library lays out from top to bottom, and text is read from left to right.
    let turned: Vec<(u32, (f64, f64))> =
        sizes.iter().enumerate().map(|(item, size)| (number(item), (size.height, size.width + COLUMNS))).collect();
    // Exchanging neighbours, and the shortest edges, may take for ever.
    let config =
        Config { vertex_spacing: BETWEEN, ranking_type: RankingType::Up, transpose: false, ..Config::default() };
    let mut parts: Vec<Vec<(usize, (f64, f64))>> =
        from_vertices_and_edges(&turned, &forward, &config).into_iter().map(|(part, ..)| part).collect();
    parts.iter_mut().for_each(|part| part.sort_by_key(|(item, _)| *item));
    parts.sort_by_key(|part| part.first().map(|(item, _)| *item));
    let mut places = vec![(0.0, 0.0); sizes.len()];
    let size = |item: usize| sizes.get(item).copied().unwrap_or(Sized { width: 0.0, height: 0.0 });
    let (mut width, mut top) = (0.0_f64, AROUND);
    for part in parts {
        let least = |at: fn(Sized, (f64, f64)) -> f64| {
            part.iter().map(|&(item, place)| at(size(item), place)).fold(f64::INFINITY, f64::min)
        };
        let left = least(|size, (_, x)| x - size.width / 2.0);
        let first = least(|size, (y, _)| y - size.height / 2.0);
        let mut bottom = top;
        for &(item, (y, x)) in &part {
            let (x, y) = (x - left + AROUND, y - first + top);
            if let Some(place) = places.get_mut(item) {
                *place = (tenth(x), tenth(y));
            }
            width = width.max(x + size(item).width / 2.0);
            bottom = bottom.max(y + size(item).height / 2.0);
        }
        top = bottom + PARTS;
    }
    let place = |item: usize| (places.get(item).copied().unwrap_or_default(), size(item));
    let lines = edges.iter().map(|&(from, to)| line(place(from), place(to))).collect();
    let whole = |length: f64| (length + AROUND).ceil().clamp(0.0, 1e6) as u32;
    Laid { width: whole(width), height: whole(top - PARTS), places, lines }
}

/// The outline of an item, which tells what kind it is.
pub(super) fn shape(kind: &str, left: f64, top: f64, width: f64, height: f64) -> String {
    let (right, bottom) = (tenth(left + width), tenth(top + height));
    let (left, top) = (tenth(left), tenth(top));
    let rounded = |r: f64| {
        format!(
            "M{} {top}H{}a{r} {r} 0 0 1 {r} {r}V{}a{r} {r} 0 0 1-{r} {r}H{}a{r} {r} 0 0 1-{r}-{r}V{}a{r} {r} 0 0 1 {r}-{r}z",
            tenth(left + r),
            tenth(right - r),
            tenth(bottom - r),
            tenth(left + r),
            tenth(top + r)
        )
    };
    match kind {
        "type" => rounded(6.0),
        "function" => rounded(19.0),
        "world" => {
            let (cut, middle) = (10.0, tenth((top + bottom) / 2.0));
            format!(
                "M{} {top}H{}L{right} {middle}L{} {bottom}H{}L{left} {middle}z",
                tenth(left + cut),
                tenth(right - cut),
                tenth(right - cut),
                tenth(left + cut)
            )
        }
        _ => format!("M{left} {top}H{right}V{bottom}H{left}z"),
    }
}

/// What is used stands before what uses it, but for one item of each circle.
fn ranks(items: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); items];
    for &(from, to) in edges {
        if let Some(next) = next.get_mut(from) {
            next.push(to);
        }
    }
    let (mut seen, mut ranks, mut left) = (vec![false; items], vec![0; items], items);
    for start in (0..items).rev() {
        let mut open: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((item, at)) = open.pop() {
            if at == 0 && std::mem::replace(seen.get_mut(item).unwrap_or(&mut true), true) {
                continue;
            }
            match next.get(item).and_then(|next| next.get(at)) {
                Some(&to) => open.extend([(item, at + 1), (to, 0)]),
                None => {
                    left = left.saturating_sub(1);
                    if let Some(rank) = ranks.get_mut(item) {
                        *rank = left;
                    }
                }
            }
        }
    }
    ranks
}

/// A line that bends from one column to another, and its tip.
fn line(((x, y), from): ((f64, f64), Sized), ((u, v), to): ((f64, f64), Sized)) -> (String, String) {
    const TIP: f64 = 6.0;
    let is_forward = u >= x;
    let sign = if is_forward { 1.0 } else { -1.0 };
    let (start, end) = (tenth(x + sign * from.width / 2.0), tenth(u - sign * to.width / 2.0));
    let before = tenth(end - sign * TIP);
    let bend = tenth(((before - start).abs() / 2.0).max(24.0) * sign);
    let line = format!("M{start} {y}C{} {y} {} {v} {before} {v}", tenth(start + bend), tenth(before - bend));
    let tip = format!("M{end} {v}L{before} {}V{}z", tenth(v - 3.5), tenth(v + 3.5));
    (line, tip)
}

/// Enough for a picture, and the same on every machine.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
