//! The two things that are compared, pinned: what stands for each of them, and how a report calls it.

/// One side of a comparison, once everything that names it is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// An input that [`load`](super::load) takes: a path, `git:REV:PATH`, `-`, or `git::PATH` for the index.
    ///
    /// Where it is a commit, that commit is named by its id, so that a branch that moves meanwhile changes nothing.
    pub input: String,
    /// What a report calls it: what the user typed, or what was chosen for them (`v0.2.12`, `main...HEAD`).
    pub shown: String,
    /// How it was found, as the end of a sentence, where that takes words: "the merge base of `main` and `HEAD`".
    pub how: Option<String>,
    /// The full id of the commit, where there is one; the working tree and the index have none.
    pub commit: Option<String>,
}

impl Target {
    /// What the user typed, as it stands.
    pub fn typed(input: &str) -> Target {
        Target { input: input.to_owned(), shown: input.to_owned(), how: None, commit: None }
    }

    /// The commit of a release.
    #[cfg(feature = "git")]
    pub fn of_tag(tag: &super::ReleaseTag) -> Target {
        let commit = Some(tag.commit.clone());
        Target { input: format!("git:{}", tag.commit), shown: tag.name.clone(), how: None, commit }
    }
}

/// Which of two inputs is a directory inside of the other, at one time or another, and the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inside {
    /// The old one is inside of the new one.
    Old(String),
    /// The new one is inside of the old one.
    New(String),
}

/// Without git, there are no revisions.
#[cfg(not(feature = "git"))]
pub fn are_whole(_old: &Target, _new: &Target, _options: &super::Options) -> bool {
    false
}

/// Without git, no input is known to be inside of another.
#[cfg(not(feature = "git"))]
pub fn inside(_old: &Target, _new: &Target, _options: &super::Options) -> Option<Inside> {
    None
}
