//! The wire types of what calls cost: how each function is passed, and what is worth saying of it. Sizes are in bytes, for
//! memories of 32 bits; flat values are those of core WebAssembly.

use super::{ErrorReport, InputReport, PlaceReport, Tool};
use serde::Serialize;

/// What every function of a set of packages costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostReport {
    /// The version of this contract: 1.
    pub schema_version: u32,
    /// Who wrote the report.
    pub tool: Tool,
    /// What was looked at.
    pub input: InputReport,
    /// How long every string and list is taken to be in estimates, in bytes and elements.
    pub length: u32,
    /// What estimates are made with.
    pub model: ModelReport,
    /// Every package that resolves, by name.
    pub packages: Vec<CostedPackage>,
    /// Why others do not, or why there is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorReport>,
    /// There is no package.
    #[serde(skip)]
    pub nothing_found: bool,
}

/// What the functions of one package cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostedPackage {
    /// `namespace:name`, never with a version.
    pub name: String,
    /// The version; null where it declares none.
    pub version: Option<String>,
    /// Every function of its interfaces, and of its worlds what they import or export by themselves.
    pub functions: Vec<CallReport>,
    /// What could cost less.
    pub findings: Vec<CostFindingReport>,
}

/// What changed in the cost of calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostChangesReport {
    /// The functions on both sides that are passed in another way than before.
    pub changes: Vec<CostChangeReport>,
    /// Limits that were crossed, payloads that grew, and what else the new side could do for less and the old one did not.
    pub findings: Vec<CostFindingReport>,
}

/// One function, passed in another way than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostChangeReport {
    /// The function, as in `path` of a change.
    pub path: String,
    /// How it was.
    pub old: CallReport,
    /// How it is.
    pub new: CallReport,
}

/// One function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallReport {
    /// Which, as in `path` of a change.
    pub path: String,
    /// Whether it is `async`.
    pub r#async: bool,
    /// Where it is declared; null where there is no text.
    pub place: Option<PlaceReport>,
    /// How it is passed; null where that cannot be computed.
    pub shape: Option<ShapeReport>,
    /// Why it cannot; null where it can.
    pub beyond: Option<BeyondReport>,
}

/// Why it cannot be computed how a function is passed: no component can hold its types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BeyondReport {
    /// Its values do not fit into a memory of 4 GiB.
    TooLarge,
    /// Its types have more than 65,536 parts, all uses written out.
    TooManyParts,
    /// Its types lie more than 1,000 deep in each other.
    TooDeep,
}

/// How a function is passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ShapeReport {
    /// What goes in.
    pub parameters: PayloadReport,
    /// What comes back; null where nothing does.
    pub result: Option<PayloadReport>,
    /// Its signatures in core WebAssembly.
    pub signatures: SignaturesReport,
    /// How long a call takes, estimated, where every string and list has the assumed length.
    pub nanoseconds: NanosecondsReport,
}

/// How long a call takes, in nanoseconds, by who calls whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NanosecondsReport {
    /// The host calls what a guest exports.
    pub host_to_guest: u64,
    /// A guest calls what it imports from the host.
    pub guest_to_host: u64,
    /// A guest calls what another guest of the same component exports.
    pub guest_to_guest: u64,
}

/// What estimates are made with: prices that were fitted to calls that were measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelReport {
    /// The version of Wasmtime that ran them.
    pub wasmtime: String,
    /// The processor.
    pub processor: String,
    /// How far off estimates are, by who calls whom.
    pub errors: ModelErrorsReport,
}

/// How far off estimates are of calls that were left out when they were fitted, by who calls whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelErrorsReport {
    /// Where the host calls a guest.
    pub host_to_guest: ModelErrorReport,
    /// Where a guest calls the host.
    pub guest_to_host: ModelErrorReport,
    /// Where a guest calls another guest.
    pub guest_to_guest: ModelErrorReport,
}

/// How far off estimates are, in percent of what was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelErrorReport {
    /// Half of them are off by no more than this.
    pub median_percent: u32,
    /// Nine of ten.
    pub ninetieth_percent: u32,
}

/// What is passed in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PayloadReport {
    /// How many flat values it is, spilled or not.
    pub flat: u64,
    /// The size of the fixed part, where it stands in memory.
    pub bytes: u64,
    /// Its alignment there.
    pub align: u32,
    /// How many buffers are allocated: one for each string, list and map; those in the element of a list count once.
    pub buffers: u64,
    /// Strings, lists and maps: each has a buffer of its own. Of these and what follows, the first 64 are told.
    pub allocates: Vec<AllocationReport>,
    /// Discriminants: of variants, options, results and enums.
    pub discriminants: Vec<DiscriminantReport>,
    /// Sets of flags.
    pub flags: Vec<FlagsReport>,
    /// What is given away: handles by `own`, ends of streams and futures. Where, as in `path` of what allocates.
    pub moves: Vec<String>,
    /// What is lent for the call: handles by `borrow`.
    pub lends: Vec<String>,
    /// How many of all these are not told.
    pub untold: usize,
}

/// A buffer of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllocationReport {
    /// Where: the name of the parameter, or `result`; then `.field`, `.case`, `.some`, `.ok`, `.err` or `.0`, `[]` for an
    /// element, `[key]` and `[value]` of a map.
    pub path: String,
    /// What it holds.
    pub kind: AllocationReportKind,
    /// The size of one element; 1 of a string.
    pub element_bytes: u64,
}

/// What a buffer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AllocationReportKind {
    /// Text.
    String,
    /// Elements.
    List,
    /// Keys with values.
    Map,
}

/// A discriminant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiscriminantReport {
    /// Where, as of what allocates.
    pub path: String,
    /// How many cases there are.
    pub cases: usize,
    /// Its width in memory: 1, 2 or 4.
    pub bytes: u32,
}

/// A set of flags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlagsReport {
    /// Where, as of what allocates.
    pub path: String,
    /// How many there are.
    pub flags: usize,
    /// Their width in memory: 1, 2, or 4 for each 32 of them.
    pub bytes: u32,
}

/// Signatures in core WebAssembly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignaturesReport {
    /// Of a guest that calls it and waits.
    pub import: SignatureReport,
    /// Of a guest that implements it and returns when it is done.
    pub export: SignatureReport,
    /// Of a guest that calls it and does not wait; absent where it is not `async`, as what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub async_import: Option<SignatureReport>,
    /// Of a guest that implements it with a callback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub async_export: Option<SignatureReport>,
    /// What such a guest hands the result to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_return: Option<SignatureReport>,
}

/// A signature in core WebAssembly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignatureReport {
    /// The parameters: `i32`, `i64`, `f32` or `f64`.
    pub parameters: Vec<CoreReport>,
    /// The results, likewise.
    pub results: Vec<CoreReport>,
    /// Whether the parameters are spilled: passed in memory.
    pub parameters_in_memory: bool,
    /// Whether the result is.
    pub result_in_memory: bool,
}

/// A type of core WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CoreReport {
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
}

/// Something that could cost less, or that costs more than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostFindingReport {
    /// The id of the rule; `wit-diff explain` tells what it means.
    pub rule: String,
    /// The function or the interface, as in `path` of a change.
    pub path: String,
    /// Where it is declared; null where there is no text.
    pub place: Option<PlaceReport>,
    /// What was found, with its figures, as a sentence without a full stop.
    pub message: String,
    /// What to do about it, as a sentence.
    pub hint: String,
}
