//! Every golden of the repository that is JSON of the tool.

use super::*;

/// Every file below a directory that ends in `.json`.
fn documents(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
}

/// What a document is, by what only it has; none where another tool defines it.
fn kind(document: &Value) -> Option<SchemaKind> {
    let has = |field: &str| document.get(field).is_some();
    match () {
        () if !has("schema_version") => None,
        () if has("old") && has("level") => Some(SchemaKind::Report),
        () if has("input") && has("by") => Some(SchemaKind::Log),
        () if has("input") && has("length") => Some(SchemaKind::Cost),
        () if has("input") => Some(SchemaKind::List),
        () if has("files") => Some(SchemaKind::Bump),
        () => panic!("of no kind: {document:#}"),
    }
}

/// Every golden, with its kind and path.
pub fn all() -> Vec<(SchemaKind, String, Value)> {
    let mut paths = Vec::new();
    documents(&root().join("testdata"), &mut paths);
    paths.sort();
    (paths.into_iter())
        .filter_map(|path| {
            // What fuzzers are fed with is no golden.
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            let document: Value = serde_json::from_str(&text).ok().filter(|_| !name.contains("/fuzz/"))?;
            Some((kind(&document)?, name, document))
        })
        .collect()
}

#[test]
fn every_golden_is_valid() {
    let report = validator(&closed(SchemaKind::Report));
    let list = validator(&closed(SchemaKind::List));
    let mut names = BTreeSet::new();
    for (kind, name, document) in all() {
        match kind {
            SchemaKind::Report => is_valid(&report, &document, &name),
            SchemaKind::List => is_valid(&list, &document, &name),
            kind => is_valid(&validator(&closed(kind)), &document, &name),
        }
        names.insert(name);
    }
    for case in pairs::cases() {
        assert!(names.contains(&format!("testdata/cases/{}/report.json", case.name)), "{}", case.name);
    }
    for name in ["check-failed", "list"] {
        assert!(names.contains(&format!("testdata/report/{name}.json")), "{name}");
    }
}
