//! What changes are called: every sentence that says what happened.

use crate::change::{Change, Fact, Home, ItemKind};
use crate::compare::{PackageComparison, Standing};
use crate::verdict::Protect;
use crate::version::track;

/// One sentence that says what happened, without a full stop.
pub(super) fn message(change: &Change) -> String {
    let subject = Subject::of_change(change);
    let it = subject.whole();
    let of = subject.container();
    match &change.fact {
        Fact::PackageAdded => format!("package `{}` added", change.path),
        Fact::PackageRemoved => format!("package `{}` removed", change.path),
        Fact::PackageDocsChanged => format!("documentation of package `{}` changed", change.path),
        Fact::InterfaceAdded => format!("interface `{}` added", subject.name),
        Fact::InterfaceRemoved => format!("interface `{}` removed", subject.name),
        Fact::WorldAdded => format!("world `{}` added", subject.name),
        Fact::WorldRemoved => format!("world `{}` removed", subject.name),
        Fact::DocsChanged => format!("documentation of {it} changed"),
        Fact::SinceAdded { new } => format!("{it} gained `@since(version = {new})`"),
        Fact::SinceRemoved { old } => format!("{it} lost `@since(version = {old})`"),
        Fact::SinceChanged { old, new } => format!("`@since` of {it} changed from {old} to {new}"),
        Fact::ItemDeprecated { new } => format!("{it} deprecated in {new}"),
        Fact::ItemUndeprecated { old } => format!("{it} is no longer deprecated (was in {old})"),
        Fact::DeprecationChanged { old, new } => format!("`@deprecated` of {it} changed from {old} to {new}"),
        Fact::FeatureChanged { old, new } => format!("{it} moved from feature `{old}` to `{new}`"),
        Fact::ItemStabilised { feature, since: Some(since) } => {
            format!("{it} stabilised: promised since {since}, and no longer behind feature `{feature}`")
        }
        Fact::ItemStabilised { feature, since: None } => {
            format!("{it} stabilised: no longer behind feature `{feature}`")
        }
        Fact::ItemMadeUnstable { feature, since: Some(since) } => {
            format!("{it} made unstable: behind feature `{feature}`, and promised since {since} before")
        }
        Fact::ItemMadeUnstable { feature, since: None } => format!("{it} made unstable: behind feature `{feature}`"),
        Fact::SinceOmitted => format!("{it} is new and carries no `@since`"),
        Fact::SinceMisdated { since, release } => {
            format!("{it} is new in {release} and carries `@since(version = {since})`")
        }
        Fact::SinceItemChanged { since } => format!("{it} is promised since {since} and changed incompatibly"),
        Fact::DeprecationSkipped => format!("{it} removed without having been deprecated"),
        Fact::ExternalIdChanged { old, new } => match (old, new) {
            (None, Some(new)) => format!("{it} gained `@external-id({new:?})`"),
            (Some(old), None) => format!("{it} lost `@external-id({old:?})`"),
            (old, new) => {
                format!("`@external-id` of {it} changed from {:?} to {:?}", text(old), text(new))
            }
        },
        Fact::FunctionAdded { .. } => format!("{it} added"),
        Fact::FunctionRemoved { .. } => format!("{it} removed"),
        Fact::FunctionMadeAsync => format!("{it} made async"),
        Fact::FunctionMadeSync => format!("{it} no longer async"),
        Fact::MethodMadeStatic => format!("method `{}` made static", subject.name),
        Fact::StaticMadeMethod => format!("static function `{}` made a method", subject.name),
        Fact::ConstructorMadeFallible { new } => format!("{it} made fallible: returns `{new}`"),
        Fact::ConstructorMadeInfallible { old } => format!("{it} no longer fallible: returned `{old}`"),
        Fact::ParameterAdded { name, ty } => format!("parameter `{name}: {ty}` added to {of}"),
        Fact::ParameterRemoved { name, ty } => format!("parameter `{name}: {ty}` removed from {of}"),
        Fact::ParameterRenamed { old, new } => format!("parameter `{old}` of {of} renamed to `{new}`"),
        Fact::ParametersReordered => format!("parameters of {it} reordered"),
        Fact::ParameterRetyped { name, old, new } => {
            format!("parameter `{name}` of {of} {}", retyped(old, new))
        }
        Fact::ParameterTypeReplaced { name, old, new } => {
            format!("parameter `{name}` of {of} names `{new}` instead of `{old}`, of equal structure")
        }
        Fact::ResultAdded { ty } => format!("{it} returns `{ty}` now"),
        Fact::ResultRemoved { ty } => format!("{it} no longer returns `{ty}`"),
        Fact::ResultRetyped { old, new } => format!("result of {it} {}", retyped(old, new)),
        Fact::ResultTypeReplaced { old, new } => {
            format!("result of {it} names `{new}` instead of `{old}`, of equal structure")
        }
        Fact::TypeAdded { definition } => format!("type `{}` ({}) added", subject.name, defined(&subject, definition)),
        Fact::TypeRemoved { definition } => {
            format!("type `{}` ({}) removed", subject.name, defined(&subject, definition))
        }
        Fact::TypeKindChanged { old, new } => format!("{it} was {old} and is {new}"),
        Fact::AliasRetargeted { old, new } => format!("{it} stands for `{new}` instead of `{old}`"),
        Fact::AliasTargetReplaced { old, new } => {
            format!("{it} stands for `{new}` instead of `{old}`, of equal structure")
        }
        Fact::AliasMadeNominal { old, new } => {
            format!("{it} is {} of its own, no longer another name for `{old}`", one(new))
        }
        Fact::NominalMadeAlias { old, new } => {
            format!("{it} is another name for `{new}`, no longer {} of its own", one(old))
        }
        Fact::TypeMoved { old, new } => format!("{it} moved from `{old}` to `{new}`, and is still here by `use`"),
        Fact::UseRerouted { old, new } => format!("{it} is used from `{new}` instead of `{old}`, of equal structure"),
        Fact::ResourceAdded => format!("resource `{}` added", subject.name),
        Fact::ResourceRemoved => format!("resource `{}` removed", subject.name),
        Fact::ResourceMoved { new, .. } => format!("resource `{}` is now `{new}`, by `use`", subject.name),
        Fact::ResourceMadeOwn { old, .. } => {
            format!("resource `{}` is one of its own, no longer another name for `{old}`", subject.name)
        }
        Fact::ResourceReplaced { old, new, .. } => format!("{it} names the resource `{new}` instead of `{old}`"),
        Fact::RecordFieldAdded { name, ty } => format!("field `{name}: {ty}` added to record {of}"),
        Fact::RecordFieldRemoved { name, ty } => format!("field `{name}: {ty}` removed from record {of}"),
        Fact::RecordFieldRetyped { name, old, new } => {
            format!("field `{name}` of record {of} {}", retyped(old, new))
        }
        Fact::RecordFieldTypeReplaced { name, old, new } => {
            format!("field `{name}` of record {of} names `{new}` instead of `{old}`, of equal structure")
        }
        Fact::RecordFieldsReordered => format!("fields of record {it} reordered"),
        Fact::VariantCaseAdded { name, ty } => format!("case `{}` added to variant {of}", case(name, ty)),
        Fact::VariantCaseRemoved { name, ty } => format!("case `{}` removed from variant {of}", case(name, ty)),
        Fact::VariantCaseRetyped { name, old: Some(old), new: Some(new) } if old == new => {
            format!("payload of case `{name}` of variant {of} {}", retyped(old, new))
        }
        Fact::VariantCaseRetyped { name, old, new } => {
            format!("payload of case `{name}` of variant {of} changed from {} to {}", payload(old), payload(new))
        }
        Fact::VariantCaseTypeReplaced { name, old, new } => {
            format!("case `{name}` of variant {of} names `{new}` instead of `{old}`, of equal structure")
        }
        Fact::VariantCasesReordered => format!("cases of variant {it} reordered"),
        Fact::EnumCaseAdded { name } => format!("case `{name}` added to enum {of}"),
        Fact::EnumCaseRemoved { name } => format!("case `{name}` removed from enum {of}"),
        Fact::EnumCasesReordered => format!("cases of enum {it} reordered"),
        Fact::FlagAdded { name } => format!("flag `{name}` added to {of}"),
        Fact::FlagRemoved { name } => format!("flag `{name}` removed from {of}"),
        Fact::FlagsReordered => format!("flags of {it} reordered"),
        Fact::ImportAdded { item, what, through } => {
            format!("{} `{what}` imported{}", noun(*item), brought(through, "uses"))
        }
        Fact::ImportRemoved { item, what, through } => {
            format!("{} `{what}` no longer imported{}", noun(*item), brought(through, "used"))
        }
        Fact::ExportAdded { item, what, .. } => format!("{} `{what}` exported", noun(*item)),
        Fact::ExportRemoved { item, what, .. } => format!("{} `{what}` no longer exported", noun(*item)),
        Fact::ImportMadeExport { item } => format!("{} `{}` exported instead of imported", noun(*item), subject.name),
        Fact::ExportMadeImport { item } => format!("{} `{}` imported instead of exported", noun(*item), subject.name),
        Fact::ImportKindChanged { old, new } => {
            format!("import `{}` was {} and is {}", subject.name, article(*old), article(*new))
        }
        Fact::ExportKindChanged { old, new } => {
            format!("export `{}` was {} and is {}", subject.name, article(*old), article(*new))
        }
        Fact::ImportRetargeted { old, new } => {
            format!("import `{}` stands for {} instead of {}", subject.name, target(new), target(old))
        }
        Fact::ExportRetargeted { old, new } => {
            format!("export `{}` stands for {} instead of {}", subject.name, target(new), target(old))
        }
        Fact::ResourceOriginChanged { .. } if change.home == Home::Import => {
            format!("import `{}` names resources of another origin: the label's own on one side only", subject.name)
        }
        Fact::ResourceOriginChanged { .. } => {
            format!(
                "export `{}` names resources of another origin: imported on one side, exported on the other",
                subject.name
            )
        }
    }
}

