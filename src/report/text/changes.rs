//! What changed in a package, by the interface or world that it stands in.

use super::page::{BOLD, DIM, GREEN, LISTED, Page, RED, YELLOW};
use super::sides::side;
use super::snippet::{Layout, snippet};
use crate::change::Home;
use crate::report::accepted::{accepted, level};
use crate::report::alternative::is_open;
use crate::report::consequence::consequence;
use crate::report::escape::clean;
use crate::report::quiet::{Quiet, by_rule, sorted};
use crate::report::reasons::location;
use crate::report::wire::*;
use crate::report::words;
use crate::verdict::{Level, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Before what is said of one change.
const INDENT: &str = "      ";

/// The interfaces and worlds of a package by name: there may be many.
struct Homes<'a> {
    interfaces: BTreeMap<&'a str, &'a InterfaceReport>,
    worlds: BTreeMap<&'a str, &'a WorldReport>,
}

impl Page {
    pub fn changes(&mut self, package: &PackageReport) {
        let mut groups: BTreeMap<(&str, Option<&str>), Vec<&ChangeReport>> = BTreeMap::new();
        let (quiet, loud): (Vec<_>, Vec<_>) = package.changes.iter().partition(|change| change.level <= Level::Patch);
        let (told, loud): (Vec<_>, Vec<_>) = loud.into_iter().partition(|change| self.is_told(change));
        for change in loud {
            let group = (words::group(&change.path), change.track.as_deref());
            groups.entry(group).or_default().push(change);
        }
        let homes = Homes {
            interfaces: package.interfaces.iter().map(|interface| (interface.name.as_str(), interface)).collect(),
            worlds: package.worlds.iter().map(|world| (world.name.as_str(), world)).collect(),
        };
        let mut seen = BTreeSet::new();
        for ((path, track), mut changes) in groups {
            changes.sort_by_key(|change| std::cmp::Reverse(change.level));
            self.group(package, &homes, path, track, &changes);
            for change in changes {
                let alternative = change.alternative.as_ref().filter(|_| is_open(package));
                // Several changes may have one alternative: it is shown at the first.
                let is_new = alternative.is_some_and(|alternative| seen.insert(alternative));
                self.change(change, alternative, is_new);
            }
        }
        self.through(&told);
        self.carriers(package);
        for (kind, changes) in sorted(quiet, |change| change) {
            self.quiet(kind, &changes);
        }
    }

    fn group(
        &mut self,
        package: &PackageReport,
        homes: &Homes<'_>,
        path: &str,
        track: Option<&str>,
        changes: &[&ChangeReport],
    ) {
        let own = path.strip_prefix(&package.name).filter(|_| track.is_none()).and_then(|rest| rest.strip_prefix('/'));
        let (heading, parties) = match own {
            Some(name) => match homes.worlds.get(name) {
                Some(world) if changes.iter().all(|c| matches!(c.link, PartiesReport::World(_))) => {
                    let (link, source) = (world.link, world.source);
                    let sides = [
                        ("guests", self.layers(link.guests, source.guests)),
                        ("hosts", self.layers(link.hosts, source.hosts)),
                    ];
                    (format!("{} {name}", words::heading(Home::World)), sides)
                }
                _ => {
                    let interface = homes.interfaces.get(name);
                    let sides = match interface {
                        Some(interface) => {
                            let (link, source) = (interface.link, interface.source);
                            [
                                ("consumers", self.layers(link.consumers, source.consumers)),
                                ("providers", self.layers(link.providers, source.providers)),
                            ]
                        }
                        None => [("", String::new()), ("", String::new())],
                    };
                    (format!("{} {name}", words::heading(Home::Interface { is_type: false })), sides)
                }
            },
            None => (
                format!("{path} (dependency, track {})", track.unwrap_or("unknown")),
                [("", String::new()), ("", String::new())],
            ),
        };
        self.out.push('\n');
        let heading = if path == package.name { "package".to_string() } else { heading };
        let heading = self.styled(BOLD, &clean(&heading));
        let parties: Vec<String> = (parties.into_iter())
            .filter(|(party, _)| !party.is_empty())
            .map(|(party, layers)| format!("{party} {layers}"))
            .collect();
        let line = if parties.is_empty() { heading } else { format!("{heading}: {}", parties.join(", ")) };
        self.wrapped("  ", "    ", &line);
    }

    /// Interfaces and worlds that only carry what differs elsewhere.
    fn carriers(&mut self, package: &PackageReport) {
        let loud = package.changes.iter().filter(|change| change.level > Level::Patch);
        let groups: BTreeSet<&str> = loud.map(|change| words::group(&change.path)).collect();
        let said = |name: &str| groups.contains(format!("{}/{name}", package.name).as_str());
        let mut lines = Vec::new();
        for interface in package.interfaces.iter().filter(|i| i.status == ItemStatus::Changed && !said(&i.name)) {
            let consumers = self.layers(interface.link.consumers, interface.source.consumers);
            let providers = self.layers(interface.link.providers, interface.source.providers);
            if interface.level > Level::Patch {
                lines.push(format!(
                    "interface {}: consumers {consumers}, providers {providers}",
                    clean(&interface.name)
                ));
            }
        }
        for world in package.worlds.iter().filter(|w| w.status == ItemStatus::Changed && !said(&w.name)) {
            let guests = self.layers(world.link.guests, world.source.guests);
            let hosts = self.layers(world.link.hosts, world.source.hosts);
            if world.level > Level::Patch {
                lines.push(format!("world {}: guests {guests}, hosts {hosts}", clean(&world.name)));
            }
        }
        if lines.is_empty() {
            return;
        }
        self.out.push('\n');
        let heading = self.styled(BOLD, "reached by these changes");
        self.wrapped("  ", "    ", &format!("{heading}:"));
        for line in lines {
            self.wrapped("    ", "      ", &line);
        }
    }

