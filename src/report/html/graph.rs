//! What changed types reach, as a picture: which items are in it, and what is said of each.

use super::index::Index;
use super::layout::{Laid, Sized, laid_out, shape};
use super::sentence::text;
use crate::report::columns;
use crate::report::wire::*;
use crate::report::words;
use crate::verdict::Level;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// So many items and steps are drawn of one package, the nearest to what changed first.
const NODES: usize = 120;
const EDGES: usize = 360;

/// A picture of more items than this is folded at first.
const OPEN: usize = 70;

/// So many steps are listed below the picture.
const LISTED: usize = 1_000;

/// So many functions that are used and use alike become one node.
const ALIKE: usize = 3;

/// So long a name is drawn, in columns.
const NAME: usize = 34;

/// What a column of the fonts of a picture measures, and a node beside its text.
const WIDE: f64 = 7.3;
const SMALL: f64 = 6.1;
const ROUND: f64 = 28.0;
const HEIGHT: f64 = 38.0;
const LEAST: f64 = 64.0;

/// What may still be drawn in a page.
pub(super) struct Budget {
    nodes: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { nodes: 1_500 }
    }
}

/// A picture, and the same as a list.
pub(super) struct Graph {
    pub is_open: bool,
    pub label: String,
    pub summary: String,
    pub width: u32,
    pub height: u32,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub list: Vec<(String, String)>,
    pub unlisted: usize,
}

/// An item.
pub(super) struct Node {
    pub index: usize,
    pub kind: &'static str,
    /// Empty where it did not change itself.
    pub level: &'static str,
    pub href: Option<String>,
    pub title: String,
    pub name: String,
    pub below: String,
    pub shape: String,
    pub x: f64,
    pub y: f64,
    pub y2: f64,
}

/// A step from what is used to what uses it.
pub(super) struct Edge {
    pub from: usize,
    pub to: usize,
    pub line: String,
    pub tip: String,
}

/// The picture of a package; `None` where nothing uses what changed.
pub(super) fn graph(index: &Index<'_>, at: usize, package: &PackageReport, budget: &mut Budget) -> Option<Graph> {
    if package.uses.is_empty() {
        return None;
    }
    let picked = Picked::of(package, NODES.min(budget.nodes));
    budget.nodes = budget.nodes.saturating_sub(picked.items.len());
    let worlds: BTreeSet<&str> = package.worlds.iter().map(|world| world.name.as_str()).collect();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for paths in &picked.items {
        let path = paths.first().copied().unwrap_or_default();
        let told = picked.marked.get(path).and_then(|&(_, number)| Some((number, package.changes.get(number)?)));
        let kind = picked.kind(path, &worlds, told.map(|(_, change)| change));
        let whole = if path.contains('#') { None } else { level_of(package, path) };
        entries.push(Entry {
            level: whole.or(told.map(|(_, change)| change.level)).map_or("", Level::word),
            href: told.map(|(number, _)| index.finding((at, number)).to_owned()),
            ..Entry::of(&package.name, paths, kind)
        });
    }
    let sizes: Vec<Sized> = entries.iter().map(Entry::size).collect();
    let Laid { width, height, places, lines } = laid_out(&sizes, &picked.edges);
    let nodes: Vec<Node> = (entries.into_iter().zip(&places).enumerate())
        .map(|(index, (entry, &(x, y)))| entry.node(index, x, y))
        .collect();
    let edges: Vec<Edge> =
        (picked.edges.iter().zip(lines)).map(|(&(from, to), (line, tip))| Edge { from, to, line, tip }).collect();
    let changed = nodes.iter().filter(|node| !node.level.is_empty()).count();
    let left_out = match picked.left_out {
        0 => String::new(),
        more => format!("; {more} more are not drawn"),
    };
    let counted = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    let summary = match nodes.len() {
        0 => format!("{} in the list", counted(package.uses.len(), "step")),
        all => format!("{}, {changed} of them changed{left_out}", counted(all, "item")),
    };
    Some(Graph {
        is_open: nodes.len() <= OPEN,
        label: text(&format!("What changed items of {} reach: {summary}", package.name)),
        summary,
        width,
        height,
        nodes,
        edges,
        list: package.uses.iter().take(LISTED).map(|step| (text(&step.item), text(&step.by))).collect(),
        unlisted: package.uses.len().saturating_sub(LISTED),
    })
}

