//! What the real git shows with the driver, in real repositories.

use crate::run::Run;
use crate::scratch::Scratch;
use std::fs;
use std::process::Command;

const FILE: &str = "my wit/some types.wit";
const OLD: &str =
    "package a:b@1.0.0;\n\n/// Documentation.\ninterface i {\n    record r { a: u8 }\n    f: func(x: r);\n}\n";
/// The same: only order, layout and documentation are others.
const SAME: &str = "package a:b@1.0.0;\r\ninterface i {\r\n  f: func(\r\n    x: r, // no other\r\n  );\r\n  record r { a: u8 }\r\n}\r\n";
const NEW: &str =
    "package a:b@1.0.0;\ninterface i {\n    f: func(x: r) -> string;\n    record r { a: u8, b: list<u8> }\n}\n";
const BROKEN: &str = "package a:b@1.0.0;\ninterface i {\n    f: fun(x: r);\n";

/// A repository with the driver in it and one commit.
fn installed() -> Scratch {
    let scratch = Scratch::repository();
    scratch.call(&["git-driver", "install", "--attributes"]).code(0);
    scratch.write(FILE, OLD).commit("old");
    scratch
}

/// The lines that a diff adds and takes away.
fn changed(diff: &str) -> Vec<&str> {
    let is_change = |line: &&str| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---");
    diff.lines().filter(is_change).collect()
}

const ITEMS: [&str; 3] = ["-a:b/i#f func(x: r)", "+a:b/i#r.b field list<u8>", "+a:b/i#f func(x: r) -> string"];

#[test]
fn every_way_to_see_a_change_shows_items() {
    let scratch = installed();
    scratch.write(FILE, NEW);
    assert_eq!(changed(&scratch.git(&["diff"])), ITEMS);
    assert_eq!(changed(&scratch.git_in("my wit", &["diff"])), ITEMS);
    scratch.git(&["add", "-A"]);
    assert_eq!(changed(&scratch.git(&["diff", "--cached"])), ITEMS);
    scratch.commit("new");
    assert_eq!(changed(&scratch.git(&["show", "--format="])), ITEMS);
    assert_eq!(changed(&scratch.git(&["log", "-p", "--format=", "-1"])), ITEMS);
    assert_eq!(changed(&scratch.git(&["diff", "HEAD~", "HEAD"])), ITEMS);
    let text = scratch.git(&["diff", "--no-textconv", "HEAD~"]);
    assert!(changed(&text).contains(&"+    f: func(x: r) -> string;"), "{text}");
}

#[test]
fn layout_is_no_change() {
    let scratch = installed();
    scratch.write(FILE, SAME);
    assert_eq!(scratch.git(&["diff", "--name-only"]), FILE);
    assert_eq!(changed(&scratch.git(&["diff"])), Vec::<&str>::new());
}

#[test]
fn files_that_come_and_go() {
    let scratch = installed();
    scratch.write("other.wit", "package c:d;\ninterface j;\n").write("empty.wit", "");
    fs::remove_file(scratch.path().join(FILE)).unwrap();
    scratch.write("fine.wit", "package e:f;\ninterface k {}\n");
    scratch.git(&["add", "-A"]);
    let diff = scratch.git(&["diff", "--cached", "--no-renames"]);
    let changed = changed(&diff);
    for line in ["-a:b/i#f func(x: r)", "-a:b package 1.0.0", "+e:f/k interface", "+interface j;"] {
        assert!(changed.contains(&line), "no {line} in {diff}");
    }
    scratch.commit("moved");
    scratch.git(&["mv", "fine.wit", "moved to.wit"]);
    assert!(scratch.git(&["diff", "--cached", "-M"]).contains("rename to moved to.wit"));
}

#[test]
fn what_does_not_parse_is_shown_as_it_is() {
    let scratch = installed();
    scratch.write(FILE, BROKEN);
    let diff = scratch.git(&["diff"]);
    assert!(changed(&diff).contains(&"+    f: fun(x: r);"), "{diff}");
    scratch.write(FILE, [b'\xff', b'{', 0, 27, b'[', b'2', b'J']);
    let diff = scratch.git(&["diff"]);
    assert!(diff.contains("+\u{fffd}{\\u{0}\\u{1b}[2J"), "{diff:?}");
}

#[test]
fn a_conflict_is_shown_with_both_sides() {
    let scratch = installed();
    scratch.git(&["checkout", "-q", "-b", "side"]);
    scratch.write(FILE, OLD.replace("x: r", "x: u8")).commit("side");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write(FILE, OLD.replace("x: r", "x: u16")).commit("main");
    let merge = scratch.run("", Command::new("sh").args(["-c", "git merge -q side || echo conflict"]));
    assert!(merge.ends_with("conflict"), "{merge}");
    let diff = scratch.git(&["diff"]);
    assert!(diff.contains("<<<<<<<") && diff.contains("x: u8") && diff.contains("x: u16"), "{diff}");
    scratch.write(FILE, OLD.replace("x: r", "x: u32")).commit("merged");
    let diff = scratch.git(&["show", "--format="]);
    assert!(diff.contains("++a:b/i#f func(x: u32)"), "{diff}");
}

