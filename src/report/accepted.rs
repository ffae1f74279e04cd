//! What is accepted, in words.

use super::escape::clean;
use super::wire::*;

/// "accepted by Ada until 2027-01-31: nobody calls it yet"; nothing where nobody accepted it.
pub(super) fn accepted(change: &ChangeReport) -> Option<String> {
    let AcceptedReport { reason, who, until } = change.accepted.as_ref()?;
    let until = until.as_ref().map_or(String::new(), |until| format!(" until {}", clean(until)));
    Some(format!("accepted by {}{until}: {}", clean(who), clean(reason)))
}

/// "major", "major, accepted", "major, counts as minor".
pub(super) fn level(change: &ChangeReport) -> String {
    let counts = match (&change.accepted, change.counts_as) {
        (Some(_), _) => ", accepted".into(),
        (None, Some(level)) => format!(", counts as {}", level.word()),
        (None, None) => String::new(),
    };
    format!("{}{counts}", change.level.word())
}

/// What is the matter with an acceptance, and what to do.
pub(super) fn stale(stale: &StaleReport) -> String {
    let StaleReport { because, fingerprint, rule, path, accepted, file, line } = stale;
    let what = format!("the acceptance of `{}` ({}) in {}:{line}", clean(path), clean(rule), clean(file));
    match because {
        StaleBecause::Expired => format!(
            "{what} ended with {}: make the change good, accept it anew (`wit-diff accept {}`), or take the entry away \
             (`wit-diff accept --prune`)",
            accepted.until.as_deref().map_or("-".into(), clean),
            short(fingerprint),
        ),
        StaleBecause::Unmatched => format!(
            "{what} is of no change: that was undone, or released; take the entry away (`wit-diff accept --prune`)"
        ),
    }
}

/// What is wanting in the report beside its changes: warnings, then acceptances that are stale, the first of them one by one.
pub(super) fn warnings(report: &Report) -> impl Iterator<Item = String> {
    const TOLD: usize = 3;
    let told = if report.stale.len() > TOLD + 1 { TOLD } else { report.stale.len() };
    let rest = report.stale.len() - told;
    let more = report.stale.first().filter(|_| rest > 0);
    let more = more.map(|entry| format!("{rest} more acceptances in {} are over, or of no change", clean(&entry.file)));
    report.warnings.iter().cloned().chain(report.stale.iter().take(told).map(stale)).chain(more)
}

/// The path of the file of acceptances from the top of the repository, where it is known.
#[cfg(feature = "formats")]
pub(super) fn file(report: &Report, stale: &StaleReport) -> Option<String> {
    let file = match report.new.kind {
        InputKind::Git => stale.file.split_once(':').map_or(stale.file.as_str(), |(_, path)| path),
        InputKind::Path | InputKind::Wasm => stale.file.strip_prefix("./").unwrap_or(&stale.file),
    };
    let is_inside = !file.starts_with(['/', '\\']) && !file.split('/').any(|part| part == "..") && !file.contains(':');
    is_inside.then(|| file.to_owned())
}

/// So much of a fingerprint as is told, and taken for it where no other begins alike.
pub fn short(fingerprint: &str) -> String {
    const DIGITS: usize = 8;
    clean(fingerprint.get(..DIGITS).unwrap_or(fingerprint))
}
