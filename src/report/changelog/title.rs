//! What the heading of a section says: of which package and version it is.

use super::ChangelogSection;
use semver::Version;

/// A heading, as far as it is one of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// `None` where it names none.
    pub package: Option<String>,
    pub version: Named,
    pub is_dated: bool,
}

/// What stands for the version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Version(Version),
    Unreleased,
    Unversioned,
    Removed,
}

/// How plain versions are written in a file: `## [0.2.9]`, `## v0.2.9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    is_bracketed: bool,
    has_v: bool,
}

impl Title {
    /// Reads the words of a heading: `[0.2.9] - 2026-01-01`, `v0.2.9`, `wasi:http 0.2.9`, `wasi:http@0.2.9`.
    pub fn read(words: &str) -> Option<Title> {
        let words = words.replace(['[', ']'], " ");
        let mut words =
            words.split_whitespace().flat_map(|word| word.split('@')).filter(|word| !word.is_empty()).peekable();
        let package = words.next_if(|word| word.contains(':') && !word.ends_with(':')).map(str::to_owned);
        let _ = words.next_if(|word| word.eq_ignore_ascii_case("version") || word.eq_ignore_ascii_case("release"));
        let word = words.next()?;
        let version = match word.to_ascii_lowercase().as_str() {
            "unreleased" => Named::Unreleased,
            "(unversioned)" if package.is_some() => Named::Unversioned,
            "(removed)" if package.is_some() => Named::Removed,
            _ => Named::Version(Version::parse(word.strip_prefix('v').unwrap_or(word)).ok()?),
        };
        Some(Title { package, version, is_dated: words.any(is_date) })
    }

    /// Whether it is the title of a section, of one package or, where `plain` says so, of the only one.
    pub fn is_of(&self, section: &ChangelogSection, plain: bool) -> bool {
        self.is_about(&section.package, plain) && self.version == named(section)
    }

    /// Whether it is of a package, whatever its version.
    pub fn is_about(&self, package: &str, plain: bool) -> bool {
        self.package.as_deref().map_or(plain, |name| name == package)
    }
}

/// What stands for the version of a section.
pub(super) fn named(section: &ChangelogSection) -> Named {
    match section.version.as_deref().map(Version::parse) {
        Some(Ok(version)) => Named::Version(version),
        _ if section.is_removed => Named::Removed,
        _ => Named::Unversioned,
    }
}

impl Style {
    /// That of a heading without a package.
    pub fn of(heading: &str) -> Style {
        let words = heading.trim_start_matches(['#', ' ']);
        let is_bracketed = words.starts_with('[');
        Style { is_bracketed, has_v: words.trim_start_matches('[').starts_with('v') }
    }

    /// A heading of that style.
    pub fn heading(self, version: &str, date: Option<&str>) -> String {
        let v = if self.has_v { "v" } else { "" };
        let version = if self.is_bracketed { format!("[{v}{version}]") } else { format!("{v}{version}") };
        let date = date.map_or(String::new(), |date| format!(" - {date}"));
        format!("## {version}{date}")
    }
}

/// The heading without what stands there until its day is known: `- Unreleased`, `(TBD)`, `-`.
pub(super) fn without_placeholder(heading: &str) -> &str {
    let mut rest = heading.trim_end();
    let is_mark = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2014}' | ':' | '(' | ')' | '[' | ']' | '_' | '*');
    if let Some((before, word)) = rest.rsplit_once(char::is_whitespace) {
        let word = word.trim_matches(is_mark).to_ascii_lowercase();
        if matches!(word.as_str(), "" | "unreleased" | "tbd" | "tba" | "yyyy-mm-dd") {
            rest = before.trim_end();
        }
    }
    rest.trim_end_matches([' ', '-', '\u{2013}', '\u{2014}'])
}

fn is_date(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let shape: String = word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

#[cfg(test)]
mod tests {
    use super::{Named, Style, Title};

    #[test]
    fn headings_that_people_write() {
        let version = |text: &str| Named::Version(text.parse().unwrap());
        for (words, package, named, is_dated) in [
            ("[0.2.9] - 2026-01-01", None, version("0.2.9"), true),
            ("0.2.9", None, version("0.2.9"), false),
            ("v0.2.9 (2026-01-01)", None, version("0.2.9"), true),
            ("Version 0.2.9-rc.1", None, version("0.2.9-rc.1"), false),
            ("wasi:http 0.2.9", Some("wasi:http"), version("0.2.9"), false),
            ("[wasi:http 0.2.9] [YANKED]", Some("wasi:http"), version("0.2.9"), false),
            ("wasi:http@0.2.9 - 2026-01-01", Some("wasi:http"), version("0.2.9"), true),
            ("[Unreleased]", None, Named::Unreleased, false),
            ("my:pkg (unversioned)", Some("my:pkg"), Named::Unversioned, false),
            ("my:pkg (removed)", Some("my:pkg"), Named::Removed, false),
        ] {
            let package = package.map(str::to_owned);
            assert_eq!(Title::read(words), Some(Title { package, version: named, is_dated }), "{words}");
        }
        for words in ["", "Notes", "0.2", "About 0.2.9", "Breaking: 1.0.0", "(removed)"] {
            assert_eq!(Title::read(words), None, "{words}");
        }
    }

    #[test]
    fn headings_in_the_style_of_a_file() {
        for (before, expected) in [
            ("## [0.1.0] - 2026-01-01", "## [0.2.0] - 2026-02-02"),
            ("## v0.1.0", "## v0.2.0 - 2026-02-02"),
            ("##  [v0.1.0](x)", "## [v0.2.0] - 2026-02-02"),
        ] {
            assert_eq!(Style::of(before).heading("0.2.0", Some("2026-02-02")), expected);
        }
    }
}
