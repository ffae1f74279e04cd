//! Links, pipes, permissions and directories.

#![cfg(unix)]

use super::{BODY, HEADER, Run, Scratch};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

#[test]
fn links_in_a_circle() {
    let scratch = Scratch::new();
    scratch.link("one.wit", "two.wit").link("two.wit", "one.wit");
    scratch.refuses(
        "one.wit",
        "
error: new revision `one.wit`: `one.wit` is a symbolic link to `two.wit`: Too
       many levels of symbolic links (os error 40)
 |
 = help: let the link lead to a file or a directory, or name that instead
",
    );
    scratch.link("self", "self");
    scratch.refuses(
        "self",
        "
error: new revision `self`: `self` is a symbolic link to `self`: Too many levels
       of symbolic links (os error 40)
 |
 = help: let the link lead to a file or a directory, or name that instead
",
    );
    scratch.write("dir/main.wit", format!("{HEADER}{BODY}")).link("dir/more.wit", "more.wit");
    scratch.refuses(
        "dir",
        "
error: new revision `dir`: `dir/more.wit` is a symbolic link to `more.wit`: Too
       many levels of symbolic links (os error 40)
 |
 = help: let the link lead to a file or a directory, or name that instead
",
    );
    scratch.write("deps/main.wit", format!("{HEADER}{BODY}")).link("deps/deps", "deps");
    scratch.refuses(
        "deps",
        "
error: new revision `deps`: `deps/deps` is a symbolic link to `deps`: Too many
       levels of symbolic links (os error 40)
 |
 = help: let the link lead to a file or a directory, or name that instead
",
    );
    scratch.write("dep/main.wit", format!("{HEADER}{BODY}")).link("dep/deps/d.wit", "d.wit");
    scratch.refuses(
        "dep",
        "
error: new revision `dep`: `dep/deps/d.wit` is a symbolic link to `d.wit`: Too
       many levels of symbolic links (os error 40)
 |
 = help: let the link lead to a file or a directory, or name that instead
",
    );
    // A package that is its own dependency.
    scratch.write("own/main.wit", format!("{HEADER}{BODY}")).link("own/deps", "../own");
    scratch.refuses(
        "own",
        "
error: new revision `own`: package `a:b@1.0.0` is defined in two different
       locations
 --> deps/deps/main.wit:1:9
  |
1 | package a:b@1.0.0;
  |         ^
  |
  = help: it is declared at main.wit:1:9, too: keep one of the two
",
    );
    // Around a circle of directories there is always another name for the same package.
    scratch.write("around/wit/main.wit", format!("{HEADER}{BODY}")).link("around/wit/back", "..");
    scratch.accepts("around/wit/back/wit/back/wit", "none for guests: a:b 1.0.0 (unchanged)");
    scratch.link("nowhere.wit", "missing.wit");
    scratch.refuses(
        "nowhere.wit",
        "
error: new revision `nowhere.wit`: `nowhere.wit` is a symbolic link to
       `missing.wit`, which does not exist
 |
 = help: let the link lead to a file or a directory, or name that instead
",
    );
}

#[test]
fn links_in_a_circle_in_git() {
    let scratch = Scratch::new();
    scratch.link("loop/a.wit", "b.wit").link("loop/b.wit", "a.wit").link("out/a.wit", "../../x.wit");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.test"];
        let status = Command::new("git").args(identity).args(arguments).current_dir(scratch.path()).status().unwrap();
        assert!(status.success());
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "links"]);
    scratch.refuses(
        "HEAD:loop",
        "
error: new revision `HEAD:loop`: `loop/a.wit` is a symbolic link to `b.wit`, and
       following it does not end
 |
 = help: name a file or a directory, or commit a link that leads to one
",
    );
    scratch.refuses(
        "HEAD:out",
        "
error: new revision `HEAD:out`: `out/a.wit` is a symbolic link to `../../x.wit`,
       which is outside of the git tree
 |
 = help: check the revision out and name its path on disk to follow such
         links
",
    );
}

