//! Holds the sizes that `wit-diff` tells against what Wasmtime asks a guest's allocator for.

use wasmtime::{Result, ensure};
use wit_diff::cost::Call;

use crate::boundary::{Boundary, Crossing, engine};
use crate::guest::{self, ALLOCATED, ALLOCATIONS, INSPECT};
use crate::layout::bits;
use crate::load;
use crate::shape::Shape;

/// A call of the allocator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    align: u64,
    size: u64,
}

/// Passes every shape from the host to a guest; says how many calls of the allocator were held against the figures.
pub fn check(package: &str, shapes: &[Shape]) -> Result<usize> {
    let resolve = guest::resolve(package);
    let mut crossing = Crossing::new(&engine(true)?, Boundary::HostToGuest, &resolve, shapes, true)?;
    let mut held = 0;
    for (place, (shape, call)) in shapes.iter().zip(load::calls(package, shapes)).enumerate() {
        let before = asked(&crossing.memory(INSPECT, None)?).len();
        crossing.verify(place)?;
        let memory = crossing.memory(INSPECT, Some(place))?;
        if shape.is_dearest {
            let asked = &asked(&memory)[before..];
            hold(shape, &call, asked)?;
            held += asked.len();
        }
    }
    Ok(held)
}

fn hold(shape: &Shape, call: &Call, asked: &[Asked]) -> Result<()> {
    let figures = call.shape.as_ref().expect("all shapes can be passed");
    let name = shape.name;
    let load = figures.load.parameters;
    let signature = &figures.signatures.export;
    ensure!(asked.len() as f64 == load.allocations, "{name}: {} buffers, and asked for {asked:?}", load.allocations);
    let bytes: u64 = asked.iter().map(|asked| asked.size).sum();
    ensure!(bytes as f64 == load.bytes, "{name}: {} bytes, and asked for {asked:?}", load.bytes);
    let mut buffers = asked.iter();
    if signature.parameters_in_memory {
        let fixed = Asked { align: u64::from(figures.parameters.align), size: figures.parameters.bytes };
        ensure!(buffers.next() == Some(&fixed), "{name}: spilled as {fixed:?}, and asked for {asked:?}");
    }
    for part in &figures.parameters.parts.allocations.first {
        let size = part.element_bytes * shape.length() as u64;
        ensure!(buffers.any(|asked| asked.size == size), "{name}: {} takes {size}, and asked for {asked:?}", part.path);
    }
    Ok(())
}

fn asked(memory: &[u8]) -> Vec<Asked> {
    let count = bits(memory, ALLOCATED, 4) as u32;
    assert!(count < ALLOCATIONS, "the guest can keep all calls of its allocator");
    (0..count)
        .map(|place| {
            let word = |word: u32| bits(memory, ALLOCATED + 16 + 16 * place + 4 * word, 4);
            assert_eq!((word(0), word(1)), (0, 0), "nothing is grown");
            Asked { align: word(2), size: word(3) }
        })
        .collect()
}
