//! The format `html` in a browser: it loads, filters, leads, shows and prints, and nothing else happens.

use super::chromium::Browser;
use super::complete::Complete;
use super::fixture::{all, many, report};
use super::strangers::STRANGE;
use serde_json::{Value, json};
use wit_diff::report::*;

/// How many findings are seen.
const SEEN: &str = "[...document.querySelectorAll('.f')].filter(f => !f.closest('[hidden]')).length";
const COUNT: &str = "document.getElementById('count').value";
const HASH: &str = "decodeURIComponent(location.hash)";

/// What should not happen: an exception, a message on the console, a dialog, a load.
#[track_caller]
fn is_quiet(browser: &Browser, name: &str) {
    for event in &browser.events {
        let (method, params) = (event["method"].as_str().unwrap_or_default(), &event["params"]);
        let is_bad = match method {
            "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Page.javascriptDialogOpening" => true,
            "Log.entryAdded" => true,
            "Network.requestWillBeSent" => {
                let address = params["request"]["url"].as_str().unwrap_or_default();
                let is_page = address.starts_with("file:///") && address.contains("/report.html");
                !is_page && !address.starts_with("data:image/")
            }
            _ => false,
        };
        assert!(!is_bad, "{name}: {event}");
    }
}

#[test]
fn every_report_loads_and_nothing_happens() {
    let Some(mut browser) = Browser::start() else { return };
    let mut pages: Vec<(String, String)> = all().map(|(name, report)| (name.to_owned(), to_html(&report))).collect();
    pages.push(("strange".into(), to_html(&Complete(STRANGE).report())));
    pages.push(("strange log".into(), log_to_html(&Complete(STRANGE).log(None))));
    pages.push(("strange item".into(), log_to_html(&Complete(STRANGE).log(Some("a:b/i")))));
    let all = StabilityOptions { items: StabilityItems::Types, ..StabilityOptions::default() };
    pages.push(("strange stability".into(), stability_to_html(&Complete(STRANGE).stability(), &all)));
    for (name, text) in pages {
        browser.open(&text, "");
        // What is folded may load only when it is seen.
        browser.eval("document.querySelectorAll('details').forEach(fold => { fold.open = true; })");
        browser.settle();
        assert_eq!(browser.eval("typeof window.__pwned"), "undefined", "{name}");
        assert_eq!(browser.number("document.scripts.length"), 1.0, "{name}");
        assert!(browser.number("document.querySelector('main').getBoundingClientRect().width") > 300.0, "{name}");
        is_quiet(&browser, &name);
    }
}

/// The policy of the page stops what would come in all the same, and this test would see it.
#[test]
fn what_came_in_would_be_stopped_and_noticed() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&to_html(&report("breaking")), "");
    is_quiet(&browser, "before");
    browser.eval(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://evil.example/x\" onerror=\"window.__pwned=1\">\
         <a id=evil href=\"javascript:window.__pwned=1\">x</a><p style=\"color: red\" onclick=\"window.__pwned=1\">')",
    );
    browser.eval("document.getElementById('evil').click()");
    browser.eval(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.__pwned = 1' }))",
    );
    browser.settle();
    assert_eq!(browser.eval("typeof window.__pwned"), "undefined");
    let stopped =
        |event: &&Value| event["method"] == "Log.entryAdded" && event["params"]["entry"]["source"] == "security";
    assert!(browser.events.iter().filter(stopped).count() >= 4, "{:#?}", browser.events);
    let evil = |event: &Value| event["params"]["request"]["url"].as_str().is_some_and(|url| url.contains("evil"));
    let failed =
        |event: &&Value| event["method"] == "Network.loadingFailed" && event["params"]["blockedReason"] == "csp";
    assert!(!browser.events.iter().any(evil) || browser.events.iter().any(|event| failed(&event)));
}

