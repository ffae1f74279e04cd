//! What worlds may touch: a table of capabilities and the worlds that have them.

use super::TextOptions;
use super::page::{BOLD, GREEN, Page, RED, YELLOW};
use super::sides::side;
use crate::report::capabilities::*;
use crate::report::escape::clean;
use crate::report::gained::{functions, quoted, way, word};
use crate::report::reasons::location;
use crate::report::table::Table;
use crate::report::wire::*;

/// So many worlds are named in a cell.
const NAMED: usize = 6;

/// So many worlds are named in the table; more have a letter each.
const FEW: usize = 3;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

/// What is left out first where there is no room.
const DROPPED: [&str; 3] = ["version", "functions", "gives"];

/// The report as text. What could not be read is left to [`capabilities_errors_to_text`].
///
/// [`capabilities_errors_to_text`]: crate::report::capabilities_errors_to_text
pub fn capabilities_to_text(report: &CapabilitiesReport, options: &TextOptions) -> String {
    let mut page = Page::empty(options);
    let names: Vec<String> = world_names(report).iter().map(|name| clean(name)).collect();
    let [only] = names.as_slice() else {
        if !names.is_empty() {
            let input = side(&report.input);
            page.wrapped("", "  ", &format!("what {} worlds may touch in {input}", names.len()));
            page.table(report, &names);
        }
        page.gate(report);
        return page.out;
    };
    let name = report.worlds.first().map_or(String::new(), |world| format!("{}/{only}", clean(&world.package)));
    let name = page.styled(BOLD, &name);
    page.wrapped("", "  ", &format!("what world {name} may touch in {}", side(&report.input)));
    page.table(report, &names);
    page.gate(report);
    page.out
}

impl Page {
    fn table(&mut self, report: &CapabilitiesReport, names: &[String]) {
        let (rows, types) = rows(report);
        if !rows.is_empty() {
            let is_lettered = names.len() > FEW && names.len() <= LETTERS.len();
            if is_lettered {
                self.gap();
                for (letter, name) in LETTERS.chars().zip(names) {
                    self.wrapped("", "    ", &format!("{letter}  {name}"));
                }
            }
            self.gap();
            let worlds = |row: &Row<'_>| if is_lettered { letters(row, names.len()) } else { worlds(row, names) };
            let mut table = Table {
                header: vec!["capability", "version", "gives", "functions", "worlds"],
                rows: rows.iter().map(|row| cells(row, worlds(row))).collect(),
            };
            if names.len() == 1 {
                table = table.without("worlds");
            }
            let is_empty = |name: &str| {
                let at = table.header.iter().position(|header| *header == name);
                table.rows.iter().all(|row| at.and_then(|at| row.get(at)).is_none_or(|cell| cell == "-"))
            };
            let empty: Vec<&str> = DROPPED.into_iter().filter(|name| is_empty(name)).collect();
            for name in empty {
                table = table.without(name);
            }
            for name in DROPPED {
                if table.full_width() > self.width() {
                    table = table.without(name);
                }
            }
            let style = |row: usize, column: &str| match column {
                "capability" if rows.get(row).is_some_and(|row| row.is_denied) => Some(RED),
                "capability" => Some(BOLD),
                "gives" => Some(YELLOW),
                _ => None,
            };
            match self.drawn(&table, style) {
                Some(table) => self.out.push_str(&table),
                None => rows.iter().for_each(|row| self.row_alone(row, names)),
            }
        }
        self.gap();
        let idle = report.worlds.iter().zip(names);
        let idle: Vec<String> = idle
            .filter(|(world, _)| world.capabilities.iter().all(|found| found.functions.is_empty()))
            .map(|(_, name)| quoted(name))
            .collect();
        if !idle.is_empty() {
            let idle = self.listed(&idle);
            self.wrapped("", "  ", &format!("nothing to call: {idle}"));
        }
        if !types.is_empty() {
            let names: Vec<String> = types.iter().map(|row| quoted(&row.capability.name)).collect();
            let names = self.listed(&names);
            self.wrapped("", "  ", &format!("imported for their types only: {names}"));
        }
        if self.options.verbose {
            report.worlds.iter().for_each(|world| self.world(world));
        } else {
            self.wrapped("", "  ", "--verbose lists what can be called, and how each came into its world");
        }
    }

