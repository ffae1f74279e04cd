//! One revision of one package: read and resolved.

use super::Options;
use crate::cost::{self, Call, Finding};
use crate::error::Error;
#[cfg(feature = "verify")]
use crate::judge::Profile;
use crate::report::{Costed, Source};
use crate::revision::{self, Kind, Revision, SourceFile};
#[cfg(feature = "verify")]
use crate::surface::Features;
use crate::surface::{Parses, Resolved, Views, resolve, resolve_shared, resolve_whole};

/// A revision, read and resolved.
#[derive(Debug)]
pub struct Loaded {
    /// Where it came from.
    pub source: Source,
    /// The texts of the package itself; none where it is WebAssembly.
    pub files: Vec<SourceFile>,
    /// What it promises.
    pub views: Views,
    /// The same for the official validator, if it is to be asked.
    pub resolved: Option<Resolved>,
    /// What calls cost, if that is to be told.
    pub cost: Option<Cost>,
}

/// What calls cost.
#[derive(Debug, Default)]
pub struct Cost {
    /// Every function.
    pub calls: Vec<Call>,
    /// What could cost less.
    pub findings: Vec<Finding>,
}

/// Reads and resolves one revision of one package.
///
/// # Errors
///
/// What cannot be read, parsed or resolved (SEMANTICS 9). The parser giving up is an error too, not a panic.
pub fn load(input: &str, options: &Options) -> Result<Loaded, Error> {
    resolve_sources(revision::load(input, &options.revision)?, options, None)
}

pub(super) fn source_of(revision: &Revision) -> Source {
    Source { commit: revision.commit.clone(), ..Source::new(&revision.input, revision.kind) }
}

pub(super) fn resolve_sources(sources: Revision, options: &Options, parses: Option<&Parses>) -> Result<Loaded, Error> {
    let source = source_of(&sources);
    let files = if sources.main.binary { Vec::new() } else { sources.main.files.clone() };
    let keep = options.keeps();
    #[cfg(feature = "verify")]
    let open = (options.profile == Some(Profile::Wkg)).then(|| sources.clone());
    let (views, resolved) = match parses {
        Some(parses) => resolve_shared(sources, &options.features, keep, parses)?,
        None if keep => resolve_whole(sources, &options.features).map(|(views, resolved)| (views, Some(resolved)))?,
        None => (resolve(sources, &options.features)?, None),
    };
    let cost = options.cost.zip(resolved.as_ref()).map(|(asked, resolved)| match views.is_component {
        true => cost_of(&whole(resolved), asked.length),
        false => cost_of(resolved, asked.length),
    });
    let resolved = resolved.filter(|_| options.proves());
    // That tool publishes what is behind gates, too.
    #[cfg(feature = "verify")]
    let resolved = match open {
        Some(sources) => Some(resolve_whole(sources, &Features { all: true, ..Features::default() })?.1),
        None => resolved,
    };
    Ok(Loaded { source, files, views, resolved, cost })
}

/// A component is no package: what it calls and is called by belongs to others.
fn whole(resolved: &Resolved) -> Resolved {
    let own = resolved.resolve.packages.iter().map(|(id, _)| id).collect();
    Resolved { resolve: resolved.resolve.clone(), own }
}

fn cost_of(resolved: &Resolved, length: u32) -> Cost {
    let calls = cost::of(resolved, length);
    Cost { findings: cost::advise(resolved, &calls), calls }
}

impl Loaded {
    /// The side on which a package does not stand.
    pub(super) fn nothing(options: &Options) -> Loaded {
        let source = Source::new("", Kind::Path);
        let resolved = options.proves().then(Resolved::default);
        let cost = options.cost.map(|_| Cost::default());
        Loaded { source, files: Vec::new(), views: Views::default(), resolved, cost }
    }

    /// What calls cost, if that is to be told.
    pub(super) fn costed(&self) -> Option<Costed<'_>> {
        let Cost { calls, findings } = self.cost.as_ref()?;
        Some(Costed { surface: &self.views.judged, whole: self.views.is_component, calls, findings })
    }
}
