//! The report as SARIF 2.1.0: one run, a result for each change, and the rules that these results are of.
//!
//! A result is an error where the package fails because of it, or where it breaks and no version says so; a warning where
//! it breaks and the version says so, or where a gate is to be mended; else a note. Code scanning shows every result as
//! something to do, whatever its `kind`, and so a break that is announced as it should be does not fail a pull request.
//!
//! Rules of which there is no result are left out: all of them together weigh more than most reports.

use super::accepted::warnings;
use super::anchor::{self, Anchor, Kind, anchor};
use super::decision::{self, Outcome, outcome, quoted};
use super::escape::clean;
use super::identify::Identities;
use super::profile;
use super::tell::{cut, sentence, tell, unread};
use super::weigh::{Scale, Weight};
use super::words::Subject;
use super::{
    AcceptedReport, ChangeReport, ErrorReport, InputReport, PackageReport, PartiesReport, PlaceReport, Report, places,
    span,
};
use crate::rule::{self, Rule};
use serde_json::{Value, json};
use serde_sarif::sarif;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What the file says it is.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Where there is more about the tool.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// Files with more results are rejected by GitHub's code scanning.
const RESULTS: usize = 25_000;

/// So many of the items that a change reaches are listed.
const REACHED: usize = 100;

/// So many characters of a source line are shown.
const LINE: usize = 500;

/// The top of the new revision's repository.
const NEW: &str = "%SRCROOT%";

/// The name under which a result tells which change it is, from commit to commit.
const FINGERPRINT: &str = "witDiff/v1";

/// What GitHub's code scanning tells alerts apart by. Where it is absent, uploading fills it in from the text of the line.
const LINE_HASH: &str = "primaryLocationLineHash";

/// The report as SARIF 2.1.0.
pub fn to_sarif(report: &Report) -> String {
    let rules = Rules::of(report);
    let mut bases = Bases { report, others: Vec::new() };
    let (results, left_out) = results(report, &rules, &mut bases);
    let mut driver = sarif::ToolComponent::builder()
        .name(clean(&report.tool.name))
        .semantic_version(clean(&report.tool.version))
        .rules(rules.descriptors())
        .build();
    driver.information_uri = Some(HOME).filter(|home| !home.is_empty()).map(str::to_owned);
    let invocation = invocation(report, left_out, &mut bases);
    let mut run = sarif::Run::builder()
        .tool(driver)
        .column_kind("unicodeCodePoints")
        .invocations(vec![invocation])
        .results(results)
        .original_uri_base_ids(bases.ids())
        .properties(bag(&[
            ("headline", json!(clean(&decision::decision(report, |name| format!("`{name}`"), str::to_owned)))),
            ("protect", json!(report.protect.word())),
            ("level", json!(report.level)),
        ]))
        .build();
    let provenance = bases.provenance();
    run.version_control_provenance = (!provenance.is_empty()).then_some(provenance);
    let sarif = sarif::Sarif::builder().schema(SCHEMA.to_owned()).version("2.1.0").runs(vec![run]).build();
    super::json::indented(&sarif)
}

/// The rules that there are results of, in the order of the rule table.
struct Rules<'a>(Vec<(&'a str, Option<&'static Rule>)>);

impl<'a> Rules<'a> {
    fn of(report: &'a Report) -> Rules<'a> {
        let changes = report.packages.iter().flat_map(|package| &package.changes);
        let mut found: BTreeSet<&str> = changes.map(|change| change.rule.as_str()).collect();
        let known = rule::all().filter(|rule| found.remove(rule.id)).map(|rule| (rule.id, Some(rule))).collect();
        let mut rules = Rules(known);
        rules.0.extend(found.into_iter().map(|id| (id, None)));
        rules
    }

    fn indices(&self) -> BTreeMap<&'a str, i64> {
        self.0.iter().map(|(id, _)| *id).zip(0..).collect()
    }

    fn descriptors(&self) -> Vec<sarif::ReportingDescriptor> {
        self.0.iter().map(|(id, rule)| rule.map_or_else(|| unknown(id), descriptor)).collect()
    }
}

/// What no rule of this version is about.
fn unknown(id: &str) -> sarif::ReportingDescriptor {
    let description = unlinked(&sentence(&clean(id)));
    sarif::ReportingDescriptor::builder().id(clean(id)).short_description(&description).build()
}

