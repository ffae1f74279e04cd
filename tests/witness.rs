//! `--witness`: every change that breaks a link has a smallest pair that shows it, and the official validator says so.

#![cfg(feature = "verify")]

#[path = "support/pairs.rs"]
mod pairs;

use pairs::Pair;
use std::fs;
use std::process::Command;
use wit_diff::pipeline::{self, Options};
use wit_diff::reduce;
use wit_diff::report::{ChangeReport, PartiesReport, Report, WitnessReport, witness_to_markdown};
use wit_diff::surface::Features;
use wit_diff::syntax;
use wit_diff::validator::objection_to;
use wit_diff::verdict::Protect;

fn witnessed(pair: &Pair) -> Report {
    let all = fs::read_to_string(pair.directory.join("options")).is_ok_and(|options| options.contains("all-features"));
    let options = Options {
        witness: true,
        protect: Some(Protect::All),
        features: Features { all, ..Features::default() },
        ..Options::default()
    };
    pipeline::run(&pair.old.to_string_lossy(), &pair.new.to_string_lossy(), &options)
}

fn cases() -> impl Iterator<Item = Pair> {
    pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/"))
}

fn changes(report: &Report) -> impl Iterator<Item = &ChangeReport> {
    report.packages.iter().flat_map(|package| &package.changes)
}

fn breaks_a_link(change: &ChangeReport) -> bool {
    match change.link {
        PartiesReport::Interface(parties) => parties.consumers.is_breaking() || parties.providers.is_breaking(),
        PartiesReport::World(parties) => parties.guests.is_breaking() || parties.hosts.is_breaking(),
    }
}

/// What the validator says to a witness, asked anew.
fn objection(witness: &WitnessReport) -> Option<String> {
    let (built_for, target) = match witness.built_for.as_str() {
        "old" => (&witness.old, &witness.new),
        "new" => (&witness.new, &witness.old),
        side => panic!("no side is called {side}"),
    };
    objection_to(built_for, target, &witness.world).unwrap()
}

/// There is no package to be asked about: it is gone.
const WITHOUT: [(&str, &str); 1] = [("protect/package-replaced", "package-removed")];

#[test]
fn every_breaking_change_of_every_case_has_one() {
    let (mut count, mut without) = (0, Vec::new());
    for case in cases() {
        let report = witnessed(&case);
        for change in changes(&report) {
            match &change.witness {
                Some(witness) => {
                    count += 1;
                    assert!(breaks_a_link(change), "{}: {}", case.name, change.path);
                    assert_eq!(objection(witness).as_deref(), Some(&*witness.message), "{}", case.name);
                    assert!(shows(witness, change), "{}: {}\n{}", case.name, witness.old, witness.new);
                }
                None if breaks_a_link(change) => {
                    let warned = format!("no witness for {} at `{}`: ", change.rule, change.path);
                    assert!(
                        report.warnings.iter().any(|warning| warning.starts_with(&warned)),
                        "{:?}",
                        report.warnings
                    );
                    without.push((case.name.clone(), change.rule.clone()));
                }
                None => {}
            }
        }
    }
    let expected: Vec<_> = WITHOUT.iter().map(|(case, rule)| (case.to_string(), rule.to_string())).collect();
    assert_eq!(without, expected);
    assert!(count > 200, "only {count} witnesses");
    println!("{count} witnesses");
}

/// Whether the change stands in the comparison of the witness itself.
fn shows(witness: &WitnessReport, change: &ChangeReport) -> bool {
    let [old, new] = [("old.wit", &witness.old), ("new.wit", &witness.new)]
        .map(|(name, text)| wit_diff::revision::from_text(name, text.as_str()));
    let report = pipeline::run_sources(old, new, &Options::default());
    changes(&report).any(|found| (&found.rule, &found.path) == (&change.rule, &change.path))
}

/// Where much changed at once, what is shown is the change and not another one: nothing else differs, but for what it
/// brings along, and whatever stands for a user of a type uses that type.
#[test]
fn a_witness_shows_what_it_is_for() {
    let corpus = pairs::corpora().into_iter().next().expect("the corpus in testdata");
    let zed = pairs::corpus_pair(&corpus.join("zed-extension"), "0.0.6", "0.1.0");
    let wavs = pairs::corpus_pair(&corpus.join("wavs-types"), "0.5.0", "0.6.0-alpha.15");
    let mut count = 0;
    for pair in [zed, wavs] {
        let report = witnessed(&pair);
        for change in changes(&report) {
            let Some(witness) = &change.witness else { continue };
            count += 1;
            let shown = format!("{}: {}\n{}\n{}", change.rule, change.path, witness.old, witness.new);
            for beside in &witness.beside {
                let comes_along =
                    ["import-added", "interface-added", "resource-added", "type-added", "type-moved", "type-removed"];
                assert!(comes_along.contains(&&*beside.rule), "{beside:?} in {shown}");
            }
            let users = [&witness.old, &witness.new].into_iter().flat_map(|text| text.lines());
            for user in users.filter_map(|line| line.trim().strip_prefix("witness-uses-")) {
                let (ty, signature) = user.split_once(": ").unwrap();
                assert!(
                    [format!("func(t: {ty});"), format!("func(t: borrow<{ty}>);")].contains(&signature.into()),
                    "{shown}"
                );
            }
        }
    }
    assert!(count > 30, "only {count} witnesses");
}

