//! What the process knows of the pull request or the release that it runs for.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::Read;

use serde_json::Value;

/// Variables of the environment, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// The variables; those that are not set have no entry.
    pub variables: BTreeMap<String, String>,
}

impl Environment {
    /// The variables that count, all others are never looked at.
    pub const NAMES: [&str; 16] = [
        "GITHUB_ACTIONS",
        "GITHUB_BASE_REF",
        "GITHUB_EVENT_NAME",
        "GITHUB_EVENT_PATH",
        "GITHUB_REF_TYPE",
        "GITLAB_CI",
        "CI_COMMIT_BEFORE_SHA",
        "CI_COMMIT_TAG",
        "CI_DEFAULT_BRANCH",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
        "CHANGE_ID",
        "CHANGE_TARGET",
        "JENKINS_URL",
        "TAG_NAME",
    ];

    /// Those of them that say whether a tag is released.
    const OF_RELEASES: [&str; 4] = ["GITHUB_REF_TYPE", "CI_COMMIT_TAG", "JENKINS_URL", "TAG_NAME"];

    /// The environment of this process.
    pub fn of_process() -> Environment {
        let variables = Self::NAMES.iter().filter_map(|name| Some((name.to_string(), env::var(name).ok()?)));
        Environment { variables: variables.collect() }
    }

    /// The same without pull requests and pushes: only whether a tag is released.
    pub fn of_releases(mut self) -> Environment {
        self.variables.retain(|name, _| Self::OF_RELEASES.contains(&name.as_str()));
        self
    }

    /// The pull request that the process runs for, if it does.
    ///
    /// Forgejo and Gitea set what GitHub sets.
    pub(super) fn pull_request(&self, max_event_bytes: u64) -> Option<PullRequest> {
        if self.get("GITHUB_ACTIONS") == Some("true") {
            let event = |pointer: &str| self.event(pointer, max_event_bytes);
            if self.get("GITHUB_EVENT_NAME") == Some("merge_group") {
                let base = Base { branch: None, commit: event("/merge_group/base_sha"), is_exact: true };
                return Some(PullRequest { base, named: "the merge group", service: "GitHub Actions" });
            }
            let branch = self.get("GITHUB_BASE_REF")?.to_owned();
            let base = Base { branch: Some(branch), commit: event("/pull_request/base/sha"), is_exact: false };
            return Some(PullRequest { base, named: "the pull request", service: "GitHub Actions" });
        }
        if self.get("GITLAB_CI") == Some("true") {
            let branch = self.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")?.to_owned();
            let merged = self.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA");
            let commit = merged.or(self.get("CI_MERGE_REQUEST_DIFF_BASE_SHA")).map(str::to_owned);
            let base = Base { branch: Some(branch), commit, is_exact: merged.is_some() };
            return Some(PullRequest { base, named: "the merge request", service: "GitLab CI" });
        }
        // Jenkins says of no variable that it is its own; the two together are set for nothing else.
        self.get("CHANGE_ID")?;
        let base = Base { branch: Some(self.get("CHANGE_TARGET")?.to_owned()), commit: None, is_exact: false };
        Some(PullRequest { base, named: "the pull request", service: "Jenkins" })
    }

    /// The commit that a branch was at before the push that the process runs for, and the service that says so.
    pub(super) fn pushed_to(&self, max_event_bytes: u64) -> Option<(String, &'static str)> {
        let is_push = self.get("GITHUB_ACTIONS") == Some("true") && self.get("GITHUB_EVENT_NAME") == Some("push");
        let (before, service) = if is_push {
            (self.event("/before", max_event_bytes)?, "GitHub Actions")
        } else {
            (
                self.get("CI_COMMIT_BEFORE_SHA").filter(|_| self.get("GITLAB_CI") == Some("true"))?.to_owned(),
                "GitLab CI",
            )
        };
        // Zeros stand for a branch that was not there.
        before.bytes().any(|byte| byte != b'0').then_some((before, service))
    }

    /// The default branch, and the service that names it.
    pub(super) fn default_branch(&self) -> Option<(&str, &'static str)> {
        let branch = self.get("CI_DEFAULT_BRANCH").filter(|_| self.get("GITLAB_CI") == Some("true"))?;
        Some((branch, "GitLab CI"))
    }

    /// Whether the process runs for a tag.
    pub(super) fn is_release(&self) -> bool {
        // Others than Jenkins may call something else so.
        let is_of_jenkins = self.get("TAG_NAME").is_some() && self.get("JENKINS_URL").is_some();
        self.get("GITHUB_REF_TYPE") == Some("tag") || self.get("CI_COMMIT_TAG").is_some() || is_of_jenkins
    }

    /// A variable that is set to something.
    fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// A text in the event that started the process, whatever that file holds.
    fn event(&self, pointer: &str, max_bytes: u64) -> Option<String> {
        let path = self.get("GITHUB_EVENT_PATH")?;
        // Before it is opened: opening a pipe waits for somebody to write to it.
        fs::metadata(path).ok().filter(|metadata| metadata.is_file())?;
        let mut bytes = Vec::new();
        File::open(path).ok()?.take(max_bytes).read_to_end(&mut bytes).ok()?;
        let event: Value = serde_json::from_slice(&bytes).ok()?;
        event.pointer(pointer)?.as_str().map(str::to_owned)
    }
}

/// A change that is proposed for a branch.
pub(super) struct PullRequest {
    pub base: Base,
    /// What the service calls it.
    pub named: &'static str,
    pub service: &'static str,
}

/// What a change is proposed for.
pub(super) struct Base {
    /// The branch, on the remote `origin`.
    pub branch: Option<String>,
    /// A commit of it.
    pub commit: Option<String>,
    /// Whether the commit says it better than the branch does.
    pub is_exact: bool,
}
