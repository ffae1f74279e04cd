//! `--witness DIR`: one directory for each change that breaks a link.

use crate::report::{ChangeReport, Report, Status, WitnessReport, witness_to_markdown};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

/// Names of directories are cut after so many characters.
const LONGEST: usize = 80;

/// Fails unless the directory is empty or can be made: what others wrote is never mixed with ours.
pub fn check(directory: &Path) -> Result<(), String> {
    match fs::read_dir(directory) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(format!("`{}` is not empty: name an empty directory, or a new one", directory.display())),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(cannot_write(directory, &error)),
    }
}

/// Shows how many witnesses there are, where the standard error is a terminal; nothing of it stays.
pub fn show_progress(done: usize, all: usize) {
    static BAR: OnceLock<ProgressBar> = OnceLock::new();
    let bar = BAR.get_or_init(|| {
        let style = ProgressStyle::with_template("witness {pos} of {len} {wide_bar}");
        ProgressBar::new(all as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    });
    bar.set_position(done as u64);
    if done == all {
        bar.finish_and_clear();
    }
}

/// Writes `old.wit`, `new.wit` and `README.md` for each witness, and says how many there are.
pub fn save(report: &Report, directory: &Path) -> Result<usize, String> {
    let changes = report.packages.iter().flat_map(|package| &package.changes);
    let witnessed: Vec<(&ChangeReport, &WitnessReport)> =
        changes.filter_map(|change| Some((change, change.witness.as_ref()?))).collect();
    if !witnessed.is_empty() {
        // They are packages like any other, and not those of the repository that they may lie in.
        let file = directory.join(".gitignore");
        let written = fs::create_dir_all(directory).and_then(|()| fs::write(&file, "*\n"));
        written.map_err(|error| cannot_write(&file, &error))?;
    }
    let digits = witnessed.len().to_string().len();
    for (at, (change, witness)) in witnessed.iter().enumerate() {
        let directory = directory.join(format!("{:0digits$}-{}", at + 1, slug(change)));
        let files = [
            ("old.wit", &witness.old),
            ("new.wit", &witness.new),
            ("README.md", &witness_to_markdown(change, witness)),
        ];
        fs::create_dir_all(&directory).map_err(|error| cannot_write(&directory, &error))?;
        for (name, text) in files {
            let file = directory.join(name);
            fs::write(&file, text).map_err(|error| cannot_write(&file, &error))?;
        }
    }
    Ok(witnessed.len())
}

/// What was written, in a line; nothing where the report says already why there is no answer.
pub fn summary(report: &Report, count: usize, directory: &Path) -> String {
    match count {
        0 if report.status == Status::Undetermined || report.nothing_compared => String::new(),
        0 => "no change has a witness: nothing is written\n".into(),
        1 => format!("1 witness in `{}`\n", directory.display()),
        count => format!("{count} witnesses in `{}`\n", directory.display()),
    }
}

/// The rule and what is left of the path when a file system has to take it.
fn slug(change: &ChangeReport) -> String {
    let path = change.path.split_once('/').map_or(&*change.path, |(_, path)| path);
    let parts = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let slug = std::iter::once(&*change.rule).chain(parts).collect::<Vec<_>>().join("-");
    slug.chars().take(LONGEST).collect()
}

fn cannot_write(path: &Path, error: &io::Error) -> String {
    format!("cannot write `{}`: {error}", path.display())
}
