//! A package whose releases broke their promises: `wavs:types`, as people labelled it.

use super::*;
use semver::Version;
use std::fs;
use std::path::Path;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/corpus");

/// A commit and a tag for each version, in the order of the versions.
fn wavs() -> (Scratch, Vec<Version>) {
    let series = Path::new(CORPUS).join("wavs-types");
    let names = fs::read_dir(&series).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut versions: Vec<Version> = names.map(|name| name.parse().unwrap()).collect();
    versions.sort();
    let scratch = Scratch::repository();
    for version in &versions {
        scratch.git(&["rm", "-rqf", "--ignore-unmatch", "."]);
        for entry in fs::read_dir(series.join(version.to_string()).join("wit")).unwrap() {
            let path = entry.unwrap().path();
            scratch.write(&format!("wit/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
        }
        scratch.release(&format!("v{version}"));
    }
    (scratch, versions)
}

/// `(old, new, level, whether the bump honoured it)`, as people judged them by reading.
fn labels() -> Vec<(Version, Version, String)> {
    let table = fs::read_to_string(Path::new(CORPUS).join("LABELS.tsv")).unwrap();
    let rows = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let rows = rows.filter(|row| row[0] == "wavs-types");
    rows.map(|row| (row[1].parse().unwrap(), row[2].parse().unwrap(), row[5].to_owned())).collect()
}

#[test]
fn breaking_changes_under_minor_and_patch_versions() {
    let (scratch, versions) = wavs();
    let log = scratch.json(0, &[]);
    assert_eq!(log["revisions"], versions.len());
    let (mut broken, mut judged) = (0, 0);
    for (old, new, level) in labels() {
        // Pre-releases stand between some versions that people compared.
        let neighbours = versions.windows(2).any(|pair| pair == [old.clone(), new.clone()]);
        if !neighbours {
            continue;
        }
        judged += 1;
        let row = row(&log, "wavs:types", &format!("v{new}"));
        assert_eq!((text(&row["against"]), text(&row["level"])), (format!("v{old}"), level.clone()), "{row:#}");
        let is_major_bump = if old.major == 0 { new.minor > old.minor || new.major > 0 } else { new.major > old.major };
        let expected = if level == "major" && !is_major_bump { "insufficient" } else { "sufficient" };
        assert_eq!(row["version"]["verdict"], expected, "{row:#}");
        if expected == "insufficient" {
            broken += 1;
            let needs =
                if old.major == 0 { Version::new(0, old.minor + 1, 0) } else { Version::new(old.major + 1, 0, 0) };
            assert_eq!(row["version"]["required"], needs.to_string());
            assert!(row["counts"]["major"].as_u64().unwrap() > 0);
            scratch.log(&[]).prints(&format!("v{new}: major, declared {new} is insufficient, needs {needs}"));
        }
    }
    assert!(judged > 8 && broken > 5, "{judged} {broken}");
}

#[test]
fn what_broke_is_told() {
    let (scratch, _) = wavs();
    let log = scratch.json(0, &["v1.0.0..v1.1.0"]);
    let row = row(&log, "wavs:types", "v1.1.0");
    assert!(
        changes(row, "major")
            .iter()
            .any(|(rule, path)| { *rule == "record-field-retyped" && path.ends_with(".block-timestamp") }),
        "{row:#}"
    );
    scratch.log(&["v1.0.0..v1.1.0"]).code(0).prints("changed from `u64` to `option<u64>`");
    // A bump without a change is a row of its own: somebody declared something.
    let over = scratch.json(0, &["v1.4.1..v2.0.0", "--tags"]);
    let bumped = list(&named(&over, "wavs:types")["rows"]);
    assert!(bumped.iter().any(|row| row["revision"] == "v2.0.0"), "{over:#}");
}
