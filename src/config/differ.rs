//! What a configuration file sets otherwise than the one before it.

use super::{Config, Given, Keys};
use std::collections::BTreeSet;

/// The keys that are set otherwise, as `allow` and `packages."a:b".allow`; on which line, does not count.
pub fn differing(old: &Config, new: &Config) -> Vec<String> {
    let mut found: Vec<String> = keys(&old.keys, &new.keys).into_iter().map(str::to_owned).collect();
    let silent = Keys::default();
    let names: BTreeSet<&String> = old.packages.keys().chain(new.packages.keys()).collect();
    for name in names {
        let own = |config: &'_ Config| config.packages.get(name).cloned();
        let (old, new) = (own(old), own(new));
        let own = keys(old.as_ref().unwrap_or(&silent), new.as_ref().unwrap_or(&silent));
        found.extend(own.into_iter().map(|key| format!("packages.\"{name}\".{key}")));
    }
    found
}

fn keys(old: &Keys, new: &Keys) -> Vec<&'static str> {
    let Keys { rules, protect, features, all_features, base, allow, fail_on, deny, deny_capability, levels, leave_out } =
        old;
    let differ = [
        ("rules", differ(rules, &new.rules)),
        ("protect", differ(protect, &new.protect)),
        ("features", differ(features, &new.features)),
        ("all-features", differ(all_features, &new.all_features)),
        ("base", differ(base, &new.base)),
        ("allow", differ(allow, &new.allow)),
        ("fail-on", differ(fail_on, &new.fail_on)),
        ("deny", differ(deny, &new.deny)),
        ("deny-capability", differ(deny_capability, &new.deny_capability)),
        ("levels", differ(levels, &new.levels)),
        ("leave-out", differ(leave_out, &new.leave_out)),
    ];
    differ.into_iter().filter_map(|(key, differs)| differs.then_some(key)).collect()
}

fn differ<T: PartialEq>(old: &Option<Given<T>>, new: &Option<Given<T>>) -> bool {
    old.as_ref().map(|given| &given.value) != new.as_ref().map(|given| &given.value)
}
