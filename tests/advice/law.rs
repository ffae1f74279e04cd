//! What every piece of advice is held to: it is applied to the old side, and nobody who is protected breaks.

#![allow(dead_code)] // Every test target that includes this module uses its own part of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use wit_diff::advise::{self, Advice, Shape, Side};
use wit_diff::change::{Change, Home};
use wit_diff::compare::compare;
use wit_diff::judge::{JudgedPackage, Judgement, judge};
use wit_diff::revision::{self, Revision};
use wit_diff::surface::{Features, Resolved, Surface, Views, resolve_whole};
use wit_diff::validator::verify;
use wit_diff::verdict::{Level, Protect};

/// A revision, with all that is made of it.
pub struct Read {
    revision: Revision,
    views: Views,
    resolved: Resolved,
}

/// By rule, how many changes have advice, and which ones have none.
pub type Counts = BTreeMap<String, (usize, Vec<String>)>;

pub fn read(revision: Revision, features: &Features) -> Option<Read> {
    let (views, resolved) = resolve_whole(revision.clone(), features).ok()?;
    Some(Read { revision, views, resolved })
}

pub fn read_path(path: &Path, features: &Features) -> Option<Read> {
    read(revision::load(&path.to_string_lossy(), &revision::Options::default()).ok()?, features)
}

pub fn read_text(text: &str) -> Option<Read> {
    read(revision::from_text("example.wit", text), &Features::default())
}

pub fn judged(old: &Read, new: &Read, protect: Protect) -> Judgement {
    let has_open = old.views.open.is_some() || new.views.open.is_some();
    let open = has_open.then(|| {
        (old.views.open.as_ref().unwrap_or(&old.views.judged), new.views.open.as_ref().unwrap_or(&new.views.judged))
    });
    judge(compare(&old.views.judged, &new.views.judged, open), protect)
}

pub fn advice(old: &Read, new: &Read, package: &JudgedPackage, protect: Protect) -> Vec<Option<Arc<Advice>>> {
    fn side<'a>(read: &'a Read) -> Side<'a> {
        Side { files: &read.revision.main.files, surface: &read.views.judged }
    }
    advise::advise(side(old), side(new), package, protect)
}

/// Holds all advice on a pair to the law; what is wrong is noted with `name`, and in `apart` where each piece is right and
/// all that adds something cannot be followed together.
pub fn hold(
    name: &str,
    (old, new): (&Read, &Read),
    features: &Features,
    protect: Protect,
    counts: &mut Counts,
    (wrong, apart): (&mut Vec<String>, &mut Vec<String>),
) {
    for package in &judged(old, new, protect).packages {
        let mut seen: Vec<Arc<Advice>> = Vec::new();
        let advice = advice(old, new, package, protect);
        if let Err(why) = all_harmless(old, package, advice.iter().flatten(), features, protect) {
            apart.push(format!("{name} {protect:?}: {why}"));
        }
        for (at, advice) in advice.into_iter().enumerate() {
            let change = &package.comparison.changes[at];
            if package.changes[at].is_none_or(|judged| judged.level < Level::Major) {
                assert!(advice.is_none(), "{name}: {} breaks nobody", change.path);
                continue;
            }
            let count = counts.entry(change.fact.rule().to_string()).or_default();
            let Some(advice) = advice else {
                if change.track.is_none() {
                    count.1.push(format!("{name} {protect:?} {} {}", change.fact.rule(), change.path));
                }
                continue;
            };
            count.0 += 1;
            let place = || format!("{name} {protect:?}: {} {}", change.fact.rule(), change.path);
            match applied(old, package, &advice, features) {
                Err(error) => wrong.push(format!("{}\n{error}", place())),
                Ok(applied) => {
                    if let Some(why) = lacks(new, &applied, package, change, &advice) {
                        wrong.push(format!("{}: {why}\n{}", place(), added(&advice)));
                    }
                    if !seen.iter().any(|known| known.steps == advice.steps) {
                        if let Err(why) = harmless(old, new, &applied, &advice, protect) {
                            wrong.push(format!("{}: {why}\n{}", place(), added(&advice)));
                        }
                        seen.push(advice);
                    }
                }
            }
        }
    }
}

fn added(advice: &Advice) -> String {
    let step = |step: &advise::Step| format!("{}\n{}", step.place().path("this"), step.wit());
    advice.steps.iter().map(step).collect()
}

fn applied(old: &Read, package: &JudgedPackage, advice: &Advice, features: &Features) -> Result<Read, String> {
    let mut revision = old.revision.clone();
    revision.main.files =
        advise::apply(&revision.main.files, &package.comparison.name, advice).map_err(|error| format!("{error}"))?;
    let (views, resolved) =
        resolve_whole(revision.clone(), features).map_err(|error| format!("{error}\n{}", added(advice)))?;
    Ok(Read { revision, views, resolved })
}

