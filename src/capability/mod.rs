//! What the components of a world may touch: every interface and function that the world imports, stated, included or used.
//!
//! Deliberately absent: sentences, and who breaks. A capability is no verdict: a world may gain one without breaking anybody.

mod gains;
mod pattern;
mod power;
mod ways;

pub use gains::{Extended, Gains, gains};
pub use pattern::Pattern;
pub use power::Power;
pub use ways::{Statement, Way, Ways};

use crate::surface::{Function, InterfaceId, Span, Surface, WorldId, WorldItem, WorldItemKind, WorldKey};
use semver::Version;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a world imports under one name, of whichever version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// `namespace:package/interface`, or the plain name of a function or of an interface that is written in the world.
    pub name: String,
    /// What it is.
    pub kind: CapabilityKind,
    /// The versions of its package; empty where that declares none, or it is no named interface.
    pub versions: BTreeSet<Version>,
    /// What can be called, by encoded name; empty where there are only types.
    pub functions: BTreeSet<String>,
    /// What it is known to give.
    pub power: Option<Power>,
    /// The statement that brought it, or the world.
    pub span: Span,
}

/// What an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CapabilityKind {
    /// An interface with a name.
    Interface,
    /// An interface that is written in the world.
    Inline,
    /// A function.
    Function,
}

impl Capability {
    /// Whether there is something to call: types alone give no power.
    pub fn can_be_called(&self) -> bool {
        !self.functions.is_empty()
    }
}

/// What a world imports, sorted by name; types of its own are nothing that it could touch.
///
/// ```
/// use wit_diff::{capability::capabilities, revision::from_text, surface::{resolve, Features}};
/// let text = "package a:b; interface i { f: func(); } world w { import i; import log: func(); }";
/// let surface = resolve(from_text("a.wit", text), &Features::default()).unwrap().judged;
/// let names: Vec<String> = capabilities(&surface, 0).into_iter().map(|found| found.name).collect();
/// assert_eq!(names, ["a:b/i", "log"]);
/// ```
pub fn capabilities(surface: &Surface, world: WorldId) -> Vec<Capability> {
    let mut found: BTreeMap<String, Capability> = BTreeMap::new();
    for item in &surface.world(world).imports {
        let Some(capability) = capability(surface, item) else { continue };
        match found.get_mut(&capability.name) {
            // Several versions, or several labels, of one interface.
            Some(known) => {
                known.versions.extend(capability.versions);
                known.functions.extend(capability.functions);
                known.power = known.power.or(capability.power);
            }
            None => _ = found.insert(capability.name.clone(), capability),
        }
    }
    found.into_values().collect()
}

/// `namespace:package/interface`, without a version; `None` for an interface that is written in a world.
pub fn interface_name(surface: &Surface, id: InterfaceId) -> Option<String> {
    let interface = surface.interface(id);
    Some(format!("{}/{}", surface.package(interface.package).name, interface.name.as_deref()?))
}

/// `namespace:package/world`, without a version.
pub fn world_name(surface: &Surface, id: WorldId) -> String {
    let world = surface.world(id);
    format!("{}/{}", surface.package(world.package).name, world.name)
}

fn capability(surface: &Surface, item: &WorldItem) -> Option<Capability> {
    let plain = || match &item.key {
        WorldKey::Name(name) => name.to_string(),
        WorldKey::Interface(id) => interface_name(surface, *id).unwrap_or_default(),
    };
    let names = |functions: &[Function]| functions.iter().map(|function| function.name.to_string()).collect();
    let (name, kind, versions, functions) = match &item.kind {
        WorldItemKind::Type(_) => return None,
        WorldItemKind::Function(function) => {
            (plain(), CapabilityKind::Function, BTreeSet::new(), BTreeSet::from([function.name.to_string()]))
        }
        WorldItemKind::Interface(id) => {
            let interface = surface.interface(*id);
            let functions = names(&interface.functions);
            match interface_name(surface, *id) {
                // What a label stands for is what a component may touch.
                Some(name) => {
                    let version = surface.package(interface.package).version.clone();
                    (name, CapabilityKind::Interface, version.into_iter().collect(), functions)
                }
                None => (plain(), CapabilityKind::Inline, BTreeSet::new(), functions),
            }
        }
    };
    let power = Power::of(&name).filter(|_| !functions.is_empty());
    Some(Capability { name, kind, versions, functions, power, span: item.span })
}
