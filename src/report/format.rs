//! The formats of a report: one name each, and one function that makes it.

use super::{Report, TextOptions, to_json, to_text};
#[cfg(feature = "formats")]
use super::{to_github, to_gitlab, to_html, to_junit, to_markdown, to_sarif};
use crate::verdict::Level;

/// A format of the report on a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For people, at a terminal.
    Text,
    /// For programs: one object, as the report contract defines it.
    Json,
    /// For people, in a comment on a pull request.
    #[cfg(feature = "formats")]
    Markdown,
    /// For people, in a browser: one file.
    #[cfg(feature = "formats")]
    Html,
    /// For code scanning: SARIF 2.1.0.
    #[cfg(feature = "formats")]
    Sarif,
    /// For test reporting: JUnit's XML.
    #[cfg(feature = "formats")]
    Junit,
    /// For GitHub Actions: annotations, as workflow commands.
    #[cfg(feature = "formats")]
    Github,
    /// For GitLab: a Code Quality report.
    #[cfg(feature = "formats")]
    Gitlab,
}

/// How reports are rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderOptions {
    /// How text is laid out.
    pub text: TextOptions,
    /// The lowest level of what [`Format::Github`] annotates.
    pub annotate: Level,
}

impl Default for RenderOptions {
    fn default() -> RenderOptions {
        RenderOptions { text: TextOptions::default(), annotate: Level::Major }
    }
}

impl Format {
    /// Every format.
    pub const ALL: &[Format] = &[
        Format::Text,
        Format::Json,
        #[cfg(feature = "formats")]
        Format::Markdown,
        #[cfg(feature = "formats")]
        Format::Html,
        #[cfg(feature = "formats")]
        Format::Sarif,
        #[cfg(feature = "formats")]
        Format::Junit,
        #[cfg(feature = "formats")]
        Format::Github,
        #[cfg(feature = "formats")]
        Format::Gitlab,
    ];

    /// What users call it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            #[cfg(feature = "formats")]
            Format::Markdown => "markdown",
            #[cfg(feature = "formats")]
            Format::Html => "html",
            #[cfg(feature = "formats")]
            Format::Sarif => "sarif",
            #[cfg(feature = "formats")]
            Format::Junit => "junit",
            #[cfg(feature = "formats")]
            Format::Github => "github",
            #[cfg(feature = "formats")]
            Format::Gitlab => "gitlab",
        }
    }
}

/// The report in a format, with a line break at its end; the same bytes for the same report and options.
///
/// Whatever in it comes from outside (documentation, names, paths, tags) has no effect in the format but to be read.
///
/// ```
/// use wit_diff::report::{Format, RenderOptions, render};
/// let report = wit_diff::pipeline::run("old.wit", "new.wit", &Default::default());
/// assert!(render(&report, Format::Json, &RenderOptions::default()).starts_with('{'));
/// ```
pub fn render(report: &Report, format: Format, options: &RenderOptions) -> String {
    match format {
        Format::Text => to_text(report, &options.text),
        Format::Json => to_json(report),
        #[cfg(feature = "formats")]
        Format::Markdown => to_markdown(report),
        #[cfg(feature = "formats")]
        Format::Html => to_html(report),
        #[cfg(feature = "formats")]
        Format::Sarif => to_sarif(report),
        #[cfg(feature = "formats")]
        Format::Junit => to_junit(report),
        #[cfg(feature = "formats")]
        Format::Github => to_github(report, options.annotate),
        #[cfg(feature = "formats")]
        Format::Gitlab => to_gitlab(report),
    }
}