fn descriptor(rule: &'static Rule) -> sarif::ReportingDescriptor {
    let Rule { id, title, why, old, new, instead, section } = rule;
    let text = format!("{why}\n\nOld:\n\n{old}\nNew:\n\n{new}\nInstead: {instead}\n\n{section}\n");
    let markdown = format!(
        "{why}\n\nOld:\n\n```wit\n{old}```\n\nNew:\n\n```wit\n{new}```\n\n**Instead:** {instead}\n\n({section})\n"
    );
    let subject = rule::subjects().iter().find(|subject| subject.rules.contains(rule)).map(|subject| subject.name);
    let mut properties = bag(&[
        // The rules are decided by the types alone.
        ("precision", json!("very-high")),
        ("problem.severity", json!("warning")),
        ("section", json!(section)),
    ]);
    properties.tags = Some(["wit", "compatibility"].into_iter().chain(subject).map(str::to_owned).collect());
    sarif::ReportingDescriptor::builder()
        .id(*id)
        .name(pascal(id))
        .short_description(&(*title).to_owned())
        .full_description(&(*why).to_owned())
        .help(sarif::MultiformatMessageString::builder().text(text).markdown(markdown).build())
        // Whom a change breaks depends on where it stands: the rule alone does not say how bad it is.
        .default_configuration(sarif::ReportingConfiguration::builder().level("warning").build())
        .properties(properties)
        .build()
}

/// `RecordFieldAdded`, as SARIF wants names of rules.
fn pascal(id: &str) -> String {
    let word = |word: &str| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters).collect::<String>()
    };
    id.split('-').map(word).collect()
}

/// The results, and how many more there are: the lightest are left out.
fn results<'a>(report: &'a Report, rules: &Rules<'_>, bases: &mut Bases<'a>) -> (Vec<sarif::Result>, usize) {
    let mut identities = Identities::default();
    let mut all = Vec::new();
    for package in &report.packages {
        let scale = Scale::of(report, package);
        for change in &package.changes {
            let identity = identities.of(&package.name, &change.fingerprint);
            all.push(Finding { package, change, weight: scale.weigh(change), identity });
        }
    }
    let left_out = all.len().saturating_sub(RESULTS);
    if left_out > 0 {
        all.sort_by_key(|finding| Reverse(finding.weight));
        all.truncate(RESULTS);
    }
    let indices = rules.indices();
    let mut crowds: BTreeMap<Spot<'_>, usize> = BTreeMap::new();
    for finding in &all {
        *crowds.entry(finding.spot(report)).or_default() += 1;
    }
    let results = all.iter().map(|finding| {
        let is_alone = crowds.get(&finding.spot(report)) == Some(&1);
        finding.result(report, indices.get(finding.change.rule.as_str()).copied(), is_alone, bases)
    });
    (results.collect(), left_out)
}

/// One change of a package.
struct Finding<'a> {
    package: &'a PackageReport,
    change: &'a ChangeReport,
    weight: Weight,
    identity: String,
}

