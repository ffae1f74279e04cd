//! What is worth saying of calls: facts, without sentences.

/// Something that was found, of one function or of one interface.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `namespace:name` of the package.
    pub package: String,
    /// The path of the function, as of a [`Call`](super::Call), or of the interface.
    pub path: String,
    /// What was found.
    pub fact: Fact,
}

/// What was found. Counts are of flat values, sizes in bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// The parameters no longer fit into those of a core function.
    ParametersSpilled { old: u64, new: u64 },
    /// The parameters no longer fit where the caller does not wait.
    AsyncParametersSpilled { old: u64, new: u64 },
    /// The result is no longer that of a core function.
    ResultSpilled { old: u64, new: u64 },
    /// The result no longer fits into the parameters of `task.return`.
    AsyncResultSpilled { old: u64, new: u64 },
    /// What is passed takes several times the memory.
    PayloadGrown { part: String, old: u64, new: u64 },
    /// So many small values are asked for one by one; as one record they would be so many flat values and bytes.
    GettersScattered { getters: usize, flat: u64, bytes: u64 },
    /// An element of so many bytes is passed by a call of its own.
    CallsRepeated { way: Way, bytes: u64 },
    /// A list of elements of so many bytes, with so many buffers each, is there before the first of them is given.
    ListCollected { part: String, bytes: u64, buffers: usize },
    /// Every element of a list has room for this case; no other case has more bytes than `others`.
    CaseOutsized { case: String, bytes: u64, others: u64 },
    /// A record of so many bytes goes in and comes back.
    StateReturned { bytes: u64 },
    /// So many functions take the same record of so many bytes.
    RecordRepeated { record: String, functions: usize, bytes: u64 },
    /// A list of lists takes so many buffers where each of them is as long as [`LENGTH`](super::LENGTH).
    ListsNested { part: String, buffers: u64 },
}

/// How elements are passed one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Each is handed over.
    Taken,
    /// Each is given, until there is none.
    Given,
    /// Each is read, or asked for by its place.
    Read,
}

impl Fact {
    /// The id of the rule.
    pub fn rule(&self) -> &'static str {
        match self {
            Fact::ParametersSpilled { .. } => "parameters-spilled",
            Fact::AsyncParametersSpilled { .. } => "async-parameters-spilled",
            Fact::ResultSpilled { .. } => "result-spilled",
            Fact::AsyncResultSpilled { .. } => "async-result-spilled",
            Fact::PayloadGrown { .. } => "payload-grown",
            Fact::GettersScattered { .. } => "getters-scattered",
            Fact::CallsRepeated { .. } => "calls-repeated",
            Fact::ListCollected { .. } => "list-collected",
            Fact::CaseOutsized { .. } => "case-outsized",
            Fact::StateReturned { .. } => "state-returned",
            Fact::RecordRepeated { .. } => "record-repeated",
            Fact::ListsNested { .. } => "lists-nested",
        }
    }
}
