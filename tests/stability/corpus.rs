//! Histories of the corpus, as those see them who know them: a release every two months or so.

use super::*;

/// A repository that releases what the corpus has of a series.
fn series(name: &str, versions: &[&str]) -> Scratch {
    let scratch = Scratch::repository();
    let corpus = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/corpus")).join(name);
    for (step, version) in versions.iter().enumerate() {
        let _ = std::fs::remove_dir_all(scratch.path().join("wit"));
        copy(&corpus.join(version).join("wit"), &scratch.path().join("wit"));
        scratch.step(step, &format!("v{version}"));
    }
    scratch
}

fn copy(from: &std::path::Path, into: &std::path::Path) {
    std::fs::create_dir_all(into).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = into.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn an_extension_api_keeps_moving() {
    let versions = ["0.0.1", "0.0.4", "0.0.6", "0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0", "0.6.0"];
    let report = series("zed-extension", &versions).json(0, &[]);
    assert_eq!(short(&report, "zed:extension"), "moving 9 1 7");
    assert_eq!(short(&report, "zed:extension/extension"), "moving 9 1 7");
    // What it stands on has not changed since the first day.
    for path in ["platform", "github", "nodejs", "platform#os"] {
        let path = format!("zed:extension/{path}");
        assert_eq!(item(&report, &path)["class"], "settled", "{path}");
    }
    assert_eq!(short(&report, "zed:extension/dap"), "new 1 0 0");
}

#[test]
fn a_package_of_types_that_moves_around_a_settled_core() {
    let versions = [
        "0.5.0-alpha.15",
        "0.5.0",
        "0.5.1",
        "0.6.0-alpha.15",
        "1.0.0",
        "1.1.0",
        "1.2.0",
        "1.2.1",
        "1.3.0",
        "1.4.0",
        "1.4.1",
        "2.0.0-alpha.1",
        "2.0.0",
        "2.1.0",
        "2.2.0",
        "2.3.0",
        "2.4.0",
    ];
    let report = series("wavs-types", &versions).json(0, &[]);
    assert_eq!(lines(&report, "wavs:types"), ["2.4.0 goes-on 14+3"]);
    for (path, class) in
        [("core", "settled"), ("core#timestamp", "settled"), ("service", "moving"), ("service#service", "moving")]
    {
        let path = format!("wavs:types/{path}");
        assert_eq!(item(&report, &path)["class"], class, "{path}");
    }
    // What the types of a service are made of breaks them, too.
    let broke = |path: &str| item(&report, path)["broke"].as_u64().unwrap();
    assert!(broke("wavs:types/service#service") >= broke("wavs:types/service#workflow"));
}
