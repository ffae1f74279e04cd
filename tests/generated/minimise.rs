//! The smallest pair that still shows what a pair showed.

use crate::judge::{Judged, judge};
use crate::make::{Recipe, Step};
use std::fs;
use std::path::{Path, PathBuf};

/// Drops edits while the pair stays wrong.
pub fn minimise(recipe: &Recipe) -> Recipe {
    let mut recipe = recipe.clone();
    loop {
        let without = |steps: &[Step], at: usize| -> Vec<Step> {
            steps.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, step)| *step).collect()
        };
        let fewer = (0..recipe.steps.len()).map(|at| Recipe { steps: without(&recipe.steps, at), ..recipe.clone() });
        let plainer =
            (0..recipe.before.len()).map(|at| Recipe { before: without(&recipe.before, at), ..recipe.clone() });
        let own = recipe.used.map(|_| Recipe { used: None, ..recipe.clone() });
        let found = fewer.chain(plainer).chain(own).find(|recipe| is_wrong(recipe));
        match found {
            Some(smaller) => recipe = smaller,
            None => return recipe,
        }
    }
}

fn is_wrong(recipe: &Recipe) -> bool {
    let (old, new) = recipe.make();
    judge(&old.texts(), &new.texts(), &recipe.features).is_ok_and(|judged: Judged| !judged.wrong.is_empty())
}

/// Writes a pair as a case directory, where nothing else writes.
pub fn write(recipe: &Recipe, number: u64) -> PathBuf {
    let directory =
        std::env::temp_dir().join(format!("wit-diff-generated-{}", std::process::id())).join(format!("{number}"));
    let (old, new) = recipe.make();
    for (side, draft) in [("old", old), ("new", new)] {
        for (path, text) in draft.texts().into_iter().flatten() {
            let path = directory.join(side).join(Path::new(&path));
            fs::create_dir_all(path.parent().expect("a directory")).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    directory
}
