//! From figures to a class: few numbers, and no score.

use crate::report::StabilityClass;

/// What counts for a class.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weighed {
    pub is_gone: bool,
    pub is_unstable: bool,
    /// Releases that it has lived through as a promise, and the days of that.
    pub releases: usize,
    pub days: usize,
    pub broke: usize,
    pub pre_releases_broke: usize,
    /// Releases and days since it last broke, and since it last changed at all.
    pub since_broke: Option<(usize, usize)>,
    pub since_changed: Option<(usize, usize)>,
}

/// So many releases and days tell something: fewer of either do not.
pub const RELEASES: usize = 3;
pub const DAYS: usize = 180;

/// What breaks in more than one of so many releases moves, however long ago the last break is.
pub const OFTEN: usize = 4;

/// The class of what has such figures.
pub(super) fn class(weighed: &Weighed) -> StabilityClass {
    let is_late =
        |since: Option<(usize, usize)>| since.is_some_and(|(releases, days)| releases < RELEASES || days < DAYS);
    let is_draft = weighed.releases == 0;
    if weighed.is_gone {
        StabilityClass::Gone
    } else if weighed.is_unstable {
        StabilityClass::Unstable
    } else if is_late(weighed.since_broke)
        || weighed.broke * OFTEN > weighed.releases
        || is_draft && weighed.pre_releases_broke > 0
    {
        StabilityClass::Moving
    } else if weighed.releases < RELEASES || weighed.days < DAYS {
        StabilityClass::New
    } else if is_late(weighed.since_changed) {
        StabilityClass::Growing
    } else {
        StabilityClass::Settled
    }
}

#[cfg(test)]
mod tests {
    use super::{Weighed, class};
    use crate::report::StabilityClass::*;

    #[test]
    fn classes() {
        let old = Weighed { releases: 12, days: 700, ..Weighed::default() };
        let draft = Weighed { days: 700, ..Weighed::default() };
        for (weighed, expected) in [
            (old, Settled),
            (Weighed { since_changed: Some((3, 180)), ..old }, Settled),
            (Weighed { since_changed: Some((2, 180)), ..old }, Growing),
            (Weighed { since_changed: Some((3, 179)), ..old }, Growing),
            // One break long ago is no news; many are.
            (Weighed { broke: 3, since_broke: Some((3, 180)), since_changed: Some((3, 180)), ..old }, Settled),
            (Weighed { broke: 4, since_broke: Some((3, 180)), since_changed: Some((3, 180)), ..old }, Moving),
            (Weighed { broke: 1, since_broke: Some((2, 700)), since_changed: Some((2, 700)), ..old }, Moving),
            (Weighed { broke: 1, since_broke: Some((9, 179)), since_changed: Some((9, 179)), ..old }, Moving),
            // Young things do not look stable only because they are young.
            (Weighed { releases: 2, ..old }, New),
            (Weighed { days: 179, ..old }, New),
            (draft, New),
            // A draft moves until it is released; what it did before promised nothing.
            (Weighed { pre_releases_broke: 1, ..draft }, Moving),
            (Weighed { pre_releases_broke: 1, releases: 1, ..draft }, New),
            (Weighed { pre_releases_broke: 1, ..old }, Settled),
            (Weighed { is_unstable: true, broke: 9, ..old }, Unstable),
            (Weighed { is_gone: true, is_unstable: true, ..old }, Gone),
        ] {
            assert_eq!(class(&weighed), expected, "{weighed:?}");
        }
    }
}