#[test]
fn what_is_neither_a_file_nor_a_directory() {
    let scratch = Scratch::new();
    let pipe = |path: &str| {
        fs::create_dir_all(scratch.path().join(path).parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(scratch.path().join(path)).status().unwrap().success());
    };
    pipe("pipe.wit");
    scratch.refuses(
        "pipe.wit",
        "
error: new revision `pipe.wit`: `pipe.wit` is neither a file nor a directory
 |
 = help: `-` reads one WIT document from the standard input
",
    );
    scratch.write("dir/main.wit", format!("{HEADER}{BODY}"));
    pipe("dir/more.wit");
    scratch.refuses(
        "dir",
        "
error: new revision `dir`: `dir/more.wit` is neither a file nor a directory
 |
 = help: `-` reads one WIT document from the standard input
",
    );
    scratch.write("deps/main.wit", format!("{HEADER}{BODY}"));
    pipe("deps/deps/d.wasm");
    scratch.refuses(
        "deps",
        "
error: new revision `deps`: `deps/deps/d.wasm` is neither a file nor a directory
 |
 = help: `-` reads one WIT document from the standard input
",
    );
    let _socket = std::os::unix::net::UnixListener::bind(scratch.path().join("socket.wit")).unwrap();
    scratch.refuses(
        "socket.wit",
        "
error: new revision `socket.wit`: `socket.wit` is neither a file nor a directory
 |
 = help: `-` reads one WIT document from the standard input
",
    );
    scratch.refuses(
        "/dev/zero",
        "
error: new revision `/dev/zero`: `/dev/zero` is neither a file nor a directory
 |
 = help: `-` reads one WIT document from the standard input
",
    );
    // Beside a package, a pipe is nobody's business.
    scratch.write("beside/b/main.wit", format!("{HEADER}{BODY}// c:d/e\n"));
    pipe("beside/d/d.wit");
    scratch.accepts("beside/b", "none for guests: a:b 1.0.0 (unchanged)");
}

/// Nothing is kept from root, so that somebody else has to try.
const NOBODY: u32 = 65534;

#[test]
fn no_permission() {
    let scratch = Scratch::new();
    for name in ["file", "list", "enter", "deps", "dep", "beside"] {
        scratch.write(&format!("{name}/b/main.wit"), format!("{HEADER}{BODY}"));
    }
    scratch.write("deps/b/deps/d.wit", "package c:d;\n").write("dep/b/deps/d/d.wit", "package c:d;\n");
    scratch.write("beside/d/d.wit", "package c:d;\n");
    let allow =
        |path: &str, mode| fs::set_permissions(scratch.path().join(path), PermissionsExt::from_mode(mode)).unwrap();
    allow("", 0o755);
    for (path, mode) in [
        ("file/b/main.wit", 0o000),
        ("list/b", 0o311),
        ("enter/b", 0o644),
        ("deps/b/deps", 0o000),
        ("dep/b/deps/d", 0o000),
        ("beside/d", 0o000),
    ] {
        allow(path, mode);
    }
    let other = Outsider::new(&scratch);
    let refuses = |input: &str, error: &str| {
        for side in ["new", "old"] {
            let run = other.compare(&scratch, &if side == "new" { ["old.wit", input] } else { [input, "old.wit"] });
            run.fails(3, &error.replace("new revision", &format!("{side} revision")));
        }
    };
    refuses(
        "file/b/main.wit",
        "
error: new revision `file/b/main.wit`: no permission to read `file/b/main.wit`
 |
 = help: change its permissions, or run as a user who may read it
",
    );
    refuses(
        "file/b",
        "
error: new revision `file/b`: no permission to read `file/b/main.wit`
 |
 = help: change its permissions, or run as a user who may read it
",
    );
    refuses(
        "list/b",
        "
error: new revision `list/b`: no permission to read `list/b`
 |
 = help: change its permissions, or run as a user who may read it
",
    );
    refuses(
        "enter/b",
        "
error: new revision `enter/b`: no permission to read `enter/b/main.wit`
 |
 = help: change its permissions, or run as a user who may read it
",
    );
    refuses(
        "enter/b/main.wit",
        "
error: new revision `enter/b/main.wit`: no permission to read `enter/b/main.wit`
 |
 = help: change its permissions, or run as a user who may read it
",
    );
    refuses(
        "deps/b",
        "
error: new revision `deps/b`: no permission to read `deps/b/deps`
 |
 = help: change its permissions, or run as a user who may read it
",
    );
    refuses(
        "dep/b",
        "
error: new revision `dep/b`: no permission to read `dep/b/deps/d`
 |
 = help: change its permissions, or run as a user who may read it
",
    );
    // What is not asked for need not be readable.
    other.compare(&scratch, &["old.wit", "beside/b"]).succeeds("none for guests: a:b 1.0.0 (unchanged)");
    for path in ["list/b", "enter/b", "deps/b/deps", "dep/b/deps/d", "beside/d"] {
        allow(path, 0o755);
    }
}

