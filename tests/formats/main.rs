//! Every format of the report, each in a file of its own, over one set of reports: see `fixture.rs`.
//!
//! Goldens stand beside the sources in `testdata/formats`, as `report.EXTENSION`; `BLESS=1` rewrites them.
#![cfg(feature = "formats")]

mod browser;
mod chromium;
#[path = "../support/complete.rs"]
mod complete;
mod fixture;
mod github;
mod gitlab;
mod hostile;
mod html;
mod json;
mod junit;
mod markdown;
mod marks;
#[path = "../support/pairs.rs"]
mod pairs;
mod sarif;
mod step_outputs;
mod strangers;
mod text;
