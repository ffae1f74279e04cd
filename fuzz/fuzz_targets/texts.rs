#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use wit_diff_fuzz::{panics, texts, tokens};

fuzz_target!(init: panics::watch(), |data: &[u8]| texts::run(data));

// Bytes alone rarely make another WIT document: two of three times, tokens change places instead.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    match seed % 3 {
        0 => fuzzer_mutate(data, size, max_size),
        _ => match tokens::mutate(&data[..size], seed / 3) {
            Some(mutated) if mutated.len() <= max_size => {
                data[..mutated.len()].copy_from_slice(&mutated);
                mutated.len()
            }
            _ => fuzzer_mutate(data, size, max_size),
        },
    }
});
