//! What goes to the standard error: why a side is not there, and what was asked for in vain.

use super::TextOptions;
use super::accepted::warnings;
use super::bump::{BumpReport, BumpStatus};
use super::capabilities::CapabilitiesReport;
use super::error_report;
use super::escape::clean;
use super::list::ListReport;
use super::log::LogReport;
use super::stability::StabilityReport;
use super::text::{filled, outcome_to_text};
use super::wire::{CostReport, ErrorReport, Report};
use crate::error::Error;
use annotate_snippets::{AnnotationKind, Renderer, Snippet};
use std::collections::BTreeSet;

/// Why a side could not be loaded, as a compiler would say it: side, place, the line itself, what to do.
pub fn errors_to_text(report: &Report, options: &TextOptions) -> String {
    let title = |error: &ErrorReport| match error.side.as_str() {
        "old" => format!("old revision `{}`: {}", clean(&report.old.input), clean(&error.message)),
        "new" => format!("new revision `{}`: {}", clean(&report.new.input), clean(&error.message)),
        _ => clean(&error.message),
    };
    report.errors.iter().map(|error| error_to_text(error, &title(error), options)).collect()
}

/// Why packages could not be read, or there is no such world, likewise, and what stands behind features.
pub fn capabilities_errors_to_text(report: &CapabilitiesReport, options: &TextOptions) -> String {
    let input = clean(&report.input.input);
    let errors = report
        .errors
        .iter()
        .map(|error| error_to_text(error, &format!("`{input}`: {}", clean(&error.message)), options));
    errors.chain(shut_to_text(&report.shut, options)).collect()
}

/// Why a revision could not be listed, likewise.
pub fn list_errors_to_text(list: &ListReport, options: &TextOptions) -> String {
    let title = |error: &ErrorReport| format!("`{}`: {}", clean(&list.input.input), clean(&error.message));
    list.errors.iter().map(|error| error_to_text(error, &title(error), options)).collect()
}

/// Why functions of a revision are not told of, likewise.
pub fn cost_errors_to_text(report: &CostReport, options: &TextOptions) -> String {
    let title = |error: &ErrorReport| format!("`{}`: {}", clean(&report.input.input), clean(&error.message));
    report.errors.iter().map(|error| error_to_text(error, &title(error), options)).collect()
}

/// Why packages of `input`, where that has a name, are not shown, likewise, and what stands behind features that are not
/// switched on.
pub fn show_notes_to_text(input: &str, errors: &[Error], shut: &BTreeSet<String>, options: &TextOptions) -> String {
    let errors = errors.iter().map(|error| error_report("input", error)).map(|error| {
        let input = if input.is_empty() { String::new() } else { format!("`{}`: ", clean(input)) };
        error_to_text(&error, &format!("{input}{}", clean(&error.message)), options)
    });
    errors.chain(shut_to_text(shut, options)).collect()
}

fn shut_to_text(shut: &BTreeSet<String>, options: &TextOptions) -> Option<String> {
    let names: Vec<String> = shut.iter().map(|name| format!("`{}`", clean(name))).collect();
    let feature = if names.len() == 1 { "the feature" } else { "the features" };
    let note = format!("note: more stands behind {feature} {}: pass --features or --all-features", names.join(", "));
    (!names.is_empty()).then(|| filled(&note, options.width.max(40)) + "\n")
}

/// Why a bump writes nothing: what stands in its way, and what `check` says where that does not pass.
pub fn bump_errors_to_text(bump: &BumpReport, options: &TextOptions) -> String {
    let own = bump.errors.iter().map(|error| error_to_text(error, &clean(&error.message), options));
    let check = bump.check.iter().map(|check| {
        // Versions that are still to be raised are no news where a package cannot be judged.
        let outcome = if bump.status == BumpStatus::Failed { outcome_to_text(check, options) } else { String::new() };
        errors_to_text(check, options) + &outcome
    });
    let warning = |warning: &String| filled(&format!("warning: {}", clean(warning)), options.width.max(40)) + "\n";
    own.chain(check).chain(bump.warnings.iter().map(warning)).collect()
}

/// Why there is no history, or not the one that was asked for, and what is to be known of it, likewise.
pub fn log_errors_to_text(log: &LogReport, options: &TextOptions) -> String {
    let error = |error: &ErrorReport| error_to_text(error, &clean(&error.message), options);
    let warning = |warning: &String| filled(&format!("warning: {}", clean(warning)), options.width.max(40)) + "\n";
    log.errors.iter().map(error).chain(log.warnings.iter().map(warning)).collect()
}

/// The same of how stable packages are.
pub fn stability_errors_to_text(report: &StabilityReport, options: &TextOptions) -> String {
    let error = |error: &ErrorReport| error_to_text(error, &clean(&error.message), options);
    let warning = |warning: &String| filled(&format!("warning: {}", clean(warning)), options.width.max(40)) + "\n";
    report.errors.iter().map(error).chain(report.warnings.iter().map(warning)).collect()
}

/// What is wrong before anything is compared, likewise.
#[cfg(feature = "config")]
pub fn problem_to_text(error: &Error, options: &TextOptions) -> String {
    error_to_text(&error_report("", error), &clean(&error.message), options)
}

/// `title` is fit for a terminal already.
fn error_to_text(error: &ErrorReport, title: &str, options: &TextOptions) -> String {
    let width = options.width.max(40);
    // What the renderer puts before a message, `error: ` or `   = help: `, takes room as well.
    let title = filled(title, width - 7);
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut group = annotate_snippets::Level::ERROR.primary_title(&title).elements(None::<annotate_snippets::Padding>);
    let raw = error.snippet.as_deref().unwrap_or_default();
    let snippet = clean(raw);
    let file = error.file.as_deref().map(clean);
    if let (Some(file), Some(line), Some(column)) = (&file, error.line, error.column) {
        // Escapes are longer than what they stand for.
        let to = |column: u32| clean(&raw.chars().take(column as usize).collect::<String>()).len();
        let (start, end) = (to(column.saturating_sub(1)), to(column));
        let source = Snippet::source(&snippet)
            .line_start(line as usize)
            .path(file)
            .annotation(AnnotationKind::Primary.span(start..end));
        group = group.element(source);
    }
    let digits = error.line.map_or(0, |line| line.to_string().len());
    let hint = error.hint.as_deref().map(|hint| filled(&clean(hint), width - 9 - digits.max(5)));
    if let Some(hint) = &hint {
        group = group.element(annotate_snippets::Level::HELP.message(hint));
    }
    renderer.render(&[group]) + "\n"
}

/// What was asked for and is not there, a line each.
pub fn warnings_to_text(report: &Report) -> String {
    warnings(report).map(|warning| format!("warning: {}\n", clean(&warning))).collect()
}
