//! Text from outside, and sentences that quote it.

use crate::report::escape::clean;
use crate::report::places;
use crate::report::wire::*;
use askama::Template;
use askama::filters::HtmlSafe;

/// A line from outside in which nothing acts unseen. Templates escape it.
pub(super) fn text(line: &str) -> String {
    clean(line)
}

/// The same for several lines.
pub(super) fn lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

/// A sentence in which what stands between backticks is code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(
    source = "{% for (is_code, text) in pieces %}{% if *is_code %}<code>{{ text }}</code>{% else %}{{ text }}{% endif %}{% endfor %}",
    ext = "html"
)]
pub(super) struct Sentence {
    pieces: Vec<(bool, String)>,
}

impl HtmlSafe for Sentence {}

impl Sentence {
    pub fn new(sentence: &str) -> Sentence {
        let sentence = clean(sentence);
        let parts: Vec<&str> = sentence.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return Sentence { pieces: vec![(false, sentence)] };
        }
        let piece = |(at, part): (usize, &&str)| (at % 2 == 1, (*part).to_owned());
        Sentence { pieces: parts.iter().enumerate().map(piece).filter(|(_, part)| !part.is_empty()).collect() }
    }
}

/// A place with a link to its line, where that is known.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<span class="place">{% if !side.is_empty() %}<span class="soft">{{ side }}</span> {% endif %}{% match address %}{% when Some with (address) %}<a href="{{ address }}" rel="noopener noreferrer">{{ place }}</a>{% when None %}{{ place }}{% endmatch %}</span>"#,
    ext = "html"
)]
pub(super) struct Where {
    side: &'static str,
    place: String,
    address: Option<String>,
}

impl HtmlSafe for Where {}

impl Where {
    pub fn new(side: &'static str, input: &InputReport, place: &PlaceReport) -> Where {
        Where {
            side,
            place: text(&format!("{}:{}:{}", place.file, place.line, place.column)),
            // What does not lead to a site leads nowhere.
            address: places::address(input, place).filter(|address| address.starts_with("https://")).map(|a| text(&a)),
        }
    }
}

/// One party of a change, and how it fares.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<span class="party{% if breaks %} breaks{% endif %}"><span aria-hidden="true">{% if breaks %}✗{% else %}✓{% endif %}</span> <b>{{ name }}</b> {{ how }}</span> "#,
    ext = "html"
)]
pub(super) struct Party {
    pub name: &'static str,
    pub breaks: bool,
    how: &'static str,
}

impl HtmlSafe for Party {}

/// Both parties, users first.
pub(super) fn parties(link: PartiesReport, source: PartiesReport) -> Vec<Party> {
    let pair = |parties: PartiesReport| match parties {
        PartiesReport::Interface(p) => [("consumers", p.consumers), ("providers", p.providers)],
        PartiesReport::World(p) => [("guests", p.guests), ("hosts", p.hosts)],
    };
    let party = |((name, link), (_, source)): ((&'static str, crate::verdict::Verdict), (&str, _))| {
        let (breaks, how) = match (link.is_breaking(), crate::verdict::Verdict::is_breaking(source)) {
            (false, false) => (false, "compatible"),
            (true, true) => (true, "break on link and source"),
            (true, false) => (true, "break on link; source compiles"),
            (false, true) => (true, "break on source; still link"),
        };
        Party { name, breaks, how }
    };
    pair(link).into_iter().zip(pair(source)).map(party).collect()
}

/// What was typed, which commit that is, and how it was found.
pub(super) fn side(input: &InputReport) -> String {
    let short: Option<String> = input.commit.as_ref().map(|commit| commit.chars().take(7).collect());
    let short = short.filter(|commit| !input.input.contains(commit.as_str()));
    let facts: Vec<String> = [short, input.how.clone()].into_iter().flatten().collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
    text(&format!("{}{facts}", input.input))
}
