//! What the shapes load a boundary with, as `wit-diff` counts it.

use serde::{Deserialize, Serialize};
use wit_diff::cost::{self, Call};
use wit_diff::revision::from_text;
use wit_diff::surface::{Features, resolve_whole};

use crate::shape::{CALLS, Shape};

/// [`cost::LoadOf`], written.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct LoadOf {
    pub parameters: Load,
    pub result: Load,
}

/// [`cost::Load`], written.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub struct Load {
    pub values: f64,
    pub plain: f64,
    pub bytes: f64,
    pub text: f64,
    pub texts: f64,
    pub records: f64,
    pub allocations: f64,
    pub choices: f64,
    pub moved: f64,
    pub lent: f64,
}

impl From<cost::Load> for Load {
    fn from(load: cost::Load) -> Self {
        let cost::Load { values, plain, bytes, text, texts, records, allocations, choices, moved, lent } = load;
        Self { values, plain, bytes, text, texts, records, allocations, choices, moved, lent }
    }
}

impl Load {
    /// All parts by their names.
    pub fn parts(&self) -> [(&'static str, f64); 10] {
        [
            ("values", self.values),
            ("plain", self.plain),
            ("bytes", self.bytes),
            ("text", self.text),
            ("texts", self.texts),
            ("records", self.records),
            ("allocations", self.allocations),
            ("choices", self.choices),
            ("moved", self.moved),
            ("lent", self.lent),
        ]
    }
}

/// The loads of all shapes of a package.
pub fn loads(package: &str, shapes: &[Shape]) -> Vec<LoadOf> {
    (calls(package, shapes).into_iter())
        .map(|call| {
            let load = call.shape.expect("all shapes can be passed").load;
            LoadOf { parameters: load.parameters.into(), result: load.result.into() }
        })
        .collect()
}

/// What `wit-diff` says of all shapes of a package, with lists and texts of their lengths.
pub fn calls(package: &str, shapes: &[Shape]) -> Vec<Call> {
    let (_, resolved) =
        resolve_whole(from_text("boundary.wit", package), &Features::default()).expect("the package resolves");
    (shapes.iter())
        .map(|shape| {
            let path = format!("{CALLS}#{}", shape.name);
            let calls = cost::of(&resolved, shape.length() as u32);
            calls.into_iter().find(|call| call.path == path).expect("the function is there")
        })
        .collect()
}
