//! Many packages at once.

use super::*;
use wit_diff::error::{Error, ErrorKind, Side};

/// A repository in which everything happened.
pub fn everything() -> Report {
    let mut io = package("wasi:io", "0.2.0", "0.3.0", "major");
    (io.old_path, io.new_path) = (Some("preview2/io".into()), Some("proposals/io/wit".into()));
    let mut http = package("wasi:http", "0.2.0", "0.2.1", "minor");
    http.inherits = vec![InheritReport { package: "wasi:io".into(), from: "0.2.0".into(), to: "0.3.0".into() }];
    let mut random = package("wasi:random", "0.2.0", "0.2.0", "");
    (random.old_path, random.new_path) = (Some("preview2/random".into()), Some("proposals/random/wit".into()));
    let error = Error::new(ErrorKind::Invalid, "expected `;`");
    let failure = Failure { side: Side::New, error };
    let broken = of_failure_among(&inputs(), &[failure], &[("wasi:tls".into(), "0.2.0".parse().ok())], true);
    of_packages(
        &inputs(),
        vec![
            random,
            io,
            package("wasi:clocks", "0.2.0", "0.2.0", "major"),
            package("wasi:filesystem", "0.2.0", "0.2.0", ""),
            package("wasi:sockets", "0.2.0", "0.2.0", ""),
            package("wasi:cli", "0.2.0", "0.2.0", ""),
            package("wasi:config", "", "", "major"),
            only(broken),
            package("wasi:nn", "0.2.0-rc-2024-10-28", "0.2.0-rc-2025-02-02", "minor"),
            http,
            package("wasi:http", "0.3.0", "0.3.0", ""),
            one_sided("wasi:keyvalue", "0.2.0", true),
            one_sided("wasi:logging", "0.1.0", false),
        ],
    )
}

#[test]
fn the_summary_comes_last() {
    let report = everything();
    let show = |options: &TextOptions| to_text(&report, options);
    let (plain, verbose) = (TextOptions::default(), TextOptions { verbose: true, ..TextOptions::default() });
    is_golden("summary.txt", &at_every_width(show, plain));
    is_golden("summary-verbose.txt", &at_every_width(show, verbose));
    is_golden("summary-color.txt", &at_every_width(show, TextOptions { color: true, ..plain }));
}

#[test]
fn colours_change_nothing_but_colours() {
    let report = everything();
    for width in WIDTHS {
        let options = TextOptions { width, ..TextOptions::default() };
        let colored = to_text(&report, &TextOptions { color: true, ..options });
        let mut plain = String::new();
        let mut parts = colored.split('\u{1b}');
        plain.push_str(parts.next().unwrap());
        parts.for_each(|part| plain.push_str(part.split_once('m').unwrap().1));
        assert_eq!(plain.split_whitespace().collect::<Vec<_>>(), {
            let text = to_text(&report, &options);
            text.split_whitespace().map(str::to_string).collect::<Vec<_>>()
        });
    }
}

#[test]
fn one_package_needs_no_table() {
    let mut package = package("a:b", "1.0.0", "1.1.0", "minor");
    (package.old_path, package.new_path) = (Some("wit".into()), Some("crates/b/wit".into()));
    let how = "the merge base of `main` and `HEAD`, found in a history that takes some words to tell";
    let inputs = Inputs {
        old: source("main...HEAD", Some("8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9"), Some(how)),
        new: source("2a49809d66a3b3d3a5b5f6ad8b71a0a4e35c1b52", Some("2a49809d66a3b3d3a5b5f6ad8b71a0a4e35c1b52"), None),
        ..inputs()
    };
    let report = of_packages(&inputs, vec![package]);
    is_golden("one-package.txt", &at_every_width(|options| to_text(&report, options), TextOptions::default()));
}

#[test]
fn where_nothing_changed_a_line_says_so() {
    let package = |name: &str| unchanged(name, Some(&"1.0.0".parse().unwrap()), vec!["i".into()], Vec::new());
    let names = ["a:a", "a:b", "a:c", "a:d", "a:e"];
    let report = of_packages(&inputs(), names.map(package).into());
    let text = to_text(&report, &TextOptions::default());
    let sides = "comparing v0.2.0 (8182fb1) with the working tree\n\n";
    assert_eq!(text, format!("{sides}5 unchanged: a:a, a:b, a:c and 2 more\n"));
    let text = to_text(&report, &TextOptions { verbose: true, ..TextOptions::default() });
    assert_eq!(text, format!("{sides}5 unchanged: a:a, a:b, a:c, a:d, a:e\n"));
}

#[test]
fn plain_files_need_no_words_about_them() {
    let report = compared("package a:b; interface i { f: func(); }", "package a:b; interface i { f: func(); }");
    assert_eq!(report.old.how, None);
    let text = to_text(&report, &TextOptions::default());
    assert!(text.starts_with("none for guests: a:b (unchanged)\n"), "{text}");
}

#[test]
fn a_side_that_is_not_there_is_said_once() {
    let error = Error::new(ErrorKind::Unreadable, "the commit is not in this clone").hint("git fetch --unshallow");
    let failure = Failure { side: Side::Old, error };
    let known: Vec<_> = (1..=40).map(|n| (format!("wasi:p{n}"), "1.0.0".parse().ok())).collect();
    let report = of_failure_among(&inputs(), std::slice::from_ref(&failure), &known, false);
    assert_eq!((report.status, report.packages.len()), (Status::Undetermined, 40));
    assert!(report.packages.iter().all(|package| package.level.is_none() && package.old_version.is_none()));
    assert_eq!(report.packages[0].new_version.as_deref(), Some("1.0.0"));
    is_golden("undetermined.txt", &at_every_width(|options| to_text(&report, options), TextOptions::default()));

    let asked = Inputs { packages: vec!["wasi:p2".into()], ..inputs() };
    let report = of_failure_among(&asked, std::slice::from_ref(&failure), &known, false);
    assert_eq!(report.packages.iter().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["wasi:p2"]);
    let report = of_failure_among(&inputs(), &[failure], &[], false);
    assert_eq!((report.packages.len(), report.packages[0].name.as_str()), (1, UNKNOWN));
    assert!(to_text(&report, &TextOptions::default()).ends_with("with the working tree\n"));
}
