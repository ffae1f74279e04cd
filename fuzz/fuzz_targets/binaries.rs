#![no_main]

libfuzzer_sys::fuzz_target!(init: wit_diff_fuzz::panics::watch(), |data: &[u8]| wit_diff_fuzz::binaries::run(data));
