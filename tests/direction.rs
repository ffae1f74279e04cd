//! Modules import only from their left: reading, resolving, comparing, judging and reporting go one way.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from left to right.
const ORDER: [&str; 23] = [
    "error",
    "memo",
    "syntax",
    "reduce",
    "verdict",
    "rule",
    "version",
    "accepted",
    "revision",
    "surface",
    "cost",
    "capability",
    "config",
    "change",
    "compare",
    "judge",
    "validator",
    "witness",
    "advise",
    "report",
    "pipeline",
    "embed",
    "cli",
];

/// Libraries that only these modules may know.
const KEPT: [(&str, &[&str]); 22] = [
    ("toml", &["config"]),
    ("toml_edit", &["config"]),
    ("ignore", &["revision"]),
    ("git2", &["revision"]),
    ("tempfile", &["revision", "cli"]),
    ("wit_parser", &["surface", "cost", "validator", "embed"]),
    ("wit_component", &["validator"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("annotate_snippets", &["report"]),
    ("comfy_table", &["report"]),
    ("pulldown_cmark", &["report"]),
    ("quick_junit", &["report"]),
    ("serde_sarif", &["report"]),
    // What is written as it stands, derives its schema where it stands.
    ("schemars", &["report", "verdict", "version", "capability"]),
    ("askama", &["report"]),
    ("base64", &["report"]),
    ("rust_sugiyama", &["report"]),
    ("sha2", &["report"]),
    ("std::fs", &["revision"]),
];

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module of a file, and its text without comments.
fn modules() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30, "the sources are not where they belong");
    (files.into_iter())
        .map(|file| {
            let inside = file.strip_prefix(&root).unwrap().components().next().unwrap();
            let module = inside.as_os_str().to_string_lossy().trim_end_matches(".rs").to_string();
            let text = fs::read_to_string(&file).unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            (module, file, code.join("\n"))
        })
        .collect()
}

#[test]
fn imports_point_to_the_left() {
    let place = |module: &str| ORDER.iter().position(|&name| name == module);
    for (module, file, code) in modules() {
        let Some(here) = place(&module) else {
            assert!(["lib", "main"].contains(&module.as_str()), "{module} has no place in the order");
            continue;
        };
        for used in code.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let there = place(&used).unwrap_or_else(|| panic!("{}: `crate::{used}` has no place", file.display()));
            assert!(there <= here, "{}: {module} imports from {used}, to its right", file.display());
        }
    }
}

#[test]
fn libraries_are_known_to_few_modules() {
    for (module, file, code) in modules() {
        for (library, keepers) in KEPT {
            let uses = code.contains(&format!("{library}::"));
            let is_output = library == "std::fs" && module == "cli";
            assert!(
                !uses || keepers.contains(&module.as_str()) || is_output,
                "{}: {library} belongs to {keepers:?}",
                file.display()
            );
        }
    }
}
