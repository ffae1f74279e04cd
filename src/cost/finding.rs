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
        }
    }
}
