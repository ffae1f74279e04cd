//! What another tool says beside our verdict: its answer, and why ours is another one.

use super::escape::clean;
use super::wire::*;
#[cfg(feature = "verify")]
use super::{verification::one_line, words::whom};
#[cfg(feature = "verify")]
use crate::judge::{Newer, NotCompared, Profile, Refusal, ToolAnswer, ToolOutcome};
#[cfg(feature = "verify")]
use crate::verdict::{Level, Protect, Verdict};

/// The report with what the tool says, which is its gate: it passes where the tool ends well for every package.
#[cfg(feature = "verify")]
pub fn with_profile(mut report: Report, profile: Profile, answers: &[ToolAnswer]) -> Report {
    for package in report.packages.iter_mut().filter(|package| package.error.is_none()) {
        let Some(answer) = answers.iter().find(|answer| answer.package == package.name) else { continue };
        let differs = differs(profile, answer, package, report.protect);
        package.profile = Some(ProfileReport {
            name: match profile {
                Profile::WasmTools => ProfileName::WasmTools,
                Profile::Wkg => ProfileName::Wkg,
            },
            accepts: answer.accepts(),
            worlds: answer.worlds.clone(),
            message: message(&answer.outcome),
            differs,
        });
    }
    report
}

#[cfg(feature = "verify")]
fn message(outcome: &ToolOutcome) -> Option<String> {
    let refusal = match outcome {
        ToolOutcome::Accepted => return None,
        ToolOutcome::NotCompared(why) => return Some(nothing_compared(why)),
        ToolOutcome::Incompatible { world, message } => return Some(format!("world `{world}`: {}", one_line(message))),
        ToolOutcome::Refused(refusal) => refusal,
    };
    Some(match refusal {
        Refusal::NoPackage(side) => format!("the {side} side has no such package"),
        Refusal::SeveralWorlds(side) => format!("the {side} side has several worlds: choose one with `--world`"),
        Refusal::NoWorld(side, message) => {
            format!("no world can be chosen on the {side} side: {}", one_line(message))
        }
        Refusal::NoVersion(side) => format!("the package declares no version on the {side} side"),
        Refusal::Published(version) => format!("{version} is published already"),
        Refusal::WorldRemoved(world) => format!("world `{world}` is gone"),
        Refusal::NotEncoded(side, message) => {
            format!("the {side} side cannot be written as WebAssembly: {}", one_line(message))
        }
        Refusal::Unreadable(side, newer) => {
            format!("the {side} side has {}, which {OLDER} cannot read", of_newer(*newer))
        }
        Refusal::Uncomparable(world, newer) => {
            format!("world `{world}` has {}, which {OLDER} cannot compare", of_newer(*newer))
        }
        Refusal::NotMerged(message) => format!("the two sides cannot stand beside each other: {}", one_line(message)),
    })
}

/// The tool whose library is an older one.
#[cfg(feature = "verify")]
const OLDER: &str = "wkg 0.16.1";

#[cfg(feature = "verify")]
fn of_newer(newer: Newer) -> &'static str {
    match newer {
        Newer::Accessor => "getters or setters",
        Newer::ExternalId => "an `@external-id`",
        Newer::Implements => "an interface under a plain name",
        Newer::Map => "maps",
    }
}

#[cfg(feature = "verify")]
fn nothing_compared(why: &NotCompared) -> String {
    match why {
        NotCompared::New => "no version of it was published: there is nothing to compare".into(),
        NotCompared::Gone => "the package is gone: there is nothing to publish".into(),
        NotCompared::OtherSeries { old, series } => {
            format!("{old} is not compared: only published versions that match {series} are")
        }
    }
}

/// Why the level of a package says otherwise than the tool, in one sentence; `None` where it does not.
#[cfg(feature = "verify")]
fn differs(profile: Profile, answer: &ToolAnswer, package: &PackageReport, protect: Protect) -> Option<String> {
    let breaks = package.level == Some(Level::Major);
    if answer.accepts() != breaks {
        return None;
    }
    let (tool, whom) = (word(profile), whom(protect));
    Some(match &answer.outcome {
        ToolOutcome::NotCompared(_) => format!("{tool} compares nothing here, and wit-diff does"),
        ToolOutcome::Accepted => overlooked(profile, answer, package, protect),
        ToolOutcome::Refused(Refusal::WorldRemoved(_)) => {
            format!("for {tool} a world that goes is a break, whatever happens to {whom}")
        }
        ToolOutcome::Refused(_) => format!("{tool} stops before it compares, which is no verdict on the change"),
        ToolOutcome::Incompatible { world, .. } => {
            let link = package.worlds.iter().find(|found| found.name == *world).map(|found| found.link);
            match link.map(|link| of(profile, link)) {
                Some(Verdict::Breaking) => {
                    format!("{tool} asks {}, and the level answers for {whom}", question(profile))
                }
                _ if answer.is_by_gates => format!("asked the same, wit-diff says yes: {UNEVEN}"),
                _ => format!(
                    "asked the same, wit-diff says yes: {tool} drops the versions of all packages, and knows no types \
                     that are still being proposed"
                ),
            }
        }
    })
}

