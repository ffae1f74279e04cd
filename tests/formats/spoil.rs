//! Reports into which strangers wrote whatever they liked.

use wit_diff::report::*;

/// What means something to a reader of some format, a line each.
pub const HOSTILE: [&str; 25] = [
    "@someone",
    "`",
    "``` ~~~",
    "[a](https://evil.example)",
    "![a](https://evil.example/a.png)",
    "<img src=x onerror=alert(1)>",
    "</code></pre></summary></details><script>alert(1)</script>",
    "--> <!-- <![CDATA[ ]]>",
    "<!-- wit-diff wit -->",
    "#1 GH-1 a/b#1 0123456789abcdef0123456789abcdef01234567",
    "a | b \\| c \\",
    "www.evil.example mailto:a@evil.example",
    "https://evil.example/a",
    "**a** _b_ ~~c~~ $d$ ==e==",
    "- [ ] a",
    "# a",
    "1. a",
    "> [!NOTE] a[^1]",
    ":tada: :+1:",
    "::error file=a,line=1::b ##[error]c ##[add-mask]d %0A%0D%25",
    "\u{202e}txt\u{0}\u{1b}[31m\n::stop-commands::b",
    "\r\n\r\n## a\r\n```\n|a|\n|-|",
    "&lt;b&gt; &#64;me &quot;",
    "\"]; click n0 href \"https://evil.example\"; %%{init: {}}%% end",
    "${{ github.token }} {{ 7 * 7 }} $(id)",
];

/// Of which nothing means anything.
pub const HARMLESS: &str = "harmless";

/// The report with a text wherever it has text of others.
pub fn spoilt(mut report: Report, text: &str) -> Report {
    let it = || text.to_owned();
    for input in [&mut report.old, &mut report.new] {
        spoil_input(input, text);
    }
    report.features = vec![it()];
    report.warnings = vec![it(), format!("no gate names the feature `{text}`")];
    report.errors = ["old", "new", "both"].map(|side| error(side, text)).into();
    for package in &mut report.packages {
        package.name = it();
        for version in [&mut package.old_version, &mut package.new_version] {
            *version = version.is_some().then(it);
        }
        for version in [&mut package.version.required, &mut package.version.declared] {
            *version = version.is_some().then(it);
        }
        package.interfaces.iter_mut().for_each(|interface| interface.name = it());
        package.worlds.iter_mut().for_each(|world| world.name = it());
        package.uses.iter_mut().enumerate().for_each(|(at, used)| {
            (used.item, used.by) = (format!("{text}#{text}{}", at / 3), format!("{text}{at}"));
        });
        package.notes = vec![it(), format!("it uses `{text}` {text}")];
        let mut base = InputReport {
            input: it(),
            kind: InputKind::Git,
            commit: Some(it()),
            how: Some(format!("the tag `{text}`")),
            root: Some(it()),
            address: None,
        };
        base.address = report.old.address.clone();
        package.base = Some(base);
        (package.old_path, package.new_path) = (Some(it()), Some(format!("{text}/b")));
        package.tracks = vec![TrackReport { status: PackageStatus::Added, version: Some(it()), path: Some(it()) }];
        package.inherits = vec![InheritReport { package: it(), from: it(), to: it() }];
        package.check = Some(PackageCheck {
            passed: false,
            reasons: vec![CheckReason::InsufficientVersion, CheckReason::BreaksUnversioned, CheckReason::RuleDenied],
            denied: [(it(), 2)].into(),
        });
        for change in &mut package.changes {
            spoil_change(change, text);
        }
    }
    report.check = Some(CheckReport { passed: false, allow: None, deny: [it()].into() });
    report
}

fn spoil_input(input: &mut InputReport, text: &str) {
    input.input = text.to_owned();
    input.how = Some(format!("the merge base of `{text}` and {text}"));
    input.root = Some(text.to_owned());
}

fn error(side: &str, text: &str) -> ErrorReport {
    ErrorReport {
        side: side.to_owned(),
        message: format!("expected `{text}`, found {text}"),
        file: Some(text.to_owned()),
        line: Some(3),
        column: Some(1),
        snippet: Some(text.to_owned()),
        hint: Some(text.to_owned()),
    }
}

fn spoil_change(change: &mut ChangeReport, text: &str) {
    let it = || text.to_owned();
    let line = text.replace(['\r', '\n'], " ");
    change.message = format!("function `{text}` {text}");
    change.path = format!("{text}/{text}#{text}");
    change.rule = it();
    change.hint = Some(format!("{text} beside `{text}`"));
    change.reach = vec![format!("{text}#{text}"), it()];
    change.gate = Some(GateReport { unstable: it() });
    for place in [&mut change.old, &mut change.new, &mut change.container].into_iter().flatten() {
        (place.file, place.text) = (it(), it());
        place.excerpt = Some(ExcerptReport { line: place.line, text: format!("{line}{}", place.column) });
    }
    change.since = Some(InputReport {
        input: it(),
        kind: InputKind::Git,
        commit: Some(it()),
        how: None,
        root: None,
        address: None,
    });
    if let Some(alternative) = &mut change.alternative {
        alternative.version = Some(it());
        for step in &mut alternative.steps {
            (step.into, step.wit) = (it(), line.clone());
        }
    }
}