    fn layers(&self, link: Verdict, source: Verdict) -> String {
        match (link.is_breaking(), source.is_breaking()) {
            (false, false) => self.styled(GREEN, "compatible"),
            (true, true) => self.styled(RED, "break"),
            (true, false) => self.styled(RED, "break (link)"),
            (false, true) => self.styled(RED, "break (source)"),
        }
    }

    fn change(&mut self, change: &ChangeReport, alternative: Option<&AlternativeReport>, is_new: bool) {
        let style = self.level_style(change.level);
        let sign = self.styled(style, sign(change));
        let level = self.styled(style, &level(change));
        let rule = self.styled(DIM, &clean(&change.rule));
        let handle = self.handle(change);
        self.wrapped(&format!("  {sign} "), "      ", &format!("{level}: {} [{rule}]{handle}", clean(&change.message)));
        if let Some(accepted) = accepted(change) {
            self.wrapped(INDENT, "        ", &accepted);
        }
        if let Some(release) = &change.since {
            let line = format!("breaks what was built for {}, which is older than the base", side(release));
            self.wrapped("      ", "        ", &line);
        }
        let layout = Layout { width: self.width() - INDENT.len(), color: self.options.color };
        for line in snippet(change, &layout) {
            let _ = writeln!(self.out, "{}", format!("{INDENT}{line}").trim_end());
        }
        if let Some(consequence) = consequence(change) {
            self.wrapped(INDENT, "        ", &clean(&consequence));
        }
        self.reach(&change.reach);
        if let Some(hint) = &change.hint {
            let word = self.styled(YELLOW, "hint:");
            let above = if alternative.is_some() && !is_new { " (as above)" } else { "" };
            self.wrapped("      ", "        ", &format!("{word} {}{above}", clean(hint)));
        }
        if let Some(alternative) = alternative.filter(|_| is_new) {
            self.alternative(alternative, 8);
        }
    }

    /// What `wit-diff accept` takes for a change, where a package fails because of it.
    fn handle(&self, change: &ChangeReport) -> String {
        let handle = self.failing.get(&change.fingerprint).filter(|_| change.accepted.is_none());
        handle.map_or(String::new(), |handle| format!(" {}", self.styled(DIM, handle)))
    }

    fn reach(&mut self, reach: &[String]) {
        if reach.is_empty() {
            return;
        }
        let listed = if self.options.verbose { reach.len() } else { LISTED };
        let mut text: Vec<String> = reach.iter().take(listed).map(|item| clean(item)).collect();
        if reach.len() > listed {
            text.push(format!("and {} more", reach.len() - listed));
        }
        self.wrapped("      ", "        ", &format!("reaches {}", text.join(", ")));
    }

    /// What nobody builds against: counted, and listed where asked for or where there are few.
    fn quiet(&mut self, kind: Quiet, changes: &[&ChangeReport]) {
        self.out.push('\n');
        let heading = self.styled(BOLD, kind.title());
        let counts: Vec<String> =
            by_rule(changes.iter().copied()).iter().map(|(rule, count)| format!("{count} {}", clean(rule))).collect();
        self.wrapped("  ", "    ", &format!("{heading}: {}", counts.join(", ")));
        let listed = if self.options.verbose { changes.len() } else { LISTED };
        for change in changes.iter().take(listed) {
            let place = change
                .new
                .as_ref()
                .or(change.old.as_ref())
                .map_or(String::new(), |place| format!(" ({})", location(place)));
            let gate = change
                .gate
                .as_ref()
                .map_or(String::new(), |gate| format!(", behind feature `{}`", clean(&gate.unstable)));
            let sign = if change.gate.is_some() { sign(change) } else { "~" };
            let handle = self.handle(change);
            let line = format!("{}{gate}{place}{handle}", clean(&change.message));
            self.wrapped(&format!("  {sign} "), "      ", &line);
            if let Some(accepted) = accepted(change) {
                self.wrapped(INDENT, "        ", &accepted);
            }
        }
        if changes.len() > listed {
            let rest = format!("{} more: pass --verbose to list them", changes.len() - listed);
            self.wrapped("    … ", "      ", &rest);
        }
    }
}

fn sign(change: &ChangeReport) -> &'static str {
    if change.rule.ends_with("-added") {
        "+"
    } else if change.rule.ends_with("-removed") {
        "-"
    } else {
        "~"
    }
}
