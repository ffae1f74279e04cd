//! `--verify` and `--witness`.

use super::{MAJOR, MINOR, OLD, Scratch};

#[test]
fn the_headline_and_the_json_say_so() {
    let scratch = Scratch::filled();
    for (new, level) in [("minor.wit", "minor"), ("major.wit", "major"), ("old.wit", "none")] {
        let headline = scratch.compare(&["old.wit", new, "--verify"]).code(0).stdout;
        let headline = headline.lines().find(|line| line.contains(" for guests: ")).unwrap();
        assert!(headline.starts_with(&format!("{level} for guests: a:b 1.0.0")), "{headline}");
        assert!(headline.ends_with(", verified"), "{headline}");
        assert_eq!(scratch.report(0, &["old.wit", new, "--verify"])["verified"], true);
        assert!(scratch.report(0, &["old.wit", new]).get("verified").is_none());
    }
    scratch.compare(&["old.wit", "major.wit", "--verify", "--fail-on", "major"]).code(1);
    scratch.compare(&["old.wit", "broken.wit", "--verify"]).code(3);
    assert!(scratch.report(3, &["old.wit", "broken.wit", "--verify"]).get("verified").is_none());
}

#[test]
fn streams_files_and_binaries_are_verified_too() {
    let scratch = Scratch::filled();
    let run = scratch.compare_with_input(&["-", "minor.wit", "--verify", "--format", "json"], OLD);
    assert_eq!(run.code(0).json()["verified"], true);
    for (name, text) in [("old", OLD), ("minor", MINOR), ("major", MAJOR)] {
        let mut resolve = wit_parser::Resolve::default();
        let package = resolve.push_source("a.wit", text).unwrap();
        scratch.write(&format!("{name}.wasm"), wit_component::encode(&resolve, package, true).unwrap());
    }
    for new in ["minor.wasm", "major.wasm"] {
        assert_eq!(scratch.report(0, &["old.wasm", new, "--verify"])["verified"], true);
    }
}

/// `wit-parser` takes it, the validator does not: nothing can be built for it.
#[test]
fn what_the_validator_refuses_by_itself_is_not_verified() {
    let scratch = Scratch::new();
    scratch.write("old.wit", "package a:b@1.0.0; interface i { resource r; f: func(x: stream<borrow<r>>); }");
    scratch.write("new.wit", "package a:b@1.0.0; interface i { resource r; f: func(x: stream<borrow<r>>, y: u8); }");
    let run = scratch.compare(&["old.wit", "new.wit", "--verify"]).code(0);
    let run = run.prints("major for guests: a:b 1.0.0, not verified\n");
    let warning = "warning: not verified: the official validator cannot answer for `a:b`, consumers of interface i, \
                   providers of interface i: no component can be built: ";
    assert!(run.stderr.starts_with(warning), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert_eq!(scratch.report(0, &["old.wit", "new.wit", "--verify"])["verified"], false);
}

#[test]
fn witnesses_are_written() {
    let scratch = Scratch::filled();
    let run = scratch.compare(&["old.wit", "major.wit", "--witness", "out/witnesses"]).code(0);
    assert_eq!(run.stderr, "1 witness in `out/witnesses`\n");
    let directory = "out/witnesses/1-result-added-i-f";
    let world = "\n\nworld witness {\n    import i;\n}\n";
    let old = scratch.read(&format!("{directory}/old.wit"));
    assert_eq!(old, format!("package a:b;\n\ninterface i {{\n    f: func();\n}}{world}"));
    let new = scratch.read(&format!("{directory}/new.wit"));
    assert_eq!(new, format!("package a:b;\n\ninterface i {{\n    f: func() -> u32;\n}}{world}"));
    let page = scratch.read(&format!("{directory}/README.md"));
    assert!(page.starts_with("# function `f` returns `u32` now\n"), "{page}");
    assert!(page.contains("wasm-tools component targets --world witness new.wit -\n"), "{page}");

    let run = scratch.compare(&["old.wit", "major.wit", "--witness", "out/witnesses"]).code(2);
    assert_eq!(run.stdout, "");
    run.says("`out/witnesses` is not empty: name an empty directory, or a new one");
    scratch.compare(&["old.wit", "major.wit", "--witness", "old.wit"]).code(2).says("cannot write `old.wit`: ");
}

#[test]
fn what_breaks_no_link_has_no_witness() {
    let scratch = Scratch::filled();
    let run = scratch.compare(&["old.wit", "patch.wit", "--witness", "out", "--quiet"]).code(0);
    assert_eq!((&*run.stdout, &*run.stderr), ("", "no change has a witness: nothing is written\n"));
    assert!(!scratch.path().join("out").exists());
    // Providers break, whom the user does not protect: it is shown all the same, as the report says so, too.
    let report = scratch.report(0, &["old.wit", "minor.wit", "--witness", "out"]);
    assert_eq!(report["packages"][0]["changes"][0]["witness"]["party"], "providers");
    assert!(scratch.report(0, &["old.wit", "minor.wit"])["packages"][0]["changes"][0].get("witness").is_none());
    let broken = scratch.compare(&["old.wit", "broken.wit", "--witness", "more"]).code(3);
    assert!(!broken.stderr.contains("witness"), "{}", broken.stderr);
}
