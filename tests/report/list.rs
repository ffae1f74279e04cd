//! What `list` says.

use super::*;

fn dependency(name: &str, version: &str, from: DependencySource, path: Option<&str>) -> DependencyReport {
    DependencyReport { name: name.into(), version: Some(version.into()), from, path: path.map(Into::into) }
}

fn listed(name: &str, version: Option<&str>, path: &str) -> ListedPackage {
    ListedPackage {
        name: name.into(),
        version: version.map(Into::into),
        path: path.into(),
        interfaces: vec!["types".into()],
        worlds: vec!["imports".into()],
        depends_on: Vec::new(),
        used_by: Vec::new(),
        error: None,
    }
}

fn list() -> ListReport {
    let Report { schema_version, tool, old: input, .. } = of_packages(&inputs(), Vec::new());
    let mut cli = listed("wasi:cli", Some("0.2.12"), "proposals/cli/wit");
    cli.depends_on = vec![
        dependency("wasi:io", "0.2.12", DependencySource::Repository, Some("proposals/io/wit")),
        dependency("wasi:random", "0.2.12", DependencySource::Deps, Some("proposals/cli/wit/deps/random")),
    ];
    let mut http = listed("wasi:http", Some("0.3.0-rc-2026-02-09"), "proposals/http/wit-0.3.0-draft");
    http.depends_on = vec![
        dependency("wasi:cli", "0.2.12", DependencySource::Repository, Some("proposals/cli/wit")),
        dependency("wasi:tls", "0.2.0", DependencySource::Missing, None),
    ];
    cli.used_by = vec!["wasi:http@0.3.0-rc-2026-02-09".into()];
    let mut io = listed("wasi:io", Some("0.2.12"), "proposals/io/wit");
    io.used_by = vec!["wasi:cli@0.2.12".into()];
    let mut broken = listed("my:app", None, "apps/app/wit");
    (broken.interfaces, broken.worlds) = (Vec::new(), Vec::new());
    broken.error = Some(ErrorReport {
        side: "either".into(),
        message: "expected `;`, found `}`".into(),
        file: Some("apps/app/wit/world.wit".into()),
        line: Some(3),
        column: Some(9),
        snippet: None,
        hint: Some("end every function with `;`".into()),
    });
    let skipped = |path: &str, reason: &str| SkippedReport { path: path.into(), reason: reason.into() };
    ListReport {
        nothing_found: false,
        schema_version,
        tool,
        input,
        packages: vec![io, cli, http, broken],
        skipped: vec![
            skipped("target", "holds what was built"),
            skipped("examples/old", "`.gitignore` leaves it out"),
            skipped("vendor/wasi", "a submodule that is not checked out: `git submodule update --init` fetches it"),
        ],
        errors: Vec::new(),
    }
}

#[test]
fn packages_stand_in_a_table() {
    let list = list();
    let show = |options: &TextOptions| list_to_text(&list, options);
    is_golden("list.txt", &at_every_width(show, TextOptions::default()));
    is_golden("list-verbose.txt", &at_every_width(show, TextOptions { verbose: true, ..TextOptions::default() }));
    is_golden("list.json", &list_to_json(&list));
}

#[test]
fn much_that_was_skipped_is_counted() {
    let skipped: Vec<SkippedReport> =
        (1..=14).map(|n| SkippedReport { path: format!("d{n}"), reason: "hidden".into() }).collect();
    let list = ListReport { skipped, packages: vec![listed("a:b", None, ".")], ..list() };
    let text = list_to_text(&list, &TextOptions::default());
    assert!(text.contains("skipped d10: hidden\n… and 4 more: pass --verbose to list them\n"), "{text}");
    assert!(text.ends_with("\n1 package, 14 places skipped\n"), "{text}");
    let text = list_to_text(&list, &TextOptions { verbose: true, ..TextOptions::default() });
    assert!(text.contains("skipped d14: hidden\n\n"), "{text}");
}

#[test]
fn nothing_found_is_said() {
    let nothing = ListReport { packages: Vec::new(), skipped: Vec::new(), ..list() };
    let text = list_to_text(&nothing, &TextOptions::default());
    assert_eq!(text, "packages in v0.2.0 (8182fb1)\n\nno package\n");
}

#[test]
fn a_revision_that_cannot_be_read_is_named() {
    let error = ErrorReport {
        side: "either".into(),
        message: "there is no such commit".into(),
        file: None,
        line: None,
        column: None,
        snippet: None,
        hint: Some("git fetch --unshallow".into()),
    };
    let input = InputReport { commit: None, ..list().input };
    let list = ListReport { packages: Vec::new(), skipped: Vec::new(), errors: vec![error], input, ..list() };
    assert_eq!(list_to_text(&list, &TextOptions::default()), "");
    let text = list_errors_to_text(&list, &TextOptions::default());
    assert_eq!(text, "error: `v0.2.0`: there is no such commit\n |\n = help: git fetch --unshallow\n");
}
