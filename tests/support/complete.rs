//! A report and a log with every field, those too that are seldom written, and whatever one likes behind each text that
//! comes from outside. No field is left to a default: a new one has to be given here.

use std::collections::{BTreeMap, BTreeSet};
use wit_diff::capability::{CapabilityKind, Power, Statement};
use wit_diff::report::*;
use wit_diff::verdict::{Level, Protect, Verdict};
use wit_diff::version::VersionVerdict;

/// What stands behind each text.
pub struct Complete<'a>(pub &'a str);

impl Complete<'_> {
    fn text(&self, text: &str) -> String {
        format!("{text}{}", self.0)
    }

    fn some(&self, text: &str) -> Option<String> {
        Some(self.text(text))
    }

    pub fn input(&self) -> InputReport {
        InputReport {
            input: self.text("v1"),
            kind: InputKind::Git,
            commit: self.some("8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9"),
            how: self.some("the newest release"),
            root: self.some("wit"),
            address: self.some("https://github.com/acme/wit/blob/1"),
        }
    }

    pub fn error(&self) -> ErrorReport {
        ErrorReport {
            side: self.text("new"),
            message: self.text("expected `;`"),
            file: self.some("a.wit"),
            line: Some(1),
            column: Some(2),
            snippet: self.some("interface i {"),
            hint: self.some("write it"),
        }
    }

    fn version(&self) -> VersionReport {
        VersionReport {
            required: self.some("2.0.0"),
            declared: self.some("1.0.0"),
            verdict: VersionVerdict::Insufficient,
            released: Some(ReleasedReport { tag: self.text("v1"), version: self.text("1.0.0"), level: Level::Minor }),
        }
    }

    fn place(&self, line: &str) -> PlaceReport {
        let text = self.text(&format!("    {line}\n    x: u8,\n"));
        PlaceReport {
            file: self.text("a.wit"),
            line: 1,
            column: 2,
            text: self.text(line),
            excerpt: Some(ExcerptReport { line: 1, text, ..ExcerptReport::default() }),
        }
    }

    fn gate(&self) -> Option<GateReport> {
        Some(GateReport { unstable: self.text("feature") })
    }

    fn accepted(&self) -> AcceptedReport {
        AcceptedReport { reason: self.text("nobody calls it"), who: self.text("Ada"), until: self.some("2027-01-31") }
    }

    fn stale(&self, because: StaleBecause, line: u32) -> StaleReport {
        StaleReport {
            because,
            fingerprint: self.text("3f9a"),
            rule: self.text("function-removed"),
            path: self.text("a:b/i#f"),
            accepted: self.accepted(),
            file: self.text("wit-diff.accepted.toml"),
            line,
        }
    }

    fn change(&self, level: Level, name: &str, track: Option<&str>) -> ChangeReport {
        let parties = Consumers { consumers: Verdict::Breaking, providers: Verdict::Compatible };
        ChangeReport {
            rule: self.text("function-removed"),
            path: self.text(&format!("a:b/i#{name}")),
            track: track.map(|track| self.text(track)),
            level,
            counts_as: Some(Level::Patch),
            accepted: (name == "two").then(|| self.accepted()),
            fingerprint: self.text(name),
            link: PartiesReport::Interface(parties),
            source: PartiesReport::Interface(parties),
            gate: self.gate(),
            old: Some(self.place("f: func();")),
            new: if name == "one" { None } else { Some(self.place("f: func(x: u8);")) },
            container: Some(self.place("interface i {")),
            message: self.text("function `f` removed"),
            hint: self.some("keep it"),
            alternative: Some(AlternativeReport {
                steps: [StepAction::Add, StepAction::Keep, StepAction::Restore]
                    .into_iter()
                    .map(|action| StepReport { action, into: self.text("a:b/i"), wit: self.text("f: func();\n") })
                    .collect(),
                version: self.some("1.1.0"),
                applies_as: Level::Minor,
            }),
            reach: ["a:b/w", "a:b/v", "a:b/u", "a:b/t", "a:b/s"].map(|path| self.text(path)).into(),
            witness: Some(WitnessReport {
                item: self.text("interface i"),
                party: self.text("consumers"),
                old: self.text("package a:b;\n"),
                new: self.text("package a:b;\n"),
                world: self.text("w"),
                built_for: self.text("old"),
                command: self.text("wasm-tools"),
                message: self.text("no `f`"),
                beside: vec![BesideReport { rule: self.text("docs-changed"), path: self.text("a:b/i") }],
            }),
            since: Some(self.input()),
            origin: self.some("origin"),
            renamed: self.some("g"),
            stabilised: self.some("feature"),
        }
    }

    fn capability(&self, name: &str, kind: CapabilityKind) -> CapabilityReport {
        CapabilityReport {
            name: self.text(name),
            kind,
            versions: vec![self.text("0.2.0")],
            gives: Some(Power::Network),
            functions: vec![self.text("[method]tcp-socket.bind")],
            way: Some(WayReport {
                includes: vec![self.text("a:b/v")],
                statement: Statement::Export,
                uses: vec![self.text("a:b/i"), self.text("a:b/j")],
            }),
            place: Some(self.place("include v;")),
        }
    }

    fn capabilities(&self) -> CapabilityChanges {
        CapabilityChanges {
            gained: vec![
                self.capability("wasi:sockets/tcp", CapabilityKind::Interface),
                self.capability("log", CapabilityKind::Function),
            ],
            lost: vec![self.capability("i", CapabilityKind::Inline)],
            extended: vec![ExtendedReport { name: self.text("a:b/k"), functions: vec![self.text("f")] }],
            reaches: vec![Power::Network],
            leaves: vec![Power::Files],
        }
    }

    fn denied(&self) -> DeniedCapability {
        DeniedCapability {
            world: self.text("w"),
            name: self.text("wasi:sockets/tcp"),
            pattern: self.text("wasi:sockets/*"),
        }
    }

    /// What the worlds of a revision may touch, with every field set.
    #[allow(dead_code, reason = "not every target lists worlds")]
    pub fn capable(&self) -> CapabilitiesReport {
        let Report { tool, old: input, errors, .. } = self.report();
        CapabilitiesReport {
            schema_version: SCHEMA_VERSION,
            tool,
            input,
            worlds: vec![WorldCapabilities {
                package: self.text("a:b"),
                version: self.some("1.0.0"),
                name: self.text("w"),
                capabilities: vec![
                    self.capability("i", CapabilityKind::Inline),
                    self.capability("wasi:sockets/tcp", CapabilityKind::Interface),
                ],
                denied: vec![self.denied()],
            }],
            check: Some(CapabilitiesCheck { passed: false, deny_capabilities: vec![self.text("wasi:sockets/*")] }),
            errors,
            nothing_found: false,
            shut: [self.text("feature")].into(),
        }
    }

    fn package(&self, name: &str, error: Option<ErrorReport>, changes: Vec<ChangeReport>) -> PackageReport {
        let inherit = InheritReport { package: self.text("a:c"), from: self.text("1.0.0"), to: self.text("2.0.0") };
        let consumers = Consumers { consumers: Verdict::Breaking, providers: Verdict::Compatible };
        let guests = Guests { guests: Verdict::Breaking, hosts: Verdict::Compatible };
        let uses = |(item, by): (&str, &str)| UseReport { item: self.text(item), by: self.text(by) };
        PackageReport {
            name: self.text(name),
            status: PackageStatus::Changed,
            old_version: self.some("1.0.0"),
            new_version: self.some("1.0.1"),
            level: Some(Level::Major),
            protect: Some(Protect::All),
            features: Some(vec![self.text("feature")]),
            version: self.version(),
            interfaces: vec![InterfaceReport {
                name: self.text("i"),
                status: ItemStatus::Changed,
                level: Level::Major,
                link: consumers,
                source: consumers,
            }],
            worlds: vec![WorldReport {
                capabilities: Some(self.capabilities()),
                name: self.text("w"),
                status: ItemStatus::Changed,
                level: Level::Major,
                link: guests,
                source: guests,
            }],
            changes,
            uses: [
                ("a:b/i#one", "a:b/i#[method]r.f"),
                ("a:b/i#[method]r.f", "a:b/i"),
                ("a:b/i", "a:b/w"),
                ("a:b/w", "a:b/i#one"),
            ]
            .map(uses)
            .into(),
            notes: vec![self.text("A note of `i`.")],
            error,
            base: Some(self.input()),
            old_path: self.some("wit"),
            new_path: self.some("other"),
            tracks: vec![TrackReport {
                status: PackageStatus::Added,
                version: self.some("2.0.0"),
                path: self.some("wit2"),
                worlds: vec![TrackWorldReport { name: self.text("w"), capabilities: self.capabilities() }],
            }],
            inherits: vec![inherit.clone()],
            rebased: vec![inherit],
            check: Some(PackageCheck {
                passed: false,
                reasons: vec![
                    CheckReason::InsufficientVersion,
                    CheckReason::BreaksUnversioned,
                    CheckReason::RuleDenied,
                    CheckReason::CapabilityDenied,
                    CheckReason::ToolRefuses,
                ],
                level: Some(Level::Minor),
                denied: BTreeMap::from([(self.text("function-removed"), 2)]),
                capabilities: vec![self.denied()],
                allow: Some(Level::Patch),
                fail_on: Some(Level::Minor),
            }),
            profile: Some(ProfileReport {
                name: ProfileName::WasmTools,
                accepts: false,
                worlds: vec![self.text("w")],
                message: self.some("world `w`: no import `f`"),
                differs: self.some("it asks for guests"),
            }),
            cost: Some(CostChangesReport {
                changes: vec![CostChangeReport {
                    path: self.text("a:b/i#f"),
                    old: self.call(None),
                    new: self.call(Some(BeyondReport::TooLarge)),
                }],
                findings: vec![self.cost_finding()],
            }),
        }
    }

    /// A function with one part of each kind, or of which nothing is known.
    pub fn call(&self, beyond: Option<BeyondReport>) -> CallReport {
        let payload = || PayloadReport {
            flat: 17,
            bytes: 72,
            align: 8,
            buffers: 2,
            allocates: vec![AllocationReport {
                path: self.text("x[].name"),
                kind: AllocationReportKind::String,
                element_bytes: 1,
            }],
            discriminants: vec![DiscriminantReport { path: self.text("x.kind"), cases: 3, bytes: 1 }],
            flags: vec![FlagsReport { path: self.text("x.set"), flags: 9, bytes: 2 }],
            moves: vec![self.text("x.given")],
            lends: vec![self.text("self")],
            untold: 1,
        };
        let signature = || SignatureReport {
            parameters: vec![CoreReport::I32, CoreReport::F64],
            results: vec![CoreReport::I64],
            parameters_in_memory: true,
            result_in_memory: true,
        };
        let shape = || ShapeReport {
            parameters: payload(),
            result: Some(payload()),
            signatures: SignaturesReport {
                import: signature(),
                export: signature(),
                async_import: Some(signature()),
                async_export: Some(signature()),
                task_return: Some(signature()),
            },
            nanoseconds: NanosecondsReport { host_to_guest: 600, guest_to_host: 200, guest_to_guest: 9 },
        };
        CallReport {
            path: self.text("a:b/i#f"),
            r#async: true,
            place: Some(self.place("f: async func();")),
            shape: beyond.is_none().then(shape),
            beyond,
        }
    }

    pub fn cost_finding(&self) -> CostFindingReport {
        CostFindingReport {
            rule: self.text("payload-grown"),
            path: self.text("a:b/i#f"),
            place: Some(self.place("f: async func();")),
            message: self.text("the parameters take 72 bytes"),
            hint: self.text("Keep it small."),
        }
    }

    pub fn report(&self) -> Report {
        let own = vec![
            self.change(Level::Major, "one", None),
            self.change(Level::Minor, "two", None),
            self.change(Level::Patch, "three", None),
        ];
        let other = vec![self.change(Level::Major, "one", Some("1")), self.change(Level::Major, "else", Some("1"))];
        Report {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            old: self.input(),
            new: self.input(),
            protect: Protect::Guests,
            features: vec![self.text("feature")],
            status: Status::Complete,
            level: Level::Major,
            packages: vec![self.package("a:b", None, own), self.package("a:d", Some(self.error()), other)],
            verified: Some(true),
            bug_report: self.some("# A bug\n\n```\n"),
            errors: vec![ErrorReport { line: Some(7), ..self.error() }],
            warnings: vec![self.text("A warning")],
            stale: vec![self.stale(StaleBecause::Expired, 4), self.stale(StaleBecause::Unmatched, 9)],
            config: vec![ConfigChangeReport {
                old: self.some("v1:wit-diff.toml"),
                new: self.some("wit-diff.toml"),
                keys: vec![self.text("allow")],
            }],
            check: Some(CheckReport {
                passed: false,
                allow: Some(Level::Minor),
                fail_on: Some(Level::Major),
                deny: BTreeSet::from([self.text("function-removed")]),
                deny_capabilities: vec![self.text("wasi:sockets/*")],
                ignores_versions: false,
            }),
            nothing_compared: false,
        }
    }

    /// `item` is what is followed.
    pub fn log(&self, item: Option<&str>) -> LogReport {
        let row = |revision: &str, status: PackageStatus| LogRow {
            revision: self.text(revision),
            commit: self.text("8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9"),
            date: self.text("2025-04-03"),
            subject: self.text("One"),
            against: self.some("v0"),
            status,
            old_version: self.some("0.1.0"),
            new_version: self.some("1.0.0"),
            level: Some(Level::Major),
            version: self.version(),
            counts: LevelCounts { major: 1, minor: 2, patch: 3 },
            events: vec![ItemEventReport {
                event: ItemEvent::Added,
                message: self.text("added"),
                fingerprint: self.some("3f9a"),
            }],
            changes: vec![LoggedChange {
                rule: self.text("function-removed"),
                path: self.text("a:b/i#f"),
                track: self.some("1"),
                level: Level::Major,
                fingerprint: self.text("3f9a"),
                gate: self.gate(),
                message: self.text("function `f` removed"),
            }],
            findings: vec![LogFinding { kind: FindingKind::TagMismatch, message: self.text("tagged v1, declares 2") }],
            error: (status == PackageStatus::Undetermined).then(|| self.error()),
        };
        LogReport {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            input: self.input(),
            base: Some(self.input()),
            by: Some(LogSteps::Commits),
            revisions: 2,
            protect: Protect::All,
            features: vec![self.text("feature")],
            item: item.map(|item| self.text(item)),
            status: Status::Undetermined,
            packages: vec![
                PackageLog {
                    name: self.text("a:b"),
                    protect: Some(Protect::All),
                    features: Some(vec![self.text("feature")]),
                    rows: vec![row("v2", PackageStatus::Changed), row("v1", PackageStatus::Undetermined)],
                    unchanged: 1,
                    left_out: 1,
                },
                PackageLog {
                    name: self.text("a:c"),
                    protect: None,
                    features: None,
                    rows: Vec::new(),
                    unchanged: 3,
                    left_out: 0,
                },
            ],
            errors: vec![self.error()],
            warnings: vec![self.text("A warning")],
            nothing_found: false,
        }
    }

    pub fn stability(&self) -> StabilityReport {
        let moment = || Moment { revision: self.text("v1"), date: self.text("2025-04-03") };
        let past = || Past { revision: self.text("v1"), date: self.text("2025-04-03"), releases_ago: 2, days_ago: 3 };
        let counts = || LevelCounts { major: 1, minor: 2, patch: 3 };
        let item = |path: &str, kind: StabilityKind, class: StabilityClass| ItemStability {
            path: self.text(path),
            kind,
            class,
            since: moment(),
            may_be_older: true,
            gone: Some(moment()),
            unstable: self.some("feature"),
            was: self.some("a:b/h"),
            became: self.some("a:b/j"),
            releases: 3,
            pre_releases: 1,
            days: 200,
            grew: 1,
            broke: 2,
            pre_releases_broke: 2,
            broke_for: vec![BrokeFor { party: self.text("consumers"), link: 1, source: 2 }],
            last_changed: Some(past()),
            last_broke: Some(past()),
            used_by: vec![self.text("a:c/i")],
            used_by_packages: 1,
            changes: counts(),
            marks: vec![
                Mark { revision: self.text("v1"), what: MarkKind::Appeared },
                Mark { revision: self.text("v2"), what: MarkKind::Broke },
            ],
        };
        let revision = |revision: &str, kind: LineRevisionKind| LineRevision {
            revision: self.text(revision),
            date: self.text("2025-04-03"),
            version: self.some("1.0.0"),
            kind,
        };
        StabilityReport {
            schema_version: SCHEMA_VERSION,
            tool: Tool::this(),
            input: self.input(),
            base: Some(self.input()),
            by: Some(LogSteps::Tags),
            protect: Protect::All,
            features: vec![self.text("feature")],
            status: Status::Undetermined,
            revisions: vec![StabilityRevision {
                revision: self.text("v1"),
                commit: self.text("8182fb14aa4c37ea48e1a3d0e1a9e2c5b1d0c7f9"),
                date: self.text("2025-04-03"),
            }],
            packages: vec![PackageStability {
                name: self.text("a:b"),
                version: self.some("1.0.0"),
                protect: Some(Protect::All),
                features: Some(vec![self.text("feature")]),
                line: LineStatus::Ended,
                ended: Some(moment()),
                releases: 3,
                pre_releases: 1,
                undetermined: vec![self.text("v3")],
                reasons: vec![UndeterminedReason { revision: self.text("v3"), error: self.error() }],
                carried: counts(),
                items: vec![
                    item("a:b", StabilityKind::Package, StabilityClass::Moving),
                    item("a:b/i", StabilityKind::Interface, StabilityClass::Settled),
                    item("a:b/w", StabilityKind::World, StabilityClass::New),
                    item("a:b/i#t", StabilityKind::Type, StabilityClass::Gone),
                ],
                revisions: vec![
                    revision("v1", LineRevisionKind::Release),
                    revision("v2", LineRevisionKind::PreRelease),
                    revision("v3", LineRevisionKind::Undetermined),
                    revision("v4", LineRevisionKind::End),
                ],
            }],
            errors: vec![self.error()],
            warnings: vec![self.text("A warning")],
            nothing_found: false,
        }
    }
}
