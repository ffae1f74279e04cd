//! What wins: flags, then the environment, then the file, then what is so by default.

use super::{Config, Given, Keys, Levels, denied};
use crate::capability::Pattern;
use crate::rule::{self, Rule};
use crate::surface::Features;
use crate::verdict::{Level, Protect};
use std::collections::BTreeMap;

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line, as it is written.
    Flag(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A line of the configuration file.
    File {
        /// What a user would type for the file.
        shown: String,
        /// The line, from 1.
        line: u32,
    },
    /// Nobody set it.
    Default,
}

/// A setting, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Who set it.
    pub origin: Origin,
}

/// What the command line asks for, or the environment; `None` where it is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// For whom levels answer.
    pub protect: Option<Protect>,
    /// The features whose unstable items count.
    pub features: Option<Features>,
    /// What is compared with.
    pub base: Option<String>,
    /// The highest level that may change at all.
    pub allow: Option<Level>,
    /// The lowest level that fails.
    pub fail_on: Option<Level>,
    /// The rules of which no change may be found.
    pub deny: Option<Vec<&'static Rule>>,
    /// The capabilities that no world may gain.
    pub deny_capability: Option<Vec<Pattern>>,
}

impl Asked {
    /// The variables that count.
    pub const VARIABLES: [&'static str; 7] = [
        "WIT_DIFF_PROTECT",
        "WIT_DIFF_FEATURES",
        "WIT_DIFF_AGAINST",
        "WIT_DIFF_ALLOW",
        "WIT_DIFF_FAIL_ON",
        "WIT_DIFF_DENY",
        "WIT_DIFF_DENY_CAPABILITY",
    ];

    /// What the environment asks for; a variable without a text is not set.
    ///
    /// # Errors
    /// A variable whose text is none of its values.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Asked, String> {
        let get =
            |name: &'static str| variable(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let list = |text: String| text.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        let level = |name: &'static str| -> Result<Option<Level>, String> {
            get(name).map(|word| word.parse().map_err(|why| format!("the variable {name}: {why}"))).transpose()
        };
        let [protect, features, base, allow, fail_on, deny, deny_capability] = Self::VARIABLES;
        let parties = |word: String| word.parse().map_err(|why| format!("the variable {protect}: {why}"));
        let rules = |text: String| -> Result<Vec<&'static Rule>, String> {
            let rules = list(text).iter().map(|name| denied(name)).collect::<Result<Vec<_>, _>>();
            rules
                .map(|rules| rules.into_iter().flatten().collect())
                .map_err(|why| format!("the variable {deny}: {why}"))
        };
        let patterns = |text: String| -> Result<Vec<Pattern>, String> {
            let patterns = list(text).iter().map(|pattern| Pattern::parse(pattern)).collect::<Result<Vec<_>, _>>();
            patterns.map_err(|why| format!("the variable {deny_capability}: {why}"))
        };
        Ok(Asked {
            protect: get(protect).map(parties).transpose()?,
            features: get(features).map(|text| match text.as_str() {
                "*" => Features { names: Default::default(), all: true },
                _ => Features { names: list(text).into_iter().collect(), all: false },
            }),
            base: get(base),
            allow: level(allow)?,
            fail_on: level(fail_on)?,
            deny: get(deny).map(rules).transpose()?,
            deny_capability: get(deny_capability).map(patterns).transpose()?,
        })
    }
}

/// What counts in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The set of rules.
    pub rules: Setting<String>,
    /// For whom levels answer; `None` is for guests, and for hosts where both sides are built components.
    pub protect: Setting<Option<Protect>>,
    /// The features whose unstable items count.
    pub features: Setting<Features>,
    /// What is compared with; `None` looks for it.
    pub base: Setting<Option<String>>,
    /// The highest level that may change at all; `None` is any that versions announce.
    pub allow: Setting<Option<Level>>,
    /// The lowest level that fails; `None` is none.
    pub fail_on: Setting<Option<Level>>,
    /// The rules of which no change may be found.
    pub deny: Setting<Vec<&'static Rule>>,
    /// The capabilities that no world may gain.
    pub deny_capability: Setting<Vec<Pattern>>,
    /// What changes of a rule count as where a gate decides.
    pub levels: Setting<Levels>,
    /// The packages and paths that are not looked at.
    pub leave_out: Setting<Vec<String>>,
    /// What is asked of packages by name, where the file asks something else of them.
    pub packages: BTreeMap<String, PackageSettings>,
}

/// What counts for one package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageSettings {
    /// For whom levels answer; `None` is for guests, and for hosts where both sides are built components.
    pub protect: Setting<Option<Protect>>,
    /// The features whose unstable items count.
    pub features: Setting<Features>,
    /// What is compared with; `None` looks for it.
    pub base: Setting<Option<String>>,
    /// The highest level that may change at all; `None` is any that versions announce.
    pub allow: Setting<Option<Level>>,
    /// The lowest level that fails; `None` is none.
    pub fail_on: Setting<Option<Level>>,
    /// The rules of which no change may be found.
    pub deny: Setting<Vec<&'static Rule>>,
    /// The capabilities that no world may gain.
    pub deny_capability: Setting<Vec<Pattern>>,
    /// What changes of a rule count as where a gate decides.
    pub levels: Setting<Levels>,
}

