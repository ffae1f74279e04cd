//! Edits of WIT text: versions, and the gates that name them. Every byte that need not change stays.
//!
//! Edits are found by words and signs, never by text: what stands in comments and strings is left alone, layout and
//! line ends do not matter. A text that stops making sense is left alone from there on.
//!
//! ```
//! use wit_diff::version::edit::{apply, declarations, gates};
//! let text = "package a:b@1.0.0; // was 0.9\ninterface i {\n  @since(version = 1.0.1)\n  f: func();\n}\n";
//! let [old, early, new] = ["1.0.0", "1.0.1", "1.1.0"].map(|version| version.parse::<semver::Version>().unwrap());
//! let mut edits = declarations(text, "a:b", &old, &new);
//! edits.extend(gates(text, "a:b", "a:b", &|since| (*since == early).then(|| new.clone())));
//! assert_eq!(apply(text, &edits), text.replace("1.0.0", "1.1.0").replace("1.0.1", "1.1.0"));
//! ```
//!
//! Deliberately absent: which edits to make, and files.

mod gates;
mod since;
mod versions;

pub use gates::{gate_versions, gates};
pub use since::{add_since, sharers};
pub use versions::{declarations, references};

/// Replaces the bytes `start..end` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// The text with all edits made, in whatever order they are given.
///
/// Of edits that overlap or begin at the same byte, the one that begins first is made, and of those the one that was
/// given first. An edit that is not within the text, or that would cut a character in two, is not made.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.start);
    let mut result = String::with_capacity(text.len());
    let mut made = 0;
    let mut last = None;
    for edit in sorted {
        let is_free = edit.start >= made && last != Some(edit.start);
        let is_within = edit.start <= edit.end && text.is_char_boundary(edit.start) && text.is_char_boundary(edit.end);
        if let Some(between) = text.get(made..edit.start).filter(|_| is_free && is_within) {
            result.push_str(between);
            result.push_str(&edit.text);
            made = edit.end;
            last = Some(edit.start);
        }
    }
    result.push_str(text.get(made..).unwrap_or_default());
    result
}
