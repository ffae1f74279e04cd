//! What is told of capabilities, however narrow the page and whatever the names are.

use super::complete::Complete;
use super::*;
use wit_diff::capability::Power;
use wit_diff::report::{TextOptions, capabilities_to_markdown, capabilities_to_text, to_text};

/// Twenty worlds that each import another part of ten interfaces.
fn many() -> Scratch {
    let scratch = Scratch::empty();
    let mut text = String::from("package acme:platform@1.0.0;\n");
    for interface in 0..10 {
        text.push_str(&format!("interface capability-number{interface} {{ f: func(); }}\n"));
    }
    for world in 0..20 {
        let imports = (0..10).filter(|interface| (world + interface) % 3 == 0);
        let imports: Vec<String> = imports.map(|i| format!("import capability-number{i};")).collect();
        text.push_str(&format!("world world{world:02} {{ {} }}\n", imports.join(" ")));
    }
    scratch.write("a.wit", text);
    scratch
}

#[test]
fn twenty_worlds_fit_a_narrow_page() {
    let scratch = many();
    let mut command = scratch.binary(&["capabilities", "a.wit"]);
    let text = Run::by(command.env("COLUMNS", "60")).code(0).stdout;
    assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("acme:platform/capability")).collect();
    assert_eq!(rows.len(), 10, "{text}");
    // The world that stands first in the legend has the letter `a`.
    assert!(text.contains("a  world00\n"), "{text}");
    for (interface, row) in rows.iter().enumerate() {
        let letters = row.split_whitespace().last().unwrap();
        for (world, letter) in letters.chars().enumerate() {
            let expected = if (world + interface) % 3 == 0 { char::from(b'a' + world as u8) } else { '.' };
            assert_eq!(letter, expected, "world {world} in {row}");
        }
    }
    let markdown = Run::by(&mut scratch.binary(&["capabilities", "a.wit", "--format", "markdown"])).code(0).stdout;
    assert!(markdown.contains("| `acme:platform/capability-number0` |"), "{markdown}");
}

/// Worlds go by the names that are printed, and their versions tell them apart.
#[test]
fn a_world_goes_by_its_version_too() {
    let scratch = Scratch::empty();
    let package = |version: &str, more: &str| {
        format!(
            "package a:p@{version}; interface i {{ f: func(); {more} }} world w {{ import i; }} world v {{ import i; }}"
        )
    };
    scratch.write("one/a.wit", package("1.0.0", "")).write("two/a.wit", package("2.0.0", "g: func(); h: func();"));
    let table =
        |arguments: &[&str]| Run::by(&mut scratch.binary(&[&["capabilities", "."], arguments].concat())).code(0).stdout;
    // Four worlds: what the least and the most can call of it.
    assert!(table(&[]).lines().any(|line| line.starts_with("a:p/i ") && line.contains("1–3")), "{}", table(&[]));
    let one = table(&["--world", "a:p/w@2.0.0", "--format", "json"]);
    let worlds: Value = serde_json::from_str(&one).unwrap();
    assert_eq!(worlds["worlds"].as_array().unwrap().len(), 1);
    assert_eq!(worlds["worlds"][0]["version"], "2.0.0");
}

#[test]
fn nothing_from_outside_acts() {
    for strange in ["\u{1b}[31m\u{202e}", "::error::x", "a\r\nb\u{0}", "| x | `y` @someone"] {
        let complete = Complete(strange);
        let options = TextOptions { verbose: true, ..TextOptions::default() };
        let report = complete.capable();
        let texts = [
            capabilities_to_text(&report, &options),
            capabilities_to_text(&report, &TextOptions::default()),
            capabilities_to_markdown(&report),
            to_text(&complete.report(), &options),
        ];
        for text in texts {
            assert!(!text.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{text:?}");
            // Where a place is drawn, `:::` comes before a second one.
            let begins = |line: &str| line.trim_start().starts_with("::") && !line.trim_start().starts_with("::: ");
            assert!(!text.lines().any(begins), "{text}");
        }
    }
}

/// The pull request comment tells it near its top, and what it came through.
#[test]
fn the_comment_says_what_a_world_gained() {
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/cases/capability/network-gained");
    let (old, new) = (format!("{case}/old"), format!("{case}/new"));
    let arguments = ["compare", &old, &new, "--format", "markdown"];
    let text = Run::by(&mut Scratch::empty().binary(&arguments)).code(0).stdout;
    let told = text.find("`command` now reaches the network: `wasi:sockets/tcp`").expect(&text);
    assert!(told < text.find("\n###").unwrap_or(text.len()), "{text}");
    for sentence in [
        "`some` now reaches the network through `wasi:sockets/tcp`, too",
        "`gone` no longer reaches the network: `wasi:sockets/udp`",
        "the new world `fresh` reaches the network, and can call `report`",
    ] {
        assert!(text.contains(sentence), "no {sentence:?} in {text}");
    }
}

/// The guide names all that names are known to give.
#[test]
fn the_guide_has_the_table_of_what_names_give() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/guide/src/capabilities.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (begin, end) = (text.find("<!-- powers").unwrap(), text.find("<!-- end of powers -->").unwrap());
    let head = text[begin..].lines().next().unwrap();
    let mut table = format!("{head}\n\n| `gives` | interfaces |\n|---|---|\n");
    for power in Power::ALL {
        let word = serde_json::to_value(power).unwrap();
        let names: Vec<String> = power.given_by().map(|name| format!("`{name}`")).collect();
        assert!(!names.is_empty(), "nothing gives {word}");
        table.push_str(&format!("| `{}` | {} |\n", word.as_str().unwrap(), names.join(", ")));
    }
    let expected = format!("{}{table}\n{}", &text[..begin], &text[end..]);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, expected).unwrap();
    } else {
        assert!(text == expected, "BLESS=1 writes the table of {path}");
    }
}
