#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sitwell_backend::formats::fuzzing::package(bytes));
