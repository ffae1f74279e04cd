//! A package in short: what its changes weigh, and whether its version honours them. Two answers, a line each.

use super::page::{BOLD, GREEN, Page, RED, YELLOW};
use super::sides::side;
use crate::report::decision::whom;
use crate::report::escape::clean;
use crate::report::wire::*;
use crate::verdict::Level;
use crate::version::VersionVerdict;

impl Page {
    pub fn headline(&mut self, package: &PackageReport) {
        let level = package.level.unwrap_or_default();
        let what = match package.status {
            PackageStatus::Added => " (added)",
            PackageStatus::Removed => " (removed)",
            PackageStatus::Unchanged => " (unchanged)",
            PackageStatus::Changed | PackageStatus::Undetermined => "",
        };
        let style = self.level_style(level);
        let word = self.styled(style, level.word());
        let name = self.styled(BOLD, &clean(&package.name));
        let whom = whom(self.protect);
        let verified = match self.verified {
            Some(true) => format!(", {}", self.styled(GREEN, "verified")),
            Some(false) => format!(", {}", self.styled(YELLOW, "not verified")),
            None => String::new(),
        };
        let versions = versions(package);
        self.wrapped("", "  ", &format!("{word} for {whom}: {name}{versions}{what}{verified}"));
        if let Some(base) = &package.base {
            self.wrapped("  ", "  ", &format!("against {}", side(base)));
        }
        let VersionReport { verdict, released, .. } = &package.version;
        let is_fine = *verdict == VersionVerdict::Sufficient && released.is_none();
        if package.status == PackageStatus::Unchanged && is_fine || package.status == PackageStatus::Removed {
            return;
        }
        let version = self.version(package);
        self.wrapped("  ", "  ", &version);
    }

    fn version(&self, package: &PackageReport) -> String {
        let VersionReport { required, declared, verdict, released } = &package.version;
        let (required, declared) = (shown(required), shown(declared));
        let (style, words) = match verdict {
            VersionVerdict::Unversioned => return "the package declares no version: none can be checked".into(),
            _ if let Some(released) = released => return self.since_release(&required, &declared, *verdict, released),
            VersionVerdict::Sufficient if package.status == PackageStatus::Added => {
                return format!("declares {declared}");
            }
            VersionVerdict::Sufficient => (GREEN, "sufficient"),
            VersionVerdict::Insufficient => (RED, "insufficient"),
            VersionVerdict::UnchangedVersion => (RED, "changed under an unchanged version"),
            VersionVerdict::WentBackwards => (RED, "went backwards"),
            VersionVerdict::PreRelease => (GREEN, "no promise is broken inside a pre-release series"),
            VersionVerdict::Undetermined => (YELLOW, "undetermined"),
        };
        format!("requires {required}, declares {declared}: {}", self.styled(style, words))
    }

    /// Where the release before, and not the old side, says which version is high enough.
    fn since_release(
        &self,
        required: &str,
        declared: &str,
        verdict: VersionVerdict,
        released: &ReleasedReport,
    ) -> String {
        let ReleasedReport { tag, version, level } = released;
        let release = format!("the newest release, {} (tag {})", clean(version), clean(tag));
        let (style, words) = match verdict {
            VersionVerdict::Sufficient if *level == Level::None => (GREEN, "is sufficient"),
            VersionVerdict::Sufficient => (GREEN, "already covers it"),
            VersionVerdict::Insufficient => (RED, "is insufficient"),
            VersionVerdict::UnchangedVersion => (RED, "is released already"),
            VersionVerdict::WentBackwards => (RED, "went backwards"),
            VersionVerdict::PreRelease => (GREEN, "breaks no promise inside a pre-release series"),
            VersionVerdict::Unversioned | VersionVerdict::Undetermined => (YELLOW, "is undetermined"),
        };
        let words = self.styled(style, words);
        match level {
            Level::None => format!("declares {declared}, which {words}: nothing changed since {release}"),
            level => format!(
                "declares {declared}, which {words}: what changed since {release}, is {}, and that requires {required}",
                level.word()
            ),
        }
    }
}

fn versions(package: &PackageReport) -> String {
    let clean = |version: &Option<String>| version.as_deref().map(clean);
    match (package.status, clean(&package.old_version), clean(&package.new_version)) {
        (PackageStatus::Added | PackageStatus::Removed, old, new) => {
            new.or(old).map_or(String::new(), |version| format!(" {version}"))
        }
        (_, Some(old), Some(new)) if old == new => format!(" {old}"),
        (_, Some(old), Some(new)) => format!(" {old} → {new}"),
        (_, Some(old), None) => format!(" {old} → (no version)"),
        (_, None, Some(new)) => format!(" (no version) → {new}"),
        (_, None, None) => String::new(),
    }
}

/// A version, or that there is none.
pub fn shown(version: &Option<String>) -> String {
    version.as_deref().map_or("-".into(), clean)
}
