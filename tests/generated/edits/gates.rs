//! What is said beside the types: gates, deprecation, external ids, documentation.

use super::{Pen, Row};
use wit_diff::syntax::{Attribute, Docs, ExternKind, InterfaceItem, Item, TypeDefKind, WorldItem};

pub const EDITS: &[Row] = &[
    ("since added, changed or removed", since),
    ("unstable added, changed or removed", unstable),
    ("since changed", since_changed),
    ("feature changed", feature_changed),
    ("deprecation changed", deprecation_changed),
    ("made stable or unstable", stabilised),
    ("deprecated added, changed or removed", deprecated),
    ("external id added, changed or removed", external_id),
    ("documentation changed", docs),
    ("documentation of the package changed", package_docs),
];

/// An item that can carry attributes, and perhaps documentation and an external id.
struct Carrier<'a> {
    attributes: &'a mut Vec<Attribute>,
    docs: Option<&'a mut Docs>,
    is_reflected: bool,
}

fn carriers<'a>(pen: &'a mut Pen) -> Vec<Carrier<'a>> {
    let mut found = Vec::new();
    for item in pen.draft.packages[pen.package].iter_mut().flat_map(|file| &mut file.items) {
        match item {
            Item::Interface(interface) => {
                found.push(carrier(&mut interface.attributes, &mut interface.docs, false));
                of_body(&mut interface.items, &mut found);
            }
            Item::World(world) => {
                found.push(carrier(&mut world.attributes, &mut world.docs, false));
                for item in &mut world.items {
                    match item {
                        WorldItem::Use(item) => found.push(bare(&mut item.attributes)),
                        WorldItem::Include(item) => found.push(bare(&mut item.attributes)),
                        WorldItem::Type(ty) => found.push(carrier(&mut ty.attributes, &mut ty.docs, true)),
                        WorldItem::Import(item) | WorldItem::Export(item) => {
                            found.push(carrier(&mut item.attributes, &mut item.docs, true));
                            if let ExternKind::Interface { items, .. } = &mut item.kind {
                                of_body(items, &mut found);
                            }
                        }
                    }
                }
            }
            Item::Use(_) | Item::Package(_) => {}
        }
    }
    found
}

fn of_body<'a>(items: &'a mut [InterfaceItem], found: &mut Vec<Carrier<'a>>) {
    for item in items {
        match item {
            InterfaceItem::Use(item) => found.push(bare(&mut item.attributes)),
            InterfaceItem::Function(item) => found.push(carrier(&mut item.attributes, &mut item.docs, true)),
            InterfaceItem::Type(ty) => {
                found.push(carrier(&mut ty.attributes, &mut ty.docs, true));
                if let TypeDefKind::Resource(functions) = &mut ty.kind {
                    found.extend(functions.iter_mut().map(|f| carrier(&mut f.attributes, &mut f.docs, true)));
                }
            }
        }
    }
}

fn carrier<'a>(attributes: &'a mut Vec<Attribute>, docs: &'a mut Docs, is_reflected: bool) -> Carrier<'a> {
    Carrier { attributes, docs: Some(docs), is_reflected }
}

fn bare(attributes: &mut Vec<Attribute>) -> Carrier<'_> {
    Carrier { attributes, docs: None, is_reflected: false }
}

fn choose<'a>(pen: &'a mut Pen, keep: impl Fn(&Carrier) -> bool) -> Option<Carrier<'a>> {
    let count = carriers(pen).into_iter().filter(&keep).count();
    let at = pen.rng.usize(..(count > 0).then_some(count)?);
    carriers(pen).into_iter().filter(keep).nth(at)
}

fn has_gate(carrier: &Carrier) -> bool {
    carrier.attributes.iter().any(|attribute| matches!(attribute, Attribute::Since(_) | Attribute::Unstable(_)))
}

/// A version up to that of the package.
fn version(pen: &mut Pen) -> Option<String> {
    let own = pen.draft.name(pen.package)?.version.clone()?;
    let older = if pen.one_in(2) { "0.0.1" } else { "0.1.0" };
    Some(if pen.one_in(2) { own } else { older.into() })
}

fn since(pen: &mut Pen) -> Option<()> {
    let version = version(pen)?;
    let drop = pen.one_in(4);
    let chosen = choose(pen, |carrier| !carrier.attributes.iter().any(|a| matches!(a, Attribute::Unstable(_))))?;
    let had = has_gate(&chosen);
    chosen.attributes.retain(|attribute| !matches!(attribute, Attribute::Since(_)));
    match had && drop {
        true => chosen.attributes.retain(|attribute| !matches!(attribute, Attribute::Deprecated(_))),
        false => chosen.attributes.insert(0, Attribute::Since(version)),
    }
    Some(())
}

