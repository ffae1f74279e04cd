//! Which tags are releases, and which of them are in a history.

use super::*;
use wit_diff::revision::{ReleaseTag, Target, is_family, release_tags, working_tree};

fn commit(scratch: &Scratch, rev: &str) -> Target {
    let id = scratch.git(&["rev-parse", &format!("{rev}^{{commit}}")]);
    Target { input: format!("git:{id}"), shown: rev.into(), how: None, commit: Some(id) }
}

fn tags(scratch: &Scratch, new: &Target, pattern: Option<&str>) -> Vec<ReleaseTag> {
    release_tags(new, pattern, &scratch.options()).unwrap()
}

fn names(tags: &[ReleaseTag]) -> Vec<&str> {
    tags.iter().map(|tag| tag.name.as_str()).collect()
}

/// The name, the prefix and the version of each tag at `HEAD`.
fn read(scratch: &Scratch, pattern: Option<&str>) -> Vec<(String, String, String)> {
    let found = tags(scratch, &commit(scratch, "HEAD"), pattern);
    found.into_iter().map(|tag| (tag.name, tag.prefix, tag.version.to_string())).collect()
}

#[track_caller]
fn are(found: &[(String, String, String)], expected: &[(&str, &str, &str)]) {
    let found: Vec<(&str, &str, &str)> =
        found.iter().map(|(name, prefix, version)| (name.as_str(), prefix.as_str(), version.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn names_of_release_tags() {
    let scratch = Scratch::repository();
    let id = scratch.write("a", "").commit("one");
    let releases = [
        "v1.2.3",
        "1.2.3",
        "2.0.0-rc.1+build.5",
        "v0.3.0-rc-2026-03-15",
        "http-v1.2.3",
        "http/v1.2.3",
        "wasi-vfs-v0.1.0",
        "io-v1.0.0-v2",
        "group/io/v0.1.0",
    ];
    let others =
        ["v1", "v1.2", "1.2.3.4", "release", "http-1.2.3", "http@1.2.3", "x1.2.3", "v01.2.3", "-v-v1", "version-v1.x"];
    for name in releases.iter().chain(&others) {
        scratch.git(&["update-ref", &format!("refs/tags/{name}"), &id]);
    }
    let expected = [
        ("2.0.0-rc.1+build.5", "", "2.0.0-rc.1+build.5"),
        ("1.2.3", "", "1.2.3"),
        ("v1.2.3", "", "1.2.3"),
        ("http-v1.2.3", "http", "1.2.3"),
        ("http/v1.2.3", "http", "1.2.3"),
        ("io-v1.0.0-v2", "io", "1.0.0-v2"),
        ("v0.3.0-rc-2026-03-15", "", "0.3.0-rc-2026-03-15"),
        ("group/io/v0.1.0", "group/io", "0.1.0"),
        ("wasi-vfs-v0.1.0", "wasi-vfs", "0.1.0"),
    ];
    are(&read(&scratch, None), &expected);
    assert!(tags(&scratch, &commit(&scratch, "HEAD"), None).iter().all(|tag| tag.commit == id));
}

#[test]
fn patterns() {
    let scratch = Scratch::repository();
    scratch.write("a", "").commit("one");
    for name in ["v0.2.0", "v0.2.1-rc.1", "v0.3.0", "http@1.2.3", "release-2.0.0", "release/http-v1.0.0", "rel7.0.0"] {
        scratch.git(&["tag", name]);
    }
    are(&read(&scratch, Some("v0.2.*")), &[("v0.2.1-rc.1", "", "0.2.1-rc.1"), ("v0.2.0", "", "0.2.0")]);
    are(&read(&scratch, Some("v0.3.0")), &[("v0.3.0", "", "0.3.0")]);
    are(&read(&scratch, Some("*@*")), &[("http@1.2.3", "http", "1.2.3")]);
    are(&read(&scratch, Some("http@*")), &[("http@1.2.3", "", "1.2.3")]);
    are(&read(&scratch, Some("release-*")), &[("release-2.0.0", "", "2.0.0")]);
    are(&read(&scratch, Some("release/*")), &[("release/http-v1.0.0", "http", "1.0.0")]);
    are(&read(&scratch, Some("rel[0-9]*")), &[("rel7.0.0", "", "7.0.0")]);
    are(&read(&scratch, Some("none*")), &[]);
    assert_eq!(read(&scratch, Some("*")).len(), 7);
    assert!(release_tags(&commit(&scratch, "HEAD"), Some("a\0b"), &scratch.options()).is_err());
}

#[test]
fn what_a_tag_stands_for() {
    let scratch = Scratch::repository();
    let id = scratch.write("a", "").commit("one");
    scratch.git(&["tag", "-a", "-m", "x", "v1.0.0"]);
    scratch.git(&["tag", "-a", "-m", "x", "v1.1.0", "v1.0.0"]);
    scratch.git(&["tag", "v2.0.0", "HEAD^{tree}"]);
    scratch.git(&["tag", "v3.0.0", "HEAD:a"]);
    scratch.git(&["tag", "-a", "-m", "x", "v4.0.0", "HEAD^{tree}"]);
    let found = tags(&scratch, &commit(&scratch, "HEAD"), None);
    assert_eq!(names(&found), ["v1.1.0", "v1.0.0"]);
    assert!(found.iter().all(|tag| tag.commit == id));
}

#[test]
fn only_what_is_in_the_history() {
    let scratch = Scratch::repository();
    for name in ["v0.2.0", "v0.2.1", "v0.3.0"] {
        scratch.write("a", name).commit(name);
        scratch.git(&["tag", name]);
    }
    scratch.git(&["checkout", "-q", "-b", "maintenance", "v0.2.1"]);
    scratch.write("a", "0.2.2").commit("0.2.2");
    scratch.git(&["tag", "v0.2.2"]);
    scratch.git(&["pack-refs", "--all"]);
    let of = |rev: &str| names_of(&tags(&scratch, &commit(&scratch, rev), None));
    assert_eq!(of("main"), ["v0.3.0", "v0.2.1", "v0.2.0"]);
    assert_eq!(of("maintenance"), ["v0.2.2", "v0.2.1", "v0.2.0"]);
    assert_eq!(of("v0.2.0"), ["v0.2.0"]);
    // The working tree and the index stand on what is checked out.
    let tree = working_tree(&scratch.options()).unwrap();
    assert_eq!(names_of(&tags(&scratch, &tree, None)), of("maintenance"));
    scratch.git(&["merge", "-q", "-s", "ours", "-m", "merge", "main"]);
    assert_eq!(of("maintenance"), ["v0.3.0", "v0.2.2", "v0.2.1", "v0.2.0"]);
}

fn names_of(tags: &[ReleaseTag]) -> Vec<String> {
    names(tags).into_iter().map(str::to_owned).collect()
}

#[test]
fn families() {
    for prefix in ["", "http", "wasi-http", "wasi_http", "wasi/http", "wasi.http"] {
        assert!(is_family(prefix, "wasi:http"), "{prefix}");
    }
    for prefix in ["io", "wasi", "wasihttp", "http-types", "wasi-http-types", "-http", "my-http", "wasi:http", "httpd"]
    {
        assert!(!is_family(prefix, "wasi:http"), "{prefix}");
    }
    assert!(is_family("wasi-http-types", "wasi-http:types") && is_family("http-types", "wasi:http-types"));
    assert!(is_family("http", "http") && !is_family("-http", "http"));
}

#[test]
fn thousands_of_tags_and_commits() {
    const COMMITS: usize = 2000;
    let scratch = Scratch::repository();
    let mut stream = String::new();
    for at in 1..=COMMITS {
        let from = if at > 1 { format!("from :{}\n", at - 1) } else { String::new() };
        stream +=
            &format!("commit refs/heads/main\nmark :{at}\ncommitter a <a@example.test> {at} +0000\ndata 1\nx\n{from}");
        stream += &format!("\nreset refs/tags/v0.{at}.0\nfrom :{at}\n\n");
    }
    scratch.write("stream", stream);
    scratch.run("", std::process::Command::new("sh").args(["-c", "git fast-import --quiet < stream"]));
    let found = tags(&scratch, &commit(&scratch, "main~500"), None);
    assert_eq!((found.len(), found[0].name.as_str()), (COMMITS - 500, "v0.1500.0"));
    assert_eq!(tags(&scratch, &commit(&scratch, "main"), None).len(), COMMITS);
}
