//! A repository as a service has it, with a pull request, and clones of it as `actions/checkout` makes them.

use super::scratch::Scratch;
use std::process::Command;

pub const F: &str = "interface i { f: func(); }";
pub const FG: &str = "interface i { f: func(); g: func(); }";
/// Breaks those who use `f`.
pub const F_CHANGED: &str = "interface i { f: func() -> u32; }";

/// The repository `service`: a release, `commits` on main after it, and a pull request by which `a:p` becomes `body` in
/// `version`.
pub fn service(base: &str, commits: usize, version: &str, body: &str) -> Scratch {
    service_at(base, "1.0.0", commits, version, body)
}

/// The same where main declares another version as soon as the release is out.
pub fn service_at(base: &str, next: &str, commits: usize, version: &str, body: &str) -> Scratch {
    let scratch = Scratch::empty();
    scratch.git(&["init", "-q", "-b", base, "service"]);
    scratch.write("service/wit/a.wit", wit("1.0.0", F));
    commit(&scratch, "release");
    scratch.git_in("service", &["tag", "v1.0.0"]);
    scratch.write("service/wit/a.wit", wit(next, F));
    scratch.git_in("service", &["commit", "-q", "--allow-empty", "-am", "next"]);
    // As a stream, since a thousand calls of git take their time.
    let from = format!("from refs/heads/{base}^0\n");
    let empty = |number| {
        let from = if number == 1 { &*from } else { "" };
        format!(
            "commit refs/heads/{base}\ncommitter a <a@example.test> {} +0000\ndata 0\n{from}\n",
            2_000_000_000 + number
        )
    };
    scratch.write("stream", (1..commits).map(empty).collect::<String>());
    scratch.run("service", Command::new("sh").args(["-c", "git fast-import --quiet <../stream"]));
    scratch.git_in("service", &["checkout", "-qb", "topic"]);
    scratch.write("service/README", "topic\n");
    scratch.write("service/wit/a.wit", wit(version, body));
    commit(&scratch, "topic");
    // The merge that a service offers to test.
    scratch.git_in("service", &["checkout", "-q", "--detach", base]);
    scratch.git_in("service", &["merge", "-q", "--no-ff", "-m", "merge", "topic"]);
    scratch.git_in("service", &["update-ref", "refs/pull/1/merge", "HEAD"]);
    scratch.git_in("service", &["checkout", "-q", base]);
    scratch
}

pub fn wit(version: &str, body: &str) -> String {
    format!("package a:p@{version};\n\n{body}\n")
}

fn commit(scratch: &Scratch, message: &str) {
    scratch.git_in("service", &["add", "-A"]);
    scratch.git_in("service", &["commit", "-qm", message]);
}

/// The clone `clone` with `reference` checked out: one commit of it, or all there is.
pub fn checkout(scratch: &Scratch, reference: &str, depth: Option<u32>) {
    scratch.git(&["init", "-q", "clone"]);
    let url = format!("file://{}", scratch.path().join("service").display());
    scratch.git_in("clone", &["remote", "add", "origin", &url]);
    // What the runner reads the name of the repository from.
    scratch.git_in("clone", &["remote", "add", "named", "https://github.com/acme/wit"]);
    let wanted = format!("+{reference}:refs/remotes/checked/out");
    match depth {
        Some(depth) => {
            let depth = format!("--depth={depth}");
            scratch.git_in("clone", &["fetch", "-q", "--no-tags", &depth, "origin", &wanted]);
        }
        None => {
            scratch
                .git_in("clone", &["fetch", "-q", "--tags", "origin", &wanted, "+refs/heads/*:refs/remotes/origin/*"]);
        }
    }
    scratch.git_in("clone", &["checkout", "-q", "--detach", "refs/remotes/checked/out"]);
}

/// The clone `clone` with the newest commit of a branch checked out, by its id and without tags.
pub fn checkout_branch(scratch: &Scratch, branch: &str, depth: Option<u32>) {
    scratch.git(&["init", "-q", "clone"]);
    let url = format!("file://{}", scratch.path().join("service").display());
    scratch.git_in("clone", &["remote", "add", "origin", &url]);
    scratch.git_in("clone", &["remote", "add", "named", "https://github.com/acme/wit"]);
    let commit = scratch.git_in("service", &["rev-parse", branch]);
    let wanted = format!("+{commit}:refs/remotes/origin/{branch}");
    let depth = depth.map(|depth| format!("--depth={depth}"));
    let mut fetch = vec!["fetch", "-q", "--no-tags", "origin", &wanted];
    fetch.splice(2..2, depth.as_deref());
    scratch.git_in("clone", &fetch);
    scratch.git_in("clone", &["checkout", "-q", "-B", branch, &format!("refs/remotes/origin/{branch}")]);
}
