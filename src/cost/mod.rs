//! What a call costs where it crosses a boundary, by the Canonical ABI: how it is passed, how much is copied, what is
//! allocated.
//!
//! Figures are those of 32-bit memories and come from `wit-parser`'s own computations, for types that a component can
//! hold; of others it is said why there are none.
//!
//! Deliberately absent: judgement of compatibility. What a call costs breaks nobody.

mod advise;
mod call;
mod differ;
mod finding;
mod fitted;
mod flatten;
mod limit;
mod list_parts;
mod load;
mod model;
mod part;

pub use advise::advise;
pub use call::{AsyncSignatures, Call, Core, Payload, Place, Shape, Signature, Signatures};
pub use differ::{Changed, Growth, changed};
pub use finding::{Fact, Finding, Way};
pub use limit::Beyond;
pub use load::{Load, LoadOf};
pub use model::{Crossing, Model};
pub use part::{Allocation, AllocationKind, Choice, Flags, Part, Parts};

use crate::surface::Resolved;
use limit::Limits;

/// How long every string and list is taken to be where a load is told: in bytes, and in elements.
pub const LENGTH: u32 = 16;

/// The limits of flattening (Canonical ABI, Flattening).
pub const MAX_FLAT_PARAMETERS: usize = wit_parser::Resolve::MAX_FLAT_PARAMS;
/// Likewise, of a call that does not wait.
pub const MAX_FLAT_ASYNC_PARAMETERS: usize = wit_parser::Resolve::MAX_FLAT_ASYNC_PARAMS;
/// Likewise, of results.
pub const MAX_FLAT_RESULTS: usize = wit_parser::Resolve::MAX_FLAT_RESULTS;

/// What is asked about the cost of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// From how much on growth is told.
    pub growth: Growth,
    /// How long every string and list is taken to be where time is estimated: in bytes, and in elements.
    pub length: u32,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { growth: Growth::default(), length: LENGTH }
    }
}

/// Every function of the packages under test, interfaces first, in the order of names; then those that their worlds
/// import or export by themselves or in interfaces without a name.
///
/// `length` is that of every string and list in [`Load`]s: bytes and elements.
///
/// ```
/// use wit_diff::cost::{self, Core};
/// use wit_diff::revision::from_text;
/// use wit_diff::surface::{Features, resolve_whole};
///
/// let text = "package a:b; interface i { f: func(name: string, times: u64) -> list<u32>; }";
/// let (_, resolved) = resolve_whole(from_text("a.wit", text), &Features::default())?;
/// let calls = cost::of(&resolved, cost::LENGTH);
/// let shape = calls[0].shape.as_ref().unwrap();
/// assert_eq!(calls[0].path, "a:b/i#f");
/// // Pointer and length of the name, the number, and where the list is to be written to.
/// assert_eq!(shape.signatures.import.parameters, [Core::I32, Core::I32, Core::I64, Core::I32]);
/// assert!(shape.signatures.import.result_in_memory);
/// assert_eq!(shape.parameters.bytes, 16);
/// # Ok::<(), wit_diff::error::Error>(())
/// ```
pub fn of(resolved: &Resolved, length: u32) -> Vec<Call> {
    let limits = Limits::new(&resolved.resolve);
    let resolve = limits.without_beyond(&resolved.resolve);
    call::calls(&resolve, &resolved.own, &limits, length)
}