/// The level of an interface or world of the package, with all that is in it.
fn level_of(package: &PackageReport, path: &str) -> Option<Level> {
    let name = path.strip_prefix(&package.name)?.strip_prefix('/')?;
    let interface = package.interfaces.iter().find(|interface| interface.name == name).map(|interface| interface.level);
    let world = package.worlds.iter().find(|world| world.name == name).map(|world| world.level);
    interface.or(world).filter(|level| *level > Level::None)
}

/// What is in a picture: items, each with others that are like it, and the steps between them.
struct Picked<'a> {
    items: Vec<Vec<&'a str>>,
    edges: Vec<(usize, usize)>,
    left_out: usize,
    /// What uses an item.
    followed: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// The weightiest change of an item, and its place in the package.
    marked: BTreeMap<&'a str, (Level, usize)>,
}

impl<'a> Picked<'a> {
    fn of(package: &'a PackageReport, most: usize) -> Picked<'a> {
        let mut followed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut preceded: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for UseReport { item, by } in package.uses.iter().filter(|step| step.item != step.by) {
            followed.entry(item).or_default().insert(by);
            preceded.entry(by).or_default().insert(item);
        }
        let all: BTreeSet<&str> = followed.keys().chain(preceded.keys()).copied().collect();
        let mut marked: BTreeMap<&str, (Level, usize)> = BTreeMap::new();
        for (number, change) in package.changes.iter().enumerate() {
            let Some(&item) = holders(&change.path).find_map(|path| all.get(path)) else { continue };
            let known = marked.entry(item).or_insert((change.level, number));
            if change.level > known.0 {
                *known = (change.level, number);
            }
        }
        let none = BTreeSet::new();
        let next = |item: &str| followed.get(item).unwrap_or(&none).iter().copied();
        // Items that are used alike and use alike, and did not change, say the same.
        let mut alike: BTreeMap<(Vec<&str>, Vec<&str>), Vec<&str>> = BTreeMap::new();
        for &item in all.iter().filter(|item| item.contains('#') && !marked.contains_key(*item)) {
            let before = preceded.get(item).unwrap_or(&none).iter().copied().collect();
            alike.entry((before, next(item).collect())).or_default().push(item);
        }
        let mut first: HashMap<&str, &str> = HashMap::new();
        let mut groups: HashMap<&str, Vec<&str>> = HashMap::new();
        for items in alike.into_values().filter(|items| items.len() >= ALIKE) {
            if let Some(&one) = items.first() {
                first.extend(items.iter().map(|item| (*item, one)));
                groups.insert(one, items);
            }
        }
        let stands = |item: &'a str| first.get(item).copied().unwrap_or(item);
        // The nearest to what changed; what nothing leads to comes last.
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut order: Vec<&str> = Vec::new();
        let mut queue: VecDeque<&str> = marked.keys().copied().collect();
        let mut rest = all.iter().copied();
        loop {
            let Some(item) = queue.pop_front() else {
                match rest.find(|item| !seen.contains_key(stands(item))) {
                    Some(item) => queue.push_back(item),
                    None => break,
                }
                continue;
            };
            let item = stands(item);
            if seen.contains_key(item) {
                continue;
            }
            seen.insert(item, order.len());
            order.push(item);
            queue.extend(next(item));
        }
        let left_out = order.len().saturating_sub(most);
        order.truncate(most);
        // Neighbours in the text are neighbours in the picture.
        order.sort_unstable();
        let places: HashMap<&str, usize> = order.iter().enumerate().map(|(at, item)| (*item, at)).collect();
        let steps: BTreeSet<(usize, usize)> = (package.uses.iter())
            .filter_map(|step| Some((*places.get(stands(&step.item))?, *places.get(stands(&step.by))?)))
            .filter(|(from, to)| from != to)
            .collect();
        let items = order.iter().map(|item| groups.remove(item).unwrap_or_else(|| vec![*item])).collect();
        Picked { items, edges: steps.into_iter().take(EDGES).collect(), left_out, followed, marked }
    }

    /// What kind of item a path is of; where it does not say, from what uses it: functions are used by no item.
    fn kind(&self, path: &str, worlds: &BTreeSet<&str>, change: Option<&ChangeReport>) -> &'static str {
        const FUNCTIONS: [&str; 3] = ["function-", "parameter-", "result-"];
        let Some((_, item)) = path.split_once('#') else {
            let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
            return if worlds.contains(name) { "world" } else { "interface" };
        };
        let users = self.followed.get(path).into_iter().flatten();
        let is_function = match change {
            _ if item.starts_with('[') => true,
            _ if item.starts_with("type:") => false,
            Some(change) => FUNCTIONS.iter().any(|word| change.rule.starts_with(word)),
            None => users.into_iter().all(|user| !user.contains('#')),
        };
        if is_function { "function" } else { "type" }
    }
}