/// Nothing is left that could go: no function beside the one that is needed, no other field, no documentation.
#[test]
fn a_witness_is_small() {
    let http = pairs::corpora().into_iter().next().expect("the corpus in testdata").join("wasi-http");
    let report = witnessed(&pairs::corpus_pair(&http, "0.2.0", "0.2.8"));
    assert_eq!(report.warnings, Vec::<String>::new());
    let witnesses: Vec<&WitnessReport> = changes(&report).filter_map(|change| change.witness.as_ref()).collect();
    let [witness] = witnesses[..] else { panic!("{witnesses:?}") };
    assert_eq!((&*witness.item, &*witness.party), ("interface types", "providers"));
    assert_eq!(witness.old, "package wasi:http;\n\ninterface types {\n}\n\nworld witness {\n    export types;\n}\n");
    assert_eq!(
        witness.new,
        "package wasi:http;\n\ninterface types {\n    type field-name = u8;\n}\n\nworld witness {\n    export types;\n}\n"
    );
}

#[test]
fn two_runs_are_equal() {
    for case in cases().step_by(10) {
        assert_eq!(witnessed(&case), witnessed(&case), "{}", case.name);
    }
}

#[test]
fn the_page_tells_all() {
    let case = cases().find(|case| case.name == "record/record-field-add").unwrap();
    let report = witnessed(&case);
    let change = changes(&report).next().unwrap();
    let witness = WitnessReport { message: "They differ.".into(), ..change.witness.clone().unwrap() };
    assert_eq!(
        witness_to_markdown(change, &witness),
        "\
# field `b: u8` added to record `r`

- rule: `record-field-added`
- path: `a:b/i#r.b`
- fingerprint, as in the JSON report: `1a6b97ea57fcc9a6`
- breaks: consumers of interface i

A component built for the world `witness` of `old.wit` does not fit the world `witness` of `new.wit`: it is a \
         consumer that is built already.

Both packages are cut down to what is needed to show that: types that do not matter are `u8`, and the version of \
         the package is gone, as linkers match names by track.

A function `witness-uses-T` stands for any function of any package that takes a `T`: without a user, no binary \
         shows a type.

The official validator (`wit-component`, which `wasm-tools` runs) says:

```text
They differ.
```

See for yourself, in this directory, with `wasm-tools`:

```sh
wasm-tools component embed --dummy-names legacy --world witness old.wit | wasm-tools component new - | \
         wasm-tools component targets --world witness new.wit -
```
"
    );
}

/// `cargo test --test witness -- --ignored`, with `wasm-tools` of the same version as `wit-component` on the path.
#[test]
#[ignore = "needs wasm-tools"]
fn the_official_tools_say_the_same() {
    let (mut count, mut wrong) = (0, Vec::new());
    for case in cases() {
        for witness in changes(&witnessed(&case)).filter_map(|change| change.witness.as_ref()) {
            let scratch = tempfile::tempdir().unwrap();
            fs::write(scratch.path().join("old.wit"), &witness.old).unwrap();
            fs::write(scratch.path().join("new.wit"), &witness.new).unwrap();
            let output =
                Command::new("sh").args(["-c", &witness.command]).current_dir(scratch.path()).output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr);
            let last = witness.message.lines().last().unwrap_or_default();
            if output.status.success() || !stderr.contains(last) {
                wrong.push(format!("{}: {}\n{last}\n{stderr}", case.name, witness.command));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
    println!("{count} commands");
}

/// One function is all that is asked for.
#[test]
fn reduction_keeps_what_holds_and_drops_the_rest() {
    let text = |version: &str, ty: &str| {
        format!(
            "package a:b@{version};\n/// Docs.\ninterface i {{ @since(version = 1.0.0) record r {{ a: list<{ty}>, b: s }} \
             type s = option<string>; f: func(x: r, y: s) -> result<s>; g: func(); }}\n\
             interface j {{ use i.{{r as q}}; h: func(x: q); }}\nworld w {{ import j; export i; import k: interface {{ }} }}"
        )
    };
    let parse = |text: &str| vec![syntax::parse(text).unwrap()];
    let pair = reduce::Pair { old: parse(&text("1.0.0", "u32")), new: parse(&text("1.1.0", "u64")) };
    let wants = |pair: &reduce::Pair, old: &str, new: &str| {
        pair.old[0].to_string().contains(old) && pair.new[0].to_string().contains(new)
    };
    let mut asked = 0;
    let smallest = reduce::reduce(pair.clone(), &mut |pair| {
        asked += 1;
        wants(pair, "u32", "u64")
    });
    let shown = |version: &str, ty: &str| {
        format!("package a:b@{version};\n\ninterface i {{\n    record r {{\n        a: {ty},\n    }}\n}}\n")
    };
    assert_eq!(smallest.old[0].to_string(), shown("1.0.0", "u32"));
    assert_eq!(smallest.new[0].to_string(), shown("1.1.0", "u64"));
    assert!(asked < 200, "asked {asked} times");

    // A `use` stays as long as it is needed, and what it names with it; what names it no more is mended.
    let smallest = reduce::reduce(pair.clone(), &mut |pair| wants(pair, "use i.{r as q}", "h: func(x: q)"));
    let old =
        "package a:b@1.0.0;\n\ninterface i {\n    record r {\n    }\n}\n\ninterface j {\n    use i.{r as q};\n}\n";
    assert_eq!(smallest.old[0].to_string(), old);
    let new = "package a:b@1.1.0;\n\ninterface i {\n    record r {\n    }\n}\n\ninterface j {\n    use i.{r as q};\n    h: func(x: q);\n}\n";
    assert_eq!(smallest.new[0].to_string(), new);

    assert_eq!(reduce::reduce(pair.clone(), &mut |_| false), pair);
    let nothing = reduce::reduce(pair, &mut |_| true);
    assert_eq!(nothing.old[0].to_string(), "package a:b@1.0.0;\n");
}
