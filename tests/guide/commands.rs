//! Every command of the guide runs, and prints what stands there.

use super::*;
use std::process::Command;
use trycmd::schema::Bin;

/// What a program is told by those around it.
const TOLD: [&str; 12] = [
    "GITHUB_ACTIONS",
    "GITHUB_BASE_REF",
    "GITHUB_EVENT_NAME",
    "GITHUB_EVENT_PATH",
    "GITHUB_REF_TYPE",
    "GITLAB_CI",
    "CHANGE_ID",
    "CHANGE_TARGET",
    "TAG_NAME",
    "WIT_DIFF_ALLOW",
    "WIT_DIFF_FAIL_ON",
    "WIT_DIFF_PROTECT",
];

/// The program, where it is installed.
fn installed(program: &str) -> Bin {
    let found =
        env::split_paths(&env::var_os("PATH").unwrap()).map(|path| path.join(program)).find(|path| path.exists());
    found.map_or(Bin::Ignore, Bin::Path)
}

fn clone_wasi(into: &Path) {
    let mut command = Command::new("git");
    command.args(["clone", "-q"]).arg(root().join("testdata/wasi-history.bundle")).arg(into);
    assert!(command.status().unwrap().success());
}

fn copy(from: &Path, into: &Path) {
    fs::create_dir_all(into).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = into.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn commands_print_what_stands_there() {
    let _alone = alone();
    let scratch = tempfile::tempdir().unwrap();
    let wasi = scratch.path().join("wasi");
    clone_wasi(&wasi);
    let mut ran = Vec::new();
    for (name, text) in pages() {
        if !text.contains("```console\n") {
            continue;
        }
        // Where a chapter has files of its own, its commands are about them; else about the history of WASI.
        let inside = scratch.path().join(format!("{name}.in"));
        let own = source().join(&name);
        if own.is_dir() {
            copy(&own, &inside.join(&name))
        } else {
            copy(&wasi, &inside)
        }
        fs::write(scratch.path().join(format!("{name}.md")), text).unwrap();
        ran.push(name);
    }
    assert!(ran.len() > 5, "{ran:?}");
    // All that is about the history of WASI can be followed in one clone, too, in the order of the guide.
    if !blesses() {
        let chapter = |name: &str| fs::read_to_string(scratch.path().join(format!("{name}.md"))).ok();
        let summary = fs::read_to_string(source().join("SUMMARY.md")).unwrap();
        let order = summary.lines().filter_map(|line| line.split_once("](")?.1.strip_suffix(".md)"));
        let texts: Vec<String> = order.filter(|name| !source().join(name).is_dir()).filter_map(chapter).collect();
        assert!(texts.len() > 5, "{}", texts.len());
        copy(&wasi, &scratch.path().join("in_order.in"));
        fs::write(scratch.path().join("in_order.md"), texts.join("\n")).unwrap();
    }

    let cases = trycmd::TestCases::new();
    for (name, bin) in [
        ("wit-diff", Bin::Path(env!("CARGO_BIN_EXE_wit-diff").into())),
        ("git", installed("git")),
        ("sed", installed("sed")),
        ("wasm-tools", installed("wasm-tools")),
        ("wkg", installed("wkg")),
    ] {
        cases.register_bin(name, bin);
    }
    for name in TOLD {
        cases.env(name, "");
    }
    let home = scratch.path().to_string_lossy().into_owned();
    for (name, value) in [("HOME", home.as_str()), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("RUST_BACKTRACE", "0")] {
        cases.env(name, value);
    }
    cases.default_bin_name("wit-diff").case(scratch.path().join("*.md"));
    if blesses() {
        // What is written is what was printed, where it is not what stands there.
        // SAFETY: no other thread of this process reads the environment now.
        unsafe { env::set_var("TRYCMD", "overwrite") };
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| cases.run()));
        for name in ran {
            fs::copy(scratch.path().join(format!("{name}.md")), source().join(format!("{name}.md"))).unwrap();
        }
    } else {
        cases.run();
    }
}

#[test]
fn settings_in_the_guide_are_understood() {
    let page = fs::read_to_string(source().join("configuration.md")).unwrap();
    let block = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("wit-diff.toml"), block).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wit-diff"));
    let output = command.arg("config").current_dir(scratch.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("acme:internal"));
}
