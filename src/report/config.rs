//! What counts, and who set it.

use super::wire::{ConfigChangeReport, Report, Status, Tool};
use super::{SCHEMA_VERSION, escape::clean, json};
use crate::capability::Pattern;
use crate::config::{Config, Levels, Origin, PackageSettings, Setting, Settings, meant};
use crate::error::Error;
use crate::rule::Rule;
use crate::surface::Features;
use crate::verdict::{Level, Protect};
use serde::Serialize;

/// What `wit-diff config` tells (REPORT.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConfigReport {
    /// The version of this contract.
    pub schema_version: u32,
    /// Who wrote it.
    pub tool: Tool,
    /// The configuration file that counts; null where there is none.
    pub file: Option<String>,
    /// Every setting, by its key in the file.
    pub settings: Vec<SettingReport>,
    /// What counts for packages of which the file asks something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PackageSettingsReport>,
}

/// What counts for one package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackageSettingsReport {
    /// Its name, as `namespace:name`.
    pub name: String,
    /// Every setting that a package may have of its own.
    pub settings: Vec<SettingReport>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingReport {
    /// Its key.
    pub key: String,
    /// Its values: one, or those of a list; none where nothing is set.
    pub value: Vec<String>,
    /// Who set it: a flag, a variable of the environment, a line of the file, or `default`.
    pub from: String,
}

/// What counts, and who set it.
pub fn config_report(file: Option<&Config>, settings: &Settings) -> ConfigReport {
    let strings = |strings: &Vec<String>| strings.clone();
    ConfigReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        file: file.map(|file| file.shown.clone()),
        settings: vec![
            one("rules", &settings.rules, |set| vec![set.clone()]),
            one("protect", &settings.protect, parties),
            one("features", &settings.features, names),
            one("base", &settings.base, |base| base.iter().cloned().collect()),
            one("allow", &settings.allow, words),
            one("fail-on", &settings.fail_on, words),
            one("deny", &settings.deny, ids),
            one("deny-capability", &settings.deny_capability, |denied| patterns(denied)),
            one("levels", &settings.levels, levels),
            one("leave-out", &settings.leave_out, strings),
        ],
        packages: settings.packages.iter().map(|(name, own)| package(name, own)).collect(),
    }
}

fn package(name: &str, own: &PackageSettings) -> PackageSettingsReport {
    let settings = vec![
        one("protect", &own.protect, parties),
        one("features", &own.features, names),
        one("base", &own.base, |base| base.iter().cloned().collect()),
        one("allow", &own.allow, words),
        one("fail-on", &own.fail_on, words),
        one("deny", &own.deny, ids),
        one("deny-capability", &own.deny_capability, |denied| patterns(denied)),
        one("levels", &own.levels, levels),
    ];
    PackageSettingsReport { name: name.into(), settings }
}

fn one<T>(key: &str, setting: &Setting<T>, values: impl Fn(&T) -> Vec<String>) -> SettingReport {
    SettingReport { key: key.into(), value: values(&setting.value), from: from(&setting.origin) }
}

fn parties(protect: &Option<Protect>) -> Vec<String> {
    protect.iter().map(|protect| protect.word().into()).collect()
}

fn names(features: &Features) -> Vec<String> {
    match features.all {
        true => vec!["*".into()],
        false => features.names.iter().cloned().collect(),
    }
}

fn words(level: &Option<Level>) -> Vec<String> {
    level.iter().map(|level| level.word().into()).collect()
}

fn ids(rules: &Vec<&'static Rule>) -> Vec<String> {
    rules.iter().map(|rule| rule.id.into()).collect()
}

fn patterns(patterns: &[Pattern]) -> Vec<String> {
    patterns.iter().map(ToString::to_string).collect()
}

fn levels(levels: &Levels) -> Vec<String> {
    levels.iter().map(|(rule, level)| format!("{rule} = {}", level.word())).collect()
}

/// The same as JSON, with a line break at its end.
pub fn config_to_json(report: &ConfigReport) -> String {
    json::indented(report)
}

fn from(origin: &Origin) -> String {
    match origin {
        Origin::Flag(flag) => (*flag).into(),
        Origin::Variable(variable) => (*variable).into(),
        Origin::File { shown, line } => format!("{shown}:{line}"),
        Origin::Default => "default".into(),
    }
}

/// The report with packages that the file of a whole repository names, and that stand on neither side.
pub fn with_unknown_packages(mut report: Report, file: &Config) -> Report {
    // A part of the repository, or one that could not be read in full, says nothing of the rest.
    let is_part = !file.below.is_empty() || file.keys.leave_out.is_some() || report.packages.is_empty();
    if is_part || report.status == Status::Undetermined {
        return report;
    }
    let known: Vec<&str> = report.packages.iter().map(|package| package.name.as_str()).collect();
    let unknown = file.packages.keys().filter(|name| !known.contains(&name.as_str()));
    let warning = |name: &String| {
        let (file, name, near) = (clean(&file.shown), clean(name), meant(name, &known));
        format!("`{file}` asks for something of `{name}`, and there is no such package{near}")
    };
    let warnings: Vec<String> = unknown.map(warning).collect();
    report.warnings.extend(warnings);
    report
}

/// The report with what is asked of the new side and was not asked of the old one: whoever reviews a change has to see
/// that it changes what it is held against.
pub fn with_config_changes(mut report: Report, changes: Vec<ConfigChangeReport>) -> Report {
    for ConfigChangeReport { old, new, keys } in &changes {
        let keys = keys.iter().map(|key| format!("`{}`", clean(key))).collect::<Vec<_>>().join(", ");
        report.warnings.push(match (old, new) {
            (Some(old), Some(new)) => {
                format!("`{}` asks for something else than `{}`, and counts: {keys}", clean(new), clean(old))
            }
            (None, Some(new)) => format!("`{}` counts, and the old side has no configuration: {keys}", clean(new)),
            (Some(old), None) => format!("`{}` is gone, and with it what it asked for: {keys}", clean(old)),
            (None, None) => continue,
        });
    }
    report.config = changes;
    report
}

/// The same with what it is called: a configuration file that says what cannot be, or is not there.
pub fn unfit(shown: &str, error: Error) -> Error {
    match &error.position {
        Some(_) => error,
        None => Error { message: format!("`{}`: {}", clean(shown), error.message), ..error },
    }
}
