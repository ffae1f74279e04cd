//! Whole repositories: the real `git` makes them, and the tool is only asked through its binary.

#![cfg(all(feature = "cli", feature = "git", unix))]

mod base;
mod clones;
mod deny;
mod dependencies;
mod discovery;
mod gate;
mod hooks;
mod left_out;
mod lines;
mod matching;
mod pull_requests;
mod ranges;
#[path = "../support/run.rs"]
mod run;
#[path = "../support/scratch.rs"]
mod scratch;
mod several;
mod shapes;
mod wasi;

use run::{Run, each, words};
use scratch::Scratch;
use serde_json::Value;
use std::process::Command;

/// What a package holds, from least to most.
const F: &str = "interface i { f: func(); }";
const FG: &str = "interface i { f: func(); g: func(); }";
const FGH: &str = "interface i { f: func(); g: func(); h: func(); }";
/// Breaks those who use `f`.
const F_CHANGED: &str = "interface i { f: func() -> u32; }";
const BROKEN: &str = "interface i { f: fun(); }";

/// A package as one file, for example `a:b@1.0.0` with what is in it.
fn wit(identity: &str, body: &str) -> String {
    format!("package {identity};\n\n{body}\n")
}

/// A world that imports interfaces.
fn importing(identity: &str, interfaces: &[&str]) -> String {
    let imports: String = interfaces.iter().map(|interface| format!("import {interface}; ")).collect();
    wit(identity, &format!("world w {{ {imports}}}"))
}

impl Scratch {
    /// What the tool says.
    #[track_caller]
    fn tool(&self, arguments: &[&str]) -> Run {
        self.tool_in("", arguments)
    }

    /// The same in a subdirectory.
    #[track_caller]
    fn tool_in(&self, directory: &str, arguments: &[&str]) -> Run {
        Run::by(self.binary(arguments).current_dir(self.path().join(directory)))
    }

    /// The same where variables are set.
    #[track_caller]
    fn tool_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
        Run::by(self.binary(arguments).envs(variables.iter().copied()))
    }

    /// The JSON of a run that ends with `code`.
    #[track_caller]
    fn json(&self, code: i32, arguments: &[&str]) -> Value {
        self.json_in("", code, arguments)
    }

    #[track_caller]
    fn json_in(&self, directory: &str, code: i32, arguments: &[&str]) -> Value {
        self.tool_in(directory, &[arguments, &["--format", "json"]].concat()).code(code).json()
    }

    #[track_caller]
    fn json_with(&self, variables: &[(&str, &str)], code: i32, arguments: &[&str]) -> Value {
        self.tool_with(variables, &[arguments, &["--format", "json"]].concat()).code(code).json()
    }

    fn id(&self, revision: &str) -> String {
        self.git(&["rev-parse", &format!("{revision}^{{commit}}")])
    }

    /// Runs a shell command that fetches, in a directory.
    fn shell(&self, directory: &str, command: &str) -> String {
        self.run(directory, Command::new("sh").args(["-c", command]))
    }

    /// A clone by the protocol, which leaves out what it is told to.
    fn clone_of(&self, source: &str, flags: &[&str], name: &str) {
        let url = format!("file://{}", self.path().join(source).display());
        self.git(&[&["clone", "-q"], flags, &[&url, name]].concat());
    }
}

impl Run {
    #[track_caller]
    fn prints(self, text: &str) -> Run {
        assert!(words(&self.stdout).contains(&words(text)), "no {text:?} in {self:#?}");
        self
    }

    #[track_caller]
    fn never_names(self, text: &str) -> Run {
        let all = words(&format!("{} {}", self.stdout, self.stderr));
        assert!(!all.contains(&words(text)), "{text:?} is in {self:#?}");
        self
    }

    /// The first line of the report is this.
    #[track_caller]
    fn begins(self, line: &str) -> Run {
        let begin = words(self.stdout.split("\n\n").next().unwrap());
        assert_eq!(begin, line, "{self:#?}");
        self
    }

    /// The last line of the report is this.
    #[track_caller]
    fn ends(self, line: &str) -> Run {
        // How to accept what fails, is of other tests.
        const ACCEPTING: &str = "to let pass what is meant: wit-diff accept --all --reason TEXT, or by the fingerprints \
                                 behind the rules, one by one ";
        let end = words(&self.stdout).replace(ACCEPTING, "");
        assert!(end.ends_with(line), "{line:?} is not the end of {self:#?}");
        self
    }

    /// The command in a hint that fetches.
    #[track_caller]
    fn fetches(&self) -> String {
        let said = words(&self.stderr);
        let mut quoted = said.split('`').skip(1).step_by(2).filter(|quoted| quoted.contains(" fetch "));
        quoted.next().unwrap_or_else(|| panic!("no command that fetches in {self:#?}")).to_owned()
    }
}

/// Each package of a report in a line: `name status level old>new verdict`, dashes for what there is not.
fn brief(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let package = |package: &Value| {
        format!(
            "{} {} {} {}>{} {}",
            text(&package["name"]),
            text(&package["status"]),
            text(&package["level"]),
            text(&package["old_version"]),
            text(&package["new_version"]),
            text(&package["version"]["verdict"])
        )
    };
    report["packages"].as_array().unwrap().iter().map(package).collect()
}

/// The same for `check`, with whether each passed and why not.
fn verdicts(report: &Value) -> Vec<String> {
    let reasons = |package: &Value| match package["check"]["passed"].as_bool().unwrap() {
        true => " passed".to_owned(),
        false => format!(" failed {}", strings(&package["check"]["reasons"]).join("+")).trim_end().to_owned(),
    };
    let packages = report["packages"].as_array().unwrap();
    brief(report).into_iter().zip(packages).map(|(brief, package)| brief + &reasons(package)).collect()
}

/// Each package of a list in a line: `name@version path: name@version from path, …`.
fn listed(list: &Value) -> Vec<String> {
    let identity = |package: &Value| match package["version"].as_str() {
        Some(version) => format!("{}@{version}", package["name"].as_str().unwrap()),
        None => package["name"].as_str().unwrap().to_owned(),
    };
    let dependency = |dependency: &Value| {
        let path = dependency["path"].as_str().map(|path| format!(" {path}")).unwrap_or_default();
        format!("{} {}{path}", identity(dependency), dependency["from"].as_str().unwrap())
    };
    let package = |package: &Value| {
        let depends_on = package["depends_on"].as_array().unwrap().iter().map(dependency).collect::<Vec<_>>();
        let depends_on = if depends_on.is_empty() { String::new() } else { format!(": {}", depends_on.join(", ")) };
        format!("{} {}{depends_on}", identity(package), package["path"].as_str().unwrap())
    };
    list["packages"].as_array().unwrap().iter().map(package).collect()
}

/// The strings of a list; none where there is no list.
fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|item| item.as_str().unwrap()).collect()
}

/// The package of that name in a report or list; there must be one.
#[track_caller]
fn named<'a>(report: &'a Value, name: &str) -> &'a Value {
    let mut found = report["packages"].as_array().unwrap().iter().filter(|package| package["name"] == name);
    let package = found.next().unwrap_or_else(|| panic!("no {name} in {report:#}"));
    assert!(found.next().is_none(), "{name} twice in {report:#}");
    package
}
