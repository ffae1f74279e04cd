//! Where a place stands for those who look at the whole repository: its path from the top, and its address.

use super::{InputReport, PackageReport, PlaceReport, Report};

/// The two sides of a package. A package may have a base of its own.
pub(super) fn sides<'a>(report: &'a Report, package: &'a PackageReport) -> (&'a InputReport, &'a InputReport) {
    (package.base.as_ref().unwrap_or(&report.old), &report.new)
}

/// The path of a place's file seen from the top of the repository, or from where the input counts if that is not known.
pub(super) fn path(input: &InputReport, place: &PlaceReport) -> String {
    match input.root.as_deref() {
        None | Some("" | ".") => place.file.clone(),
        Some(root) => format!("{}/{}", root.trim_end_matches('/'), place.file),
    }
}

/// The address of a place's line, percent-encoded; `None` where that of its repository is not known.
pub(super) fn address(input: &InputReport, place: &PlaceReport) -> Option<String> {
    let (address, _) = (input.address.as_ref()?, input.root.as_ref()?);
    Some(format!("{address}/{}#L{}", encoded(&path(input, place)), place.line))
}

/// A path as a part of an address, as RFC 3986 has it.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
