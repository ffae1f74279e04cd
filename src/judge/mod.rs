//! From fact and role to verdict: SEMANTICS 4, 5, 7 and 8, to be read beside them.
//!
//! Deliberately absent: how a fact was found, and how it is said.

mod profile;
mod table;
mod verification;

pub use profile::{Newer, NotCompared, Profile, Refusal, ToolAnswer, ToolOutcome};
pub use verification::{Disagreement, Subject, Unanswered, Verification};

use crate::change::{Change, Home, Identity};
use crate::compare::{Comparison, Delta, InterfaceComparison, Node, PackageComparison, Standing, WorldComparison};
use crate::verdict::{Level, Protect, Verdict};
use table::{Meaning, Who, meaning};

/// Who feels a fact, by how a world holds the interface and which way binaries are exchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Felt {
    /// Built against the old interface, given the new one: consumers, and guests of an import.
    import_forward: bool,
    /// Built against the new interface, given the old one: hosts of an import.
    import_backward: bool,
    /// Implements the old interface where the new one is expected: providers, and guests of an export.
    export_forward: bool,
    /// Implements the new interface where the old one is expected: hosts of an export.
    export_backward: bool,
}

impl Felt {
    fn by(who: Who) -> Felt {
        let (users, makers) = match who {
            Who::Nobody | Who::Guests | Who::Hosts => (false, false),
            Who::Consumers => (true, false),
            Who::Providers => (false, true),
            Who::Both => (true, true),
            Who::Identity(identity) => {
                return Felt {
                    import_forward: !identity.import_forward,
                    import_backward: !identity.import_backward,
                    export_forward: !identity.export_forward,
                    export_backward: !identity.export_backward,
                };
            }
        };
        Felt { import_forward: users, import_backward: makers, export_forward: makers, export_backward: users }
    }

    fn or(self, other: Felt) -> Felt {
        Felt {
            import_forward: self.import_forward || other.import_forward,
            import_backward: self.import_backward || other.import_backward,
            export_forward: self.export_forward || other.export_forward,
            export_backward: self.export_backward || other.export_backward,
        }
    }
}

/// The verdicts of one layer. For interfaces the users are consumers and the makers providers, for worlds the users
/// are guests and the makers hosts: the users are whom `--protect guests` protects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// Consumers or guests.
    pub users: Verdict,
    /// Providers or hosts.
    pub makers: Verdict,
}

impl Parties {
    fn new(users: bool, makers: bool) -> Parties {
        Parties { users: Verdict::breaking_if(users), makers: Verdict::breaking_if(makers) }
    }

    fn or(self, other: Parties) -> Parties {
        Parties { users: self.users.max(other.users), makers: self.makers.max(other.makers) }
    }

    fn breaks(self, protect: Protect) -> bool {
        protect.guests() && self.users.is_breaking() || protect.hosts() && self.makers.is_breaking()
    }
}

/// Both layers (SEMANTICS 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// Whether what is built still links.
    pub link: Parties,
    /// Whether regenerated code still compiles.
    pub source: Parties,
}

impl Layers {
    fn or(self, other: Layers) -> Layers {
        Layers { link: self.link.or(other.link), source: self.source.or(other.source) }
    }

    fn breaks(self, protect: Protect) -> bool {
        self.link.breaks(protect) || self.source.breaks(protect)
    }
}

/// A comparison with its verdicts.
#[derive(Debug)]
pub struct Judgement {
    /// For whom the levels answer.
    pub protect: Protect,
    /// The packages, as in the comparison.
    pub packages: Vec<JudgedPackage>,
}

/// A package with its verdicts.
#[derive(Debug)]
pub struct JudgedPackage {
    /// What differs.
    pub comparison: PackageComparison,
    /// The maximum over changes, interfaces and worlds.
    pub level: Level,
    /// By [`PackageComparison::changes`]; `None` for what no part of the package feels.
    pub changes: Vec<Option<Judged>>,
    /// By [`PackageComparison::interfaces`].
    pub interfaces: Vec<Judged>,
    /// By [`PackageComparison::worlds`].
    pub worlds: Vec<Judged>,
}

/// A change, interface or world with its verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// How much it asks for.
    pub level: Level,
    /// Whom it breaks.
    pub layers: Layers,
}

/// Judges a comparison.
pub fn judge(comparison: Comparison, protect: Protect) -> Judgement {
    let packages = comparison.packages.into_iter().map(|package| judge_package(package, protect)).collect();
    Judgement { protect, packages }
}

/// What all facts of one interface amount to.
#[derive(Clone, Copy, Default)]
struct Sum {
    link: Felt,
    source: Felt,
    /// The same without what is said about the identity of resources, which an exporting world answers for itself.
    link_but_identity: Felt,
    /// Types alone: all that counts of an interface that is only used.
    types_link: Felt,
    types_source: Felt,
    weight: Level,
}

