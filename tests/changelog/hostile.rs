//! Text of strangers shows what it is and does nothing: no mention, link, image, HTML, fence, heading or comment of ours.

use super::*;
use wit_diff::report::PackageReport;

const HOSTILE: [&str; 20] = [
    "@someone",
    "`",
    "``` \n# heading",
    "[a](https://example.test)",
    "![a](https://example.test/a.png)",
    "<img src=x onerror=alert(1)>",
    "</details>",
    "-->",
    "<!-- wit-diff 0123456789abcdef 01234567 -->",
    "#1",
    "a | b",
    "www.example.test",
    "https://example.test/a",
    "**a** _b_ ~~c~~",
    "[ ] a",
    "\\`a\\`",
    ":tada: a:b:c",
    "\u{202e}txt\u{0}\r\n\r\n## 9.9.9\r\n",
    "&lt;b&gt; &#64;me",
    "",
];

/// Puts text wherever a report has text.
fn spoil(package: &mut PackageReport, text: &str) {
    for rebased in &mut package.rebased {
        (rebased.package, rebased.from, rebased.to) = (text.into(), text.into(), text.into());
    }
    for change in &mut package.changes {
        change.message = format!("function `{text}` {text}");
        change.path = format!("{text}/{text}#{text}");
        change.reach = vec![format!("{text}#{text}"), text.into()];
        change.renamed = change.renamed.is_some().then(|| text.into());
        change.stabilised = change.stabilised.is_some().then(|| text.into());
        change.hint = Some(text.into());
        change.gate = change.gate.take().map(|_| wit_diff::report::GateReport { unstable: text.into() });
    }
}

#[test]
fn text_of_strangers_does_nothing() {
    let mut told = 0;
    for case in pairs::cases() {
        let report =
            pipeline::run(&case.old.display().to_string(), &case.new.display().to_string(), &options::of(&case));
        for text in HOSTILE {
            let mut report = report.clone();
            report.packages.iter_mut().for_each(|package| spoil(package, text));
            let mut found = sections(&report);
            let file = merge_changelog("", &found).unwrap();
            is_plain(&file);
            told += file.len();
            for section in &mut found {
                (section.package, section.version) = (text.into(), Some(text.into()));
                section.date = Some(text.into());
            }
            is_plain(&changelog_to_markdown(&found));
            // A heading that cannot be read again is none to merge under.
            let _ = merge_changelog("", &found).map(|file| is_plain(&file));
        }
    }
    assert!(told > 1_000_000, "only {told} bytes");
}

#[test]
fn an_id_that_looks_like_markdown() {
    let side = |id: &str| format!("package a:b@1.0.0; interface i {{ @external-id(\"{id}\") f: func(); }}");
    let report = compared(&side("x"), &side("`@me` <b> [x](y)"));
    let text = changelog_to_markdown(&sections(&report));
    assert_eq!(text, "## a:b 1.1.0\n\n### Changed\n\n- Interface `i`: the `@external-id` of function `f` changed.\n");
}
