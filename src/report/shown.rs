//! Which place of a change is shown on each side.

use super::{ChangeReport, PlaceReport};

/// What is shown of the old side: where the change stands, or what it shares its lines with.
pub(super) fn on_old(change: &ChangeReport) -> Option<&PlaceReport> {
    change.old.as_ref().or_else(|| kept(change))
}

/// The same of the new side.
pub(super) fn on_new(change: &ChangeReport) -> Option<&PlaceReport> {
    change.new.as_ref().or_else(|| kept(change))
}

/// What stands on the other side without the item.
fn kept(change: &ChangeReport) -> Option<&PlaceReport> {
    change.container.as_ref().filter(|place| place.excerpt.is_some())
}