/// Why a tool accepts what breaks somebody.
#[cfg(feature = "verify")]
fn overlooked(profile: Profile, answer: &ToolAnswer, package: &PackageReport, protect: Protect) -> String {
    let tool = word(profile);
    let asked: Vec<&WorldReport> = package.worlds.iter().filter(|world| answer.worlds.contains(&world.name)).collect();
    let any = |is: &dyn Fn(&WorldReport) -> bool| asked.iter().any(|world| is(world));
    let feels = |parties: Guests| match protect {
        Protect::Guests => parties.guests == Verdict::Breaking,
        Protect::Hosts => parties.hosts == Verdict::Breaking,
        Protect::All => parties.guests == Verdict::Breaking || parties.hosts == Verdict::Breaking,
    };
    if any(&|world| of(profile, world.link) == Verdict::Breaking) {
        match answer.is_by_gates {
            true => format!("asked the same, wit-diff says no: {UNEVEN}"),
            false => format!(
                "asked the same, wit-diff says no: {tool} drops the versions of all packages, and counts only types \
                 that functions use"
            ),
        }
    } else if any(&|world| feels(world.link)) {
        format!("{tool} asks {}, and the link of {} breaks", question(profile), whom(protect))
    } else if any(&|world| feels(world.source)) {
        format!("{tool} asks about what is built, which still links; code that is compiled anew breaks")
    } else {
        let broken = package.interfaces.iter().filter(|found| found.level == Level::Major);
        let broken = broken.map(|found| format!("interface `{}`", found.name));
        let other = package.worlds.iter().filter(|found| found.level == Level::Major);
        let other = other.map(|found| format!("world `{}`", found.name));
        let what = broken.chain(other).next().unwrap_or_else(|| "the package as a whole".into());
        let worlds: Vec<String> = asked.iter().map(|world| format!("`{}`", world.name)).collect();
        match worlds.as_slice() {
            [] => format!("{tool} looks at worlds only, and there is none: {what} breaks"),
            worlds => format!("{tool} looks at {} only, and {what} breaks", worlds.join(", ")),
        }
    }
}

#[cfg(feature = "verify")]
fn word(profile: Profile) -> &'static str {
    match profile {
        Profile::WasmTools => "wasm-tools",
        Profile::Wkg => "wkg",
    }
}

/// What a tool asks, and for whom that is the link.
#[cfg(feature = "verify")]
fn question(profile: Profile) -> &'static str {
    match profile {
        Profile::WasmTools => "whether a guest of the old world links in the new one",
        Profile::Wkg => "whether a guest of the new world links in the old one, which is the link of hosts",
    }
}

/// The verdict that answers the same question.
#[cfg(feature = "verify")]
fn of(profile: Profile, link: Guests) -> Verdict {
    match profile {
        Profile::WasmTools => link.guests,
        Profile::Wkg => link.hosts,
    }
}

/// What wkg does with gates.
#[cfg(feature = "verify")]
const UNEVEN: &str = "in interfaces, wkg counts functions behind a gate in the newer version, and not in the older one";

/// The command that is asked.
pub(super) fn command(name: ProfileName) -> &'static str {
    match name {
        ProfileName::WasmTools => "wasm-tools component semver-check",
        ProfileName::Wkg => "wkg publish",
    }
}

/// What the tool says, as a sentence without a full stop.
pub(super) fn told(profile: &ProfileReport) -> String {
    let worlds: Vec<String> = profile.worlds.iter().map(|world| format!("`{}`", clean(world))).collect();
    let answer = match (profile.accepts, &profile.message) {
        (true, None) if worlds.is_empty() => "accepts it: there are no worlds to compare".to_owned(),
        (true, None) => format!("accepts {}", worlds.join(", ")),
        (true, Some(message)) => format!("accepts it, as {}", clean(message)),
        (false, message) => format!("refuses it: {}", message.as_deref().map_or("without a word".into(), clean)),
    };
    let differs = profile.differs.as_deref().map_or(String::new(), |differs| format!("; {}", clean(differs)));
    format!("`{}` {answer}{differs}", command(profile.name))
}