/// A rule, and where it is broken.
type Spot<'a> = (&'a str, Option<(&'a str, u32)>);

/// That somebody accepted a result, in a file of the repository.
fn suppression(accepted: &AcceptedReport) -> sarif::Suppression {
    let justification = clean(&accepted.reason);
    let who = [("who", json!(clean(&accepted.who))), ("until", json!(accepted.until.as_deref().map(clean)))];
    let mut suppression = sarif::Suppression::builder().kind("external").justification(justification).build();
    suppression.status = Some("accepted".into());
    suppression.properties = Some(bag(&who));
    suppression
}

impl<'a> Finding<'a> {
    fn spot(&self, report: &'a Report) -> Spot<'a> {
        let anchor = anchor(report, self.package, self.change);
        (&self.change.rule, anchor.map(|anchor| (anchor.place.file.as_str(), anchor.place.line)))
    }

    fn result(&self, report: &'a Report, index: Option<i64>, is_alone: bool, bases: &mut Bases<'a>) -> sarif::Result {
        let Finding { package, change, weight, identity } = self;
        let mut fingerprints = BTreeMap::from([(FINGERPRINT.to_owned(), identity.clone())]);
        if !is_alone {
            // The text of the line is the same for all that went from one container: they would be one alert.
            fingerprints.insert(LINE_HASH.to_owned(), format!("{identity}:1"));
        }
        let mut result = sarif::Result::builder()
            .rule_id(clean(&change.rule))
            .level(match weight {
                Weight::Failing | Weight::Unannounced => sarif::ResultLevel::Error,
                Weight::Announced | Weight::Finding => sarif::ResultLevel::Warning,
                Weight::Compatible | Weight::Accepted => sarif::ResultLevel::Note,
            })
            .message(message(&tell(package, change, *weight)))
            .locations(vec![self.location(report, bases)])
            .partial_fingerprints(fingerprints)
            .properties(self.properties())
            .build();
        result.rule_index = index;
        result.suppressions = change.accepted.as_ref().map(|accepted| vec![suppression(accepted)]);
        let old = change.old.as_ref().filter(|_| change.new.is_some() || change.container.is_some());
        result.related_locations = old.map(|place| {
            let (input, _) = places::sides(report, package);
            let physical = physical(&Anchor { input, place, kind: Kind::Gone }, bases.id(input));
            vec![sarif::Location::builder().id(1).message(message("Before.")).physical_location(physical).build()]
        });
        result
    }

    fn location(&self, report: &'a Report, bases: &mut Bases<'a>) -> sarif::Location {
        let anchor = anchor(report, self.package, self.change);
        let physical = match &anchor {
            Some(anchor) => physical(anchor, bases.id(anchor.input)),
            None => {
                let uri = places::encoded(&anchor::whole(report, Some(self.package)));
                let artifact = sarif::ArtifactLocation::builder().uri(uri).uri_base_id(NEW).build();
                sarif::PhysicalLocation::builder().artifact_location(artifact).build()
            }
        };
        let mut location = sarif::Location::builder()
            .physical_location(physical)
            .logical_locations(vec![logical(self.change)])
            .build();
        location.message = anchor.and_then(|anchor| match anchor.kind {
            Kind::Item => None,
            Kind::Container => Some(message("It is gone. What it belonged to is declared here.")),
            Kind::Gone => Some(message("It stood here, on the old side.")),
        });
        location
    }

    fn properties(&self) -> sarif::PropertyBag {
        let Finding { package, change, .. } = self;
        let reach: Vec<String> = change.reach.iter().take(REACHED).map(|item| clean(item)).collect();
        let mut properties = vec![
            ("package", json!(clean(&package.name))),
            ("path", json!(clean(&change.path))),
            ("level", json!(change.level)),
            ("link", json!(change.link)),
            ("source", json!(change.source)),
            ("fingerprint", json!(clean(&change.fingerprint))),
            ("reach", json!(reach)),
        ];
        if change.reach.len() > REACHED {
            properties.push(("reachLeftOut", json!(change.reach.len() - REACHED)));
        }
        properties.extend(change.gate.as_ref().map(|gate| ("gate", json!(clean(&gate.unstable)))));
        properties.extend(change.track.as_ref().map(|track| ("track", json!(clean(track)))));
        properties.extend(change.since.as_ref().map(|since| ("since", json!(clean(&since.input)))));
        bag(&properties)
    }
}

fn logical(change: &ChangeReport) -> sarif::LogicalLocation {
    let kind = match (change.path.split_once('#'), change.link) {
        (Some((_, item)), _) if item.starts_with("import:") => "import",
        (Some((_, item)), _) if item.starts_with("export:") => "export",
        (Some((_, item)), _) if item.starts_with('[') || change.rule.starts_with("function-") => "function",
        (Some(_), _) => "member",
        (None, _) if !change.path.contains('/') => "package",
        (None, PartiesReport::Interface(_)) => "interface",
        (None, PartiesReport::World(_)) => "world",
    };
    sarif::LogicalLocation::builder()
        .name(clean(&Subject::of(&change.path).name))
        .fully_qualified_name(clean(&change.path))
        .kind(kind)
        .build()
}

fn physical(anchor: &Anchor<'_>, base: String) -> sarif::PhysicalLocation {
    let uri = places::encoded(&anchor::path(anchor));
    let PlaceReport { line, column, text, .. } = anchor.place;
    let artifact = sarif::ArtifactLocation::builder().uri(uri).uri_base_id(base).build();
    let (start, first) = (i64::from(*line).max(1), i64::from(*column).max(1));
    let mut region = sarif::Region::builder().start_line(start).start_column(first).end_line(start).build();
    let word = span::word(anchor.place);
    if let Some(word) = &word {
        region.end_column = word.chars().count().try_into().ok().map(|length: i64| first + length);
        region.snippet = Some(snippet(word));
    }
    let context = sarif::Region::builder().start_line(start).end_line(start).snippet(snippet(text)).build();
    let mut physical = sarif::PhysicalLocation::builder().artifact_location(artifact).region(region).build();
    // What is around a region is more than the region.
    let is_more = first > 1 || word.is_some_and(|word| word != *text);
    physical.context_region = (!text.is_empty() && is_more).then_some(context);
    physical
}

fn snippet(line: &str) -> sarif::ArtifactContent {
    sarif::ArtifactContent::builder().text(cut(&clean(line), LINE)).build()
}

/// The tops of the repositories that paths count from: the new one, the old one, and those of packages with a base of
/// their own.
struct Bases<'a> {
    report: &'a Report,
    others: Vec<&'a InputReport>,
}

impl<'a> Bases<'a> {
    fn id(&mut self, input: &'a InputReport) -> String {
        if *input == self.report.new {
            return NEW.into();
        }
        let known = self.others.iter().position(|other| *other == input);
        let at = known.unwrap_or_else(|| {
            self.others.push(input);
            self.others.len() - 1
        });
        other(at)
    }

    fn all(&self) -> impl Iterator<Item = (String, &'a InputReport)> {
        let others = self.others.iter().enumerate().map(|(at, input)| (other(at), *input));
        std::iter::once((NEW.to_owned(), &self.report.new)).chain(others)
    }

    /// Where they are is not said: uploads are rejected in which some artifacts have an address, and others a path.
    fn ids(&self) -> BTreeMap<String, sarif::ArtifactLocation> {
        let described = |(id, input): (String, &InputReport)| {
            let side = if id == NEW { "new" } else { "old" };
            let text = format!("The top of the {side} revision, {}.", clean(&input.input));
            (id, sarif::ArtifactLocation::builder().description(message(&text)).build())
        };
        self.all().map(described).collect()
    }

    fn provenance(&self) -> Vec<sarif::VersionControlDetails> {
        let details = |(id, input): (String, &InputReport)| {
            let (repository, commit) = repository(input.address.as_deref()?)?;
            let mapped = sarif::ArtifactLocation::builder().uri_base_id(id).build();
            let details = sarif::VersionControlDetails::builder().repository_uri(repository).revision_id(commit);
            Some(details.mapped_to(mapped).build())
        };
        self.all().filter_map(details).collect()
    }
}

fn other(at: usize) -> String {
    if at == 0 { "OLDROOT".into() } else { format!("OLDROOT{}", at + 1) }
}

/// The address of a repository, and the commit, from the address of the top directory at that commit.
fn repository(address: &str) -> Option<(&str, &str)> {
    let (top, commit) = address.rsplit_once('/')?;
    let repository = ["/-/blob", "/blob", "/src/commit"].into_iter().find_map(|way| top.strip_suffix(way))?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/".contains(c);
    let is_commit = !commit.is_empty() && commit.chars().all(|c| c.is_ascii_alphanumeric());
    (is_commit && repository.starts_with("https://") && repository.chars().all(is_plain))
        .then_some((repository, commit))
}

/// How the run went: what could not be judged, which versions will not do, and what else is to be known.
fn invocation<'a>(report: &'a Report, left_out: usize, bases: &mut Bases<'a>) -> sarif::Invocation {
    let mut notifications = Vec::new();
    let mut told = BTreeSet::new();
    for error in report.packages.iter().filter_map(|package| package.error.as_ref()).chain(&report.errors) {
        if told.insert((&error.side, &error.message, &error.file, error.line)) {
            notifications.push(unjudged(report, error, bases));
        }
    }
    for package in &report.packages {
        let Some(wants) = decision::wants(package, &quoted, &clean) else { continue };
        // Where it passes, that was accepted, or is none of the gate's business.
        let passes = package.check.as_ref().is_some_and(|check| check.passed);
        let level = if passes { "warning" } else { "error" };
        let wants = package.profile.as_ref().filter(|profile| !profile.accepts).map_or(wants, profile::told);
        notifications.push(notification(level, &format!("`{}` {wants}.", clean(&package.name))));
    }
    notifications.extend(warnings(report).map(|warning| notification("warning", &sentence(&clean(&warning)))));
    if left_out > 0 {
        let text = format!("{left_out} more results are left out, the lightest: code scanning takes {RESULTS}.");
        notifications.push(notification("warning", &text));
    }
    sarif::Invocation::builder()
        .execution_successful(outcome(report) != Outcome::Undetermined)
        .tool_execution_notifications(notifications)
        .build()
}

fn unjudged<'a>(report: &'a Report, error: &ErrorReport, bases: &mut Bases<'a>) -> sarif::Notification {
    let mut notification = notification("error", &unread("", error));
    let input = anchor::error_side(report, error);
    notification.locations = anchor::error_place(error).map(|place| {
        let physical = physical(&Anchor { input, place: &place, kind: Kind::Item }, bases.id(input));
        vec![sarif::Location::builder().physical_location(physical).build()]
    });
    notification
}

fn notification(level: &str, text: &str) -> sarif::Notification {
    sarif::Notification::builder().level(level).message(message(text)).build()
}

fn message(text: &str) -> sarif::Message {
    sarif::Message::from(&unlinked(text))
}

/// A plain text that links nowhere: brackets with parentheses after them are links in SARIF.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

fn bag(properties: &[(&str, Value)]) -> sarif::PropertyBag {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    sarif::PropertyBag::builder().additional_properties(properties.collect::<BTreeMap<_, _>>()).build()
}
