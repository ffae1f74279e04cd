//! The writers of reports, fed with arbitrary names, documentation and places.

use super::{laws, panics};
use arbitrary::{Result, Unstructured};
use wit_diff::capability::{CapabilityKind, Power, Statement};
use wit_diff::report::*;
use wit_diff::rule;
use wit_diff::verdict::{Level, Protect, Verdict};
use wit_diff::version::VersionVerdict;

/// Writes the report that the input describes.
pub fn run(data: &[u8]) {
    panics::watch();
    let u = &mut Unstructured::new(data);
    if let Ok((mut report, options)) = report(u) {
        let listed = extended(u, &mut report).and_then(|()| listed(u));
        laws::hold(&report);
        if let Ok(listed) = &listed {
            laws::hold_list(listed);
        }
        if !options.color {
            fits(&to_text(&report, &options), &options);
            if let Ok(listed) = &listed {
                fits(&list_to_text(listed, &options), &options);
            }
            // The drawing of a line is annotate-snippets' own.
            let errors = errors_to_text(&report, &options);
            let is_drawing = |line: &&str| {
                line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).starts_with(['|', '-', '.'])
            };
            errors.lines().filter(|line| !is_drawing(line)).for_each(|line| fits(line, &options));
        }
    }
    panics::none_of_ours();
}

/// No line is wider than the page, unless a word in it is.
fn fits(text: &str, options: &TextOptions) {
    for line in text.lines() {
        let width = textwrap::core::display_width(line);
        let word = line.split(' ').map(textwrap::core::display_width).max().unwrap_or_default();
        // What stands before a word that is too long stays on its line.
        assert!(width <= options.width.max(40) || word + 30 > options.width.max(40), "{width} columns in {line:?}");
    }
}

fn report(u: &mut Unstructured<'_>) -> Result<(Report, TextOptions)> {
    let options = TextOptions { width: u.int_in_range(20..=200)?, color: u.arbitrary()?, verbose: u.arbitrary()? };
    let packages = list(u, 3, package)?;
    let report = Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "wit-diff".into(), version: "0".into() },
        old: input(u)?,
        new: input(u)?,
        protect: *u.choose(&[Protect::Guests, Protect::Hosts, Protect::All])?,
        features: list(u, 2, text)?,
        status: Status::Complete,
        level: packages.iter().filter_map(|package| package.level).max().unwrap_or_default(),
        packages,
        errors: list(u, 2, error)?,
        warnings: list(u, 2, text)?,
        stale: Vec::new(),
        config: Vec::new(),
        nothing_compared: false,
        verified: optional(u, |u| u.arbitrary())?,
        bug_report: optional(u, text)?,
        check: None,
    };
    Ok((report, options))
}

fn package(u: &mut Unstructured<'_>) -> Result<PackageReport> {
    let name = text(u)?;
    let interfaces = list(u, 3, |u| {
        Ok(InterfaceReport {
            name: text(u)?,
            status: status(u)?,
            level: level(u)?,
            link: consumers(u)?,
            source: consumers(u)?,
        })
    })?;
    let worlds = list(u, 3, |u| {
        Ok(WorldReport {
            name: text(u)?,
            status: status(u)?,
            level: level(u)?,
            link: guests(u)?,
            source: guests(u)?,
            capabilities: None,
        })
    })?;
    let homes: Vec<String> =
        interfaces.iter().map(|i| &i.name).chain(worlds.iter().map(|w| &w.name)).cloned().collect();
    let statuses = [PackageStatus::Changed, PackageStatus::Unchanged, PackageStatus::Added, PackageStatus::Removed];
    let status = *u.choose(&statuses)?;
    let version = VersionReport {
        required: optional(u, text)?,
        declared: optional(u, text)?,
        verdict: version(u)?,
        released: None,
    };
    let changes = list(u, 6, |u| change(u, &name, &homes))?;
    Ok(PackageReport {
        old_version: optional(u, text)?,
        new_version: optional(u, text)?,
        level: optional(u, level)?,
        changes,
        interfaces,
        worlds,
        notes: list(u, 2, text)?,
        error: if u.ratio(1, 8)? { Some(error(u)?) } else { None },
        ..PackageReport::new(name, status, version)
    })
}

