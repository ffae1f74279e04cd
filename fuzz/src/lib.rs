//! What the fuzz targets do with their inputs. The stable tests include this file and do the same with the inputs in
//! `testdata/fuzz`.

pub mod binaries;
pub mod laws;
pub mod panics;
pub mod reports;
pub mod texts;
pub mod tokens;
pub mod tree;