fn judge_package(package: PackageComparison, protect: Protect) -> JudgedPackage {
    let sums: Vec<Sum> = package.deltas.iter().map(|delta| sum(&package.changes, delta)).collect();
    let used = sum_used(&package.uses, &sums);
    let interfaces: Vec<Judged> =
        package.interfaces.iter().map(|interface| judge_interface(interface, &sums, &used, protect)).collect();
    let worlds: Vec<Judged> = package.worlds.iter().map(|world| judge_world(world, &package, &sums, protect)).collect();
    let changes = judge_changes(&package, protect);
    let level = (changes.iter().flatten().chain(&interfaces).chain(&worlds)).map(|judged| judged.level).max();
    JudgedPackage { level: level.unwrap_or_default(), comparison: package, changes, interfaces, worlds }
}

fn sum(changes: &[Change], delta: &Delta) -> Sum {
    let mut sum = Sum::default();
    for change in delta.changes.iter().map(|&at| &changes[at]) {
        if change.gate.is_some() {
            sum.weight = sum.weight.max(Level::Patch);
            continue;
        }
        let Meaning { link, source, weight } = meaning(&change.fact);
        let (felt, source) = (Felt::by(link), Felt::by(source));
        sum.link = sum.link.or(felt);
        sum.source = sum.source.or(source);
        if !matches!(link, Who::Identity(_)) {
            sum.link_but_identity = sum.link_but_identity.or(felt);
        }
        if change.home == (Home::Interface { is_type: true }) {
            sum.types_link = sum.types_link.or(felt);
            sum.types_source = sum.types_source.or(source);
        }
        sum.weight = sum.weight.max(weight);
    }
    sum
}

/// Whether types break that an interface uses, near or far.
#[derive(Clone, Copy, Default)]
struct Used {
    link: bool,
    source: bool,
}

/// For every node, what all that it uses amounts to: what breaks is carried to its users, and to theirs. Several
/// versions on one track may even use each other in a circle.
fn sum_used(nodes: &[Node], sums: &[Sum]) -> Vec<Used> {
    let mut users = vec![Vec::new(); nodes.len()];
    for (user, node) in nodes.iter().enumerate() {
        node.uses.iter().for_each(|&used| users[used].push(user));
    }
    let reached_by = |breaks: &dyn Fn(&Sum) -> bool| {
        let mut reached = vec![false; nodes.len()];
        let broken = |node: &Node| node.delta.is_some_and(|delta| breaks(&sums[delta]));
        let mut queue: Vec<usize> = (0..nodes.len()).filter(|&at| broken(&nodes[at])).collect();
        while let Some(at) = queue.pop() {
            for &user in &users[at] {
                if !std::mem::replace(&mut reached[user], true) {
                    queue.push(user);
                }
            }
        }
        reached
    };
    let link = reached_by(&|sum| sum.types_link.import_forward);
    let source = reached_by(&|sum| sum.types_source.import_forward);
    link.into_iter().zip(source).map(|(link, source)| Used { link, source }).collect()
}

fn judge_interface(interface: &InterfaceComparison, sums: &[Sum], used: &[Used], protect: Protect) -> Judged {
    match interface.standing {
        Standing::Added => Judged { level: Level::Minor, layers: Layers::default() },
        Standing::Removed => {
            let layers = Layers { link: Parties::new(true, false), source: Parties::new(true, true) };
            Judged { level: if layers.breaks(protect) { Level::Major } else { Level::Minor }, layers }
        }
        Standing::Both => {
            let own = interface.delta.map(|delta| sums[delta]).unwrap_or_default();
            let mut layers = Layers {
                link: Parties::new(own.link.import_forward, own.link.export_forward),
                source: Parties::new(own.source.import_forward, own.source.export_forward),
            };
            // Of what it uses, consumers and providers import the types alike.
            let used = interface.node.map(|node| used[node]).unwrap_or_default();
            layers = layers.or(Layers {
                link: Parties::new(used.link, used.link),
                source: Parties::new(used.source, used.source),
            });
            Judged { level: if layers.breaks(protect) { Level::Major } else { own.weight }, layers }
        }
    }
}