#[test]
fn filters_filter_and_are_kept_in_the_address() {
    let Some(mut browser) = Browser::start() else { return };
    let given = report("breaking");
    let changes = &given.packages[0].changes;
    let count = |fits: &dyn Fn(&ChangeReport) -> bool| changes.iter().filter(|change| fits(change)).count() as f64;
    let level = |level: &'static str| move |change: &ChangeReport| change.level.word() == level;
    let (major, patch) = (count(&level("major")), count(&level("patch")));
    let guests = count(&|change| {
        matches!((change.link, change.source), (PartiesReport::World(link), PartiesReport::World(source))
            if link.guests.is_breaking() || source.guests.is_breaking())
    });
    let renamed = count(&|change| change.rule == "parameter-renamed");
    assert!(major > 1.0 && patch > 0.0 && guests > 0.0 && renamed == 1.0);

    browser.open(&to_html(&given), "");
    let whole = changes.len() as f64;
    assert_eq!((browser.number(SEEN), browser.text(COUNT)), (whole, format!("{whole} findings")));
    assert_eq!(browser.text(HASH), "");

    browser.point("input[value=major]", true);
    assert_eq!((browser.number(SEEN), browser.text(COUNT)), (major, format!("{major} of {whole} findings")));
    assert_eq!(browser.text(HASH), "#level=major");
    browser.point("input[value=patch]", true);
    assert_eq!(browser.number(SEEN), major + patch);
    // What is folded away is unfolded where something in it is meant.
    let unfolded = "document.querySelector('.quiet .f').checkVisibility()";
    assert_eq!(browser.eval(unfolded), true);
    browser.point("button[type=reset]", true);
    assert_eq!((browser.number(SEEN), browser.text(HASH)), (whole, String::new()));
    assert_eq!(browser.eval(unfolded), false);

    browser.point("input[value=guests]", true);
    assert_eq!((browser.number(SEEN), browser.text(HASH)), (guests, "#party=guests".into()));
    // Groups in which nothing is meant are gone.
    let groups = "[...document.querySelectorAll('.group')].filter(g => !g.hidden).map(g => g.querySelector('h3').textContent).join()";
    assert_eq!(browser.text(groups), "world tool");
    browser.point("button[type=reset]", true);

    browser.eval(
        "(() => { const rule = document.querySelector('[name=rule]'); rule.value = 'parameter-renamed'; \
         rule.dispatchEvent(new Event('input', { bubbles: true })); })()",
    );
    browser.settle();
    assert_eq!((browser.number(SEEN), browser.text(HASH)), (1.0, "#rule=parameter-renamed".into()));

    // The same address is the same view.
    browser.open(&to_html(&given), "#level=major&party=consumers&q=retyped");
    assert_eq!(browser.number(SEEN), 1.0);
    assert_eq!(browser.eval("document.querySelector('[name=q]').value"), "retyped");
    assert_eq!(browser.eval("document.querySelector('[value=consumers]').checked"), true);
    // A rule is a link to all of its findings.
    browser.open(&to_html(&given), "");
    browser.point("a.rule[href='#rule=enum-case-added']", true);
    assert_eq!((browser.number(SEEN), browser.text(HASH)), (1.0, "#rule=enum-case-added".into()));
    // Nothing is as asked for.
    browser.open(&to_html(&given), "#q=no such thing");
    assert_eq!(browser.number(SEEN), 0.0);
    assert_eq!(browser.eval("document.getElementById('nothing').hidden"), false);
    is_quiet(&browser, "filters");
}

#[test]
fn packages_are_filtered() {
    let Some(mut browser) = Browser::start() else { return };
    let given = report("several");
    browser.open(&to_html(&given), "#package=acme:http");
    let http = given.packages.iter().find(|package| package.name == "acme:http").unwrap();
    assert_eq!(browser.number(SEEN), http.changes.len() as f64);
    let shown = "[...document.querySelectorAll('section.package')].filter(p => !p.hidden).map(p => p.id).join()";
    assert_eq!(browser.text(shown), "p-acme-http");
}

#[test]
fn links_lead_to_findings_that_filters_hide() {
    let Some(mut browser) = Browser::start() else { return };
    let given = report("breaking");
    let quiet = given.packages[0].changes.iter().find(|change| change.rule == "docs-changed").unwrap();
    let id = format!("f-{}", quiet.fingerprint);
    let seen = format!(
        "(() => {{ const f = document.getElementById('{id}'), r = f.getBoundingClientRect(); \
         return f.checkVisibility() && r.top >= 0 && r.bottom <= innerHeight && f.classList.contains('aim'); }})()"
    );
    for place in [format!("#{id}"), format!("#{id}&level=major")] {
        browser.open(&to_html(&given), &place);
        // The page scrolls when it has laid itself out.
        let is_seen = (0..50).any(|_| {
            browser.settle();
            browser.eval(&seen) == true
        });
        let state = format!(
            "(() => {{ const f = document.getElementById('{id}'), r = f.getBoundingClientRect(); \
             return [f.checkVisibility(), r.top, r.bottom, innerHeight, f.className, location.hash].join(' '); }})()"
        );
        assert!(is_seen, "{place}: {}", browser.text(&state));
        assert_eq!(browser.text(HASH), place);
    }
    assert_eq!(browser.text(COUNT).split(' ').next(), Some("6"));
    // A link inside of the page, too, and the filter stays.
    browser.open(&to_html(&given), "#level=minor");
    let major = given.packages[0].changes.iter().find(|change| change.rule == "enum-case-added").unwrap();
    browser.eval(&format!("location.hash = 'f-{}'", major.fingerprint));
    browser.settle();
    browser.settle();
    assert_eq!(browser.text(HASH), format!("#f-{}&level=minor", major.fingerprint));
    let seen = format!("document.getElementById('f-{}').checkVisibility()", major.fingerprint);
    assert_eq!(browser.eval(&seen), true);
    is_quiet(&browser, "links");
}

