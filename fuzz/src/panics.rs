//! Tells our panics from those of the parser and the validator.
//!
//! The pipeline catches every panic, so that bad input never ends the program. One of the parser's own is then an error
//! of its side and no finding; one of ours is.

use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use wit_diff::pipeline::LOADER;

/// Crates that may give up on bad input, as long as we say so.
const FOREIGN: [&str; 7] =
    ["/wit-parser-", "/wit-component-", "/wasmparser-", "/wasm-encoder-", "/wasm-metadata-", "/wast-", "/wat-"];

static OURS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Leaves the panics of the parser unsaid, and notes all others before whoever listened so far hears of them.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            // Elsewhere nothing is caught, and whoever panics is heard of anyway.
            let is_caught = thread::current().name() == Some(LOADER);
            if is_caught && !is_foreign(info) {
                OURS.lock().unwrap_or_else(PoisonError::into_inner).push(info.to_string());
            }
            if !is_foreign(info) {
                before(info);
            }
        }));
    });
}

/// Fails if anything of ours panicked, even if it was caught.
pub fn none_of_ours() {
    let ours = std::mem::take(&mut *OURS.lock().unwrap_or_else(PoisonError::into_inner));
    assert!(ours.is_empty(), "caught, but ours: {ours:?}");
}

fn is_foreign(info: &PanicHookInfo<'_>) -> bool {
    info.location().is_some_and(|location| FOREIGN.iter().any(|part| location.file().contains(part)))
}
