//! What worlds may touch, as GitHub shows it.

use super::capabilities::*;
use super::gained::{functions, way, word};
use super::markdown_escape::{code, html_code, sentence, table_row};
use std::fmt::Write as _;

/// So many worlds have a column each.
const COLUMNS: usize = 8;

/// The report as GitHub-flavoured Markdown. What strangers wrote shows as they wrote it, and does nothing.
pub fn capabilities_to_markdown(report: &CapabilitiesReport) -> String {
    let mut out = format!("Capabilities of the worlds in {}.\n", code(&report.input.input));
    for error in &report.errors {
        let _ = writeln!(out, "\n> **Error:** {}", sentence(&error.message));
    }
    let names = world_names(report);
    let (rows, types) = rows(report);
    let all: Vec<_> = rows.iter().chain(&types).collect();
    if !all.is_empty() {
        out.push('\n');
        table(&mut out, &all, &names);
    }
    for world in &report.worlds {
        for denied in &world.denied {
            let _ = writeln!(
                out,
                "\n❌ {} has {}, which {} denies.",
                code(&format!("{}/{}", world.package, world.name)),
                code(&denied.name),
                code(&denied.pattern)
            );
        }
    }
    for (world, name) in report.worlds.iter().zip(&names) {
        let _ = writeln!(out, "\n<details>\n<summary>World {}</summary>\n", html_code(name));
        for capability in &world.capabilities {
            let way = way(capability).map_or(String::new(), |way| format!(", {}", sentence(&way)));
            let count = functions(capability.functions.len());
            let names: Vec<String> = capability.functions.iter().map(|name| code(name)).collect();
            let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
            let _ = writeln!(out, "- {}, {count}{way}{names}", code(&capability.name));
        }
        if world.capabilities.is_empty() {
            out.push_str("It imports nothing.\n");
        }
        out.push_str("\n</details>\n");
    }
    out
}

fn table(out: &mut String, rows: &[&Row<'_>], names: &[String]) {
    let is_wide = names.len() <= COLUMNS;
    let mut head: Vec<String> = ["Capability", "Gives", "Functions"].map(String::from).into();
    match is_wide {
        true => head.extend(names.iter().map(|name| code(name))),
        false => head.push("Worlds".into()),
    }
    out.push_str(&table_row(head.iter().map(String::as_str)));
    out.push('\n');
    out.push_str(&"|---".repeat(head.len()));
    out.push_str("|\n");
    for row in rows {
        let count = if row.capability.functions.is_empty() { "types only".to_owned() } else { row.functions() };
        let gives = row.capability.gives.map_or("", word).to_owned();
        let mut cells = vec![code(&row.capability.name), gives, count];
        match is_wide {
            true => cells.extend((0..names.len()).map(|at| if row.worlds.contains(&at) { "✓" } else { "" }.to_owned())),
            false if row.worlds.len() == names.len() => cells.push("all".into()),
            false => {
                let own = row.worlds.iter().filter_map(|&at| names.get(at));
                cells.push(own.map(|name| code(name)).collect::<Vec<_>>().join(", "));
            }
        }
        out.push_str(&table_row(cells.iter().map(String::as_str)));
        out.push('\n');
    }
}
