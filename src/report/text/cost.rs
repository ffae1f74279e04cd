//! What calls cost, for a terminal: a table, what each function is made of where asked for, and what could cost less.

use super::TextOptions;
use super::page::{BOLD, DIM, Page, YELLOW};
use crate::report::cost_table::{CostOrder, Row, rows};
use crate::report::cost_words::{beyond, differences, estimates, item};
use crate::report::escape::clean;
use crate::report::table::Table;
use crate::report::wire::*;

/// What is left out first where there is no room.
const DROPPED: [&str; 4] = ["handles", "buffers", "in memory", "bytes"];

/// A blank at which no line is broken.
const FIXED: &str = "\u{a0}";

/// So many functions that are passed in another way are listed before the rest is counted.
const CHANGES: usize = 10;

/// The report as text, the first `top` functions of it. Errors are left to [`cost_errors_to_text`].
///
/// [`cost_errors_to_text`]: crate::report::cost_errors_to_text
pub fn cost_to_text(report: &CostReport, order: CostOrder, top: usize, options: &TextOptions) -> String {
    let mut page = Page::empty(options);
    let rows = rows(report, order);
    let shown = rows.get(..top.min(rows.len())).unwrap_or_default();
    if order == CostOrder::Path {
        for rows in shown.chunk_by(|a, b| a.home() == b.home() && a.package.version == b.package.version) {
            page.gap();
            let version = rows.first().and_then(|row| row.package.version.as_deref());
            let version = version.map_or(String::new(), |version| format!(" {}", clean(version)));
            let home = rows.first().map_or("", Row::home);
            let heading = format!("{}{version}", page.styled(BOLD, &clean(home)));
            page.wrapped("", "  ", &heading);
            page.calls(rows, "", |row| clean(&row.name()));
        }
    } else {
        let kept = match order {
            CostOrder::Bytes => "bytes",
            CostOrder::Buffers => "buffers",
            CostOrder::Path | CostOrder::Flat | CostOrder::Time => "",
        };
        page.calls(shown, kept, |row| clean(&format!("{}#{}", row.home(), row.name())));
    }
    if rows.len() > shown.len() {
        page.wrapped("", "  ", &format!("… and {} more", rows.len() - shown.len()));
    }
    for package in &report.packages {
        page.findings(&package.findings, "");
    }
    if !report.packages.is_empty() {
        page.gap();
        let functions = if rows.len() == 1 { "1 function".into() } else { format!("{} functions", rows.len()) };
        page.wrapped("", "  ", &format!("{functions}. {}", clean(&estimates(report))));
    }
    page.out
}

