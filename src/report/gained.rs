//! What worlds may touch, and what they gained and lost: told of a comparison, in words.

use super::escape::clean;
use super::package::place;
use super::wire::*;
use crate::capability::{self, Capability, Gains, Power, Statement, Ways};
use crate::surface::{PackageId, Surface, WorldId};
use std::collections::{BTreeMap, BTreeSet};

/// The report with what the worlds of its packages gained and lost. A world that is gone only is gone.
pub fn with_capabilities(mut report: Report, old: &Surface, new: &Surface) -> Report {
    for package in &mut report.packages {
        let (before, after) = (own(old, package, &package.old_version), own(new, package, &package.new_version));
        for world in package.worlds.iter_mut().filter(|world| world.status != ItemStatus::Removed) {
            let Some(new_id) = after.and_then(|id| named(new, id, &world.name)) else { continue };
            let old_id = before.and_then(|id| named(old, id, &world.name));
            let of_old = old_id.map(|id| capability::capabilities(old, id)).unwrap_or_default();
            let gains = capability::gains(&of_old, &capability::capabilities(new, new_id));
            if !gains.is_empty() {
                world.capabilities = Some(changes(gains, old_id.map(|id| (old, id)), (new, new_id)));
            }
        }
    }
    report
}

/// What a world may touch, as it is written.
pub(super) fn of_world(surface: &Surface, world: WorldId) -> Vec<CapabilityReport> {
    let ways = Ways::new(surface, world);
    capability::capabilities(surface, world).iter().map(|found| capability_report(surface, &ways, found)).collect()
}

fn changes(gains: Gains, old: Option<(&Surface, WorldId)>, (new, world): (&Surface, WorldId)) -> CapabilityChanges {
    let Gains { gained, lost, extended, reaches, leaves } = gains;
    let all = |found: &[Capability], surface: &Surface, world: WorldId| match found {
        [] => Vec::new(),
        found => {
            let ways = Ways::new(surface, world);
            found.iter().map(|found| capability_report(surface, &ways, found)).collect()
        }
    };
    CapabilityChanges {
        gained: all(&gained, new, world),
        lost: old.map(|(old, world)| all(&lost, old, world)).unwrap_or_default(),
        extended: (extended.into_iter())
            .map(|extended| ExtendedReport { name: extended.name, functions: extended.functions.into_iter().collect() })
            .collect(),
        reaches: reaches.into_iter().collect(),
        leaves: leaves.into_iter().collect(),
    }
}

fn capability_report(surface: &Surface, ways: &Ways<'_>, found: &Capability) -> CapabilityReport {
    let way = ways.of(&found.name);
    CapabilityReport {
        name: found.name.clone(),
        kind: found.kind,
        versions: found.versions.iter().map(ToString::to_string).collect(),
        gives: found.power,
        functions: found.functions.iter().cloned().collect(),
        way: way.map(|way| WayReport { includes: way.includes, statement: way.statement, uses: way.uses }),
        place: surface.sources.place(found.span).as_ref().map(place),
    }
}

/// The package of a report among those of a side.
fn own(surface: &Surface, package: &PackageReport, version: &Option<String>) -> Option<PackageId> {
    let is_it = |id: &&PackageId| {
        let known = surface.package(**id);
        *known.name == *package.name && known.version.as_ref().map(ToString::to_string) == *version
    };
    surface.own.iter().find(is_it).copied()
}

fn named(surface: &Surface, package: PackageId, name: &str) -> Option<WorldId> {
    surface.package(package).worlds.iter().copied().find(|&id| *surface.world(id).name == *name)
}

/// A sentence about what some worlds gained or lost alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told<'a> {
    /// Without a full stop; names stand between backticks.
    pub sentence: String,
    /// Whether it is a gain.
    pub is_gain: bool,
    /// Whether it is all that new worlds may touch.
    #[cfg(feature = "formats")]
    pub is_new: bool,
    /// What is gained or lost, as in the first of the worlds.
    pub capabilities: Vec<&'a CapabilityReport>,
    /// How it came, where that is more than a statement of the world itself: each way once, with what came by it where
    /// that is not all, and the worlds where there are several.
    pub ways: Vec<String>,
}

/// So many names are in a sentence.
const NAMED: usize = 4;