fn change(u: &mut Unstructured<'_>, package: &str, homes: &[String]) -> Result<ChangeReport> {
    let rules: Vec<&str> = rule::all().map(|rule| rule.id).collect();
    let path = match (u.int_in_range(0..=3)?, homes.is_empty()) {
        (0, _) | (_, true) => text(u)?,
        (1, _) => package.to_owned(),
        (_, false) => format!("{package}/{}#{}", u.choose(homes)?, text(u)?),
    };
    let is_world = u.arbitrary()?;
    let parties = |u: &mut Unstructured<'_>| -> Result<PartiesReport> {
        Ok(if is_world { PartiesReport::World(guests(u)?) } else { PartiesReport::Interface(consumers(u)?) })
    };
    Ok(ChangeReport {
        rule: (*u.choose(&rules)?).to_owned(),
        path,
        track: optional(u, text)?,
        level: level(u)?,
        counts_as: None,
        accepted: None,
        fingerprint: text(u)?,
        link: parties(u)?,
        source: parties(u)?,
        gate: optional(u, |u| Ok(GateReport { unstable: text(u)? }))?,
        old: optional(u, place)?,
        new: optional(u, place)?,
        container: None,
        message: text(u)?,
        hint: optional(u, text)?,
        alternative: None,
        reach: list(u, 6, text)?,
        witness: None,
        since: None,
        origin: None,
        renamed: None,
        stabilised: None,
    })
}

fn place(u: &mut Unstructured<'_>) -> Result<PlaceReport> {
    Ok(PlaceReport { file: text(u)?, line: u.arbitrary()?, column: u.arbitrary()?, text: text(u)?, excerpt: None })
}

fn error(u: &mut Unstructured<'_>) -> Result<ErrorReport> {
    Ok(ErrorReport {
        side: (*u.choose(&["old", "new", "either"])?).to_owned(),
        message: text(u)?,
        file: optional(u, text)?,
        line: optional(u, |u| u.arbitrary())?,
        column: optional(u, |u| u.arbitrary())?,
        snippet: optional(u, text)?,
        hint: optional(u, text)?,
    })
}

fn input(u: &mut Unstructured<'_>) -> Result<InputReport> {
    let kind = *u.choose(&[InputKind::Path, InputKind::Git, InputKind::Wasm])?;
    Ok(InputReport { input: text(u)?, kind, commit: optional(u, text)?, how: None, root: None, address: None })
}

/// What came into the report later: it is read behind the rest, so that older inputs mean what they meant.
fn extended(u: &mut Unstructured<'_>, report: &mut Report) -> Result<()> {
    report.check = optional(u, |u| {
        Ok(CheckReport { passed: u.arbitrary()?, allow: optional(u, level)?, ..CheckReport::default() })
    })?;
    report.new.how = optional(u, text)?;
    for package in &mut report.packages {
        package.base = optional(u, input)?;
        package.old_path = optional(u, text)?;
        package.new_path = optional(u, text)?;
        package.inherits = list(u, 2, |u| Ok(InheritReport { package: text(u)?, from: text(u)?, to: text(u)? }))?;
        package.check = optional(u, |u| {
            Ok(PackageCheck { passed: u.arbitrary()?, reasons: list(u, 3, reason)?, ..PackageCheck::default() })
        })?;
        package.version.released =
            optional(u, |u| Ok(ReleasedReport { tag: text(u)?, version: text(u)?, level: level(u)? }))?;
        for change in &mut package.changes {
            change.since = optional(u, input)?;
        }
    }
    for check in report.packages.iter_mut().filter_map(|package| package.check.as_mut()) {
        check.denied = list(u, 2, |u| Ok((text(u)?, u.arbitrary()?)))?.into_iter().collect();
        check.reasons.extend((!check.denied.is_empty()).then_some(CheckReason::RuleDenied));
    }
    if let Some(check) = &mut report.check {
        check.deny = list(u, 2, text)?.into_iter().collect();
    }
    for change in report.packages.iter_mut().flat_map(|package| &mut package.changes) {
        change.alternative = optional(u, alternative)?;
    }
    located(u, report)?;
    configured(u, report)?;
    counted(u, report)?;
    asked(u, report)?;
    costed(u, report)?;
    capable(u, report)
}

