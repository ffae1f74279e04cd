//! Asks the Rust compiler whether programs compile.
//!
//! Nothing is linked and nothing runs: for types, the metadata of a library is enough, natively.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// Code, and the bindings that it is compiled against.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    pub bindings: Arc<str>,
    pub program: Arc<str>,
}

/// An error of the compiler.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Objection {
    /// Such as `E0407`; empty where there is none.
    pub code: String,
    pub message: String,
    /// The line of the program that it is about, if it is about one.
    pub line: String,
}

/// What the compiler objects to; nothing where it compiles.
pub type Objections = BTreeSet<Objection>;

/// The Rust compiler, with the library that bindings link.
pub struct Compiler {
    runtime: PathBuf,
    scratch: PathBuf,
    pub runs: AtomicUsize,
}

impl Compiler {
    /// Builds the library that bindings link, and remembers where it is.
    pub fn new(scratch: PathBuf) -> Compiler {
        let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        let build = Command::new(env!("CARGO"))
            .args(["build", "--locked", "--package", "wit-bindgen", "--message-format", "json"])
            .args(["--manifest-path", manifest])
            .output()
            .expect("cargo runs this test");
        assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
        let messages = String::from_utf8(build.stdout).expect("JSON is UTF-8");
        let runtime =
            messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find_map(|message| {
                let is_runtime = message["target"]["name"] == "wit_bindgen";
                let files = message["filenames"].as_array().filter(|_| is_runtime)?;
                files.iter().filter_map(Value::as_str).find(|file| file.ends_with(".rlib")).map(PathBuf::from)
            });
        let runtime = runtime.expect("cargo says where it put the library");
        fs::create_dir_all(&scratch).expect("the directory for tests' files is there");
        Compiler { runtime, scratch, runs: AtomicUsize::new(0) }
    }

    /// What the compiler says to each unit. Those that are `likely` to compile go together; where one of a batch does
    /// not, they are tried in halves.
    pub fn compile(&self, units: &[(Unit, bool)]) -> Vec<Objections> {
        let (likely, unlikely): (Vec<usize>, Vec<usize>) = (0..units.len()).partition(|&at| units[at].1);
        let batches = likely.chunks(BATCH).map(<[usize]>::to_vec).chain(unlikely.into_iter().map(|at| vec![at]));
        let queue = Mutex::new(batches.collect::<Vec<_>>());
        let answers = Mutex::new(vec![Objections::new(); units.len()]);
        thread::scope(|scope| {
            for worker in 0..thread::available_parallelism().map_or(2, |n| n.get().min(8)) {
                let (queue, answers) = (&queue, &answers);
                scope.spawn(move || {
                    while let Some(batch) = { queue.lock().unwrap().pop() } {
                        self.compile_batch(worker, &batch, units, answers);
                    }
                });
            }
        });
        answers.into_inner().unwrap()
    }

    fn compile_batch(&self, worker: usize, batch: &[usize], units: &[(Unit, bool)], answers: &Mutex<Vec<Objections>>) {
        let together: Vec<&Unit> = batch.iter().map(|&at| &units[at].0).collect();
        let objections = self.run(&self.scratch.join(format!("worker-{worker}.rs")), &together);
        match batch {
            _ if objections.is_empty() => {}
            [one] => answers.lock().unwrap()[*one] = objections,
            _ => {
                let (left, right) = batch.split_at(batch.len() / 2);
                self.compile_batch(worker, left, units, answers);
                self.compile_batch(worker, right, units, answers);
            }
        }
    }

    fn run(&self, file: &Path, units: &[&Unit]) -> Objections {
        self.runs.fetch_add(1, Ordering::Relaxed);
        let mut text = String::from("#![allow(warnings)]\n");
        for (at, Unit { bindings, program }) in units.iter().enumerate() {
            text.push_str(&format!(
                "mod unit_{at} {{\npub mod bindings {{\n{bindings}\n}}\npub mod program {{\n{program}\n}}\n}}\n"
            ));
        }
        fs::write(file, &text).expect("the directory for tests' files takes files");
        let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--cap-lints", "allow"]);
        rustc.args(["--error-format", "json"]).arg("-o").arg(file.with_extension("rmeta"));
        rustc.arg("--extern").arg(format!("wit_bindgen={}", self.runtime.display()));
        for directory in self.runtime.ancestors().skip(1).take(2) {
            for directory in [directory.to_path_buf(), directory.join("deps")] {
                rustc.arg("-L").arg(format!("dependency={}", directory.display()));
            }
        }
        let output = rustc.arg(file).output().expect("the compiler runs");
        let said = String::from_utf8_lossy(&output.stderr);
        let messages: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let objections: Objections = (messages.iter())
            .filter(|message| message["level"] == "error")
            .map(|message| Objection {
                code: message["code"]["code"].as_str().unwrap_or_default().to_string(),
                message: message["message"].as_str().unwrap_or_default().to_string(),
                line: line_of(&text, message),
            })
            .filter(|objection| !objection.message.starts_with("aborting due to"))
            .collect();
        assert_eq!(output.status.success(), objections.is_empty(), "the compiler failed without an error:\n{said}");
        objections
    }
}

/// The line of `text` that a message of the compiler is about.
fn line_of(text: &str, message: &Value) -> String {
    let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let primary = spans.iter().find(|span| span["is_primary"] == true);
    let line = primary.and_then(|span| span["line_start"].as_u64()).unwrap_or_default();
    text.lines().nth((line as usize).wrapping_sub(1)).unwrap_or_default().to_string()
}

/// How many programs are compiled in one go.
const BATCH: usize = 16;
