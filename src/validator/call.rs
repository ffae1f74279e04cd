//! The calls into the official encoder and validator.

use std::panic::{AssertUnwindSafe, catch_unwind};

use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata, targets};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve, WorldId};

/// A component that uses everything that the world imports, and exports everything that it exports.
pub(super) fn build(resolve: &Resolve, world: WorldId) -> Result<Vec<u8>, String> {
    let encode = |mangling| {
        guarded(|| {
            let mut module = dummy_module(resolve, world, mangling);
            embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, false)?;
            // `targets` validates the component along with everything else.
            ComponentEncoder::default().module(&module)?.validate(false).encode()
        })
    };
    // The two manglings differ in what they can name; either will do.
    encode(ManglingAndAbi::Legacy(LiftLowerAbi::Sync)).or_else(|legacy| {
        encode(ManglingAndAbi::Standard32).map_err(|standard| {
            format!("no component can be built for world `{}`: {legacy}; {standard}", resolve.worlds[world].name)
        })
    })
}

/// What the validator has against running the component in the world.
pub(super) fn objection(resolve: &Resolve, world: WorldId, component: &[u8]) -> Result<Option<String>, String> {
    guarded(|| Ok(targets(resolve, world, component, false).err().map(|error| format!("{error:#}"))))
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
        Ok(result) => result.map_err(|error| format!("{error:#}")),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(format!("the encoder panics: {}", text.unwrap_or("without a message")))
        }
    }
}
