//! What strangers might write, and reports into which they wrote it.

use super::fixture;
use wit_diff::capability::{CapabilityKind, Statement};
use wit_diff::report::*;

/// What means something to a reader of some format, or does something unseen.
pub const HOSTILE: [&str; 33] = [
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
    "]]></failure></testcase><script>alert(1)</script><![CDATA[ <!-- &amp; &#0; \" '",
    "\u{0}\u{7}\u{1b}[31mred\u{1b}[0m\u{9b}\u{202e}gnp\u{2066}\u{fffe}\u{ffff}\u{feff}\u{10ffff}",
    "one\r\ntwo\u{2028}three\tfour",
    "[x](javascript:alert(1)) [y](1) {0} {{1}} %s",
    "::set-output name=c::d ##vso[task.complete] ##teamcity[x]",
    "../../../etc/passwd",
    "./a b/ü%41/#?[x]:y\\z.wit",
    "//evil.example/x http://evil.example/\"x",
];

/// Of which nothing means anything.
pub const HARMLESS: &str = "harmless";

/// Markup, and what does something unseen. It begins with what stands alike in [`tame`], so that both sort alike.
pub const STRANGE: &str = "~`\"'><script>window.__pwned=1</script><img src=x onerror=window.__pwned=1>{{7*7}}--></style>\
                           </title></textarea></pre><svg onload=window.__pwned=1><a href=javascript:window.__pwned=1>x</a>\
                           <!-- <plaintext> &lt;b&gt;&#60;b&#62; ` \u{202e}\u{0}\u{1b}[31m\u{2028}";

/// The same without what could act.
pub fn tame() -> String {
    let kept = |c: char| matches!(c, '~' | '`' | ' ') || c.is_ascii_alphanumeric();
    STRANGE.chars().map(|c| if kept(c) { c } else { 'x' }).collect()
}

/// Characters that are not seen and do something; ends of lines have their place.
pub fn acts_unseen(c: char) -> bool {
    let is_direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_hidden =
        matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    (c.is_control() && c != '\n') || is_direction || is_hidden || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Every kind of report with each of [`HOSTILE`] in it, and with nothing, a blank and very much.
pub fn reports() -> impl Iterator<Item = Report> {
    let reports = ["breaking", "several", "undetermined"].map(fixture::report);
    let extremes = [String::new(), " ".to_owned(), "long ".repeat(4_000)];
    let texts = HOSTILE.into_iter().map(str::to_owned).chain(extremes);
    texts.flat_map(move |text| reports.clone().map(|report| misplaced(spoilt(report, &text), &text)))
}

/// Places without a line, with excerpts of many.
fn misplaced(mut report: Report, text: &str) -> Report {
    report.bug_report = Some(text.to_owned());
    for change in report.packages.iter_mut().flat_map(|package| &mut package.changes) {
        for place in [&mut change.old, &mut change.new, &mut change.container].into_iter().flatten() {
            (place.line, place.column) = (0, 0);
            place.excerpt = Some(ExcerptReport { text: text.to_owned(), ..ExcerptReport::default() });
        }
    }
    report
}

/// The report with a text wherever it has text of others.
pub fn spoilt(mut report: Report, text: &str) -> Report {
    let it = || text.to_owned();
    for input in [&mut report.old, &mut report.new] {
        spoil_input(input, text);
    }
    (report.tool.name, report.tool.version) = (it(), it());
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
        for world in &mut package.worlds {
            world.name = it();
            world.capabilities = Some(capabilities(text));
        }
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
        package.tracks = vec![TrackReport {
            status: PackageStatus::Added,
            version: Some(it()),
            path: Some(it()),
            worlds: Vec::new(),
        }];
        package.inherits = vec![InheritReport { package: it(), from: it(), to: it() }];
        package.check = Some(PackageCheck {
            passed: false,
            reasons: vec![
                CheckReason::InsufficientVersion,
                CheckReason::BreaksUnversioned,
                CheckReason::RuleDenied,
                CheckReason::CapabilityDenied,
            ],
            denied: [(it(), 2)].into(),
            capabilities: vec![DeniedCapability { world: it(), name: it(), pattern: it() }],
            ..PackageCheck::default()
        });
        for change in &mut package.changes {
            spoil_change(change, text);
        }
    }
    report.check = Some(CheckReport {
        passed: false,
        deny: [it()].into(),
        deny_capabilities: vec![it()],
        ..CheckReport::default()
    });
    report
}

fn capabilities(text: &str) -> CapabilityChanges {
    let it = || text.to_owned();
    let capability = CapabilityReport {
        name: it(),
        kind: CapabilityKind::Interface,
        versions: vec![it()],
        gives: None,
        functions: vec![it(), it()],
        way: Some(WayReport { includes: vec![it()], statement: Statement::Export, uses: vec![it()] }),
        place: None,
    };
    CapabilityChanges {
        gained: vec![capability.clone()],
        lost: vec![capability],
        extended: vec![ExtendedReport { name: it(), functions: vec![it()] }],
        ..CapabilityChanges::default()
    }
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
    (change.rule, change.fingerprint) = (it(), it());
    change.track = change.track.is_some().then(it);
    change.hint = Some(format!("{text} beside `{text}`"));
    change.reach = vec![format!("{text}#{text}"), it()];
    change.gate = Some(GateReport { unstable: it() });
    for place in [&mut change.old, &mut change.new, &mut change.container].into_iter().flatten() {
        (place.file, place.text) = (it(), it());
        place.excerpt = Some(ExcerptReport {
            line: place.line,
            text: format!("{line}{}", place.column),
            ..ExcerptReport::default()
        });
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