/// The note on a package that stands on the old side only.
pub(super) const GONE: &str = "packages are matched by name: the new side holds none of this one";

/// The same where the new side has it in other versions.
pub(super) fn left(name: &str, versions: &[&str]) -> String {
    format!(
        "the new side has `{name}` on another track only, as {}: to linkers that is another package",
        versions.join(" and ")
    )
}

/// What is worth knowing about a package beside its changes.
pub(super) fn notes(package: &PackageComparison) -> Vec<String> {
    let mut notes = Vec::new();
    if package.standing == Standing::Removed {
        notes.push(GONE.to_string());
    }
    if let (Some(old), Some(new)) = (&package.old_version, &package.new_version)
        && (!old.pre.is_empty() || !new.pre.is_empty())
        && old != new
    {
        notes.push(format!(
            "linkers match pre-releases by exact name only: nothing built for {old} links with {new} as it is"
        ));
    } else if let (Some(old), Some(new)) = (&package.old_version, &package.new_version)
        && track::exact(old) != track::exact(new)
    {
        notes.push(format!(
            "{new} is on another track than {old}: to linkers every item of it is another item, whatever changed"
        ));
    }
    if let (Some(old), None) = (&package.old_version, &package.new_version)
        && package.standing == Standing::Both
    {
        notes.push(format!("the package no longer declares a version: every name that was `…@{old}` is another name"));
    }
    if let (None, Some(new)) = (&package.old_version, &package.new_version)
        && package.standing == Standing::Both
    {
        notes.push(format!("the package declares its first version: every name is another name now, `…@{new}`"));
    }
    for dependency in &package.dependencies {
        if let Some(note) = dependency_note(dependency) {
            notes.push(note);
        }
    }
    notes
}

