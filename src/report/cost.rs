//! What calls cost, as the wire has it.

use super::cost_words;
use super::package::place;
use super::wire::*;
use super::{Source, error_report};
use crate::cost::{
    self, Allocation, AllocationKind, Beyond, Call, Choice, Core, Crossing, Finding, Flags, Growth, Model, Part,
    Payload, Shape, Signature,
};
use crate::error::{Error, ErrorKind};
use crate::surface::{InterfaceId, Span, Surface, WorldItemKind};
use std::collections::BTreeSet;

/// The functions of one revision of a package, and what was found.
#[derive(Clone, Debug)]
pub struct Costed<'a> {
    /// What they were resolved with.
    pub surface: &'a Surface,
    /// Whether all packages are told of, and not only those under test.
    pub whole: bool,
    /// Every function.
    pub calls: &'a [Call],
    /// What could cost less.
    pub findings: &'a [Finding],
}

/// The report on the packages of `source`; `errors` say why some are not there.
pub fn cost(source: &Source, costed: &[Costed<'_>], errors: &[Error], length: u32, wanted: &[String]) -> CostReport {
    let mut packages: Vec<CostedPackage> = costed.iter().flat_map(|costed| packages(costed, wanted)).collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    let nothing_found = packages.is_empty() && errors.iter().all(|error| error.kind == ErrorKind::Empty);
    CostReport {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        input: InputReport::from(source),
        length,
        model: model(),
        packages,
        errors: errors.iter().map(|error| error_report("input", error)).collect(),
        nothing_found,
    }
}

/// The report as [`contract`](super::contract) defines it, with a line break at the end.
pub fn cost_to_json(report: &CostReport) -> String {
    super::json::indented(report)
}

/// The same report with what `old` and `new` cost in each of its packages that stands on both sides.
pub fn with_costs(mut report: Report, old: &Costed<'_>, new: &Costed<'_>, growth: Growth) -> Report {
    let changed = cost::changed(old.calls, new.calls);
    let known: BTreeSet<(&str, &str)> = old.findings.iter().map(|f| (f.fact.rule(), f.path.as_str())).collect();
    let grown: Vec<Finding> = changed.iter().flat_map(|changed| changed.findings(growth)).collect();
    let is_new = |finding: &&Finding| !known.contains(&(finding.fact.rule(), finding.path.as_str()));
    let found: Vec<&Finding> = grown.iter().chain(new.findings.iter().filter(is_new)).collect();
    // What a component calls and is called by belongs to other packages, and is told of it.
    let is_whole = old.whole || new.whole;
    for package in report.packages.iter_mut().filter(|package| package.error.is_none()) {
        let changes = changed.iter().filter(|changed| is_whole || changed.new.package == package.name).map(|changed| {
            let (old, new) = (call(old.surface, changed.old), call(new.surface, changed.new));
            CostChangeReport { path: new.path.clone(), old, new }
        });
        let findings = found.iter().filter(|finding| is_whole || finding.package == package.name);
        let mut findings: Vec<_> = findings.map(|found| finding(new, found)).collect();
        findings.sort_by(|a, b| (&a.path, &a.rule).cmp(&(&b.path, &b.rule)));
        package.cost = Some(CostChangesReport { changes: changes.collect(), findings });
    }
    report
}

fn packages(costed: &Costed<'_>, wanted: &[String]) -> Vec<CostedPackage> {
    let surface = costed.surface;
    let is_whole = costed.whole;
    let own = |id: u32| is_whole || surface.own.contains(&id);
    let packages = surface.packages.iter().zip(0..).filter(|(_, id)| own(*id)).map(|(package, _)| package);
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let told = packages.filter(|package| is_wanted(&package.name));
    let costed = told.map(|package| CostedPackage {
        name: package.name.to_string(),
        version: package.version.as_ref().map(ToString::to_string),
        functions: (costed.calls.iter())
            .filter(|call| *call.package == *package.name && call.version == package.version)
            .map(|of| call(surface, of))
            .collect(),
        findings: (costed.findings.iter())
            .filter(|finding| *finding.package == *package.name)
            .map(|found| finding(costed, found))
            .collect(),
    });
    costed.filter(|package| !is_whole || !package.functions.is_empty()).collect()
}

fn call(surface: &Surface, call: &Call) -> CallReport {
    let (shape, beyond) = match &call.shape {
        Ok(shape) => (Some(self::shape(shape, call.is_async)), None),
        Err(beyond) => (None, Some(self::beyond(*beyond))),
    };
    let place = span(surface, &call.place).and_then(|span| surface.sources.place(span));
    CallReport {
        path: call.path.clone(),
        r#async: call.is_async,
        place: place.as_ref().map(self::place),
        shape,
        beyond,
    }
}

fn finding(costed: &Costed<'_>, finding: &Finding) -> CostFindingReport {
    let surface = costed.surface;
    let of_call = costed.calls.iter().find(|call| call.path == finding.path);
    let span = match of_call {
        Some(call) => span(surface, &call.place),
        None => interface(surface, &finding.path).map(|id| {
            let ty = finding.path.split_once('#').and_then(|(_, name)| surface.type_named(id, name));
            ty.map_or(surface.interface(id).span, |ty| surface.ty(ty).span)
        }),
    };
    let place = span.and_then(|span| surface.sources.place(span));
    CostFindingReport {
        rule: finding.fact.rule().to_owned(),
        path: finding.path.clone(),
        place: place.as_ref().map(self::place),
        message: cost_words::message(finding),
        hint: cost_words::hint(&finding.fact).to_owned(),
    }
}

/// The interface at a path `ns:pkg/name`, maybe with a `#` and more behind it.
fn interface(surface: &Surface, path: &str) -> Option<InterfaceId> {
    let (package, name) = path.split('#').next()?.split_once('/')?;
    let own = surface.own.iter().map(|&id| surface.package(id)).find(|own| *own.name == *package)?;
    own.interfaces.iter().copied().find(|&id| surface.interface(id).name.as_deref() == Some(name))
}

fn span(surface: &Surface, place: &cost::Place) -> Option<Span> {
    match place {
        cost::Place::Interface(id, name) => {
            let functions = &surface.interfaces.get(*id as usize)?.functions;
            functions.iter().find(|function| *function.name == **name).map(|function| function.span)
        }
        cost::Place::World(id, name) => {
            let world = surface.worlds.get(*id as usize)?;
            world.imports.iter().chain(&world.exports).find_map(|item| match &item.kind {
                WorldItemKind::Function(function) if *function.name == **name => Some(function.span),
                _ => None,
            })
        }
    }
}

fn shape(shape: &Shape, is_async: bool) -> ShapeReport {
    let waiting = &shape.signatures;
    let not_waiting = waiting.not_waiting.as_ref();
    ShapeReport {
        parameters: payload(&shape.parameters),
        result: shape.result.as_ref().map(payload),
        signatures: SignaturesReport {
            import: signature(&waiting.import),
            export: signature(&waiting.export),
            async_import: not_waiting.map(|signatures| signature(&signatures.import)),
            async_export: not_waiting.map(|signatures| signature(&signatures.export)),
            task_return: not_waiting.map(|signatures| signature(&signatures.task_return)),
        },
        nanoseconds: nanoseconds(shape, is_async),
    }
}

fn nanoseconds(shape: &Shape, is_async: bool) -> NanosecondsReport {
    let model = Model::fitted();
    let estimate = |crossing: &Crossing| crossing.nanoseconds(&shape.load, is_async).round() as u64;
    NanosecondsReport {
        host_to_guest: estimate(&model.host_to_guest),
        guest_to_host: estimate(&model.guest_to_host),
        guest_to_guest: estimate(&model.guest_to_guest),
    }
}

/// What estimates are made with.
fn model() -> ModelReport {
    let model = Model::fitted();
    let percent = |part: f64| (part * 100.0).round() as u32;
    let error = |crossing: &Crossing| ModelErrorReport {
        median_percent: percent(crossing.median_error),
        ninetieth_percent: percent(crossing.ninetieth_error),
    };
    ModelReport {
        wasmtime: model.wasmtime.to_owned(),
        processor: model.processor.to_owned(),
        errors: ModelErrorsReport {
            host_to_guest: error(&model.host_to_guest),
            guest_to_host: error(&model.guest_to_host),
            guest_to_guest: error(&model.guest_to_guest),
        },
    }
}

fn payload(payload: &Payload) -> PayloadReport {
    fn untold<T>(part: &Part<T>) -> usize {
        part.count.saturating_sub(part.first.len())
    }
    let parts = &payload.parts;
    PayloadReport {
        flat: payload.flat,
        bytes: payload.bytes,
        align: payload.align,
        buffers: parts.allocations.count as u64,
        allocates: parts.allocations.first.iter().map(allocation).collect(),
        discriminants: parts.choices.first.iter().map(discriminant).collect(),
        flags: parts.flags.first.iter().map(flags).collect(),
        moves: parts.moved.first.clone(),
        lends: parts.lent.first.clone(),
        untold: [
            untold(&parts.allocations),
            untold(&parts.choices),
            untold(&parts.flags),
            untold(&parts.moved),
            untold(&parts.lent),
        ]
        .iter()
        .sum(),
    }
}

fn allocation(Allocation { path, kind, element_bytes }: &Allocation) -> AllocationReport {
    let kind = match kind {
        AllocationKind::String => AllocationReportKind::String,
        AllocationKind::List => AllocationReportKind::List,
        AllocationKind::Map => AllocationReportKind::Map,
    };
    AllocationReport { path: path.clone(), kind, element_bytes: *element_bytes }
}

fn discriminant(Choice { path, cases, bytes }: &Choice) -> DiscriminantReport {
    DiscriminantReport { path: path.clone(), cases: *cases, bytes: *bytes }
}

fn flags(Flags { path, flags, bytes }: &Flags) -> FlagsReport {
    FlagsReport { path: path.clone(), flags: *flags, bytes: *bytes }
}

fn signature(signature: &Signature) -> SignatureReport {
    SignatureReport {
        parameters: signature.parameters.iter().copied().map(core).collect(),
        results: signature.results.iter().copied().map(core).collect(),
        parameters_in_memory: signature.parameters_in_memory,
        result_in_memory: signature.result_in_memory,
    }
}

fn core(core: Core) -> CoreReport {
    match core {
        Core::I32 => CoreReport::I32,
        Core::I64 => CoreReport::I64,
        Core::F32 => CoreReport::F32,
        Core::F64 => CoreReport::F64,
    }
}

fn beyond(beyond: Beyond) -> BeyondReport {
    match beyond {
        Beyond::TooLarge => BeyondReport::TooLarge,
        Beyond::TooManyParts => BeyondReport::TooManyParts,
        Beyond::TooDeep => BeyondReport::TooDeep,
    }
}
