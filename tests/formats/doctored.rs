//! Reports that no comparison makes: strangers' strings in every field, and very many changes.

use super::fixture;
use wit_diff::report::*;
use wit_diff::verdict::Level;

/// What strangers might write.
pub fn poisons() -> Vec<String> {
    [
        "]]></failure></testcase><script>alert(1)</script><![CDATA[ <!-- &amp; &#0; \" '",
        "\u{0}\u{7}\u{1b}[31mred\u{1b}[0m\u{9b}\u{202e}gnp\u{2066}\u{fffe}\u{ffff}\u{feff}\u{10ffff}",
        "one\r\ntwo\u{2028}three\tfour",
        "[x](javascript:alert(1)) [y](1) {0} {{1}} ${{ github.token }} %s",
        "::error file=a,line=1::b\n::set-output name=c::d %0A ##vso[task.complete] ##teamcity[x]",
        "../../../etc/passwd",
        "./a b/ü%41/#?[x]:y\\z.wit",
        "//evil.example/x",
        "http://evil.example/\"x",
        "",
        " ",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["long ".repeat(4_000)])
    .collect()
}

/// Reports with every poison in them.
pub fn poisoned() -> impl Iterator<Item = Report> {
    let reports = ["breaking", "several", "undetermined"].map(fixture::report);
    poisons().into_iter().flat_map(move |poison| {
        reports.clone().map(|mut report| {
            into_report(&mut report, &poison);
            report
        })
    })
}

/// A report with so many changes, of which every other one breaks.
pub fn large(changes: usize) -> Report {
    let mut report = fixture::report("breaking");
    let package = &mut report.packages[0];
    let one = package.changes.iter().find(|change| change.level == Level::Major).unwrap().clone();
    package.changes = (0..changes)
        .map(|at| ChangeReport {
            path: format!("acme:files/i{}#f{at}", at % 100),
            fingerprint: format!("{at:016x}"),
            level: if at % 2 == 0 { Level::Minor } else { Level::Major },
            message: format!("function `f{at}` changed"),
            // Few reach far: what is made here costs time, too.
            reach: (0..if at < 200 { 120 } else { 3 }).map(|item| format!("acme:files/w{item}")).collect(),
            ..one.clone()
        })
        .collect();
    report
}

fn into_report(report: &mut Report, poison: &str) {
    let set = |text: &mut String| *text = poison.to_owned();
    set(&mut report.tool.name);
    set(&mut report.tool.version);
    into_input(&mut report.old, poison);
    into_input(&mut report.new, poison);
    report.features = vec![poison.to_owned()];
    report.bug_report = Some(poison.to_owned());
    report.warnings = vec![poison.to_owned()];
    report.errors.iter_mut().for_each(|error| into_error(error, poison));
    report.packages.iter_mut().for_each(|package| into_package(package, poison));
}

fn into_input(input: &mut InputReport, poison: &str) {
    input.input = poison.to_owned();
    input.commit = Some(poison.to_owned());
    input.how = Some(poison.to_owned());
    input.root = Some(poison.to_owned());
    input.address = Some(format!("https://github.com/{poison}/blob/{poison}"));
}

fn into_error(error: &mut ErrorReport, poison: &str) {
    error.message = poison.to_owned();
    error.file = Some(poison.to_owned());
    error.snippet = Some(poison.to_owned());
    error.hint = Some(poison.to_owned());
}

fn into_package(package: &mut PackageReport, poison: &str) {
    let some = Some(poison.to_owned());
    package.name = poison.to_owned();
    (package.old_version, package.new_version) = (some.clone(), some.clone());
    (package.version.required, package.version.declared) = (some.clone(), some.clone());
    (package.old_path, package.new_path) = (some.clone(), some);
    package.notes = vec![poison.to_owned()];
    package.interfaces.iter_mut().for_each(|item| item.name = poison.to_owned());
    package.worlds.iter_mut().for_each(|item| item.name = poison.to_owned());
    package.uses = vec![UseReport { item: poison.to_owned(), by: poison.to_owned() }];
    package.error.iter_mut().for_each(|error| into_error(error, poison));
    package.changes.iter_mut().for_each(|change| into_change(change, poison));
}

fn into_change(change: &mut ChangeReport, poison: &str) {
    change.rule = poison.to_owned();
    change.path = poison.to_owned();
    change.track = Some(poison.to_owned());
    change.fingerprint = poison.to_owned();
    change.gate = Some(GateReport { unstable: poison.to_owned() });
    change.message = poison.to_owned();
    change.hint = Some(poison.to_owned());
    change.reach = vec![poison.to_owned()];
    for place in [&mut change.old, &mut change.new, &mut change.container].into_iter().flatten() {
        place.file = poison.to_owned();
        place.text = poison.to_owned();
        place.excerpt = Some(ExcerptReport { line: place.line, text: poison.to_owned() });
        (place.line, place.column) = (0, 0);
    }
}
