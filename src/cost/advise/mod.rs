//! Advice on what makes more crossings than it needs, or dearer ones: what is found in one revision, one file for each
//! rule.
//!
//! Shape and name both have to tell of it. Where either does not, nothing is said: what is advised wrongly is worse than
//! what is not.
//!
//! Deliberately absent: how long anything takes. Figures are counts and bytes.

mod calls_repeated;
mod case_outsized;
mod getters_scattered;
mod list_collected;
mod lists_nested;
mod record_repeated;
mod scope;
mod state_returned;
mod types;

use super::{Call, Finding};
use crate::surface::Resolved;
use scope::scopes;
use types::Types;

/// What there is to advise, sorted by path.
///
/// `calls` are those of the same packages, by [`of`](super::of).
///
/// ```
/// use wit_diff::cost;
/// use wit_diff::revision::from_text;
/// use wit_diff::surface::{Features, resolve_whole};
///
/// let text = "package a:b; interface i { record p { x: f64, y: f64 } resource path { append: func(p: p); } }";
/// let (_, resolved) = resolve_whole(from_text("a.wit", text), &Features::default())?;
/// let advice = cost::advise(&resolved, &cost::of(&resolved, cost::LENGTH));
/// assert_eq!(advice[0].fact.rule(), "calls-repeated");
/// assert_eq!(advice[0].path, "a:b/i#[method]path.append");
/// # Ok::<(), wit_diff::error::Error>(())
/// ```
pub fn advise(resolved: &Resolved, calls: &[Call]) -> Vec<Finding> {
    let Some(types) = Types::new(&resolved.resolve) else { return Vec::new() };
    let scopes = scopes(types.resolve(), calls);
    let streaming = list_collected::streaming(&types, &scopes);
    let mut findings = case_outsized::find(&types, &resolved.own, &scopes);
    for scope in &scopes {
        findings.extend(getters_scattered::find(&types, scope));
        findings.extend(calls_repeated::find(&types, scope));
        findings.extend(list_collected::find(scope, &streaming));
        findings.extend(state_returned::find(&types, scope));
        findings.extend(record_repeated::find(&types, scope));
        findings.extend(lists_nested::find(scope));
    }
    findings.sort_by(|a, b| (&a.path, a.fact.rule()).cmp(&(&b.path, b.fact.rule())));
    findings
}