/// What the worlds of a package gained, then what they lost: one sentence for worlds of which the same is told.
pub(super) fn told<'a>(package: &'a PackageReport) -> Vec<Told<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for world in &package.worlds {
        let Some(changes) = &world.capabilities else { continue };
        let mut add = |line: Line<'a>| match lines.iter_mut().find(|known| known.says_as(&line)) {
            Some(known) => known.others.push((&world.name, line.capabilities)),
            None => lines.push(Line { world: &world.name, ..line }),
        };
        if world.status == ItemStatus::Added {
            add(Line::of(Kind::New, changes.gained.iter().collect()));
            continue;
        }
        for (side, known) in [(&changes.gained, &changes.reaches), (&changes.lost, &changes.leaves)] {
            let is_gain = std::ptr::eq(side, &changes.gained);
            let mut by_power: BTreeMap<Option<Power>, Vec<&CapabilityReport>> = BTreeMap::new();
            side.iter().for_each(|found| by_power.entry(found.gives).or_default().push(found));
            // What is known to matter comes first.
            let (unknown, powers): (Vec<_>, Vec<_>) = by_power.into_iter().partition(|(power, _)| power.is_none());
            for (power, found) in powers.into_iter().chain(unknown) {
                let is_all = power.is_some_and(|power| known.contains(&power));
                add(Line::of(Kind::Differs { is_gain, power, is_all }, found));
            }
        }
    }
    lines.sort_by_key(|line| !line.is_gain());
    lines.into_iter().map(Line::told).collect()
}

/// What is known of worlds before it is a sentence.
struct Line<'a> {
    world: &'a str,
    kind: Kind,
    capabilities: Vec<&'a CapabilityReport>,
    /// Worlds of which the same is told.
    others: Vec<(&'a str, Vec<&'a CapabilityReport>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The world is new.
    New,
    /// `is_all`: nothing gave that before, or nothing does any more.
    Differs { is_gain: bool, power: Option<Power>, is_all: bool },
}

impl<'a> Line<'a> {
    fn of(kind: Kind, capabilities: Vec<&'a CapabilityReport>) -> Line<'a> {
        Line { world: "", kind, capabilities, others: Vec::new() }
    }

    fn says_as(&self, other: &Line<'_>) -> bool {
        let names = |line: &Line<'_>| line.capabilities.iter().map(|found| found.name.clone()).collect::<Vec<_>>();
        self.kind == other.kind && names(self) == names(other)
    }

    fn is_gain(&self) -> bool {
        matches!(self.kind, Kind::New | Kind::Differs { is_gain: true, .. })
    }

    fn told(self) -> Told<'a> {
        let is_one = self.others.is_empty();
        let worlds = [self.world].into_iter().chain(self.others.iter().map(|(world, _)| *world));
        let worlds: Vec<String> = worlds.map(quoted).collect();
        let worlds = listed(&worlds);
        let names: Vec<String> = self.capabilities.iter().map(|found| quoted(&found.name)).collect();
        let names = listed(&names);
        let verb = |word: &str, of_one: &str| if is_one { of_one.to_owned() } else { word.to_owned() };
        let reach = verb("reach", "reaches");
        let sentence = match self.kind {
            Kind::New => {
                let the = if is_one { "the new world" } else { "the new worlds" };
                let powers: BTreeSet<Power> = self.capabilities.iter().filter_map(|found| found.gives).collect();
                let powers: Vec<&str> = powers.into_iter().map(word).collect();
                let others: Vec<String> =
                    (self.capabilities.iter()).filter(|c| c.gives.is_none()).map(|c| quoted(&c.name)).collect();
                let calls = format!("can call {}", listed(&others));
                match (powers.split_last(), others.is_empty()) {
                    (None, _) => format!("{the} {worlds} {calls}"),
                    (Some(_), true) => format!("{the} {worlds} {reach} {}", powers.join(", ")),
                    (Some(_), false) => format!("{the} {worlds} {reach} {}, and {calls}", powers.join(", ")),
                }
            }
            Kind::Differs { is_gain: true, power: None, .. } => format!("{worlds} can now call {names}"),
            Kind::Differs { is_gain: false, power: None, .. } => {
                format!("{worlds} can no longer call {names}")
            }
            Kind::Differs { is_gain: true, power: Some(power), is_all: true } => {
                format!("{worlds} now {reach} {}: {names}", word(power))
            }
            Kind::Differs { is_gain: true, power: Some(power), is_all: false } => {
                format!("{worlds} now {reach} {} through {names}, too", word(power))
            }
            Kind::Differs { is_gain: false, power: Some(power), is_all: true } => {
                format!("{worlds} no longer {reach} {}: {names}", word(power))
            }
            Kind::Differs { is_gain: false, power: Some(power), is_all: false } => {
                format!(
                    "{worlds} no longer {reach} {} through {names}, and still {} otherwise",
                    word(power),
                    verb("do", "does")
                )
            }
        };
        let ways = self.ways();
        Told {
            sentence,
            is_gain: self.is_gain(),
            #[cfg(feature = "formats")]
            is_new: self.kind == Kind::New,
            capabilities: self.capabilities,
            ways,
        }
    }