fn dependency_note(dependency: &crate::compare::DependencyComparison) -> Option<String> {
    let name = &dependency.name;
    match (&dependency.old, &dependency.new) {
        (Some(old), Some(new)) if old.cmp_precedence(new).is_eq() => dependency
            .changed
            .then(|| format!("the content of the dependency `{name}` changed under an unchanged version, {old}")),
        (Some(old), Some(new)) if track::of(&Some(old.clone())) != track::of(&Some(new.clone())) => {
            Some(format!("the dependency `{name}` left its track, from {old} to {new}: its items are other items"))
        }
        (Some(old), Some(new)) if !old.pre.is_empty() || !new.pre.is_empty() => Some(format!(
            "the dependency `{name}` went from {old} to {new}: linkers match pre-releases by exact name only"
        )),
        _ => None,
    }
}

/// What brought an import along.
fn brought(through: &Option<String>, uses: &str) -> String {
    through.as_ref().map_or(String::new(), |through| format!(", which `{through}` {uses}"))
}

/// One of a kind of type.
fn one(kind: &str) -> String {
    match kind {
        "flags" => "a set of flags".into(),
        _ if kind.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

/// What a type is; one of the same name comes from elsewhere.
fn defined<'a>(subject: &Subject, definition: &'a str) -> &'a str {
    if definition == subject.name { "by `use`" } else { definition }
}