/// All advice of a package that adds something, followed together.
fn all_harmless<'a>(
    old: &Read,
    package: &JudgedPackage,
    advice: impl Iterator<Item = &'a Arc<Advice>>,
    features: &Features,
    protect: Protect,
) -> Result<(), String> {
    let mut whole = Advice { shape: Shape::Restore { name: String::new() }, steps: Vec::new(), version: None };
    let is_addition = |step: &&advise::Step| matches!(step, advise::Step::Add { .. });
    for advice in advice {
        // Shared advice is the same in every step.
        if advice.steps.iter().any(|step| is_addition(&step) && !whole.steps.contains(step)) {
            whole.steps.extend(advice.steps.iter().filter(is_addition).cloned());
            whole.version = whole.version.or(advice.version.clone());
        }
    }
    if whole.steps.is_empty() {
        return Ok(());
    }
    let applied = applied(old, package, &whole, features)?;
    let level = judged(old, &applied, protect).packages.iter().map(|package| package.level).max().unwrap_or_default();
    if level == Level::Minor { Ok(()) } else { Err(format!("together it is {level:?}\n{}", added(&whole))) }
}

/// Level and verdicts of what was applied, ours and the official ones.
fn harmless(old: &Read, new: &Read, applied: &Read, advice: &Advice, protect: Protect) -> Result<(), String> {
    let judgement = judged(old, applied, protect);
    let level = judgement.packages.iter().map(|package| package.level).max().unwrap_or_default();
    let expected = if advice.is_restoring() { Level::None } else { Level::Minor };
    if level != expected {
        let changes: Vec<String> = (judgement.packages.iter().flat_map(|p| &p.comparison.changes))
            .map(|change| format!("{} {}", change.fact.rule(), change.path))
            .collect();
        return Err(format!("applied it is {level:?}, not {expected:?}: {changes:#?}"));
    }
    if advice.is_restoring() {
        // Both sides are the same.
        return Ok(());
    }
    let found = verify(&old.resolved, &applied.resolved, &judgement, &[]);
    let known = match found.unanswered.is_empty() {
        true => Vec::new(),
        false => [refused(old, protect), refused(new, protect)].concat(),
    };
    if found.disagreements.is_empty() && found.unanswered.iter().all(|unanswered| known.contains(&unanswered.reason)) {
        return Ok(());
    }
    Err(format!("the official validator: {:#?} {:#?}", found.disagreements, found.unanswered))
}

/// What the validator refuses of a side by itself: that it cannot be asked about.
fn refused(side: &Read, protect: Protect) -> Vec<String> {
    let found = verify(&side.resolved, &side.resolved, &judged(side, side, protect), &[]);
    found.unanswered.into_iter().map(|unanswered| unanswered.reason).collect()
}

/// What the new side has by this change and the advice does not offer.
fn lacks(new: &Read, applied: &Read, package: &JudgedPackage, change: &Change, advice: &Advice) -> Option<String> {
    let (old, new, name) = (&applied.views.judged, &new.views.judged, &package.comparison.name);
    match &advice.shape {
        Shape::Keep { .. } | Shape::Restore { .. } => None,
        Shape::World { old: first, new: second, includes } => {
            let held = |surface: &Surface, world: &str, all| items(surface, name, world, all);
            let (wanted, offered) = (held(new, first, false), held(old, second, *includes));
            let item = change.path.split_once('#').map(|(_, item)| item.to_string()).unwrap_or_default();
            let lacks = if *includes { !offered.contains(&item) } else { wanted != offered };
            lacks.then(|| format!("world `{second}` holds {offered:?}, and `{first}` {wanted:?}; change at {item}"))
        }
        Shape::Beside { .. } | Shape::Interface { .. } => {
            let Home::Interface { is_type } = change.home else { return None };
            let (home, item) = change.path.split_once('#')?;
            let home = home.rsplit_once('/')?.1;
            let shapes = |surface: &Surface, home: Option<&str>| {
                if is_type { types(surface, name, home) } else { functions(surface, name, home) }
            };
            let all = shapes(new, Some(home));
            let whole = item.rsplit_once('.').map_or(item, |(whole, _)| whole);
            let by_name = |name: &str| all.iter().find(|(found, _)| found == name);
            let Some((_, wanted)) = by_name(item).or_else(|| by_name(whole)) else {
                return Some("the new side does not have it".into());
            };
            let offered = shapes(old, None);
            (!offered.iter().any(|(_, shape)| shape == wanted)).then(|| format!("nothing is like {wanted}"))
        }
    }
}