    /// How what is gained came: of new worlds all of it came with them.
    fn ways(&self) -> Vec<String> {
        if !matches!(self.kind, Kind::Differs { is_gain: true, .. }) {
            return Vec::new();
        }
        let mut by_way: BTreeMap<(String, Vec<String>), Vec<String>> = BTreeMap::new();
        let worlds = [(self.world, &self.capabilities)].into_iter();
        for (world, found) in worlds.chain(self.others.iter().map(|(world, found)| (*world, found))) {
            let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for capability in found {
                if let Some(way) = way(capability) {
                    names.entry(way).or_default().push(quoted(&capability.name));
                }
            }
            for (way, names) in names {
                by_way.entry((way, names)).or_default().push(quoted(world));
            }
        }
        let told = |((way, names), worlds): (&(String, Vec<String>), &Vec<String>)| {
            let names = if names.len() == self.capabilities.len() { String::new() } else { listed(names) };
            let worlds = if worlds.len() > self.others.len() { String::new() } else { listed(worlds) };
            match (worlds.is_empty(), names.is_empty()) {
                (true, true) => way.clone(),
                (true, false) => format!("{names} {way}"),
                (false, true) => format!("{worlds} {way}"),
                (false, false) => format!("{worlds}: {names} {way}"),
            }
        };
        by_way.iter().map(told).collect()
    }
}

/// What a power is called behind "reaches".
pub(super) fn word(power: Power) -> &'static str {
    match power {
        Power::Network => "the network",
        Power::Http => "HTTP servers",
        Power::Files => "files",
        Power::Environment => "the environment",
        Power::StandardStreams => "standard streams",
        Power::Clocks => "clocks",
        Power::Randomness => "randomness",
        Power::KeyValueStores => "key-value stores",
        Power::BlobStores => "blob stores",
        Power::Messages => "messages",
        Power::Configuration => "configuration",
        Power::Logs => "logs",
    }
}

/// "through `include a:b/v` → `export c:d/i`": the statements that brought an import; `None` where the world imports it
/// itself, or nothing is known.
pub(super) fn way(capability: &CapabilityReport) -> Option<String> {
    let WayReport { includes, statement, uses } = capability.way.as_ref()?;
    let statement = match statement {
        Statement::Import => "import",
        Statement::Export => "export",
        Statement::Use => "use",
    };
    let mut steps: Vec<String> = includes.iter().map(|world| format!("include {world}")).collect();
    match uses.split_first() {
        Some((first, rest)) => {
            steps.push(format!("{statement} {first}"));
            steps.extend(rest.iter().map(|used| format!("use {used}")));
        }
        None if statement == "use" => steps.push(format!("use {}", capability.name)),
        None => {}
    }
    let steps: Vec<String> = steps.iter().map(|step| quoted(step)).collect();
    (!steps.is_empty()).then(|| format!("through {}", steps.join(" → ")))
}

/// "19 functions", or that there are none.
pub(super) fn functions(count: usize) -> String {
    match count {
        0 => "types only".into(),
        1 => "1 function".into(),
        count => format!("{count} functions"),
    }
}

fn listed(names: &[String]) -> String {
    // One more is not worth a count.
    let shown = if names.len() <= NAMED + 1 { names.len() } else { NAMED };
    let list = names.iter().take(shown).cloned().collect::<Vec<_>>();
    match (names.len() - shown, list.split_last()) {
        (0, Some((last, before))) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        (0, _) => list.concat(),
        (more, _) => format!("{} and {more} more", list.join(", ")),
    }
}

/// A name from outside, for a sentence.
pub(super) fn quoted(name: &str) -> String {
    format!("`{}`", clean(name))
}
