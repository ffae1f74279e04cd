//! The two things that are compared.

/// One side of a comparison, once everything that names it is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// An input that [`load`](super::load) takes.
    pub input: String,
    /// What a report calls it.
    pub shown: String,
    /// How it was found, as the end of a sentence, where that takes words: "the merge base of `main` and `HEAD`".
    pub how: Option<String>,
    /// The full id of the commit, where there is one; the working tree and the index have none.
    pub commit: Option<String>,
}

impl Target {
    /// A target that is what the user typed.
    pub fn typed(input: &str) -> Target {
        Target { input: input.to_owned(), shown: input.to_owned(), how: None, commit: None }
    }
}