fn article(item: ItemKind) -> &'static str {
    match item {
        ItemKind::Interface => "an interface",
        ItemKind::EmptyInterface => "an empty interface",
        ItemKind::Function => "a function",
        ItemKind::Type => "a type",
    }
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}

/// What a label stands for; nothing where the interface is written inline.
fn target(path: &str) -> String {
    if path.is_empty() { "an inline interface".into() } else { format!("`{path}`") }
}

/// What became of a type; one that kept its name may be another one all the same.
fn retyped(old: &str, new: &str) -> String {
    if old == new {
        format!("changed: `{new}` is another type now")
    } else {
        format!("changed from `{old}` to `{new}`")
    }
}

fn case(name: &str, ty: &Option<String>) -> String {
    ty.as_ref().map_or_else(|| name.to_owned(), |ty| format!("{name}({ty})"))
}

fn payload(ty: &Option<String>) -> String {
    ty.as_ref().map_or("nothing".into(), |ty| format!("`{ty}`"))
}

fn noun(item: ItemKind) -> &'static str {
    match item {
        ItemKind::Interface => "interface",
        ItemKind::EmptyInterface => "empty interface",
        ItemKind::Function => "function",
        ItemKind::Type => "type",
    }
}

/// The party that the levels answer for.
pub(super) fn whom(protect: Protect) -> &'static str {
    match protect {
        Protect::Guests => "guests",
        Protect::Hosts => "hosts",
        Protect::All => "guests and hosts",
    }
}

/// What a path names, for a sentence.
pub(super) struct Subject {
    /// The word before the name: `method`, `function`, `import` …; empty where the path does not tell.
    pub noun: &'static str,
    /// The name.
    pub name: String,
}

impl Subject {
    pub fn of(path: &str) -> Subject {
        let Some((_, item)) = path.split_once('#') else {
            let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
            return Subject { noun: "", name: name.to_string() };
        };
        for (prefix, noun) in [("import:", "import"), ("export:", "export"), ("type:", "type")] {
            if let Some(name) = item.strip_prefix(prefix) {
                return Subject { noun, name: plain(name) };
            }
        }
        let noun = if item.starts_with("[constructor]") {
            "the constructor of"
        } else if item.contains("[get]") || item.contains("[getter]") {
            "getter"
        } else if item.contains("[set]") || item.contains("[setter]") {
            "setter"
        } else if item.starts_with("[static]") {
            "static function"
        } else if item.starts_with("[method]") {
            "method"
        } else {
            ""
        };
        Subject { noun, name: plain(item) }
    }

    /// What the path of a change names; what kind of item it is, the path alone does not always tell.
    fn of_change(change: &Change) -> Subject {
        let mut subject = Subject::of(&change.path);
        if subject.noun.is_empty() {
            subject.noun = match (change.home, change.path.contains('#')) {
                (Home::Interface { is_type: false }, true) => "function",
                (Home::Interface { .. }, false) => "interface",
                (Home::World, false) => "world",
                (Home::Interface { is_type: true }, true) | (_, true) | (_, false) => "",
            };
        }
        subject
    }

    /// The item itself.
    fn whole(&self) -> String {
        if self.noun.is_empty() { format!("`{}`", self.name) } else { format!("{} `{}`", self.noun, self.name) }
    }

    /// What the item is a part of: the function of a parameter, the record of a field.
    fn container(&self) -> String {
        let name = self.name.rsplit_once('.').map_or(self.name.as_str(), |(container, _)| container);
        if self.noun.is_empty() { format!("`{name}`") } else { format!("{} `{name}`", self.noun) }
    }
}

/// A name without the brackets of its encoding.
fn plain(name: &str) -> String {
    let mut rest = name;
    while let Some((_, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        rest = after;
    }
    rest.to_string()
}

/// Where a change belongs, for grouping: the interface or world, or the package.
pub(super) fn group(path: &str) -> &str {
    path.split_once('#').map_or(path, |(container, _)| container)
}

/// Whether a change is of a world or an interface, for a heading.
pub(super) fn heading(home: Home) -> &'static str {
    match home {
        Home::Package => "package",
        Home::Interface { .. } => "interface",
        Home::Import | Home::Export | Home::World => "world",
    }
}

/// Whether a rule is about a part of an item.
pub(super) fn is_part(rule: &str) -> bool {
    ["parameter-", "result-", "record-", "variant-", "enum-", "flag-"].iter().any(|begin| rule.starts_with(begin))
}
