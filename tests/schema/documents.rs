//! Documents of every kind, with every field, those too that are seldom written.

use super::*;
use complete::Complete;
use serde::Serialize;
use wit_diff::report::*;
use wit_diff::verdict::{Level, Protect, Verdict};

const COMPLETE: Complete<'static> = Complete("");

pub fn all() -> Vec<(SchemaKind, Value)> {
    vec![
        (SchemaKind::Report, json(&COMPLETE.report())),
        (SchemaKind::List, json(&list())),
        (SchemaKind::Capabilities, json(&COMPLETE.capable())),
        (SchemaKind::Log, json(&COMPLETE.log(Some("a:b/i")))),
        (SchemaKind::Stability, json(&COMPLETE.stability())),
        (SchemaKind::Bump, json(&bump())),
        (SchemaKind::Cost, json(&cost())),
        (SchemaKind::Rules, json(&rules())),
        (SchemaKind::Explain, json(&explain())),
        (SchemaKind::Config, json(&config())),
    ]
}

fn setting(from: &str) -> SettingReport {
    SettingReport { key: "allow".into(), value: vec!["minor".into()], from: from.into() }
}

fn config() -> ConfigReport {
    ConfigReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        file: some("wit-diff.toml"),
        settings: vec![setting("--allow")],
        packages: vec![PackageSettingsReport { name: "a:b".into(), settings: vec![setting("wit-diff.toml:3")] }],
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.into())
}

fn alternative() -> AlternativeReport {
    AlternativeReport {
        steps: vec![StepReport { action: StepAction::Add, into: "a:b/i".into(), wit: "f: func();\n".into() }],
        version: some("1.1.0"),
        applies_as: Level::Minor,
    }
}

fn list() -> ListReport {
    ListReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        input: COMPLETE.input(),
        packages: vec![ListedPackage {
            name: "a:b".into(),
            version: some("1.0.0"),
            path: "wit".into(),
            interfaces: vec!["i".into()],
            worlds: vec!["w".into()],
            depends_on: vec![DependencyReport {
                name: "a:c".into(),
                version: some("1.0.0"),
                from: DependencySource::Deps,
                path: some("wit/deps/c"),
            }],
            used_by: vec!["a:d@1.0.0".into()],
            error: Some(COMPLETE.error()),
        }],
        skipped: vec![SkippedReport { path: "target".into(), reason: "left out".into() }],
        errors: vec![COMPLETE.error()],
        nothing_found: false,
    }
}

fn cost() -> CostReport {
    CostReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        input: COMPLETE.input(),
        length: 16,
        model: ModelReport {
            wasmtime: "48.0.8".into(),
            processor: "a processor".into(),
            errors: ModelErrorsReport {
                host_to_guest: ModelErrorReport { median_percent: 4, ninetieth_percent: 20 },
                guest_to_host: ModelErrorReport { median_percent: 4, ninetieth_percent: 20 },
                guest_to_guest: ModelErrorReport { median_percent: 4, ninetieth_percent: 20 },
            },
        },
        packages: vec![CostedPackage {
            name: "a:b".into(),
            version: some("1.0.0"),
            functions: vec![COMPLETE.call(None), COMPLETE.call(Some(BeyondReport::TooDeep))],
            findings: vec![COMPLETE.cost_finding()],
        }],
        errors: vec![COMPLETE.error()],
        nothing_found: false,
    }
}

fn bump() -> BumpReport {
    BumpReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        status: BumpStatus::Planned,
        old: Some(COMPLETE.input()),
        packages: vec![BumpPackage {
            name: "a:b".into(),
            old_version: some("1.0.0"),
            base: some("v1"),
            declared: some("1.0.0"),
            next: some("2.0.0"),
            level: Level::Major,
            taken: vec!["1.0.1".into()],
            follows: vec![BumpFollows { package: "a:c".into(), to: "2.0.0".into() }],
        }],
        checked: vec!["a:b".into()],
        files: vec![BumpFile { path: "wit/a.wit".into(), diff: "--- a/wit/a.wit\n".into() }],
        errors: vec![COMPLETE.error()],
        notes: vec!["A note.".into()],
        warnings: vec!["A warning".into()],
        check: Some(Box::new(COMPLETE.report())),
    }
}

fn judged() -> Option<JudgedReport> {
    let parties = Consumers { consumers: Verdict::Breaking, providers: Verdict::Compatible };
    Some(JudgedReport {
        link: PartiesReport::Interface(parties),
        source: PartiesReport::Interface(parties),
        levels: LevelsReport { guests: Level::Major, hosts: Level::Minor },
    })
}

fn sections() -> Vec<SectionReport> {
    vec![SectionReport { number: 4, title: "Link rules".into() }]
}

fn rules() -> RulesReport {
    RulesReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        rules: vec![RuleReport {
            id: "function-removed".into(),
            title: "A function was removed.".into(),
            subject: "functions".into(),
            sections: sections(),
            judged: judged(),
        }],
    }
}

fn explain() -> ExplainReport {
    ExplainReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        rules: vec![ExplainedRule {
            id: "function-removed".into(),
            title: "A function was removed.".into(),
            subject: "functions".into(),
            sections: sections(),
            why: "It is called.".into(),
            old: "package a:b;".into(),
            new: "package a:b;".into(),
            judged: judged(),
            instead: "Keep it.".into(),
            alternatives: vec![AdvisedReport {
                protects: vec![Protect::Guests],
                hint: some("keep it"),
                alternative: alternative(),
            }],
            reverse: vec!["function-added".into()],
            beside: vec!["deprecation-skipped".into()],
        }],
    }
}
