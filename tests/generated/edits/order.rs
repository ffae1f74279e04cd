//! What means nothing: the order of all that is keyed by name, and which file it stands in.

use super::{Pen, Row};
use crate::draft::Home;
use wit_diff::syntax::{File, Item, TypeDefKind, UseName};

/// None of these is a change (SEMANTICS 7).
pub const EDITS: &[Row] = &[
    ("shuffled items of an interface", |pen| {
        let home = pen.body()?;
        let mut rng = pen.rng.clone();
        rng.shuffle(pen.draft.body(home)?);
        Some(())
    }),
    ("shuffled items of a world", |pen| {
        let home = pen.world()?;
        let mut rng = pen.rng.clone();
        rng.shuffle(&mut pen.draft.world(home)?.items);
        Some(())
    }),
    ("shuffled interfaces and worlds", |pen| {
        let file = pen.rng.usize(..pen.draft.packages[pen.package].len());
        pen.rng.shuffle(&mut pen.draft.packages[pen.package][file].items);
        Some(())
    }),
    ("shuffled functions of a resource", |pen| {
        let (home, name) = pen.definition(|kind| matches!(kind, TypeDefKind::Resource(_)))?;
        let mut rng = pen.rng.clone();
        if let TypeDefKind::Resource(functions) = &mut pen.def(home, &name)?.kind {
            rng.shuffle(functions);
        }
        Some(())
    }),
    ("shuffled dependencies", |pen| {
        pen.rng.shuffle(&mut pen.draft.packages[1..]);
        Some(())
    }),
    ("shuffled names of a use", |pen| {
        let home = pen.home()?;
        let mut names: Vec<(usize, UseName)> = Vec::new();
        for (at, item) in pen.draft.uses(home).into_iter().enumerate() {
            names.extend(item.names.iter().map(|name| (at, name.clone())));
        }
        let (at, _) = pen.pick(names)?;
        let mut rng = pen.rng.clone();
        let item = pen.draft.uses(home).swap_remove(at);
        rng.shuffle(&mut item.names);
        Some(())
    }),
    ("shuffled over two files", split),
];

fn split(pen: &mut Pen) -> Option<()> {
    let home = pen.interface()?;
    let Home::Interface(package, file, item) = home else { return None };
    // Names that a file gives to other packages' interfaces are known in that file only.
    let files = &mut pen.draft.packages[package];
    if files[file].items.iter().any(|item| matches!(item, Item::Use(_))) {
        return None;
    }
    let moved = files[file].items.remove(item);
    files.push(File { package: None, items: vec![moved] });
    Some(())
}
