//! Two arbitrary texts.

use super::{laws, panics};
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use wit_diff::pipeline::{self, Options};
use wit_diff::report::{ItemStatus, PackageReport, Report, Status, to_json};
use wit_diff::revision::{Revision, from_text};
use wit_diff::surface::{Features, resolve};
use wit_diff::validator;
use wit_diff::verdict::Verdict;
use wit_parser::{PackageId, Resolve, UnresolvedPackageGroup};

/// How many of the validator's answers were held against ours.
pub static ANSWERS: AtomicUsize = AtomicUsize::new(0);

/// Stands between the two texts: no text of UTF-8 has it.
pub const SEPARATOR: u8 = 0xff;

/// Compares the text before the first separator with what is behind it; without one, a text with itself less a line.
pub fn run(data: &[u8]) {
    panics::watch();
    let (old, new) = sides(data);
    let there = compare(&old, &new);
    laws::hold(&there);
    laws::are_equal(&compare(&new, &new));
    let loads = |text: &[u8]| {
        in_thread({
            let text = text.to_vec();
            move || resolve(from_text("a.wit", text), &Features::default()).is_ok()
        })
    };
    // `None` is the parser giving up, which is no way to load.
    let both = loads(&old) == Some(true) && loads(&new) == Some(true);
    assert_eq!(there.status == Status::Complete, both, "both sides load: {both}, and the report: {}", to_json(&there));
    if both {
        let back = compare(&new, &old);
        mirrors(&there, &back);
        agrees(&there, &old, &new);
        agrees(&back, &new, &old);
    }
    panics::none_of_ours();
}

fn sides(data: &[u8]) -> (Vec<u8>, Vec<u8>) {
    if let Some(at) = data.iter().position(|&byte| byte == SEPARATOR) {
        return (data[..at].to_vec(), data[at + 1..].to_vec());
    }
    let lines: Vec<&[u8]> = data.split_inclusive(|&byte| byte == b'\n').collect();
    let gone = data.iter().map(|&byte| usize::from(byte)).sum::<usize>() % lines.len().max(1);
    let rest = lines.iter().enumerate().filter(|(at, _)| *at != gone).flat_map(|(_, line)| line.iter().copied());
    (data.to_vec(), rest.collect())
}

fn compare(old: &[u8], new: &[u8]) -> Report {
    let source = |name: &str, text: &[u8]| -> Revision { from_text(name, text) };
    pipeline::run_sources(source("old.wit", old), source("new.wit", new), &Options::default())
}

/// Deep types need a deep stack.
fn in_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let builder = thread::Builder::new().name(pipeline::LOADER.into()).stack_size(1 << 30);
    builder.spawn(work).expect("a thread").join().ok()
}

/// Whoever of a world breaks in one direction is the other party in the other one. An interface is not held to it: its
/// dependencies are on offer as they are in the new revision, whichever that is.
fn mirrors(there: &Report, back: &Report) {
    let both = |package: &&PackageReport| package.old_version.is_some() == package.new_version.is_some();
    for (there, back) in there.packages.iter().filter(both).zip(back.packages.iter().filter(both)) {
        for (w, v) in there.worlds.iter().zip(&back.worlds).filter(|(w, _)| !is_lone(w.status)) {
            assert_eq!((w.link.guests, w.link.hosts), (v.link.hosts, v.link.guests), "world {}", w.name);
        }
    }
}

/// Every link verdict is the official validator's, where that has one.
fn agrees(report: &Report, old: &[u8], new: &[u8]) {
    let (old, new) = (old.to_vec(), new.to_vec());
    let official = in_thread(move || {
        let ((old, old_package), (new, new_package)) = (load(&old)?, load(&new)?);
        let name = |resolve: &Resolve, id: PackageId| {
            let name = &resolve.packages[id].name;
            format!("{}:{}", name.namespace, name.name)
        };
        let package = name(&old, old_package);
        // Several versions of one package are matched by version, which the validator knows nothing of.
        let is_lone =
            |resolve: &Resolve| resolve.packages.iter().filter(|(id, _)| name(resolve, *id) == package).count() == 1;
        if package != name(&new, new_package) || !is_lone(&old) || !is_lone(&new) {
            return None;
        }
        let answers = catch_unwind(|| validator::ask(&old, old_package, &new, new_package)).ok()?;
        Some((package, answers))
    });
    let Some((package, answers)) = official.flatten() else { return };
    let ours = ours(report, &package);
    for answer in answers {
        let Ok(survives) = answer.survives else { continue };
        let ours = ours.get(&(answer.item.clone(), answer.party));
        ANSWERS.fetch_add(1, Ordering::Relaxed);
        assert_eq!(ours, Some(&survives), "{}, {}: {}", answer.item, answer.party, answer.message);
    }
}

fn load(text: &[u8]) -> Option<(Resolve, PackageId)> {
    let group = UnresolvedPackageGroup::parse("a.wit", std::str::from_utf8(text).ok()?).ok()?;
    let mut resolve = Resolve::default();
    let package = resolve.push_group(group).ok()?;
    Some((resolve, package))
}

fn ours(report: &Report, package: &str) -> BTreeMap<(String, &'static str), bool> {
    let mut answers = BTreeMap::new();
    let mut put = |item: String, party, verdict: Verdict| answers.insert((item, party), !verdict.is_breaking());
    for package in report.packages.iter().filter(|found| found.name == package) {
        for interface in package.interfaces.iter().filter(|interface| !is_lone(interface.status)) {
            put(format!("interface {}", interface.name), "consumers", interface.link.consumers);
            put(format!("interface {}", interface.name), "providers", interface.link.providers);
        }
        for world in package.worlds.iter().filter(|world| !is_lone(world.status)) {
            put(format!("world {}", world.name), "guests", world.link.guests);
            put(format!("world {}", world.name), "hosts", world.link.hosts);
        }
    }
    answers
}

fn is_lone(status: ItemStatus) -> bool {
    match status {
        ItemStatus::Added | ItemStatus::Removed => true,
        ItemStatus::Changed | ItemStatus::Unchanged => false,
    }
}