#[test]
fn without_the_program_the_text_is_shown() {
    let scratch = installed();
    let value = scratch.git(&["config", "diff.wit.textconv"]);
    let gone = value.replace(" show --alone", "-gone show --alone");
    assert_ne!(gone, value);
    scratch.git(&["config", "diff.wit.textconv", &gone]);
    scratch.write(FILE, NEW);
    let diff = scratch.git(&["diff"]);
    assert!(changed(&diff).contains(&"+    f: func(x: r) -> string;"), "{diff}");
}

#[test]
fn twice_is_once_and_uninstalled_is_gone() {
    let scratch = Scratch::repository();
    scratch.write(".gitattributes", "*.png binary");
    let before = scratch.read(".git/config");
    let first = scratch.call(&["git-driver", "install"]).code(0);
    assert!(first.stdout.contains("now put `*.wit diff=wit` into"), "{first:?}");
    assert_eq!(scratch.read(".gitattributes"), "*.png binary");
    scratch.call(&["git-driver", "install", "--attributes"]).code(0);
    let (config, attributes) = (scratch.read(".git/config"), scratch.read(".gitattributes"));
    assert_eq!(attributes, "*.png binary\n*.wit diff=wit\n");
    let again = scratch.call(&["git-driver", "install", "--attributes"]).code(0);
    assert_eq!(again.stdout.matches("already").count(), 2, "{again:?}");
    assert_eq!((scratch.read(".git/config"), scratch.read(".gitattributes")), (config, attributes));

    let kept = scratch.call(&["git-driver", "uninstall"]).code(0);
    assert!(kept.stdout.contains("stays in"), "{kept:?}");
    assert!(!scratch.read(".git/config").contains("textconv"));
    scratch.call(&["git-driver", "uninstall", "--attributes"]).code(0);
    assert_eq!(scratch.read(".gitattributes"), "*.png binary\n");
    assert!(scratch.read(".git/config").starts_with(&before));
    // A file that held nothing else goes with the line.
    std::fs::remove_file(scratch.path().join(".gitattributes")).unwrap();
    for command in ["install", "uninstall"] {
        scratch.call(&["git-driver", command, "--attributes"]).code(0);
        assert_eq!(scratch.path().join(".gitattributes").exists(), command == "install");
    }
}

#[test]
fn what_somebody_else_has_set_stays() {
    let scratch = Scratch::repository();
    scratch.git(&["config", "diff.wit.textconv", "wasm-tools component wit"]);
    let before = scratch.read(".git/config");
    scratch.call(&["git-driver", "install", "--attributes"]).code(2).says("`diff.wit.textconv` is set already");
    scratch.call(&["git-driver", "uninstall"]).code(0);
    assert_eq!(scratch.read(".git/config"), before);
    assert!(!scratch.path().join(".gitattributes").exists());
}

#[cfg(unix)]
#[test]
fn links_are_not_written_through() {
    let scratch = Scratch::repository();
    scratch.write("elsewhere", "").link(".gitattributes", "elsewhere");
    scratch.call(&["git-driver", "install", "--attributes"]).code(2).says("it is no regular file");
    assert_eq!(scratch.read("elsewhere"), "");
}

#[test]
fn for_every_repository_and_outside_of_any() {
    let scratch = Scratch::empty();
    scratch.call(&["git-driver", "install"]).code(2).says("not in a git repository").says("--global");
    scratch.call(&["git-driver", "install", "--global", "--attributes"]).code(0);
    let again = scratch.call(&["git-driver", "install", "--global", "--attributes"]).code(0);
    assert_eq!(again.stdout.matches("already").count(), 2, "{again:?}");
    scratch.write("old.wit", OLD).write("new.wit", NEW);
    let diff = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(scratch.path()).env("HOME", scratch.path());
        command.env_remove("XDG_CONFIG_HOME").env_remove("GIT_CONFIG_GLOBAL").env("GIT_CONFIG_NOSYSTEM", "1");
        Run::by(&mut command)
    };
    let shown = diff(&["diff", "--no-index", "old.wit", "new.wit"]).code(1).stdout;
    assert_eq!(changed(&shown), ITEMS, "{shown}");
    scratch.call(&["git-driver", "uninstall", "--global", "--attributes"]).code(0);
    let shown = diff(&["diff", "--no-index", "old.wit", "new.wit"]).code(1).stdout;
    assert!(changed(&shown).contains(&"+    f: func(x: r) -> string;"), "{shown}");
}

/// A package of two files and a dependency, with both drivers.
fn resolved() -> Scratch {
    let scratch = Scratch::repository();
    scratch.call(&["git-driver", "install", "--attributes", "--resolved"]).code(0);
    scratch.write("my wit/deps/io.wit", "package c:d@1.0.0;\ninterface j { type size = u32; }\n");
    scratch.write("my wit/b.wit", "interface k {\n  use types.{name};\n  g: func(x: list<name>);\n}\n");
    let text =
        "package a:b;\ninterface types {\n  use c:d/j@1.0.0.{size};\n  type name = string;\n  f: func(x: size);\n}\n";
    scratch.write("my wit/a.wit", text).commit("old");
    scratch
}