#[test]
fn a_keyboard_is_enough() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&to_html(&report("breaking")), "");
    const FOCUSED: &str =
        "document.activeElement.getAttribute('name') || document.activeElement.className || document.activeElement.id";
    browser.press("Tab", "");
    assert_eq!(browser.text(FOCUSED), "skip");
    let ring = browser.text("getComputedStyle(document.activeElement).outlineStyle");
    assert_eq!(ring, "solid");
    browser.press("Enter", "\r");
    assert_eq!(browser.text(FOCUSED), "main");
    browser.press("/", "/");
    assert_eq!(browser.text(FOCUSED), "q");
    browser.write("offset");
    assert_eq!((browser.number(SEEN), browser.text(HASH)), (1.0, "#q=offset".into()));
    browser.press("/", "/");
    assert_eq!(browser.eval("document.querySelector('[name=q]').value"), "offset/");
    browser.press("Escape", "");
    assert_eq!(browser.eval("document.querySelector('[name=q]').value"), "");
    browser.press("Tab", "");
    assert_eq!(browser.text(FOCUSED), "rule");
    browser.press("Tab", "");
    assert_eq!(browser.text("document.activeElement.value"), "major");
    browser.press(" ", " ");
    assert_eq!(browser.text(HASH), "#level=major");
    // Everything that can be used has a name, and can be reached.
    let tree = browser.call("Accessibility.getFullAXTree", json!({}));
    let used = ["button", "link", "checkbox", "searchbox", "combobox", "DisclosureTriangle", "MenuListPopup"];
    let mut found = 0;
    for node in tree["nodes"].as_array().unwrap() {
        let role = node["role"]["value"].as_str().unwrap_or_default();
        let is_ignored = node["ignored"] == true;
        if !is_ignored && used.contains(&role) && role != "MenuListPopup" {
            assert!(node["name"]["value"].as_str().is_some_and(|name| !name.trim().is_empty()), "{node}");
            found += 1;
        }
    }
    assert!(found > 30, "{found}");
    is_quiet(&browser, "keyboard");
}

#[test]
fn the_picture_is_seen_and_lights_up() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&to_html(&report("breaking")), "");
    // Every item has room, none covers another, and its text fits in.
    let bad = browser.eval(
        "(() => { const boxes = [...document.querySelectorAll('.graph .node')].map(node => { \
           const box = node.querySelector('.shape').getBoundingClientRect(); \
           const texts = [...node.querySelectorAll('text')].map(text => text.getBoundingClientRect()); \
           return { name: node.textContent, box, fits: texts.every(t => t.left >= box.left && t.right <= box.right && t.top >= box.top && t.bottom <= box.bottom) }; }); \
           const bad = boxes.filter(({ box, fits }) => box.width < 20 || box.height < 20 || !fits).map(b => b.name); \
           boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => { if (a.box.left < b.box.right && b.box.left < a.box.right \
             && a.box.top < b.box.bottom && b.box.top < a.box.bottom) bad.push(a.name + ' covers ' + b.name); })); \
           return { bad, count: boxes.length }; })()",
    );
    assert_eq!(bad["bad"], json!([]));
    assert!(bad["count"].as_u64().unwrap() > 10, "{bad}");
    const LIT: &str =
        "[...document.querySelectorAll('.graph .node.on .name')].map(name => name.textContent).sort().join()";
    let stat = "document.querySelector('.graph .node:has(title)').parentNode";
    assert_eq!(browser.eval(&format!("{stat}.classList.contains('lit')")), false);
    browser.eval(
        "[...document.querySelectorAll('.graph a.node')].find(n => n.querySelector('.name').textContent === 'stat').id = 'stat'",
    );
    browser.point("#stat", false);
    assert_eq!(browser.text(LIT), "all,descriptor.stat,inspect,some,stat,stats,stats,tool,types,walk");
    assert_eq!(browser.eval(&format!("{stat}.classList.contains('lit')")), true);
    browser.call("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 2, "y": 2 }));
    browser.settle();
    assert_eq!(browser.text(LIT), "");
    browser.eval("document.getElementById('stat').focus()");
    assert!(browser.text(LIT).starts_with("all,descriptor.stat,"));
    browser.press("Enter", "\r");
    let aim = browser.text("document.querySelector('.aim h4').textContent");
    assert!(aim.contains("field size of record stat changed"), "{aim}");
    is_quiet(&browser, "picture");
}

