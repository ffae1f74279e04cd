//! WASI's own repository.

use super::*;

fn wasi() -> Scratch {
    let scratch = Scratch::empty();
    let bundle = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/wasi-history.bundle");
    scratch.git(&["-c", "init.defaultBranch=main", "clone", "-q", bundle, "."]);
    scratch.git(&["checkout", "-q", "v0.2.11"]);
    // As it was on that day.
    for tag in scratch.git(&["tag", "--no-merged", "HEAD"]).lines() {
        scratch.git(&["tag", "-d", tag]);
    }
    scratch
}

#[test]
fn a_function_more_in_wasi_io() {
    let wasi = wasi();
    let streams = wasi.git(&["ls-files", "*streams.wit"]).lines().next().unwrap().to_owned();
    let text = wasi.read(&streams);
    assert!(text.contains("interface streams {"));
    let more = "interface streams {\n    /// Does it.\n    flush-all: func();\n";
    wasi.write(&streams, text.replacen("interface streams {\n", more, 1));
    let run = wasi.bump(&["--against", "HEAD"]);
    run.prints("wasi:io 0.2.11 → 0.2.12");
    let gated = more.replace("    flush", "    @since(version = 0.2.12)\n    flush");
    assert_eq!(
        wasi.read(&streams),
        text.replacen("interface streams {\n", &gated, 1).replace("io@0.2.11", "io@0.2.12")
    );
    // Each line that changed names a version, or is new.
    let diff = wasi.git(&["diff", "--unified=0"]);
    let is_header = |line: &&str| line.starts_with("+++") || line.starts_with("---");
    let changed = || diff.lines().filter(|line| line.starts_with(['+', '-']) && !is_header(line));
    assert!(changed().count() > 20, "{diff}");
    let new = ["flush-all", "@since(version = 0.2.12)", "Does it"];
    let is_meant = |line: &str| line.contains("@0.2.1") || new.iter().any(|new| line.contains(new));
    assert!(changed().all(is_meant), "{diff}");
    // Nobody asks for what is not there.
    wasi.tool(&["list"]).code(0);
}

#[test]
fn a_break_in_wasi_clocks_moves_whoever_depends_on_it() {
    let wasi = wasi();
    let files = wasi.git(&["ls-files", "*monotonic-clock.wit"]);
    let place = files
        .lines()
        .find(|place| wasi.read(place).contains("@0.2.11") || place.contains("0.2"))
        .unwrap_or_else(|| files.lines().next().unwrap());
    let text = wasi.read(place);
    let broken = text.replacen("now: func() -> instant;", "now: func(precise: bool) -> instant;", 1);
    assert_ne!(text, broken, "{place}");
    wasi.write(place, broken);
    let plan = wasi.plan(0, &["--against", "HEAD"]);
    let moved: Vec<String> = brief(&plan).into_iter().filter(|line| line.ends_with("major")).collect();
    for name in ["wasi:clocks", "wasi:filesystem", "wasi:http", "wasi:cli", "wasi:sockets"] {
        assert!(moved.contains(&format!("{name} 0.2.11>0.3.0 major")), "{name} in {moved:#?}");
    }
    wasi.bump(&["--against", "HEAD"]);
}