#[test]
fn a_file_is_resolved_in_its_package() {
    let scratch = resolved();
    let text = scratch.read("my wit/a.wit").replace("type name = string", "type name = char");
    scratch.write("my wit/a.wit", &text);
    let far = ["-a:b/k#g func(x: list<string>)", "-a:b/k#name type string", "+a:b/k#g func(x: list<char>)"];
    let near = ["-a:b/types#name type string", "+a:b/types#name type char"];
    let diff = scratch.git(&["diff"]);
    for line in far.iter().chain(&near) {
        assert!(changed(&diff).contains(line), "no {line} in {diff}");
    }
    assert!(diff.starts_with("diff --wit a/my wit/a.wit b/my wit/a.wit\n--- a/my wit/a.wit\n"), "{diff}");
    scratch.commit("new");
    assert_eq!(changed(&scratch.git(&["show", "--format="])), near, "each file by itself");
    let there = scratch.git(&["show", "--format=", "--ext-diff"]);
    assert!(changed(&there).contains(&far[0]), "{there}");
}

#[test]
fn a_package_that_does_not_resolve_is_shown_file_by_file() {
    let scratch = resolved();
    scratch.write("my wit/b.wit", "interface k {\n  use types.{gone};\n  g: func(x: list<gone>);\n}\n");
    scratch.write("new.wit", "package e:f;\ninterface l { h: fun }\n");
    fs::remove_file(scratch.path().join("my wit/deps/io.wit")).unwrap();
    scratch.git(&["add", "-A"]);
    let diff = scratch.git(&["diff", "--cached", "--no-renames"]);
    let lines =
        ["-k#g func(x: list<name>)", "+k#g func(x: list<gone>)", "-c:d/j#size type u32", "+interface l { h: fun }"];
    for line in lines {
        assert!(changed(&diff).contains(&line), "no {line} in {diff}");
    }
    assert!(diff.contains("names are shown as they are written"), "{diff}");
    scratch.git(&["mv", "new.wit", "moved.wit"]);
    scratch.git(&["diff", "--cached", "-M"]);
}

#[test]
fn what_is_only_layout_is_said() {
    let scratch = resolved();
    let text = scratch.read("my wit/a.wit").replace('\n', "\r\n") + "// the end\n";
    scratch.write("my wit/a.wit", text);
    let diff = scratch.git(&["diff"]);
    assert!(diff.ends_with("only layout, order, documentation or `@since`"), "{diff}");
}

#[test]
fn a_conflict_and_a_missing_program_stop_nothing() {
    let scratch = resolved();
    scratch.git(&["checkout", "-q", "-b", "side"]);
    let text = scratch.read("my wit/a.wit");
    scratch.write("my wit/a.wit", text.replace("string", "u8")).commit("side");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("my wit/a.wit", text.replace("string", "u16")).commit("main");
    scratch.run("", Command::new("sh").args(["-c", "git merge -q side || echo conflict"]));
    assert_eq!(scratch.git(&["diff", "--cached"]), "* Unmerged path my wit/a.wit");
    assert!(scratch.git(&["diff"]).contains("<<<<<<<"));
    scratch.git(&["merge", "--abort"]);
    let value = scratch.git(&["config", "diff.wit.command"]);
    scratch.git(&["config", "diff.wit.command", &value.replace(" git-driver diff", "-gone git-driver diff")]);
    scratch.write("my wit/a.wit", text.replace("string", "u32"));
    let diff = scratch.git(&["diff"]);
    assert!(diff.contains("u32") && diff.contains("u16"), "{diff}");
    scratch.call(&["git-driver", "uninstall"]).code(0);
    assert!(!scratch.read(".git/config").contains("git-driver"));
}

#[test]
fn a_bare_repository_has_a_driver_too() {
    let scratch = Scratch::repository();
    scratch.write(FILE, OLD).commit("old");
    scratch.write(FILE, NEW).commit("new");
    scratch.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    scratch.call(&["git-driver", "install", "--attributes", "--repo", "bare.git"]).code(0);
    assert_eq!(changed(&scratch.git_in("bare.git", &["log", "-p", "-1", "--format="])), ITEMS);
    assert!(!scratch.path().join(".gitattributes").exists());
    assert!(!scratch.read(".git/config").contains("textconv"));
}

#[test]
fn blame_tells_of_items() {
    let scratch = installed();
    scratch.write(FILE, NEW);
    let new = scratch.commit("new");
    let blame = scratch.git(&["blame", "-s", "-l", FILE]);
    let line = blame.lines().find(|line| line.contains("func(x: r) -> string")).unwrap();
    assert!(line.starts_with(&new), "{blame}");
    let line = blame.lines().find(|line| line.contains("a:b/i interface")).unwrap();
    assert!(!line.starts_with(&new), "{blame}");
}