/// What worlds may touch.
fn capable(u: &mut Unstructured<'_>, report: &mut Report) -> Result<()> {
    for package in &mut report.packages {
        for world in &mut package.worlds {
            world.capabilities = optional(u, |u| {
                Ok(CapabilityChanges {
                    gained: list(u, 3, capability)?,
                    lost: list(u, 3, capability)?,
                    extended: list(u, 2, |u| Ok(ExtendedReport { name: text(u)?, functions: list(u, 2, text)? }))?,
                    reaches: list(u, 2, |u| Ok(*u.choose(&Power::ALL)?))?,
                    leaves: list(u, 2, |u| Ok(*u.choose(&Power::ALL)?))?,
                })
            })?;
        }
        if let Some(check) = &mut package.check {
            let denied =
                |u: &mut Unstructured<'_>| Ok(DeniedCapability { world: text(u)?, name: text(u)?, pattern: text(u)? });
            check.capabilities = list(u, 2, denied)?;
            check.reasons.extend((!check.capabilities.is_empty()).then_some(CheckReason::CapabilityDenied));
        }
    }
    if let Some(check) = &mut report.check {
        check.deny_capabilities = list(u, 2, text)?;
    }
    Ok(())
}

fn capability(u: &mut Unstructured<'_>) -> Result<CapabilityReport> {
    let kinds = [CapabilityKind::Interface, CapabilityKind::Inline, CapabilityKind::Function];
    let statements = [Statement::Import, Statement::Export, Statement::Use];
    let way = |u: &mut Unstructured<'_>| {
        let statement = *u.choose(&statements)?;
        Ok(WayReport { includes: list(u, 2, text)?, statement, uses: list(u, 2, text)? })
    };
    Ok(CapabilityReport {
        name: text(u)?,
        kind: *u.choose(&kinds)?,
        versions: list(u, 2, text)?,
        gives: optional(u, |u| Ok(*u.choose(&Power::ALL)?))?,
        functions: list(u, 3, text)?,
        way: optional(u, way)?,
        place: optional(u, place)?,
    })
}

/// What counts otherwise.
fn counted(u: &mut Unstructured<'_>, report: &mut Report) -> Result<()> {
    for change in report.packages.iter_mut().flat_map(|package| &mut package.changes) {
        change.counts_as = optional(u, level)?;
        change.accepted = optional(u, accepted)?;
    }
    for check in report.packages.iter_mut().filter_map(|package| package.check.as_mut()) {
        check.level = optional(u, level)?;
    }
    report.stale = list(u, 2, |u| {
        Ok(StaleReport {
            because: *u.choose(&[StaleBecause::Expired, StaleBecause::Unmatched])?,
            fingerprint: text(u)?,
            rule: text(u)?,
            path: text(u)?,
            accepted: accepted(u)?,
            file: text(u)?,
            line: u.arbitrary()?,
        })
    })?;
    Ok(())
}

fn accepted(u: &mut Unstructured<'_>) -> Result<AcceptedReport> {
    Ok(AcceptedReport { reason: text(u)?, who: text(u)?, until: optional(u, text)? })
}

/// What the formats for people and machines show beside the rest.
fn located(u: &mut Unstructured<'_>, report: &mut Report) -> Result<()> {
    for input in [&mut report.old, &mut report.new] {
        input.root = optional(u, text)?;
        let address = ["https://github.com/a/b/blob/c", "https://gitlab.com/a/b/-/blob/c", "javascript:alert(1)"];
        input.address = optional(u, |u| if u.ratio(1, 4)? { text(u) } else { Ok((*u.choose(&address)?).into()) })?;
    }
    for package in &mut report.packages {
        let mut items: Vec<String> = package.changes.iter().map(|change| change.path.clone()).collect();
        items.extend(list(u, 3, text)?);
        if !items.is_empty() {
            package.uses =
                list(u, 12, |u| Ok(UseReport { item: u.choose(&items)?.clone(), by: u.choose(&items)?.clone() }))?;
        }
        package.tracks = list(u, 2, |u| {
            let status = *u.choose(&[PackageStatus::Added, PackageStatus::Removed])?;
            Ok(TrackReport { status, version: optional(u, text)?, path: optional(u, text)?, worlds: Vec::new() })
        })?;
        for change in &mut package.changes {
            if change.new.is_none() {
                change.container = optional(u, place)?;
            }
            for place in [&mut change.old, &mut change.new, &mut change.container].into_iter().flatten() {
                let line = place.line;
                place.excerpt = optional(u, |u| {
                    let line = if u.ratio(1, 8)? { u.arbitrary()? } else { line };
                    Ok(ExcerptReport { line, text: list(u, 4, text)?.join("\n"), ..ExcerptReport::default() })
                })?;
            }
        }
    }
    Ok(())
}

