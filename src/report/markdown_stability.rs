//! How stable packages are, as GitHub shows it.

use super::markdown_escape::{code, sentence, table_row};
use super::stability::*;
use super::stability_words::{self, StabilityOptions};
use super::wire::InputReport;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The report as GitHub-flavoured Markdown. What strangers wrote shows as they wrote it, and does nothing.
pub fn stability_to_markdown(report: &StabilityReport, what: &StabilityOptions) -> String {
    let mut out = String::new();
    let since = report.base.as_ref().map_or(String::new(), |base| format!(" since {}", input(base)));
    let about = stability_words::about(report);
    let _ = writeln!(out, "Stability in {}{since}: {about}.", input(&report.input));
    for error in &report.errors {
        let _ = writeln!(out, "\n> **Error:** {}", sentence(&error.message));
    }
    for warning in &report.warnings {
        let _ = writeln!(out, "\n> **Warning:** {}", sentence(warning));
    }
    for package in &report.packages {
        self::package(&mut out, report, package, what);
    }
    let items = |package: &PackageStability| -> Vec<StabilityClass> {
        let listed = stability_words::listed(package, what).into_iter();
        listed.chain(stability_words::whole(package)).map(|item| item.class).collect()
    };
    let classes: BTreeSet<StabilityClass> = report.packages.iter().flat_map(items).collect();
    if !classes.is_empty() {
        out.push('\n');
    }
    for class in classes {
        let _ = writeln!(out, "- **{}**: {}", class.word(), stability_words::meaning(class));
    }
    out
}

fn package(out: &mut String, report: &StabilityReport, package: &PackageStability, what: &StabilityOptions) {
    let version = package.version.as_deref().map_or(String::new(), |version| format!(" {}", code(version)));
    let _ = writeln!(out, "\n## {}{version}\n", code(&package.name));
    let whole = stability_words::whole(package);
    let class = whole.map_or("undetermined", |whole| whole.class.word());
    let since = whole.map_or(String::new(), |whole| {
        format!(", since {} ({})", code(&stability_words::since(whole)), sentence(&whole.since.date))
    });
    let whom = stability_words::whom_of(package);
    let end = stability_words::end(package).map_or(String::new(), |end| format!("; {}", sentence(&end)));
    let _ = writeln!(out, "**{class}**{since}, {}{whom}{end}.", stability_words::age(report, package));
    if !package.undetermined.is_empty() {
        let names: Vec<String> = package.undetermined.iter().map(|name| code(name)).collect();
        let _ = writeln!(out, "\nUndetermined, and counted for nothing: {}.", names.join(", "));
        let reasons = stability_words::reasons(package);
        for (at, reason) in reasons.iter().enumerate() {
            let _ = writeln!(out, "{}- {}", if at == 0 { "\n" } else { "" }, sentence(reason));
        }
    }
    let items = stability_words::listed(package, what);
    if items.is_empty() {
        return;
    }
    let mut step = stability_words::step(report, 2).to_owned();
    if let Some(first) = step.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let _ = writeln!(out, "\n| Item | Class | Since | {step} | Grew | Broke | Last broke | Used by | Notes |");
    out.push_str("|---|---|---|---|---|---|---|---|---|\n");
    for item in items {
        let class = match item.class {
            StabilityClass::Moving | StabilityClass::Gone => format!("**{}**", item.class.word()),
            class => class.word().to_owned(),
        };
        let last = item.last_broke.as_ref().map_or("–".into(), |past| code(&stability_words::past(past)));
        let notes: Vec<String> = stability_words::notes(item).iter().map(|note| sentence(note)).collect();
        let cells = [
            code(stability_words::name(package, item)),
            class,
            code(&stability_words::since(item)),
            item.releases.to_string(),
            item.grew.to_string(),
            item.broke.to_string(),
            last,
            item.used_by.len().to_string(),
            notes.join("<br>"),
        ];
        let _ = writeln!(out, "{}", table_row(cells.iter().map(String::as_str)));
    }
}

fn input(input: &InputReport) -> String {
    let commit: Option<String> = input.commit.as_ref().map(|commit| commit.chars().take(7).collect());
    match commit.filter(|commit| !input.input.contains(commit.as_str())) {
        Some(commit) => format!("{} ({})", code(&input.input), code(&commit)),
        None => code(&input.input),
    }
}
