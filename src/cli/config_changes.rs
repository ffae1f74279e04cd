//! How the configuration file of the new side differs from that of the old one.

use super::settled::Settled;
use crate::config::{self, Config, differing};
use crate::report::{ConfigChangeReport, InputKind, InputReport, Report};
use crate::revision::{self, Target};

/// What the file of the new side asks otherwise than those of what it is compared with.
///
/// What stands outside of the history of the new side need not have a file: there, only one that is there differs.
pub fn config_changes(settled: &Settled, report: &Report, new: &Target) -> Vec<ConfigChangeReport> {
    if settled.is_named {
        return Vec::new();
    }
    let options = &around(new, &settled.options.revision);
    let bases = report.packages.iter().filter_map(|package| package.base.as_ref());
    let mut changes: Vec<ConfigChangeReport> = Vec::new();
    for base in [&report.old].into_iter().chain(bases) {
        if let Some(change) = change(settled.file.as_ref(), base, options)
            && !changes.contains(&change)
        {
            changes.push(change);
        }
    }
    changes
}

/// The options with the repository that the input is in, where one stands outside of every repository.
fn around(new: &Target, options: &revision::Options) -> revision::Options {
    let mut options = options.clone();
    #[cfg(feature = "git")]
    if options.repo.is_none() && revision::working_tree(&options).is_err() {
        options.repo = revision::repository_of(&new.input, &options);
    }
    #[cfg(not(feature = "git"))]
    let _ = (new, &mut options);
    options
}

fn change(new: Option<&Config>, base: &InputReport, options: &revision::Options) -> Option<ConfigChangeReport> {
    let target = match (&base.commit, base.kind) {
        (Some(commit), _) => {
            let root = base.root.as_deref().filter(|root| *root != ".").unwrap_or_default();
            Target::typed(&format!("git:{commit}:{root}"))
        }
        (None, InputKind::Git) => return None,
        (None, InputKind::Path | InputKind::Wasm) => Target::typed(&base.input),
    };
    let found = revision::upwards(&target, config::FILE, options).ok().flatten();
    if found.is_none() && base.commit.is_none() {
        return None;
    }
    // What could not be read asked for nothing.
    let old = found.as_ref().map(|file| config::read(file).unwrap_or_default());
    let keys = differing(&old.clone().unwrap_or_default(), &new.cloned().unwrap_or_default());
    let called = |file: String| match &base.commit {
        Some(commit) => file.replacen(commit.as_str(), commit.get(..7).unwrap_or(commit), 1),
        None => file,
    };
    let change =
        ConfigChangeReport { old: found.map(|file| called(file.shown)), new: new.map(|file| file.shown.clone()), keys };
    (!change.keys.is_empty()).then_some(change)
}
