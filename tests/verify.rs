//! What `--verify` says: of every case and of real packages, that the official validator agrees; of a verdict that is
//! wrong, both answers and no verdict.

#![cfg(feature = "verify")]

#[path = "support/pairs.rs"]
mod pairs;

use pairs::Pair;
use wit_diff::compare::compare;
use wit_diff::judge::{Disagreement, Judgement, Subject, Unanswered, Verification, judge};
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{self, Inputs, PackageStatus, Report, Source, Status, TextOptions};
use wit_diff::revision::{Kind, from_text};
use wit_diff::surface::{Features, Resolved, Views, resolve_whole};
use wit_diff::validator::verify;
use wit_diff::verdict::{Level, Protect, Verdict};

fn verified(pair: &Pair) -> Report {
    let options = Options { verify: true, ..Options::default() };
    pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), &options)
}

/// Nothing of these stands on both sides.
const NOTHING_TO_ASK: [&str; 2] = ["protect/package-replaced", "rename/rename-interface-equal"];

#[test]
fn every_case_and_every_neighbour_is_verified() {
    let corpus = pairs::corpora().into_iter().next().expect("the corpus in testdata");
    let cases = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/"));
    for pair in cases.chain(pairs::neighbours(&corpus)) {
        let report = verified(&pair);
        assert_eq!(report.errors, [], "{}", pair.name);
        assert_eq!(
            report.verified,
            Some(!NOTHING_TO_ASK.contains(&&*pair.name)),
            "{}: {:?}",
            pair.name,
            report.warnings
        );
        // Being asked changes nothing else.
        let plain = Report { verified: None, warnings: Vec::new(), ..report };
        let asked_nothing =
            pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), &Options::default());
        assert_eq!(plain, asked_nothing, "{}", pair.name);
    }
}

const OLD: &str = "package a:b@1.0.0; interface i { f: func(); } interface j { g: func(); } world w { import i; }";
const NEW: &str = "package a:b@1.1.0; interface i { f: func(x: u8); } interface j { g: func(); } world w { import i; }";

fn sides() -> [(Views, Resolved); 2] {
    [("old.wit", OLD), ("new.wit", NEW)]
        .map(|(file, text)| resolve_whole(from_text(file, text), &Features::default()).unwrap())
}

fn judgement(old: &Views, new: &Views) -> Judgement {
    judge(compare(&old.judged, &new.judged, None), Protect::Guests)
}

fn inputs() -> Inputs {
    let source = |input: &str, commit: Option<&str>| Source {
        input: input.into(),
        kind: Kind::Git,
        commit: commit.map(Into::into),
        how: None,
        root: None,
        address: None,
    };
    Inputs {
        old: source("v1:wit", Some("0123456789abcdef0123456789abcdef01234567")),
        new: source("wit", None),
        protect: Protect::Guests,
        features: vec!["fancy".into()],
        unknown_features: Vec::new(),
        packages: Vec::new(),
    }
}

#[test]
fn a_wrong_verdict_is_found_and_withheld() {
    let [(old, old_resolved), (new, new_resolved)] = sides();
    let mut judgement = judgement(&old, &new);
    let right = verify(&old_resolved, &new_resolved, &judgement, &[]);
    assert_eq!(right, Verification { questions: 6, ..Verification::default() });

    // Interfaces are sorted by name: `i` is the first.
    let consumers = &mut judgement.packages[0].interfaces[0].layers.link.users;
    assert_eq!(std::mem::replace(consumers, Verdict::Compatible), Verdict::Breaking);
    let found = verify(&old_resolved, &new_resolved, &judgement, &[]);
    let subject = Subject { package: "a:b".into(), item: "interface i".into(), party: "consumers".into() };
    let [disagreement] = &found.disagreements[..] else { panic!("{found:?}") };
    assert_eq!(disagreement.subject, subject);
    assert_eq!((disagreement.ours, disagreement.official), (Some(Verdict::Compatible), Verdict::Breaking));
    assert!(disagreement.message.contains("type mismatch"), "{}", disagreement.message);
    assert_eq!(found.unanswered, []);
    assert_eq!(verify(&old_resolved, &new_resolved, &judgement, &["a:c".into()]).questions, 0);

    // A fixed message: the validator's own may differ from version to version.
    let message = "type mismatch for import `a:b/i`".to_string();
    let found = Verification { disagreements: vec![Disagreement { message, ..disagreement.clone() }], ..found };
    let report = report::with_verification(report::of_judgement(&inputs(), &judgement), &inputs(), &found);
    assert_eq!((report.status, report.level, report.verified), (Status::Undetermined, Level::None, Some(false)));
    let [package] = &report.packages[..] else { panic!("{report:?}") };
    assert_eq!((package.status, package.level), (PackageStatus::Undetermined, None));
    assert_eq!((package.old_version.as_deref(), package.version.required.as_deref()), (Some("1.0.0"), None));
    assert_eq!((package.changes.len(), package.interfaces.len()), (0, 0));

    let options = TextOptions { width: 100, ..TextOptions::default() };
    assert_eq!(
        report::to_text(&report, &options),
        "comparing v1:wit (0123456) with wit\n\nundetermined: a:b, because the official validator disagrees\n"
    );
    assert_eq!(
        report::errors_to_text(&report, &options),
        "\
error: two answers for the consumers of interface i of `a:b`: wit-diff says compatible, the official
       validator says breaking: type mismatch for import `a:b/i`
 |
 = help: this is a bug of wit-diff: please report it, with the report below
"
    );
    assert_eq!(
        report.bug_report.as_deref().unwrap(),
        format!(
            "\
# A verdict differs from the official validator's

- wit-diff {}
- old: `v1:wit`, commit 0123456789abcdef0123456789abcdef01234567
- new: `wit`
- features: fancy

| package | item | party | wit-diff | official validator |
|---|---|---|---|---|
| a:b | interface i | consumers | compatible | breaking |

```text
type mismatch for import `a:b/i`
```

Please add both revisions, or as much of them as shows it.
",
            env!("CARGO_PKG_VERSION")
        )
    );
}

#[test]
fn what_cannot_be_answered_is_a_warning() {
    let [(old, _), (new, _)] = sides();
    let judgement = judgement(&old, &new);
    let subject = Subject { package: "a:b".into(), item: "world w".into(), party: "hosts".into() };
    let unanswered = vec![Unanswered { subject, reason: "no component can be built".into() }];
    let verification = Verification { questions: 6, unanswered, ..Verification::default() };
    let report = report::of_judgement(&inputs(), &judgement);
    let warned = report::with_verification(report.clone(), &inputs(), &verification);
    let warning = "not verified: the official validator cannot answer for `a:b`, hosts of world w: no component can be \
                   built";
    assert_eq!(warned, Report { verified: Some(false), warnings: vec![warning.into()], ..report });
    let text = report::to_text(&warned, &TextOptions::default());
    assert_eq!(text.lines().rev().nth(1), Some("major for guests: a:b 1.0.0 → 1.1.0, not verified"), "{text}");
}
