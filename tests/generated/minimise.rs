//! The smallest pair that still shows what a pair showed.

use crate::draft::Draft;
use crate::judge::judge;
use crate::make::{Recipe, Step};
use std::fs;
use std::path::PathBuf;
use wit_diff::reduce::{Pair, reduce};
use wit_diff::surface::Features;
use wit_diff::syntax::{File, Package};

/// Drops edits while the pair stays wrong.
pub fn fewest_edits(recipe: &Recipe) -> Recipe {
    let mut recipe = recipe.clone();
    loop {
        let without = |steps: &[Step], at: usize| -> Vec<Step> {
            steps.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, step)| *step).collect()
        };
        let fewer = (0..recipe.steps.len()).map(|at| Recipe { steps: without(&recipe.steps, at), ..recipe.clone() });
        let plainer =
            (0..recipe.before.len()).map(|at| Recipe { before: without(&recipe.before, at), ..recipe.clone() });
        let own = recipe.used.map(|_| Recipe { used: None, ..recipe.clone() });
        let found = fewer.chain(plainer).chain(own).find(is_wrong);
        match found {
            Some(smaller) => recipe = smaller,
            None => return recipe,
        }
    }
}

fn is_wrong(recipe: &Recipe) -> bool {
    let (old, new) = recipe.make();
    disagrees(&old, &new, &recipe.features)
}

fn disagrees(old: &Draft, new: &Draft, features: &Features) -> bool {
    judge(&old.texts(), &new.texts(), features).is_ok_and(|judged| !judged.wrong.is_empty())
}

/// Cuts both sides down as long as they stay wrong.
pub fn cut(recipe: &Recipe) -> (Draft, Draft) {
    let (old, new) = recipe.make();
    let mut holds = |pair: &Pair| disagrees(&grouped(&pair.old), &grouped(&pair.new), &recipe.features);
    let reduced = reduce(Pair { old: headed(&old), new: headed(&new) }, &mut holds);
    let cut = (grouped(&reduced.old), grouped(&reduced.new));
    if disagrees(&cut.0, &cut.1, &recipe.features) { cut } else { (old, new) }
}

/// All files in one list, each with the line that names its package.
fn headed(draft: &Draft) -> Vec<File> {
    let mut all = Vec::new();
    for (package, files) in draft.packages.iter().enumerate() {
        for mut file in files.iter().cloned() {
            if let (None, Some(name)) = (&file.package, draft.name(package)) {
                file.package = Some(Package { docs: Vec::new(), name: name.clone() });
            }
            all.push(file);
        }
    }
    all
}

fn grouped(files: &[File]) -> Draft {
    let mut packages: Vec<Vec<File>> = Vec::new();
    for file in files {
        let name = |file: &File| file.package.as_ref().map(|package| package.name.clone());
        match packages.iter_mut().find(|package| name(&package[0]) == name(file)) {
            Some(package) => package.push(file.clone()),
            None => packages.push(vec![file.clone()]),
        }
    }
    Draft { packages }
}

/// Writes a pair as a case directory, to be moved below `testdata/cases`, where nothing else writes.
pub fn write(old: &Draft, new: &Draft, number: u64) -> PathBuf {
    let directory =
        std::env::temp_dir().join(format!("wit-diff-generated-{}", std::process::id())).join(number.to_string());
    for (side, draft) in [("old", old), ("new", new)] {
        for (path, text) in draft.texts().into_iter().flatten() {
            let path = directory.join(side).join(path);
            fs::create_dir_all(path.parent().expect("a directory")).unwrap();
            // A case says on both sides first what it claims; here it is for the reader to say.
            fs::write(path, format!("// (What changed, and whom it breaks.)\n{text}")).unwrap();
        }
    }
    directory
}