#[test]
fn pages_fit_are_legible_and_print() {
    let Some(mut browser) = Browser::start() else { return };
    let mut pages: Vec<(String, String)> =
        ["breaking", "hostile", "several"].map(|name| (name.to_owned(), to_html(&report(name)))).into();
    pages.push(("strange".into(), to_html(&Complete(STRANGE).report())));
    pages.push(("log".into(), log_to_html(&Complete("").log(None))));
    let all = StabilityOptions { items: StabilityItems::Types, ..StabilityOptions::default() };
    pages.push(("stability".into(), stability_to_html(&Complete("").stability(), &all)));
    for (name, text) in pages {
        for scheme in ["light", "dark"] {
            browser.open(&text, "");
            let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            browser.call("Emulation.setEmulatedMedia", feature);
            for width in [400, 1280] {
                let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
                browser.call("Emulation.setDeviceMetricsOverride", size);
                browser.settle();
                assert_eq!(browser.eval(OUTSIDE), json!([]), "{name}: {width}");
            }
            browser.eval("document.querySelectorAll('details').forEach(fold => { fold.open = true; })");
            let faint = browser.eval(CONTRAST);
            assert_eq!(faint, json!([]), "{name}, {scheme}");
        }
        browser.call("Emulation.setEmulatedMedia", json!({ "media": "print", "features": [] }));
        let shown = "(() => { const f = document.getElementById('filters'); return f ? getComputedStyle(f).display : 'none'; })()";
        assert_eq!(browser.text(shown), "none", "{name}");
        assert_eq!(browser.text("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)", "{name}");
        browser.call("Emulation.setEmulatedMedia", json!({ "media": "", "features": [] }));
        let pdf = browser.call("Page.printToPDF", json!({ "printBackground": true }));
        let pdf = pdf["data"].as_str().unwrap();
        assert!(pdf.starts_with("JVBERi0") && pdf.len() > 20_000, "{name}: {}", pdf.len());
        is_quiet(&browser, &name);
    }
}

/// What makes the page wider than its window.
const OUTSIDE: &str = r#"
(() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const is_outside = (e) => e.getBoundingClientRect().right > innerWidth && !e.closest(".scroll > *");
  const found = [...document.body.querySelectorAll("*")].filter(is_outside).map((e) => `${e.tagName}.${e.className}`);
  return found.length ? found : ["something"];
})()
"#;

/// The texts that stand out too little from what is behind them: less than 4.5 to 1 (WCAG 2.2, 1.4.3).
const CONTRAST: &str = r#"
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parse = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = (color) => {
    const [r, g, b] = color.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const faint = new Set();
  for (const element of document.body.querySelectorAll("*:not(svg *)")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (element.closest("script, style, :disabled, option")) continue;
    const back = behind(element);
    const [a, b] = [light(over(parse(getComputedStyle(element).color), back)), light(back)].sort((a, b) => b - a);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return [...faint];
})()
"#;

#[test]
fn ten_thousand_findings_stay_usable() {
    let Some(mut browser) = Browser::start() else { return };
    let given = many(10_000);
    browser.open(&to_html(&given), "");
    assert_eq!(browser.text(COUNT), "10000 findings");
    browser.point("input[value=major]", true);
    let major = given.packages[0].changes.iter().filter(|change| change.level.word() == "major").count();
    assert_eq!((browser.number(SEEN), browser.text(COUNT)), (major as f64, format!("{major} of 10000 findings")));
    browser.point("[name=q]", true);
    browser.write("i23 f1");
    let shown = browser.number(SEEN);
    assert!(shown > 0.0 && shown < 40.0, "{shown}");
    browser.open(&to_html(&given), "#f-00000000000026ac");
    browser.settle();
    let aim = "(() => { const r = document.querySelector('.aim').getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight; })()";
    assert_eq!(browser.eval(aim), true);
    is_quiet(&browser, "many");
}

/// Without a script, all is there but the filters.
#[test]
fn no_script_is_needed() {
    let Some(mut browser) = Browser::start() else { return };
    let given = report("breaking");
    let quiet = given.packages[0].changes.iter().find(|change| change.rule == "docs-changed").unwrap();
    browser.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    browser.open(&to_html(&given), &format!("#f-{}", quiet.fingerprint));
    let names = |browser: &mut Browser| -> Vec<String> {
        let tree = browser.call("Accessibility.getFullAXTree", json!({}));
        let nodes = tree["nodes"].as_array().unwrap().iter();
        nodes.filter_map(|node| node["name"]["value"].as_str()).map(str::to_owned).collect()
    };
    // The tree is made once the page is laid out, and there is no script that could wait for that.
    const LOOKS: usize = 200;
    let is_there = |names: &Vec<String>| names.iter().any(|name| name.contains("documentation of"));
    let names = (0..LOOKS).map(|_| names(&mut browser)).find(is_there).expect("the quiet finding is not seen");
    assert!(!names.iter().any(|name| name == "Search the findings"));
    is_quiet(&browser, "no script");
}
