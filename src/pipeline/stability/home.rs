//! At which item a change is counted.

use crate::report::StabilityKind;
use std::collections::BTreeMap;

/// The item that a change of `package` is counted at: the type that it is in, or the interface or world, or the package.
/// `kind` tells what an item is.
pub(super) fn home(path: &str, package: &str, kind: impl Fn(&str) -> Option<StabilityKind>) -> String {
    let (container, rest) = path.split_once('#').map_or((path, None), |(container, rest)| (container, Some(rest)));
    let Some(found) = kind(container) else { return package.to_owned() };
    let rest = rest.filter(|_| found == StabilityKind::Interface);
    let ty = rest.map(|rest| format!("{container}#{}", name(rest)));
    ty.filter(|ty| kind(ty) == Some(StabilityKind::Type)).unwrap_or_else(|| container.to_owned())
}

/// Of `[method]resource.name`, `[constructor]resource` or `record.field`, what stands in the interface.
fn name(rest: &str) -> &str {
    let encoded = rest.split_once(']').filter(|_| rest.starts_with('['));
    let rest = encoded.map_or(rest, |(_, rest)| rest);
    rest.split_once('.').map_or(rest, |(name, _)| name)
}

/// The item beside another one that has another name.
pub(super) fn beside(path: &str, name: &str) -> String {
    let end = path.rfind(['#', '/']).map_or(0, |at| at + 1);
    format!("{}{name}", path.get(..end).unwrap_or_default())
}

/// The kinds of items by path, for looking them up.
pub(super) fn kinds<'a, T>(
    items: &'a BTreeMap<String, T>,
    kind: impl Fn(&T) -> StabilityKind + 'a,
) -> impl Fn(&str) -> Option<StabilityKind> + 'a {
    move |path| items.get(path).map(&kind)
}

#[cfg(test)]
mod tests {
    use super::{beside, home};
    use crate::report::StabilityKind;

    #[test]
    fn where_changes_are_counted() {
        let kind = |path: &str| match path {
            "a:b" => Some(StabilityKind::Package),
            "a:b/i" => Some(StabilityKind::Interface),
            "a:b/w" => Some(StabilityKind::World),
            "a:b/i#r" => Some(StabilityKind::Type),
            _ => None,
        };
        for (path, expected) in [
            ("a:b", "a:b"),
            ("a:b/i", "a:b/i"),
            ("a:b/i#f", "a:b/i"),
            ("a:b/i#f.x", "a:b/i"),
            ("a:b/i#r", "a:b/i#r"),
            ("a:b/i#r.x", "a:b/i#r"),
            ("a:b/i#[method]r.m", "a:b/i#r"),
            ("a:b/i#[constructor]r", "a:b/i#r"),
            ("a:b/i#[method]s.m", "a:b/i"),
            ("a:b/w#import:a:b/i", "a:b/w"),
            ("a:b/w#type:r", "a:b/w"),
            ("a:b/gone#r", "a:b"),
        ] {
            assert_eq!(home(path, "a:b", kind), expected, "{path}");
        }
        assert_eq!((beside("a:b/i#r", "s"), beside("a:b/i", "j")), ("a:b/i#s".to_owned(), "a:b/j".to_owned()));
    }
}
