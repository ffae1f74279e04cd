//! What every page begins with: what it may do, what it looks like, and where names lead.

use super::sentence::text;
use crate::report::decision::Outcome;
use crate::report::log_words::Tone;
use crate::report::package::hash;
use crate::report::wire::Tool;
use crate::version::VersionVerdict;
use askama::filters::HtmlSafe;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fmt;

/// The head of a page.
pub(super) struct Head {
    pub title: String,
    pub tool: String,
    pub policy: String,
    pub icon: Own,
    pub style: Own,
    pub script: Own,
}

impl Head {
    pub fn new(title: &str, tool: &Tool, outcome: Outcome) -> Head {
        Head::styled(title, tool, outcome, STYLE)
    }

    /// The head of a page with pictures over time.
    pub fn with_pictures(title: &str, tool: &Tool, outcome: Outcome) -> Head {
        Head::styled(title, tool, outcome, PICTURES)
    }

    fn styled(title: &str, tool: &Tool, outcome: Outcome, style: &'static str) -> Head {
        // Nothing is loaded, and nothing runs but what stands here.
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
            digest(style),
            digest(SCRIPT)
        );
        Head {
            title: text(title),
            tool: text(&format!("{} {}", tool.name, tool.version)),
            policy,
            icon: Own(icon(outcome)),
            style: Own(style),
            script: Own(SCRIPT),
        }
    }
}

/// The word, the class and the sign of how a report ends.
pub(super) fn sign(outcome: Outcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        Outcome::Passes => ("passes", "good", "✓"),
        Outcome::Fails => ("fails", "bad", "✗"),
        Outcome::Undetermined => ("undetermined", "unknown", "?"),
    }
}

/// The class and the sign of how something is to be taken.
pub(super) fn mark(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Good => ("good", "✓"),
        Tone::Unknown => ("unknown", "?"),
        Tone::Bad => ("bad", "✗"),
    }
}

/// How a verdict is to be taken.
pub(super) fn tone(verdict: VersionVerdict) -> Tone {
    match verdict {
        VersionVerdict::Sufficient | VersionVerdict::PreRelease => Tone::Good,
        VersionVerdict::Insufficient | VersionVerdict::UnchangedVersion | VersionVerdict::WentBackwards => Tone::Bad,
        VersionVerdict::Unversioned | VersionVerdict::Undetermined => Tone::Unknown,
    }
}

/// A text of our own, which stands as it is.
#[derive(Clone, Copy)]
pub(super) struct Own(&'static str);

impl fmt::Display for Own {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

impl HtmlSafe for Own {}

/// Names of places in a page, each given once.
#[derive(Default)]
pub(super) struct Ids(HashSet<String>);

impl Ids {
    /// A name with this beginning, made of what is fit for an address.
    pub fn take(&mut self, prefix: &str, name: &str) -> String {
        const LONGEST: usize = 80;
        let mut slug: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
        if slug.is_empty() || slug.len() > LONGEST {
            slug = hash(name);
        }
        let mut id = format!("{prefix}-{slug}");
        let mut next = 2;
        while !self.0.insert(id.clone()) {
            id = format!("{prefix}-{slug}-{next}");
            next += 1;
        }
        id
    }
}

const STYLE: &str = include_str!("style.css");
const PICTURES: &str = concat!(include_str!("style.css"), include_str!("stability.css"));
const SCRIPT: &str = include_str!("script.js");

/// As a content security policy names it.
fn digest(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A dot in a tab tells how it ended.
fn icon(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passes => {
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' \
             r='7' fill='%23238551'/%3E%3Cpath d='M4.5 8.2 7 10.7l4.5-5' fill='none' stroke='white' stroke-width='2'/%3E\
             %3C/svg%3E"
        }
        Outcome::Fails => {
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' \
             r='7' fill='%23c5281f'/%3E%3Cpath d='m5 5 6 6m0-6-6 6' fill='none' stroke='white' stroke-width='2'/%3E\
             %3C/svg%3E"
        }
        Outcome::Undetermined => {
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' \
             r='7' fill='%23b7791f'/%3E%3Cpath d='M8 4v5m0 1.5V12' fill='none' stroke='white' stroke-width='2'/%3E\
             %3C/svg%3E"
        }
    }
}
