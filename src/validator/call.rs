//! The calls into the official encoder and validator.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata, targets};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, WorldId};

/// A component that uses everything that the world imports, and exports everything that it exports.
pub(super) fn build(resolve: &Resolve, world: WorldId) -> Result<Vec<u8>, String> {
    // The two ways to name things differ in what they can name; either will do.
    build_with_legacy_names(resolve, world).or_else(|legacy| {
        encode(resolve, world, ManglingAndAbi::Standard32).map_err(|standard| {
            let reason = if legacy == standard { legacy } else { format!("{legacy}; {standard}") };
            format!("no component can be built: {reason}")
        })
    })
}

/// The same as `wasm-tools component embed --dummy-names legacy` and `wasm-tools component new` build it.
pub(super) fn build_with_legacy_names(resolve: &Resolve, world: WorldId) -> Result<Vec<u8>, String> {
    encode(resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync))
}

fn encode(resolve: &Resolve, world: WorldId, mangling: ManglingAndAbi) -> Result<Vec<u8>, String> {
    guarded(|| {
        let mut module = dummy_module(resolve, world, mangling);
        embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, false)?;
        // `targets` validates the component along with everything else.
        ComponentEncoder::default().module(&module)?.validate(false).encode()
    })
}

/// What the validator has against running the component in the world.
pub(super) fn objection(resolve: &Resolve, world: WorldId, component: &[u8]) -> Result<Option<String>, String> {
    guarded(|| Ok(targets(resolve, world, component, false).err().map(|error| steady(&format!("{error:#}")))))
}

/// The message without what differs from run to run: offsets into bytes that nobody has, and a count of all that the
/// validator has seen, across threads, which begins at zero.
fn steady(message: &str) -> String {
    const COUNTER: &str = "globally_unique_id: ";
    const OFFSET: &str = " (at offset 0x";
    let mut parts = message.split(COUNTER);
    let first = parts.next().unwrap_or_default().to_string();
    let uncounted = parts
        .fold(first, |out, part| format!("{out}{COUNTER}0{}", part.trim_start_matches(|c: char| c.is_ascii_digit())));
    let mut parts = uncounted.split(OFFSET);
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |out, part| out + part.split_once(')').map_or(part, |(_, rest)| rest))
}

/// Whether the objection is that the component does not fit. Any other counts only if the component and the world are
/// both sound by themselves.
pub(super) fn is_about_the_fit(objection: &str, world: &str) -> bool {
    objection.contains(&format!("type mismatch for import `{world}`"))
}

/// Fails unless the component fits the world of its own side.
pub(super) fn sound(resolve: &Resolve, world: WorldId, component: &[u8]) -> Result<(), String> {
    match objection(resolve, world, component)? {
        None => Ok(()),
        Some(objection) => Err(format!("world `{}` does not even fit itself: {objection}", resolve.worlds[world].name)),
    }
}

/// The result of `f`, a panic in it being an error like any other.
pub(super) fn guarded<T>(f: impl FnOnce() -> anyhow::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(result) => result.map_err(|error| steady(&format!("{error:#}"))),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(format!("the encoder panics: {}", text.unwrap_or("without a message")))
        }
    }
}
