//! What calls cost, in rows: what every table of them is made of.

use super::cost_words::item;
use super::wire::*;
use std::cmp::Reverse;

/// What functions are sorted by: the dearest first, or by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostOrder {
    /// By package and name.
    #[default]
    Path,
    /// By the estimate of how long a call from a guest to the host takes.
    Time,
    /// By flat values, in both directions.
    Flat,
    /// By bytes of the fixed parts.
    Bytes,
    /// By buffers that are allocated.
    Buffers,
}

/// The figures of a function in one row.
pub(super) struct Row<'a> {
    pub call: &'a CallReport,
    /// The package, with its version.
    pub package: &'a CostedPackage,
    pub flat: String,
    pub bytes: String,
    pub buffers: String,
    pub handles: String,
    pub in_memory: &'static str,
    /// The estimate where a guest calls the host.
    pub host: String,
    /// Likewise, where it calls another guest.
    pub guest: String,
}

/// The rows of a report in an order; those of equal cost by name.
pub(super) fn rows(report: &CostReport, order: CostOrder) -> Vec<Row<'_>> {
    let functions =
        report.packages.iter().flat_map(|package| package.functions.iter().map(move |call| (package, call)));
    let mut rows: Vec<Row> = functions.map(|(package, call)| row(package, call)).collect();
    // What cannot be computed is the dearest of all.
    let by =
        |of: fn(&PayloadReport) -> u64| {
            move |row: &Row<'_>| {
                Reverse(row.call.shape.as_ref().map_or(u64::MAX, |shape| {
                    of(&shape.parameters).saturating_add(shape.result.as_ref().map_or(0, of))
                }))
            }
        };
    let time =
        |row: &Row<'_>| Reverse(row.call.shape.as_ref().map_or(u64::MAX, |shape| shape.nanoseconds.guest_to_host));
    match order {
        CostOrder::Path => {}
        CostOrder::Time => rows.sort_by_key(time),
        CostOrder::Flat => rows.sort_by_key(by(|payload| payload.flat)),
        CostOrder::Bytes => rows.sort_by_key(by(|payload| payload.bytes)),
        CostOrder::Buffers => rows.sort_by_key(by(|payload| payload.buffers)),
    }
    rows
}

fn row<'a>(package: &'a CostedPackage, call: &'a CallReport) -> Row<'a> {
    let Some(shape) = &call.shape else {
        let unknown = || "?".to_owned();
        let (flat, bytes, buffers, handles) = (unknown(), unknown(), unknown(), unknown());
        let (host, guest) = (unknown(), unknown());
        return Row { call, package, flat, bytes, buffers, handles, in_memory: "?", host, guest };
    };
    let (goes_in, comes_back) = (&shape.parameters, shape.result.as_ref());
    let both = |of: fn(&PayloadReport) -> u64| match (of(goes_in), comes_back.map_or(0, of)) {
        (0, 0) => "-".to_owned(),
        (goes_in, comes_back) => format!("{goes_in} → {comes_back}"),
    };
    let lent = goes_in.lends.len();
    let (given, returned) = (goes_in.moves.len(), comes_back.map_or(0, |result| result.moves.len()));
    let handles = [(lent, "lent"), (given, "given"), (returned, "returned")];
    let handles: Vec<String> =
        handles.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let signature = &shape.signatures.import;
    Row {
        call,
        package,
        flat: both(|payload| payload.flat),
        bytes: both(|payload| payload.bytes),
        buffers: both(|payload| payload.buffers),
        handles: if handles.is_empty() { "-".into() } else { handles.join(", ") },
        in_memory: match (signature.parameters_in_memory, signature.result_in_memory) {
            (false, false) => "-",
            (true, false) => "parameters",
            (false, true) => "result",
            (true, true) => "both",
        },
        host: shape.nanoseconds.guest_to_host.to_string(),
        guest: shape.nanoseconds.guest_to_guest.to_string(),
    }
}

impl Row<'_> {
    /// The interface or world that the function stands in.
    pub fn home(&self) -> &str {
        self.call.path.split('#').next().unwrap_or_default()
    }

    /// What it is called there.
    pub fn name(&self) -> String {
        let name = item(&self.call.path);
        if self.call.r#async { format!("{name} (async)") } else { name }
    }
}