/// The binary as somebody whom permissions bind; where the tests are not run by root, that is who runs them.
struct Outsider {
    is_root: bool,
    binary: std::path::PathBuf,
}

impl Outsider {
    fn new(scratch: &Scratch) -> Outsider {
        let is_root = fs::read(scratch.path().join("file/b/main.wit")).is_ok();
        // The build directory may be out of the other one's reach.
        let binary = scratch.path().join("wit-diff");
        // By another process: while this one has it open to write, no thread of it can run it.
        assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_wit-diff")).arg(&binary).status().unwrap().success());
        fs::set_permissions(&binary, PermissionsExt::from_mode(0o755)).unwrap();
        Outsider { is_root, binary }
    }

    fn compare(&self, scratch: &Scratch, arguments: &[&str]) -> Run {
        let mut command = Command::new(&self.binary);
        command.arg("compare").args(arguments).current_dir(scratch.path()).env_remove("COLUMNS");
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        Run::of(&command.output().unwrap())
    }
}

#[test]
fn directories_of_all_kinds() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path().join("empty")).unwrap();
    scratch.refuses_with(
        "empty",
        4,
        "
error: new revision `empty`: `empty` holds no `.wit` file
 |
 = help: `empty` holds nothing
",
    );
    scratch.write("strange/main.wit", format!("{HEADER}{BODY}"));
    fs::create_dir(scratch.path().join("strange/directory.wit")).unwrap();
    scratch.accepts("strange", "none for guests: a:b 1.0.0 (unchanged)");
    for n in 0..2000 {
        scratch.write(&format!("crowded/{n}.txt"), "");
    }
    scratch.write("crowded/main.wit", format!("{HEADER}{BODY}"));
    scratch.accepts("crowded", "none for guests: a:b 1.0.0 (unchanged)");
    let deep = "d/".repeat(500);
    scratch.write(&format!("{deep}main.wit"), format!("{HEADER}{BODY}"));
    scratch.accepts(&deep, "none for guests: a:b 1.0.0 (unchanged)");
    let link = Path::new("far.wit");
    std::os::unix::fs::symlink(format!("{deep}main.wit"), scratch.path().join(link)).unwrap();
    scratch.accepts("far.wit", "none for guests: a:b 1.0.0 (unchanged)");
}

#[test]
fn deps_inside_deps() {
    let scratch = Scratch::new();
    let user = format!("{HEADER}interface i {{\n  use c:d/i.{{t}};\n  f: func();\n}}\n");
    // One that nobody asks for changes nothing.
    scratch.write("spare/main.wit", format!("{HEADER}{BODY}"));
    scratch.write("spare/deps/d/d.wit", "package c:d;\n").write("spare/deps/d/deps/f/f.wit", "package e:f;\n");
    scratch.accepts("spare", "none for guests: a:b 1.0.0 (unchanged)");
    // One that is asked for is not read, as wit-parser reads none.
    scratch.write("asked/main.wit", user);
    scratch.write("asked/deps/d/d.wit", "package c:d;\ninterface i {\n  use e:f/i.{t};\n}\n");
    scratch.write("asked/deps/d/deps/f.wit", "package e:f;\ninterface i {\n  type t = u8;\n}\n");
    scratch.refuses(
        "asked",
        "
error: new revision `asked`: package 'e:f' not found. known packages: c:d
 --> deps/d/d.wit:3:7
  |
3 |   use e:f/i.{t};
  |       ^
  |
  = help: put `e:f` into the `deps/` of the package itself: one inside of a
          dependency is not read
",
    );
    // A directory of that name is a dependency like others.
    scratch.write("named/main.wit", format!("{HEADER}{BODY}")).write("named/deps/deps/d.wit", "package c:d;\n");
    scratch.accepts("named", "none for guests: a:b 1.0.0 (unchanged)");
    scratch.write("below/main.wit", format!("{HEADER}{BODY}")).write("below/deps/deps/d/d.wit", "package c:d;\n");
    scratch.refuses(
        "below",
        "
error: new revision `below`: the dependency `below/deps/deps` holds no `.wit`
       file of its own
 |
 = help: `below/deps/deps` holds `d/`; only files directly in it count
",
    );
}