fn unstable(pen: &mut Pen) -> Option<()> {
    let drop = pen.one_in(3);
    let feature = if pen.one_in(2) { "f1" } else { "f2" };
    let chosen = choose(pen, |carrier| !carrier.attributes.iter().any(|a| matches!(a, Attribute::Since(_))))?;
    let had = has_gate(&chosen);
    chosen.attributes.retain(|attribute| !matches!(attribute, Attribute::Unstable(_)));
    match had && drop {
        true => chosen.attributes.retain(|attribute| !matches!(attribute, Attribute::Deprecated(_))),
        false => chosen.attributes.insert(0, Attribute::Unstable(feature.into())),
    }
    Some(())
}

fn since_changed(pen: &mut Pen) -> Option<()> {
    let version = version(pen)?;
    let chosen = choose(pen, |carrier| carrier.attributes.iter().any(|a| matches!(a, Attribute::Since(_))))?;
    *chosen.attributes.iter_mut().find(|attribute| matches!(attribute, Attribute::Since(_)))? =
        Attribute::Since(version);
    Some(())
}

fn feature_changed(pen: &mut Pen) -> Option<()> {
    let chosen = choose(pen, |carrier| carrier.attributes.iter().any(|a| matches!(a, Attribute::Unstable(_))))?;
    let gate = chosen.attributes.iter_mut().find(|attribute| matches!(attribute, Attribute::Unstable(_)))?;
    let other = if *gate == Attribute::Unstable("f1".into()) { "f2" } else { "f1" };
    *gate = Attribute::Unstable(other.into());
    Some(())
}

fn deprecation_changed(pen: &mut Pen) -> Option<()> {
    let version = version(pen)?;
    let chosen = choose(pen, |carrier| carrier.attributes.iter().any(|a| matches!(a, Attribute::Deprecated(_))))?;
    let old = chosen.attributes.iter_mut().find(|attribute| matches!(attribute, Attribute::Deprecated(_)))?;
    *old = Attribute::Deprecated(version);
    Some(())
}

fn stabilised(pen: &mut Pen) -> Option<()> {
    let version = version(pen)?;
    let chosen = choose(pen, has_gate)?;
    for attribute in chosen.attributes.iter_mut() {
        match attribute {
            Attribute::Since(_) => *attribute = Attribute::Unstable("f1".into()),
            Attribute::Unstable(_) => *attribute = Attribute::Since(version.clone()),
            Attribute::Deprecated(_) | Attribute::ExternalId(_) => {}
        }
    }
    Some(())
}

fn deprecated(pen: &mut Pen) -> Option<()> {
    let version = version(pen)?;
    let chosen = choose(pen, has_gate)?;
    let old = chosen.attributes.iter().position(|attribute| matches!(attribute, Attribute::Deprecated(_)));
    match old.map(|at| chosen.attributes.remove(at)) {
        Some(old) if old != Attribute::Deprecated(version.clone()) => {
            chosen.attributes.push(Attribute::Deprecated(version))
        }
        Some(_) => {}
        None => chosen.attributes.push(Attribute::Deprecated(version)),
    }
    Some(())
}

fn external_id(pen: &mut Pen) -> Option<()> {
    let id = if pen.one_in(2) { "\"one\"" } else { "\"two\"" };
    let chosen = choose(pen, |carrier| carrier.is_reflected)?;
    let old = chosen.attributes.iter().position(|attribute| matches!(attribute, Attribute::ExternalId(_)));
    let new = Attribute::ExternalId(id.into());
    match old.map(|at| chosen.attributes.remove(at)) {
        Some(old) if old == new => {}
        Some(_) | None => chosen.attributes.push(new),
    }
    Some(())
}

fn docs(pen: &mut Pen) -> Option<()> {
    let text = if pen.one_in(2) { "/// One." } else { "/** Two. */" };
    let docs = choose(pen, |carrier| carrier.docs.is_some())?.docs?;
    if docs.is_empty() {
        docs.push(text.into())
    } else {
        docs.clear()
    }
    Some(())
}

fn package_docs(pen: &mut Pen) -> Option<()> {
    let package = pen.draft.packages[pen.package].iter_mut().find_map(|file| file.package.as_mut())?;
    package.docs = if package.docs.is_empty() { vec!["/// All.".into()] } else { Vec::new() };
    Some(())
}
