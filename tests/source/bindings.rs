//! Rust bindings for a world, as `wit-bindgen` writes them.

use crate::worlds::Target;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use wit_bindgen_core::{Files, WorldGenerator};
use wit_bindgen_rust::Opts;

/// The bindings of the world.
///
/// # Errors
///
/// What the generator cannot express, in its words.
pub fn generate(target: &Target) -> Result<String, String> {
    let options = Opts {
        generate_all: true,
        generate_unused_types: true,
        disable_custom_section_link_helpers: true,
        ..Opts::default()
    };
    let generated = catch_unwind(AssertUnwindSafe(|| {
        let (mut resolve, mut files) = (target.resolve.clone(), Files::default());
        options.build().generate(&mut resolve, target.world, &mut files).map(|()| files)
    }));
    let files = match generated {
        Ok(Ok(files)) => files,
        Ok(Err(error)) => return Err(format!("{error:#}")),
        Err(panic) => return Err(said(&*panic)),
    };
    let texts: Vec<&[u8]> = files.iter().map(|(_, text)| text).collect();
    let [text] = texts[..] else { panic!("the generator writes one file, not {}", texts.len()) };
    let text = String::from_utf8(text.to_vec()).expect("the generator writes UTF-8");
    Ok(without_component_type(&text))
}

/// The bindings without the encoded world, which only WebAssembly targets have and which would make all bindings differ.
fn without_component_type(text: &str) -> String {
    let end = text.find("\n#[cfg(target_arch = \"wasm32\")]\n#[unsafe(link_section");
    text[..end.unwrap_or(text.len())].to_string()
}

fn said(panic: &(dyn Any + Send)) -> String {
    let said = (panic.downcast_ref::<String>().map(String::as_str)).or(panic.downcast_ref::<&str>().copied());
    format!("panic: {}", said.unwrap_or("no reason given"))
}
