//! Where a format that needs a place shows a change: on the new side, if there is anything of it there.

use super::{
    ChangeReport, ErrorReport, ExcerptReport, InputKind, InputReport, PackageReport, PlaceReport, Report, places,
};

/// A place, and the revision that it is in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor<'a> {
    pub input: &'a InputReport,
    pub place: &'a PlaceReport,
    pub kind: Kind,
}

/// What stands at an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The item, on the new side.
    Item,
    /// What the item stood in, on the new side.
    Container,
    /// The item, on the old side: of its container nothing is left, or there is no text.
    Gone,
}

/// Where a change is shown; `None` where neither side has any text.
pub(super) fn anchor<'a>(
    report: &'a Report,
    package: &'a PackageReport,
    change: &'a ChangeReport,
) -> Option<Anchor<'a>> {
    let (old, new) = places::sides(report, package);
    let item = change.new.as_ref().map(|place| Anchor { input: new, place, kind: Kind::Item });
    let container = change.container.as_ref().map(|place| Anchor { input: new, place, kind: Kind::Container });
    let gone = change.old.as_ref().map(|place| Anchor { input: old, place, kind: Kind::Gone });
    item.or(container).or(gone)
}

/// The path of an anchor's file: relative, and without a `./`.
pub(super) fn path(anchor: &Anchor<'_>) -> String {
    named(relative(&places::path(anchor.input, anchor.place)))
}

/// The place of an error; `None` where it has no line.
pub(super) fn error_place(error: &ErrorReport) -> Option<PlaceReport> {
    let (file, line) = (error.file.clone()?, error.line?);
    let text = error.snippet.clone().unwrap_or_default();
    let excerpt = error.snippet.clone().map(|text| ExcerptReport { line, text, ..ExcerptReport::default() });
    Some(PlaceReport { file, line, column: error.column.unwrap_or(1), text, excerpt })
}

/// The side that an error is of, the new one where it is not of the old one alone.
pub(super) fn error_side<'a>(report: &'a Report, error: &ErrorReport) -> &'a InputReport {
    if error.side == "old" { &report.old } else { &report.new }
}

/// The path that stands for a whole package on the new side: its directory, or what was compared.
pub(super) fn whole(report: &Report, package: Option<&PackageReport>) -> String {
    let input = &report.new;
    let directory = package.and_then(|package| package.new_path.as_ref().or(package.old_path.as_ref()));
    let typed = match (input.kind, input.input.rsplit_once(':')) {
        (InputKind::Git, Some((_, path))) => path,
        (InputKind::Git, None) => "",
        (InputKind::Path | InputKind::Wasm, _) => input.input.as_str(),
    };
    let root = input.root.as_deref().unwrap_or(typed);
    named(match directory {
        Some(directory) => relative(&format!("{root}/{directory}")),
        None => relative(root),
    })
}

/// Formats want a path, and the top has none.
fn named(path: String) -> String {
    if path.is_empty() { "wit".into() } else { path }
}

/// Without what leads nowhere: `./` and `/` at the start, `/` and `/.` at the end.
fn relative(path: &str) -> String {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./").or_else(|| path.strip_prefix('/')) {
        path = rest;
    }
    while let Some(rest) = path.strip_suffix("/.").or_else(|| path.strip_suffix('/')) {
        path = rest;
    }
    if path == "." { String::new() } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_lead_down_from_the_top() {
        let cases = [
            ("./a/b.wit", "a/b.wit"),
            ("././/a.wit", "a.wit"),
            ("/a/b.wit", "a/b.wit"),
            ("a/./b", "a/./b"),
            ("a/.", "a"),
            (".", ""),
            ("./", ""),
            (".hidden/a", ".hidden/a"),
            ("../a", "../a"),
        ];
        for (path, expected) in cases {
            assert_eq!(relative(path), expected, "{path}");
        }
    }
}
