//! Documents with every field, those too that are seldom written. No field is left to a default: a new one has to be
//! given here.

use super::*;
use serde::Serialize;
use std::collections::BTreeMap;
use wit_diff::report::*;
use wit_diff::verdict::{Level, Protect, Verdict};
use wit_diff::version::VersionVerdict;

pub fn all() -> Vec<(SchemaKind, Value)> {
    vec![
        (SchemaKind::Report, json(&report())),
        (SchemaKind::List, json(&list())),
        (SchemaKind::Log, json(&log())),
        (SchemaKind::Bump, json(&bump())),
        (SchemaKind::Rules, json(&rules())),
        (SchemaKind::Explain, json(&explain())),
    ]
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.into())
}

fn input() -> InputReport {
    InputReport {
        input: "v1".into(),
        kind: InputKind::Git,
        commit: some("8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9"),
        how: some("the newest release"),
        root: some("wit"),
        address: some("https://example.test/blob/v1"),
    }
}

fn error() -> ErrorReport {
    ErrorReport {
        side: "new".into(),
        message: "expected `;`".into(),
        file: some("a.wit"),
        line: Some(1),
        column: Some(2),
        snippet: some("interface i {"),
        hint: some("write it"),
    }
}

fn version() -> VersionReport {
    VersionReport {
        required: some("2.0.0"),
        declared: some("1.0.0"),
        verdict: VersionVerdict::Insufficient,
        released: Some(ReleasedReport { tag: "v1".into(), version: "1.0.0".into(), level: Level::Minor }),
    }
}

fn place() -> PlaceReport {
    PlaceReport {
        file: "a.wit".into(),
        line: 1,
        column: 2,
        text: "f: func();".into(),
        excerpt: Some(ExcerptReport { line: 1, text: "  f: func();".into() }),
    }
}

fn gate() -> Option<GateReport> {
    Some(GateReport { unstable: "feature".into() })
}

fn alternative() -> AlternativeReport {
    AlternativeReport {
        steps: vec![StepReport { action: StepAction::Add, into: "a:b/i".into(), wit: "f: func();\n".into() }],
        version: some("1.1.0"),
        applies_as: Level::Minor,
    }
}

fn change() -> ChangeReport {
    let parties = Consumers { consumers: Verdict::Breaking, providers: Verdict::Compatible };
    ChangeReport {
        rule: "function-removed".into(),
        path: "a:b/i#f".into(),
        track: some("1"),
        level: Level::Major,
        fingerprint: "3f9a".into(),
        link: PartiesReport::Interface(parties),
        source: PartiesReport::Interface(parties),
        gate: gate(),
        old: Some(place()),
        new: Some(place()),
        container: Some(place()),
        message: "function `f` removed".into(),
        hint: some("keep it"),
        alternative: Some(alternative()),
        reach: vec!["a:b/w".into()],
        witness: Some(WitnessReport {
            item: "interface i".into(),
            party: "consumers".into(),
            old: "package a:b;".into(),
            new: "package a:b;".into(),
            world: "w".into(),
            built_for: "old".into(),
            command: "wasm-tools".into(),
            message: "no `f`".into(),
            beside: vec![BesideReport { rule: "docs-changed".into(), path: "a:b/i".into() }],
        }),
        since: Some(input()),
        renamed: None,
        stabilised: None,
    }
}

fn package() -> PackageReport {
    let inherit = InheritReport { package: "a:c".into(), from: "1.0.0".into(), to: "2.0.0".into() };
    let consumers = Consumers { consumers: Verdict::Breaking, providers: Verdict::Compatible };
    let guests = Guests { guests: Verdict::Breaking, hosts: Verdict::Compatible };
    PackageReport {
        name: "a:b".into(),
        status: PackageStatus::Changed,
        old_version: some("1.0.0"),
        new_version: some("1.0.0"),
        level: Some(Level::Major),
        version: version(),
        interfaces: vec![InterfaceReport {
            name: "i".into(),
            status: ItemStatus::Changed,
            level: Level::Major,
            link: consumers,
            source: consumers,
        }],
        worlds: vec![WorldReport {
            name: "w".into(),
            status: ItemStatus::Changed,
            level: Level::Major,
            link: guests,
            source: guests,
        }],
        changes: vec![change()],
        uses: vec![UseReport { item: "a:b/i#r".into(), by: "a:b/i#f".into() }],
        notes: vec!["A note.".into()],
        error: Some(error()),
        base: Some(input()),
        old_path: some("wit"),
        new_path: some("wit"),
        tracks: vec![TrackReport { status: PackageStatus::Added, version: some("2.0.0"), path: some("wit2") }],
        inherits: vec![inherit.clone()],
        rebased: vec![inherit],
        check: Some(PackageCheck {
            passed: false,
            reasons: vec![CheckReason::OverAllowed],
            denied: BTreeMap::from([("since-omitted".into(), 2)]),
        }),
    }
}

fn report() -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        old: input(),
        new: input(),
        protect: Protect::Guests,
        features: vec!["feature".into()],
        status: Status::Complete,
        level: Level::Major,
        packages: vec![package()],
        verified: Some(true),
        bug_report: some("# A bug"),
        errors: vec![error()],
        warnings: vec!["A warning".into()],
        check: Some(CheckReport {
            passed: false,
            allow: Some(Level::Minor),
            deny: BTreeSet::from(["since-omitted".into()]),
        }),
        nothing_compared: false,
    }
}

fn list() -> ListReport {
    ListReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        input: input(),
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
            error: Some(error()),
        }],
        skipped: vec![SkippedReport { path: "target".into(), reason: "left out".into() }],
        errors: vec![error()],
        nothing_found: false,
    }
}

fn log() -> LogReport {
    let row = LogRow {
        revision: "v1".into(),
        commit: "8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9".into(),
        date: "2025-04-03".into(),
        subject: "One".into(),
        against: some("v0"),
        status: PackageStatus::Changed,
        old_version: some("0.1.0"),
        new_version: some("1.0.0"),
        level: Some(Level::Major),
        version: version(),
        counts: LevelCounts { major: 1, minor: 2, patch: 3 },
        events: vec![ItemEventReport { event: ItemEvent::Added, message: "added".into(), fingerprint: some("3f9a") }],
        changes: vec![LoggedChange {
            rule: "function-removed".into(),
            path: "a:b/i#f".into(),
            track: some("1"),
            level: Level::Major,
            fingerprint: "3f9a".into(),
            gate: gate(),
            message: "function `f` removed".into(),
        }],
        findings: vec![LogFinding { kind: FindingKind::TagMismatch, message: "tagged v1, declares 2".into() }],
        error: Some(error()),
    };
    LogReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        input: input(),
        base: Some(input()),
        by: Some(LogSteps::Tags),
        revisions: 1,
        protect: Protect::All,
        features: vec!["feature".into()],
        item: some("a:b/i"),
        status: Status::Undetermined,
        packages: vec![PackageLog { name: "a:b".into(), rows: vec![row], unchanged: 0, left_out: 0 }],
        errors: vec![error()],
        warnings: vec!["A warning".into()],
        nothing_found: false,
    }
}

fn bump() -> BumpReport {
    BumpReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        status: BumpStatus::Planned,
        old: Some(input()),
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
        files: vec![BumpFile { path: "wit/a.wit".into(), diff: "--- a/wit/a.wit\n".into() }],
        errors: vec![error()],
        notes: vec!["A note.".into()],
        warnings: vec!["A warning".into()],
        check: Some(Box::new(report())),
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
