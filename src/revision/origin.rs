//! Where the files of a target are for those who look at the whole repository, on the site that hosts it.

use std::path::Path;

use git2::{ObjectType, Repository};

use super::spec::{self, Reading};
use super::{Options, Target, locate, repository, status};

/// Where a target's files are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The directory that the target's files count from, seen from the top of the repository, with forward slashes; empty
    /// where that is the top. Outside of a repository, as it is typed. `None` for the standard input.
    pub root: Option<String>,
    /// The address of the top directory on the site that hosts the repository, where it is known: a path and `#L` with a
    /// line lead on from there.
    pub address: Option<String>,
}

/// Finds where a target's files are. What is not known is left out: nothing depends on it but links.
pub fn origin(target: &Target, options: &Options) -> Origin {
    let typed = || Origin { root: typed(target, options), address: None };
    let Ok(repository) = repository::open(options) else { return typed() };
    let Some(mut names) = locate::names(&repository, target, options) else { return typed() };
    if is_file(&repository, target, &names, options) {
        names.pop();
    }
    let address = address(&repository, target, options);
    Origin { root: Some(names.join("/")), address }
}

/// The directory of a path that stands in no repository.
fn typed(target: &Target, options: &Options) -> Option<String> {
    let Ok(Reading::Path(path)) = spec::read(&target.input, options) else { return None };
    let is_file = options.directory().join(path).is_file();
    let directory = if is_file { Path::new(path).parent()?.to_str()? } else { path };
    Some(directory.trim_start_matches("./").trim_end_matches('/').to_owned()).map(|directory| match &*directory {
        "." => String::new(),
        _ => directory,
    })
}

fn is_file(repository: &Repository, target: &Target, names: &[String], options: &Options) -> bool {
    if let Ok(Reading::Path(path)) = spec::read(&target.input, options) {
        return options.directory().join(path).is_file();
    }
    let in_commit = || {
        let commit = repository.find_commit(target.commit.as_ref()?.parse().ok()?).ok()?;
        let entry = commit.tree().ok()?.get_path(Path::new(&names.join("/"))).ok()?;
        Some(entry.kind() == Some(ObjectType::Blob))
    };
    in_commit().unwrap_or_else(|| names.last().is_some_and(|name| name.ends_with(".wit")))
}

/// The address of the commit's top directory. What is in no commit has none.
fn address(repository: &Repository, target: &Target, options: &Options) -> Option<String> {
    let commit = match &target.commit {
        Some(commit) => commit.clone(),
        None => {
            let is_path = matches!(spec::read(&target.input, options), Ok(Reading::Path(_)));
            let is_clean = || status::dirty(options, false).is_ok_and(|dirty| dirty.is_empty());
            (is_path && is_clean()).then_some(())?;
            repository.head().ok()?.peel_to_commit().ok()?.id().to_string()
        }
    };
    let remotes = repository.remotes().ok()?;
    let names: Vec<&str> = remotes.iter().filter_map(Result::ok).flatten().collect();
    let name = names.iter().find(|name| **name == "origin").or(names.first())?;
    let remote = repository.find_remote(name).ok()?;
    of_commit(remote.url().ok()?, &commit)
}

/// The address of a commit's top directory in the repository at `url`, for the sites whose addresses are known.
fn of_commit(url: &str, commit: &str) -> Option<String> {
    let (host, path) = host_and_path(url)?;
    let is = |name: &str| host.split(['.', ':']).any(|part| part == name);
    let way = if is("github") {
        "blob"
    } else if is("gitlab") {
        "-/blob"
    } else if is("codeberg") || is("gitea") || is("forgejo") {
        "src/commit"
    } else {
        return None;
    };
    Some(format!("https://{host}/{path}/{way}/{commit}"))
}

/// The host, without who logs in there, and the path of a repository: `https://…`, `ssh://…` and `git@host:path`.
fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let (host, path) = match url.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        None => url.split_once(':')?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    // The port of ssh is not the one of pages.
    let host = if url.starts_with("http") { host } else { host.split_once(':').map_or(host, |(host, _)| host) };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '~');
    let is_host = !host.is_empty() && host.chars().all(|c| is_plain(c) || c == ':');
    let is_path = path.contains('/') && path.chars().all(|c| is_plain(c) || c == '/') && !path.contains("..");
    (is_host && is_path).then_some((host, path))
}

#[cfg(test)]
mod tests {
    use super::of_commit;

    #[test]
    fn the_address_of_a_commit_follows_its_site() {
        let cases = [
            ("https://github.com/WebAssembly/WASI.git", Some("https://github.com/WebAssembly/WASI/blob/c0")),
            ("git@github.com:WebAssembly/WASI.git", Some("https://github.com/WebAssembly/WASI/blob/c0")),
            ("ssh://git@github.com:22/a/b", Some("https://github.com/a/b/blob/c0")),
            (
                "https://ci-token:secret@gitlab.example.org/a/b/c.git",
                Some("https://gitlab.example.org/a/b/c/-/blob/c0"),
            ),
            ("https://codeberg.org/a/b", Some("https://codeberg.org/a/b/src/commit/c0")),
            ("https://github.example.org:8443/a/b", Some("https://github.example.org:8443/a/b/blob/c0")),
            ("https://example.org/github/b", None),
            ("https://evilgithub.com/a/b", None),
            ("https://github.com/a/b?x=<script>", None),
            ("https://github.com/a/../b", None),
            ("/srv/github/a", None),
            ("../a", None),
            ("file:///github.com/a/b", None),
        ];
        for (url, address) in cases {
            assert_eq!(of_commit(url, "c0").as_deref(), address, "{url}");
        }
    }
}
