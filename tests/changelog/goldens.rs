//! What changelogs say of real packages.

use super::*;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;

/// Series of the corpus, with the versions that are told.
const TOLD: [(&str, &[(&str, &str)]); 5] = [
    ("wasi-http", &[("0.2.0", "0.2.8"), ("0.2.8", "0.3.0")]),
    ("wasi-cli", &[("0.2.0", "0.2.12"), ("0.3.0-rc-2026-03-15", "0.3.0")]),
    ("wasi-random", &[("0.3.0-rc-2026-02-09", "0.3.0-rc-2026-03-15")]),
    ("wavs-types", &[("1.3.0", "1.4.0"), ("1.0.0", "1.1.0")]),
    ("zed-extension", &[("0.5.0", "0.6.0")]),
];

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/changelog")
}

#[test]
fn real_packages() {
    let bless = env::var_os("BLESS").is_some();
    assert!(!bless || env::var_os("CI").is_none(), "goldens are looked at before they are blessed: not in CI");
    let mut wrong = Vec::new();
    let mut known = BTreeSet::new();
    for (series, versions) in TOLD {
        for (old, new) in versions {
            let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/corpus").join(series);
            let pair = pairs::corpus_pair(&corpus, old, new);
            let report =
                pipeline::run(&pair.old.display().to_string(), &pair.new.display().to_string(), &Options::default());
            let found = changelog_to_markdown(&sections(&report));
            assert!(!found.is_empty(), "{series} {old} {new}");
            let name = format!("{series}-{old}-{new}.md");
            let golden = directory().join(&name);
            known.insert(name.clone());
            if bless {
                fs::create_dir_all(directory()).unwrap();
                fs::write(&golden, found).unwrap();
                continue;
            }
            let expected = fs::read_to_string(&golden).unwrap_or_default();
            if expected != found {
                let difference = similar::TextDiff::from_lines(expected.as_str(), &found);
                wrong.push(format!("{name} differs:\n{}", difference.unified_diff()));
            }
        }
    }
    assert!(wrong.is_empty(), "BLESS=1 rewrites these:\n{}", wrong.join("\n"));
    let found: BTreeSet<String> =
        fs::read_dir(directory()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(found, known, "goldens that no test reads");
}