fn interfaces<'a>(
    surface: &'a Surface,
    package: &'a str,
    home: Option<&'a str>,
) -> impl Iterator<Item = &'a wit_diff::surface::Interface> {
    let own = surface.own.iter().map(|&id| surface.package(id)).filter(move |found| *found.name == *package);
    let all = own.flat_map(|package| &package.interfaces).map(|&id| surface.interface(id));
    all.filter(move |interface| home.is_none_or(|home| interface.name.as_deref() == Some(home)))
}

/// The functions of a package by name, with parameters and results as far as names do not matter.
fn functions(surface: &Surface, package: &str, home: Option<&str>) -> Vec<(String, String)> {
    let shape = |function: &wit_diff::surface::Function| {
        let parameters: Vec<String> = (function.parameters.iter())
            .map(|parameter| format!("{}: {}", parameter.name, shape(surface, parameter.ty)))
            .collect();
        format!(
            "{} ({}) -> {:?}",
            function.is_async,
            parameters.join(", "),
            function.result.map(|ty| shape(surface, ty))
        )
    };
    let all = interfaces(surface, package, home).flat_map(|interface| &interface.functions);
    all.map(|function| (function.name.to_string(), shape(function))).collect()
}

fn types(surface: &Surface, package: &str, home: Option<&str>) -> Vec<(String, String)> {
    let all = interfaces(surface, package, home).flat_map(|interface| &interface.types);
    all.filter_map(|&id| {
        let ty = surface.ty(id);
        Some((ty.name.as_deref()?.to_string(), shape(surface, wit_diff::surface::Type::Id(id))))
    })
    .collect()
}

/// What a type is made of, without the names that types have.
fn shape(surface: &Surface, ty: wit_diff::surface::Type) -> String {
    use wit_diff::surface::{Type, TypeKind};
    let of = |ty: Type| shape(surface, ty);
    let base = surface.base(ty);
    let Type::Id(id) = base else { return format!("{base:?}") };
    match &surface.ty(id).kind {
        TypeKind::Alias(ty) => of(*ty),
        TypeKind::Record(fields) => {
            let fields: Vec<String> = fields.iter().map(|f| format!("{}: {}", f.name, of(f.ty))).collect();
            format!("record {{ {} }}", fields.join(", "))
        }
        TypeKind::Variant(cases) => {
            let cases: Vec<String> = cases.iter().map(|c| format!("{}({:?})", c.name, c.ty.map(of))).collect();
            format!("variant {{ {} }}", cases.join(", "))
        }
        TypeKind::Enum(tags) => format!("enum {:?}", tags.iter().map(|tag| &tag.name).collect::<Vec<_>>()),
        TypeKind::Flags(tags) => format!("flags {:?}", tags.iter().map(|tag| &tag.name).collect::<Vec<_>>()),
        TypeKind::Resource => "resource".into(),
        TypeKind::Own(_) => "own".into(),
        TypeKind::Borrow(_) => "borrow".into(),
        TypeKind::Tuple(types) => format!("tuple {:?}", types.iter().map(|&ty| of(ty)).collect::<Vec<_>>()),
        TypeKind::Option(ty) => format!("option {}", of(*ty)),
        TypeKind::Result { ok, err } => format!("result {:?} {:?}", ok.map(of), err.map(of)),
        TypeKind::List(ty) => format!("list {}", of(*ty)),
        TypeKind::FixedLengthList(ty, length) => format!("list {} {length}", of(*ty)),
        TypeKind::Map(key, value) => format!("map {} {}", of(*key), of(*value)),
        TypeKind::Future(ty) => format!("future {:?}", ty.map(of)),
        TypeKind::Stream(ty) => format!("stream {:?}", ty.map(of)),
    }
}

/// The imports and exports of a world, as paths have them: all of them, or those that it states.
fn items(surface: &Surface, package: &str, world: &str, all: bool) -> std::collections::BTreeSet<String> {
    use wit_diff::surface::{WorldItem, WorldItemKind, WorldKey};
    let own = surface.own.iter().map(|&id| surface.package(id)).filter(|found| *found.name == *package);
    let found =
        own.flat_map(|package| &package.worlds).map(|&id| surface.world(id)).find(|found| *found.name == *world);
    let Some(found) = found else { return Default::default() };
    let path = |word: &str, item: &WorldItem| {
        let word = if matches!(item.kind, WorldItemKind::Type(_)) { "type" } else { word };
        let name = match &item.key {
            WorldKey::Name(name) => name.to_string(),
            WorldKey::Interface(id) => {
                let interface = surface.interface(*id);
                let package = &surface.package(interface.package).name;
                format!("{package}/{}", interface.name.as_deref().unwrap_or_default())
            }
        };
        format!("{word}:{name}")
    };
    let listed = |item: &&WorldItem| all || item.stated;
    let imports = found.imports.iter().filter(listed).map(|item| path("import", item));
    imports.chain(found.exports.iter().filter(listed).map(|item| path("export", item))).collect()
}