fn judge_world(world: &WorldComparison, package: &PackageComparison, sums: &[Sum], protect: Protect) -> Judged {
    match world.standing {
        Standing::Added => return Judged { level: Level::Minor, layers: Layers::default() },
        Standing::Removed => {
            let layers = Layers { link: Parties::default(), source: Parties::new(true, true) };
            return Judged { level: Level::Major, layers };
        }
        Standing::Both => {}
    }
    let mut layers = Layers::default();
    let mut weight = Level::None;
    for change in world.changes.iter().map(|&at| &package.changes[at]) {
        if change.gate.is_some() {
            weight = weight.max(Level::Patch);
            continue;
        }
        layers = layers.or(layers_of(change));
        weight = weight.max(meaning(&change.fact).weight);
    }
    for sum in world.imports.iter().map(|&delta| &sums[delta]) {
        layers = layers.or(Layers {
            link: Parties::new(sum.link.import_forward, sum.link.import_backward),
            source: Parties::new(sum.source.import_forward, sum.source.import_backward),
        });
        weight = weight.max(heard(sum.weight));
    }
    for sum in world.exports.iter().map(|&delta| &sums[delta]) {
        let link = sum.link_but_identity;
        layers = layers.or(Layers {
            link: Parties::new(link.export_forward, link.export_backward),
            source: Parties::new(sum.source.export_forward, sum.source.export_backward),
        });
        weight = weight.max(heard(sum.weight));
    }
    if world.reshaped {
        let both = Parties::new(true, true);
        layers = layers.or(Layers { link: both, source: both });
    }
    let identity = world.export_identity;
    layers.link = layers.link.or(Parties::new(!identity.export_forward, !identity.export_backward));
    Judged { level: if layers.breaks(protect) { Level::Major } else { weight }, layers }
}

/// What an interface says of itself does not change the worlds that hold it.
fn heard(weight: Level) -> Level {
    if weight == Level::Patch { Level::None } else { weight }
}

/// The verdicts that a change carries: of the interface or of the world that it stands in.
fn layers_of(change: &Change) -> Layers {
    let Meaning { link, source, .. } = meaning(&change.fact);
    if change.gate.is_some() {
        return Layers::default();
    }
    let of = |who: Who| {
        let felt = Felt::by(who);
        let by_role = match change.home {
            Home::Package | Home::Interface { .. } => Parties::new(felt.import_forward, felt.export_forward),
            Home::Import | Home::World => Parties::new(felt.import_forward, felt.import_backward),
            Home::Export => Parties::new(felt.export_forward, felt.export_backward),
        };
        by_role.or(Parties::new(who == Who::Guests, who == Who::Hosts))
    };
    Layers { link: of(link), source: of(source) }
}

/// Who holds an interface of which something differs.
#[derive(Clone, Copy, Default)]
struct Holders {
    used: bool,
    imported: bool,
    exported: Option<Identity>,
}

fn judge_changes(package: &PackageComparison, protect: Protect) -> Vec<Option<Judged>> {
    let mut holders = vec![Holders::default(); package.deltas.len()];
    let used = package.uses.iter().flat_map(|node| &node.uses);
    for delta in used.filter_map(|&node| package.uses[node].delta) {
        holders[delta].used = true;
    }
    for world in &package.worlds {
        world.imports.iter().for_each(|&delta| holders[delta].imported = true);
        for &delta in &world.exports {
            let before = holders[delta].exported.unwrap_or(Identity::KEPT);
            holders[delta].exported = Some(before.and(world.export_identity));
        }
    }
    let mut judged: Vec<Option<Judged>> = (package.changes.iter())
        .map(|change| {
            let layers = layers_of(change);
            let level = if change.gate.is_some() {
                Level::Patch
            } else if layers.breaks(protect) {
                Level::Major
            } else {
                meaning(&change.fact).weight
            };
            Some(Judged { level, layers })
        })
        .collect();
    for (delta, holders) in package.deltas.iter().zip(&holders) {
        for &at in &delta.changes {
            let change = &package.changes[at];
            judged[at] = judge_held(change, delta.own, *holders, protect);
        }
    }
    judged
}

/// A change of an interface, as all who hold that interface feel it; `None` where nobody of the package does.
fn judge_held(change: &Change, own: bool, holders: Holders, protect: Protect) -> Option<Judged> {
    let layers = layers_of(change);
    let Meaning { link, source, weight } = meaning(&change.fact);
    if change.gate.is_some() {
        return own.then_some(Judged { level: Level::Patch, layers });
    }
    let is_type = change.home == (Home::Interface { is_type: true });
    let mut breaks = own && layers.breaks(protect);
    for who in [link, source] {
        let felt = Felt::by(who);
        breaks |= holders.used && is_type && felt.import_forward;
        breaks |=
            holders.imported && (protect.guests() && felt.import_forward || protect.hosts() && felt.import_backward);
        if let Some(world) = holders.exported {
            // An exporting world answers for the identity of resources itself.
            let (forward, backward) = match who {
                Who::Identity(_) => (!world.export_forward, !world.export_backward),
                _ => (true, true),
            };
            breaks |= protect.guests() && felt.export_forward && forward
                || protect.hosts() && felt.export_backward && backward;
        }
    }
    let level = if breaks { Level::Major } else { weight };
    let heard = own || breaks || holders.imported || holders.exported.is_some();
    heard.then_some(Judged { level, layers })
}