/// A path, and those of what holds it, from the inside out.
fn holders(path: &str) -> impl Iterator<Item = &str> {
    let home = words::group(path).len();
    std::iter::successors(Some(path), move |path| {
        path.rsplit_once('.').map(|(before, _)| before).filter(|before| before.len() > home)
    })
}

/// What is said of an item.
struct Entry<'a> {
    kind: &'static str,
    level: &'static str,
    href: Option<String>,
    name: String,
    below: String,
    paths: &'a [&'a str],
}

impl<'a> Entry<'a> {
    fn of(package: &str, paths: &'a [&'a str], kind: &'static str) -> Entry<'a> {
        let path = paths.first().copied().unwrap_or_default();
        let short = |path: &'a str| {
            path.strip_prefix(package).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path).to_owned()
        };
        let (name, below) = match (path.split_once('#'), paths.len()) {
            (None, _) => (short(path), kind.to_owned()),
            (Some((home, _)), 1) => (words::Subject::of(path).name, short(home)),
            (Some((home, _)), more) => (format!("{more} {kind}s"), short(home)),
        };
        let (name, below) = (shortened(&text(&name), NAME), shortened(&text(&below), NAME));
        Entry { kind, level: "", href: None, name, below, paths }
    }

    fn size(&self) -> Sized {
        let columns = |text: &str| columns::width(text) as f64;
        let word = if self.level.is_empty() { 0.0 } else { columns(self.level) + 3.0 };
        let width = (columns(&self.name) * WIDE).max((columns(&self.below) + word) * SMALL) + ROUND;
        Sized { width: width.ceil().max(LEAST), height: HEIGHT }
    }

    /// `x` and `y` are the middle.
    fn node(self, index: usize, x: f64, y: f64) -> Node {
        const NAMED: usize = 12;
        let Sized { width, height } = self.size();
        let mut named: Vec<String> = self.paths.iter().take(NAMED).map(|path| text(path)).collect();
        if self.paths.len() > NAMED {
            named.push(format!("and {} more", self.paths.len() - NAMED));
        }
        let level = if self.level.is_empty() { String::new() } else { format!(", changed: {}", self.level) };
        Node {
            index,
            title: format!("{} {}{level}", self.kind, named.join(", ")),
            shape: shape(self.kind, x - width / 2.0, y - height / 2.0, width, height),
            x: x - width / 2.0 + ROUND / 2.0,
            y: y - 3.0,
            y2: y + 11.0,
            kind: self.kind,
            level: self.level,
            href: self.href,
            name: self.name,
            below: self.below,
        }
    }
}

/// The text cut to so many columns, with a mark where it was cut.
fn shortened(text: &str, columns: usize) -> String {
    match columns::width(text) > columns {
        true => format!("{}…", columns::split_at(text, columns.saturating_sub(1)).0),
        false => text.to_owned(),
    }
}
