//! What people see: order, what is listed, and the picture.

use super::*;
use scraper::{Html, Selector};

fn scratch() -> Scratch {
    let body = |i: &str, j: &str| format!("interface i {{ record r {{ {i} }} }}\ninterface j {{ {j} }}");
    Scratch::releases(&[
        ("1.0.0", &body("x: u8", "f: func();")),
        ("1.1.0", &body("x: u8", "f: func(); g: func();")),
        ("2.0.0", &body("x: u16", "f: func(); g: func();")),
        ("2.0.1", &body("x: u16", "/// Says more.\nf: func(); g: func();")),
    ])
}

/// The items of a text in their order.
fn order(text: &str) -> Vec<&str> {
    let rows = text.lines().skip_while(|line| !line.starts_with("item ")).skip(1).take_while(|line| !line.is_empty());
    rows.filter_map(|row| row.split_whitespace().next()).collect()
}

#[test]
fn the_most_settled_come_first() {
    let scratch = scratch();
    let listed = |arguments: &[&str]| -> Vec<String> {
        order(&scratch.stability(arguments).code(0).stdout).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(listed(&[]), ["j", "i"]);
    assert_eq!(listed(&["--sort", "name"]), ["i", "j"]);
    assert_eq!(listed(&["--sort", "broke"]), ["i", "j"]);
    assert_eq!(listed(&["--items", "types"]), ["j", "i", "i#r"]);
    assert_eq!(listed(&["--items", "packages"]), [""; 0]);
    let text = words(&scratch.stability(&["--verbose"]).stdout);
    assert!(text.contains("appeared in v1.0.0, grew in v1.1.0"), "{text}");
    assert!(text.contains("broke consumers in 1 release broke providers, who do not count, in 1 release"), "{text}");
    assert!(text.contains("last in v2.0.0 (2021-04-01), 1 release ago"), "{text}");
}

#[test]
fn for_whom_packages_break_that_answer_for_others() {
    let scratch = Scratch::releases(&[("1.0.0", F), ("1.1.0", FG)]);
    scratch.write("wit-diff.toml", "[packages.\"a:p\"]\nprotect = \"hosts\"\n");
    for format in ["text", "markdown", "html"] {
        let told = words(&scratch.stability(&["--format", format]).code(0).stdout);
        assert!(told.contains("2 releases, breaks count for hosts"), "{told}");
    }
    let text = words(&scratch.stability(&["--verbose"]).code(0).stdout);
    assert!(text.contains("broke providers in 1 release"), "{text}");
}

#[test]
fn what_is_gone_says_so_once() {
    let both = format!("{F} interface k {{ h: func(); }}");
    let scratch = Scratch::releases(&[("1.0.0", &both), ("1.0.1", F), ("1.0.2", F), ("1.0.3", &both)]);
    let page = scratch.stability(&["--format", "html"]).code(0).stdout;
    let page = Html::parse_document(&page);
    let cells = Selector::parse(".time tbody tr").unwrap();
    let unseen = Selector::parse(".unseen").unwrap();
    let row = page.select(&cells).find(|row| row.text().any(|text| text == "k")).unwrap();
    let told: Vec<String> = row.select(&unseen).map(|cell| cell.text().collect()).collect();
    assert_eq!(told, ["appeared", "gone", "appeared"], "in one release it is absent");
    let text = scratch.stability(&["v1.0.2", "--verbose"]).code(0).stdout;
    assert_eq!(text.matches("gone in v1.0.1").count(), 1, "{text}");
}

#[test]
fn colours_change_nothing_else() {
    let scratch = scratch();
    let colored = scratch.stability(&["--color", "always"]).stdout;
    let plain = scratch.stability(&[]).stdout;
    assert!(colored.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    let mut parts = colored.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    assert_eq!(parts.fold(first, |text, part| text + part.split_once('m').unwrap().1), plain);
}

#[test]
fn what_github_shows() {
    let markdown = scratch().stability(&["--format", "markdown"]).code(0).stdout;
    let row = markdown.lines().find(|line| line.starts_with("| `i` |")).unwrap();
    assert_eq!(row, "| `i` | **moving** | `v1.0.0` | 4 | 0 | 1 | `v2.0.0 (1 ago)` | 0 |  |");
    assert!(markdown.contains("## `a:p` `2.0.1`"), "{markdown}");
}

#[test]
fn the_picture_over_time() {
    let scratch = scratch();
    let page = scratch.stability(&["--format", "html"]).code(0).stdout;
    let page = Html::parse_document(&page);
    let texts = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let found = page.select(&selector).map(|found| found.text().collect::<String>());
        found.collect()
    };
    assert_eq!(texts(".time thead .at"), ["v1.0.0", "v1.1.0", "v2.0.0", "v2.0.1"]);
    assert_eq!(texts(".time tbody th"), ["the package", "j", "i"]);
    // The sign is for eyes, and the word for everybody else.
    let row = |at: usize| texts(&format!(".time tbody tr:nth-child({at}) .mk .unseen"));
    assert_eq!(row(2), ["appeared", "grew", "there", "documented"]);
    assert_eq!(row(3), ["appeared", "there", "broke", "there"]);
    let broke = Selector::parse(".time td.broke").unwrap();
    let titles = page.select(&broke).filter_map(|cell| cell.attr("title"));
    assert_eq!(titles.collect::<Vec<_>>(), ["broke in v2.0.0", "broke in v2.0.0"]);
    // Into a file, beside the text.
    scratch.stability(&["--output", "html=a.html", "--output", "json=a.json"]).code(0);
    assert_eq!(scratch.read("a.html"), scratch.stability(&["--format", "html"]).stdout);
    assert_eq!(scratch.read("a.json"), scratch.stability(&["--format", "json"]).stdout);
}

/// A long history is drawn where something happened.
#[test]
fn a_long_picture_is_cut() {
    let versions: Vec<String> = (0..50).map(|patch| format!("1.0.{patch}")).collect();
    let releases: Vec<(&str, &str)> =
        versions.iter().enumerate().map(|(at, version)| (version.as_str(), if at < 25 { F } else { FG })).collect();
    let page = Scratch::releases(&releases).stability(&["--format", "html"]).code(0).stdout;
    let document = Html::parse_document(&page);
    let columns = document.select(&Selector::parse(".time thead .at").unwrap()).count();
    assert_eq!(columns, 2, "it appeared and grew");
    assert!(page.contains("48 releases in which nothing happened"), "{page}");
}