    /// A capability where there is no room for columns.
    fn row_alone(&mut self, row: &Row<'_>, names: &[String]) {
        let name = self.styled(BOLD, &clean(&row.capability.name));
        let gives = row.capability.gives.map_or(String::new(), |power| format!(" ({})", word(power)));
        self.wrapped("", "  ", &format!("{name}{gives}"));
        if names.len() > 1 {
            self.wrapped("  ", "    ", &worlds(row, names));
        }
    }

    /// All of one world.
    fn world(&mut self, world: &WorldCapabilities) {
        self.gap();
        let name = self.styled(BOLD, &format!("{}/{}", clean(&world.package), clean(&world.name)));
        self.wrapped("", "  ", &format!("world {name}"));
        for capability in &world.capabilities {
            let way = way(capability).map_or(String::new(), |way| format!(" {way}"));
            let count = functions(capability.functions.len());
            let names: Vec<String> = capability.functions.iter().map(|name| quoted(name)).collect();
            let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
            self.wrapped("  ", "    ", &format!("{}{way}, {count}{names}", clean(&capability.name)));
        }
    }

    fn gate(&mut self, report: &CapabilitiesReport) {
        if report.check.is_none() {
            return;
        }
        self.gap();
        for world in &report.worlds {
            for DeniedCapability { name, pattern, .. } in &world.denied {
                let found = world.capabilities.iter().find(|known| known.name == *name);
                let place = found.and_then(|found| found.place.as_ref());
                let place = place.map_or(String::new(), |place| format!(", {}", location(place)));
                let fails = self.styled(RED, "fails:");
                let world = format!("{}/{}", clean(&world.package), clean(&world.name));
                let line = format!("{fails} {world} has {} ({}{place})", quoted(name), quoted(pattern));
                self.wrapped("", "  ", &line);
            }
        }
        let failed = report.worlds.iter().filter(|world| !world.denied.is_empty()).count();
        let line = match (failed, report.worlds.len()) {
            (0, _) => format!("{} no world has what `--deny-capability` names", self.styled(GREEN, "gate passed:")),
            (_, 1) => format!("{} the world has what `--deny-capability` names", self.styled(RED, "gate failed:")),
            (some, all) => {
                let have = if some == 1 { "has" } else { "have" };
                let failed = self.styled(RED, "gate failed:");
                format!("{failed} {some} of {all} worlds {have} what `--deny-capability` names")
            }
        };
        self.wrapped("", "  ", &line);
    }
}

/// The letters of the worlds that have it, each in its column.
fn letters(row: &Row<'_>, worlds: usize) -> String {
    let letter = |(at, letter)| if row.worlds.contains(&at) { letter } else { '.' };
    LETTERS.chars().take(worlds).enumerate().map(letter).collect()
}

fn cells(row: &Row<'_>, worlds: String) -> Vec<String> {
    let gives = row.capability.gives.map_or("-", word).to_owned();
    let versions: Vec<String> = row.capability.versions.iter().map(|version| clean(version)).collect();
    let versions = if versions.is_empty() { "-".into() } else { versions.join(", ") };
    let functions = row.functions();
    vec![clean(&row.capability.name), versions, gives, functions, worlds]
}

/// The worlds of a row: all, all but a few, or those that there are.
pub(super) fn worlds(row: &Row<'_>, names: &[String]) -> String {
    let has = |at: &usize| row.worlds.contains(at);
    let name = |at: usize| names.get(at).cloned().unwrap_or_default();
    let others: Vec<String> = (0..names.len()).filter(|at| !has(at)).map(name).collect();
    let own: Vec<String> = row.worlds.iter().map(|&at| name(at)).collect();
    match (own.len(), others.len()) {
        (_, 0) => "all".into(),
        (own_len, few) if few <= NAMED && few * 2 < own_len => format!("all but {}", others.join(", ")),
        (many, _) if many > NAMED => {
            format!("{} and {} more", own.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", "), many - NAMED)
        }
        _ => own.join(", "),
    }
}