impl Page {
    fn calls(&mut self, rows: &[Row<'_>], kept: &str, name: impl Fn(&Row<'_>) -> String) {
        if self.options.verbose {
            return rows.iter().for_each(|row| self.taken_apart(row, &name(row)));
        }
        let cells = |row: &Row<'_>| {
            let cells = [
                name(row),
                row.flat.clone(),
                row.bytes.clone(),
                row.buffers.clone(),
                row.handles.clone(),
                row.in_memory.to_owned(),
                row.host.clone(),
                row.guest.clone(),
            ];
            // Figures and names are not broken.
            cells.map(|cell| cell.replace(' ', FIXED)).into()
        };
        let mut table = Table {
            header: vec!["function", "flat", "bytes", "buffers", "handles", "in memory", "host ns", "guest ns"],
            rows: rows.iter().map(cells).collect(),
        };
        for dropped in DROPPED.into_iter().filter(|column| *column != kept) {
            if table.least_width() > self.width() {
                table = table.without(dropped);
            }
        }
        match self.drawn(&table, |_, _| None) {
            Some(table) => self.out.push_str(&table.replace(FIXED, " ")),
            None => rows.iter().for_each(|row| {
                let line = format!("{}: flat {}, bytes {}, {} ns", name(row), row.flat, row.bytes, row.host);
                self.wrapped("", "  ", &line);
            }),
        }
        for row in rows {
            if let Some(why) = row.call.beyond {
                let word = self.styled(YELLOW, "not computed:");
                self.wrapped("", "  ", &format!("{word} {}, because {}", name(row), beyond(why)));
            }
        }
    }

    fn taken_apart(&mut self, row: &Row<'_>, name: &str) {
        let name = self.styled(BOLD, name);
        self.wrapped("  ", "    ", &name);
        let Some(shape) = &row.call.shape else {
            let why = row.call.beyond.map_or("", beyond);
            return self.wrapped("    ", "      ", &format!("not computed: {why}"));
        };
        self.payload("parameters", &shape.parameters);
        if let Some(result) = &shape.result {
            self.payload("result", result);
        }
        let NanosecondsReport { host_to_guest, guest_to_host, guest_to_guest } = shape.nanoseconds;
        let what = self.styled(DIM, "estimate:");
        let line = format!(
            "{what} {guest_to_host} ns where a guest calls the host, {guest_to_guest} ns another guest, {host_to_guest} ns \
             where the host calls"
        );
        self.wrapped("    ", "      ", &line);
        let signatures = &shape.signatures;
        let waiting = [("import", Some(&signatures.import)), ("export", Some(&signatures.export))];
        let not_waiting = [
            ("async import", signatures.async_import.as_ref()),
            ("async export", signatures.async_export.as_ref()),
            ("task.return", signatures.task_return.as_ref()),
        ];
        for (what, signature) in waiting.into_iter().chain(not_waiting) {
            let Some(signature) = signature else { continue };
            let what = self.styled(DIM, &format!("{what}:"));
            self.wrapped("    ", "      ", &format!("{what} {}", core(signature)));
        }
    }

    fn payload(&mut self, what: &str, payload: &PayloadReport) {
        let what = self.styled(DIM, &format!("{what}:"));
        let values = if payload.flat == 1 { "flat value" } else { "flat values" };
        let size = if payload.bytes == 1 { "1 byte".into() } else { format!("{} bytes", payload.bytes) };
        let line = format!("{what} {} {values}, {size} aligned to {}", payload.flat, payload.align);
        self.wrapped("    ", "      ", &line);
        let allocates = payload.allocates.iter().map(|part| match part.kind {
            AllocationReportKind::String => format!("{} (string)", clean(&part.path)),
            AllocationReportKind::List => {
                format!("{} (list, {} bytes an element)", clean(&part.path), part.element_bytes)
            }
            AllocationReportKind::Map => format!("{} (map, {} bytes an entry)", clean(&part.path), part.element_bytes),
        });
        self.parts("allocates", allocates.collect());
        let discriminants = payload.discriminants.iter();
        let discriminants =
            discriminants.map(|part| format!("{} ({} cases, {})", clean(&part.path), part.cases, bytes(part.bytes)));
        self.parts("discriminants", discriminants.collect());
        let flags = payload
            .flags
            .iter()
            .map(|part| format!("{} ({} flags, {})", clean(&part.path), part.flags, bytes(part.bytes)));
        self.parts("flags", flags.collect());
        self.parts("gives away", payload.moves.iter().map(|path| clean(path)).collect());
        self.parts("lends", payload.lends.iter().map(|path| clean(path)).collect());
        if payload.untold > 0 {
            self.wrapped("      ", "        ", &format!("… and {} more parts", payload.untold));
        }
    }

    fn parts(&mut self, what: &str, parts: Vec<String>) {
        if !parts.is_empty() {
            self.wrapped("      ", "        ", &format!("{what}: {}", parts.join(", ")));
        }
    }

    fn findings(&mut self, findings: &[CostFindingReport], indent: &str) {
        for finding in findings {
            self.out.push('\n');
            let place = finding
                .place
                .as_ref()
                .map_or(String::new(), |place| format!(" ({}:{}:{})", clean(&place.file), place.line, place.column));
            let rule = self.styled(YELLOW, &clean(&finding.rule));
            let rest = format!("{indent}  ");
            self.wrapped(indent, &rest, &format!("{rule}: {}{place}", clean(&finding.message)));
            self.wrapped(&rest, &format!("{rest}  "), &clean(&finding.hint));
        }
    }

    /// What of a package is passed in another way than before.
    pub fn costs(&mut self, package: &PackageReport) {
        let Some(cost) = package.cost.as_ref().filter(|cost| !cost.changes.is_empty() || !cost.findings.is_empty())
        else {
            return;
        };
        self.out.push('\n');
        let word = self.styled(BOLD, "cost");
        let what = if cost.changes.is_empty() { "of calls" } else { "of calls, parameters and result:" };
        self.wrapped("  ", "    ", &format!("{word} {what}"));
        let listed = if self.options.verbose { cost.changes.len() } else { CHANGES };
        for change in cost.changes.iter().take(listed) {
            let home = change.path.split('#').next().unwrap_or_default();
            let name = clean(&format!("{home}#{}", item(&change.path)));
            let line = format!(
                "{name}: {}",
                differences(change).iter().map(|part| clean(part)).collect::<Vec<_>>().join("; ")
            );
            self.wrapped("    ", "      ", &line);
        }
        if cost.changes.len() > listed {
            let more = cost.changes.len() - listed;
            self.wrapped("    ", "      ", &format!("… and {more} more: pass --verbose to list them"));
        }
        self.findings(&cost.findings, "  ");
    }
}

fn bytes(bytes: u32) -> String {
    if bytes == 1 { "1 byte".into() } else { format!("{bytes} bytes") }
}

/// `(i32 i32) -> i64`.
fn core(signature: &SignatureReport) -> String {
    let types = |types: &[CoreReport]| {
        let name = |ty: &CoreReport| match ty {
            CoreReport::I32 => "i32",
            CoreReport::I64 => "i64",
            CoreReport::F32 => "f32",
            CoreReport::F64 => "f64",
        };
        types.iter().map(name).collect::<Vec<_>>().join(" ")
    };
    let memory = match (signature.parameters_in_memory, signature.result_in_memory) {
        (false, false) => "",
        (true, false) => ", parameters in memory",
        (false, true) => ", result in memory",
        (true, true) => ", both in memory",
    };
    let results = if signature.results.is_empty() { "()".into() } else { types(&signature.results) };
    format!("({}) -> {results}{memory}", types(&signature.parameters))
}