/// What a configuration file adds.
fn configured(u: &mut Unstructured<'_>, report: &mut Report) -> Result<()> {
    report.config = list(u, 2, |u| {
        let keys = list(u, 2, text)?;
        Ok(ConfigChangeReport { old: optional(u, text)?, new: optional(u, text)?, keys })
    })?;
    for package in &mut report.packages {
        package.protect = optional(u, |u| Ok(*u.choose(&[Protect::Guests, Protect::Hosts, Protect::All])?))?;
        package.features = optional(u, |u| list(u, 2, text))?;
    }
    Ok(())
}

/// What other tools say.
fn asked(u: &mut Unstructured<'_>, report: &mut Report) -> Result<()> {
    for package in &mut report.packages {
        package.profile = optional(u, |u| {
            let name = *u.choose(&[ProfileName::WasmTools, ProfileName::Wkg])?;
            let (worlds, message) = (list(u, 3, text)?, optional(u, text)?);
            Ok(ProfileReport { name, accepts: u.arbitrary()?, worlds, message, differs: optional(u, text)? })
        })?;
        let refuses = package.profile.as_ref().is_some_and(|profile| !profile.accepts);
        if let Some(check) = package.check.as_mut().filter(|_| refuses) {
            check.reasons.push(CheckReason::ToolRefuses);
        }
    }
    Ok(())
}

/// What calls cost.
fn costed(u: &mut Unstructured<'_>, report: &mut Report) -> Result<()> {
    for package in &mut report.packages {
        package.cost = optional(u, |u| {
            let change =
                |u: &mut Unstructured<'_>| Ok(CostChangeReport { path: text(u)?, old: call(u)?, new: call(u)? });
            let finding = |u: &mut Unstructured<'_>| {
                let (rule, path, place) = (text(u)?, text(u)?, optional(u, place)?);
                Ok(CostFindingReport { rule, path, place, message: text(u)?, hint: text(u)? })
            };
            Ok(CostChangesReport { changes: list(u, 3, change)?, findings: list(u, 3, finding)? })
        })?;
    }
    Ok(())
}

fn call(u: &mut Unstructured<'_>) -> Result<CallReport> {
    let signature = |u: &mut Unstructured<'_>| {
        let core = |u: &mut Unstructured<'_>| Ok(*u.choose(&[CoreReport::I32, CoreReport::F64])?);
        Ok(SignatureReport {
            parameters: list(u, 3, core)?,
            results: list(u, 2, core)?,
            parameters_in_memory: u.arbitrary()?,
            result_in_memory: u.arbitrary()?,
        })
    };
    let payload = |u: &mut Unstructured<'_>| {
        let allocation = |u: &mut Unstructured<'_>| {
            let kind =
                *u.choose(&[AllocationReportKind::String, AllocationReportKind::List, AllocationReportKind::Map])?;
            Ok(AllocationReport { path: text(u)?, kind, element_bytes: u.arbitrary()? })
        };
        Ok(PayloadReport {
            flat: u.arbitrary()?,
            bytes: u.arbitrary()?,
            align: u.arbitrary()?,
            buffers: u.arbitrary()?,
            allocates: list(u, 3, allocation)?,
            discriminants: Vec::new(),
            flags: Vec::new(),
            moves: list(u, 2, text)?,
            lends: list(u, 2, text)?,
            untold: u.arbitrary()?,
        })
    };
    let shape = optional(u, |u| {
        let signatures = SignaturesReport {
            import: signature(u)?,
            export: signature(u)?,
            async_import: optional(u, signature)?,
            async_export: optional(u, signature)?,
            task_return: optional(u, signature)?,
        };
        let nanoseconds =
            NanosecondsReport { host_to_guest: u.arbitrary()?, guest_to_host: 0, guest_to_guest: u.arbitrary()? };
        Ok(ShapeReport { parameters: payload(u)?, result: optional(u, payload)?, signatures, nanoseconds })
    })?;
    let beyond = [BeyondReport::TooLarge, BeyondReport::TooManyParts, BeyondReport::TooDeep];
    let beyond = if shape.is_none() { Some(*u.choose(&beyond)?) } else { None };
    Ok(CallReport { path: text(u)?, r#async: u.arbitrary()?, place: optional(u, place)?, shape, beyond })
}

fn alternative(u: &mut Unstructured<'_>) -> Result<AlternativeReport> {
    let step = |u: &mut Unstructured<'_>| {
        let action = *u.choose(&[StepAction::Add, StepAction::Keep, StepAction::Restore])?;
        Ok(StepReport { action, into: text(u)?, wit: list(u, 3, text)?.join("\n") })
    };
    Ok(AlternativeReport { steps: list(u, 3, step)?, version: optional(u, text)?, applies_as: level(u)? })
}

