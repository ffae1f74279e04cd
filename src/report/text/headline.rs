//! A package in short: what its changes weigh, and whether its version honours them. Two answers, a line each.

use super::page::{BOLD, GREEN, Page, RED, YELLOW, tone};
use super::sides::side;
use crate::report::escape::clean;
use crate::report::reasons::shown;
use crate::report::standing::{since_release, unversioned};
use crate::report::wire::*;
use crate::report::words::whom;
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
        let whom = whom(package.protect.unwrap_or(self.protect));
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
            VersionVerdict::Unversioned => return unversioned(package),
            _ if released.is_some() => {
                let sentence = since_release(&package.version, |is, words| self.styled(tone(is), words));
                return sentence.unwrap_or_default();
            }
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
