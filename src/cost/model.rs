//! How long a call takes, estimated from what is done for it.

use super::fitted::FITTED;
use super::load::{Load, LoadOf};

/// What was fitted to calls that were measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// The version of Wasmtime that ran them.
    pub wasmtime: &'static str,
    /// The processor.
    pub processor: &'static str,
    /// The host calls what a guest exports.
    pub host_to_guest: Crossing,
    /// A guest calls what it imports from the host.
    pub guest_to_host: Crossing,
    /// A guest calls what another guest in the same component exports.
    pub guest_to_guest: Crossing,
}

/// What it takes to cross one boundary, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Of every call.
    pub base: f64,
    /// More, of an `async` function that is done at once.
    pub asynchronous: f64,
    /// More, where handles are passed, however many.
    pub handles: f64,
    /// For one of each part of the parameters.
    pub parameters: Load,
    /// For one of each part of the result.
    pub result: Load,
    /// How far off estimates are of calls that were left out when it was fitted, as a part of what was measured: half of
    /// them by no more than this.
    pub median_error: f64,
    /// Likewise, nine of ten.
    pub ninetieth_error: f64,
}

impl Model {
    /// The one that was fitted to `benches/boundary`.
    pub fn fitted() -> Model {
        FITTED
    }
}

impl Crossing {
    /// The estimate for one call.
    pub fn nanoseconds(&self, load: &LoadOf, is_async: bool) -> f64 {
        let both = load.both();
        let asynchronous = if is_async { self.asynchronous } else { 0.0 };
        let handles = if both.moved + both.lent > 0.0 { self.handles } else { 0.0 };
        let parts = load.parameters.times(self.parameters) + load.result.times(self.result);
        self.base + asynchronous + handles + parts
    }
}