fn reason(u: &mut Unstructured<'_>) -> Result<CheckReason> {
    let reasons = [
        CheckReason::InsufficientVersion,
        CheckReason::UnchangedVersion,
        CheckReason::WentBackwards,
        CheckReason::BreaksUnversioned,
        CheckReason::RemovedUnannounced,
        CheckReason::OverAllowed,
    ];
    Ok(*u.choose(&reasons)?)
}

fn listed(u: &mut Unstructured<'_>) -> Result<ListReport> {
    let package = |u: &mut Unstructured<'_>| {
        Ok(ListedPackage {
            name: text(u)?,
            version: optional(u, text)?,
            path: text(u)?,
            interfaces: list(u, 2, text)?,
            worlds: list(u, 2, text)?,
            depends_on: list(u, 3, dependency)?,
            used_by: list(u, 3, text)?,
            error: if u.ratio(1, 8)? { Some(error(u)?) } else { None },
        })
    };
    Ok(ListReport {
        nothing_found: u.arbitrary()?,
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "wit-diff".into(), version: "0".into() },
        input: input(u)?,
        packages: list(u, 4, package)?,
        skipped: list(u, 2, |u| Ok(SkippedReport { path: text(u)?, reason: text(u)? }))?,
        errors: list(u, 2, error)?,
    })
}

fn dependency(u: &mut Unstructured<'_>) -> Result<DependencyReport> {
    let from =
        [DependencySource::Deps, DependencySource::Repository, DependencySource::Nested, DependencySource::Missing];
    Ok(DependencyReport {
        name: text(u)?,
        version: optional(u, text)?,
        from: *u.choose(&from)?,
        path: optional(u, text)?,
    })
}

/// Words with what is treacherous at a terminal among them, or anything at all.
fn text(u: &mut Unstructured<'_>) -> Result<String> {
    const PARTS: [&str; 24] = [
        "a",
        "field",
        "interface-name",
        "a:b/i#r.f",
        " ",
        " ",
        " ",
        "`t`",
        "\n",
        "\r",
        "\t",
        "\u{1b}[2J",
        "\0",
        "\u{7f}",
        "\u{9b}31m",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "語語語",
        "e\u{301}",
        "👩\u{200d}🚀",
        "\u{feff}",
        "\u{2028}",
        "ﷺ",
    ];
    if u.ratio(1, 4)? {
        return u.arbitrary();
    }
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=24)? {
        text.push_str(u.choose(&PARTS)?);
    }
    Ok(text)
}

fn list<T>(
    u: &mut Unstructured<'_>,
    most: usize,
    mut of: impl FnMut(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    (0..u.int_in_range(0..=most)?).map(|_| of(u)).collect()
}

fn optional<T>(u: &mut Unstructured<'_>, of: impl FnOnce(&mut Unstructured<'_>) -> Result<T>) -> Result<Option<T>> {
    if u.arbitrary()? { of(u).map(Some) } else { Ok(None) }
}

fn level(u: &mut Unstructured<'_>) -> Result<Level> {
    u.choose(&[Level::None, Level::Patch, Level::Minor, Level::Major]).copied()
}

fn status(u: &mut Unstructured<'_>) -> Result<ItemStatus> {
    u.choose(&[ItemStatus::Changed, ItemStatus::Unchanged, ItemStatus::Added, ItemStatus::Removed]).copied()
}

fn verdict(u: &mut Unstructured<'_>) -> Result<Verdict> {
    u.choose(&[Verdict::Compatible, Verdict::Breaking]).copied()
}

fn consumers(u: &mut Unstructured<'_>) -> Result<Consumers> {
    Ok(Consumers { consumers: verdict(u)?, providers: verdict(u)? })
}

fn guests(u: &mut Unstructured<'_>) -> Result<Guests> {
    Ok(Guests { guests: verdict(u)?, hosts: verdict(u)? })
}

fn version(u: &mut Unstructured<'_>) -> Result<VersionVerdict> {
    use VersionVerdict::*;
    let all = [Sufficient, Insufficient, UnchangedVersion, WentBackwards, PreRelease, Unversioned, Undetermined];
    u.choose(&all).copied()
}