/// What counts of flags, environment and file.
pub fn settle(flags: Asked, environment: Asked, file: Option<&Config>) -> Settings {
    let [protect, features, base, allow_name, fail_on, deny, deny_capability] = Asked::VARIABLES;
    let silent = Keys::default();
    let keys = file.map_or(&silent, |file| &file.keys);
    let shown = file.map_or("", |file| file.shown.as_str());
    let pick = &Pick { shown };
    let rules = pick.of(("", None), ("", None), keys.rules.as_ref(), || rule::SET.to_owned());
    // What the set does not have counts for nothing.
    let later: Levels = rule::added_after(&rules.value).map(|id| (id, Level::None)).collect();
    let known = |mut setting: Setting<Vec<&'static Rule>>| {
        setting.value.retain(|rule| !later.contains_key(rule.id));
        setting
    };
    let counted = |mut setting: Setting<Levels>| {
        setting.value = later.clone().into_iter().chain(setting.value).collect();
        setting
    };
    let packages = file.map(|file| &file.packages).into_iter().flatten();
    let packages = packages.map(|(name, own)| {
        let allow = own.allow.as_ref().or(keys.allow.as_ref()).cloned();
        let fails = own.fail_on.as_ref().or(keys.fail_on.as_ref()).cloned();
        let denied = own.deny.as_ref().or(keys.deny.as_ref());
        // Rule by rule: what a package does not say, holds as for all.
        let levels = own.levels.as_ref().map(|own| Given {
            value: keys.levels.iter().flat_map(|all| all.value.clone()).chain(own.value.clone()).collect(),
            line: own.line,
        });
        let levels = levels.or_else(|| keys.levels.clone());
        let protects = own.protect.as_ref().or(keys.protect.as_ref()).cloned();
        let based = own.base.as_ref().or(keys.base.as_ref()).cloned();
        let named = named(own).or_else(|| named(keys));
        let asked = (("--features", flags.features.clone()), (features, environment.features.clone()));
        let settings = PackageSettings {
            protect: optional(pick, ("--protect", flags.protect), (protect, environment.protect), &protects),
            features: pick.of(asked.0, asked.1, named.as_ref(), Features::default),
            base: optional(pick, ("--against", flags.base.clone()), (base, environment.base.clone()), &based),
            allow: optional(pick, ("--allow", flags.allow), (allow_name, environment.allow), &allow),
            fail_on: optional(pick, ("--fail-on", flags.fail_on), (fail_on, environment.fail_on), &fails),
            deny: known(pick.of(("--deny", flags.deny.clone()), (deny, environment.deny.clone()), denied, Vec::new)),
            deny_capability: pick.of(
                ("--deny-capability", flags.deny_capability.clone()),
                (deny_capability, environment.deny_capability.clone()),
                own.deny_capability.as_ref().or(keys.deny_capability.as_ref()),
                Vec::new,
            ),
            levels: counted(pick.of(("", None), ("", None), levels.as_ref(), Levels::new)),
        };
        (name.clone(), settings)
    });
    Settings {
        packages: packages.collect(),
        protect: optional(pick, ("--protect", flags.protect), (protect, environment.protect), &keys.protect),
        features: pick.of(
            ("--features", flags.features),
            (features, environment.features),
            named(keys).as_ref(),
            Features::default,
        ),
        base: optional(pick, ("--against", flags.base), (base, environment.base), &keys.base),
        allow: optional(pick, ("--allow", flags.allow), (allow_name, environment.allow), &keys.allow),
        fail_on: optional(pick, ("--fail-on", flags.fail_on), (fail_on, environment.fail_on), &keys.fail_on),
        deny: known(pick.of(("--deny", flags.deny), (deny, environment.deny), keys.deny.as_ref(), Vec::new)),
        deny_capability: pick.of(
            ("--deny-capability", flags.deny_capability),
            (deny_capability, environment.deny_capability),
            keys.deny_capability.as_ref(),
            Vec::new,
        ),
        levels: counted(pick.of(("", None), ("", None), keys.levels.as_ref(), Levels::new)),
        leave_out: pick.of(("", None), ("", None), keys.leave_out.as_ref(), Vec::new),
        rules,
    }
}

/// The features that a file names; all of them, where it asks for all.
fn named(keys: &Keys) -> Option<Given<Features>> {
    match (&keys.features, &keys.all_features) {
        (_, Some(all)) if all.value => {
            Some(Given { value: Features { names: Default::default(), all: true }, line: all.line })
        }
        (Some(names), _) => {
            let all = names.value.iter().cloned().collect();
            Some(Given { value: Features { names: all, all: false }, line: names.line })
        }
        (None, Some(none)) => Some(Given { value: Features::default(), line: none.line }),
        (None, None) => None,
    }
}

struct Pick<'a> {
    shown: &'a str,
}

impl Pick<'_> {
    fn of<T: Clone>(
        &self,
        (flag, asked): (&'static str, Option<T>),
        (variable, set): (&'static str, Option<T>),
        file: Option<&Given<T>>,
        default: impl FnOnce() -> T,
    ) -> Setting<T> {
        if let Some(value) = asked {
            return Setting { value, origin: Origin::Flag(flag) };
        }
        if let Some(value) = set {
            return Setting { value, origin: Origin::Variable(variable) };
        }
        match file {
            Some(Given { value, line }) => {
                let origin = Origin::File { shown: self.shown.to_owned(), line: *line };
                Setting { value: value.clone(), origin }
            }
            None => Setting { value: default(), origin: Origin::Default },
        }
    }
}

fn optional<T: Clone>(
    pick: &Pick<'_>,
    (flag, asked): (&'static str, Option<T>),
    (variable, set): (&'static str, Option<T>),
    file: &Option<Given<T>>,
) -> Setting<Option<T>> {
    let file = file.as_ref().map(|given| Given { value: Some(given.value.clone()), line: given.line });
    pick.of((flag, asked.map(Some)), (variable, set.map(Some)), file.as_ref(), || None)
}
