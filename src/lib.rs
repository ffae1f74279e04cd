//! Compares two revisions of a WIT package: for whom a change breaks, on which layer, where, and which version it needs.
//!
//! # The tour
//!
//! Everything goes one way, and each arrow is one public type:
//!
//! | from | to | by |
//! |---|---|---|
//! | what the user typed | [`revision::Target`]: the two sides, pinned | [`revision::sides`] |
//! | a target | [`revision::Catalog`]: every package in it | [`revision::open`] |
//! | one package | [`revision::Revision`]: sources in memory | [`revision::load`] |
//! | sources | [`surface::Surface`]: what the packages promise | [`surface::resolve()`] |
//! | two surfaces | [`compare::Comparison`]: facts, without judgement | [`compare::compare`] |
//! | facts | [`judge::Judgement`]: who breaks, how much it weighs | [`judge::judge`] |
//! | a level | the version that it asks for, and the one to declare next | [`version::required`], [`version::next()`] |
//! | a version | the edits that put it into the texts | [`version::edit`] |
//! | a judgement | [`report::Report`]: what other programs read | [`report::of_judgement`] |
//! | a judgement | what the official validator says to it | `validator::verify` |
//! | a judgement and both texts | [`advise::Advice`]: what to add instead of a breaking change | [`advise::advise`] |
//! | a judgement | the smallest packages that show why it is so | `witness::witness` |
//! | a report | text, JSON | [`report::to_text`], [`report::to_json`] |
//! | the types of a report | the JSON Schema of what is written | `report::schema` |
//! | a surface | what its worlds may touch, and how that came | [`capability::capabilities`], [`capability::Ways`] |
//! | a surface | what it promises, as lines to compare | [`report::show()`] |
//! | packages as `wit-parser` resolved them | what a call of each function costs | [`cost::of`] |
//! | these calls | where a record, a list or a stream would save some | [`cost::advise()`] |
//! | a rule | its example, judged, and all that is said of it | [`pipeline::example`], [`report::explain_report`] |
//! | two packages that the caller has resolved | typed findings | [`embed::compare`] |
//! | a report | a changelog, and one that people write in, too | [`report::changelog()`], `report::merge_changelog` |
//!
//! [`pipeline::run`] goes the whole way in one call, for one package or a repository of them; `pipeline::check` finds the
//! old side itself, and says whether the new one passes; `pipeline::bump` makes it pass, in the files; `pipeline::log` goes
//! through a whole history. [`rule::all`] explains every kind of change.
//!
//! ```
//! use wit_diff::compare::compare;
//! use wit_diff::judge::judge;
//! use wit_diff::revision::from_text;
//! use wit_diff::surface::{Features, resolve};
//! use wit_diff::verdict::{Level, Protect};
//!
//! let surface = |text: &str| resolve(from_text("a.wit", text), &Features::default()).map(|views| views.judged);
//! let old = surface("package a:b; interface i { record r { a: u32 } f: func(x: r); }")?;
//! let new = surface("package a:b; interface i { record r { a: u64 } f: func(x: r); }")?;
//!
//! let comparison = compare(&old, &new, None);
//! assert_eq!(comparison.packages[0].changes[0].path, "a:b/i#r.a");
//! assert_eq!(comparison.packages[0].changes[0].reach, ["a:b/i#f"]);
//!
//! let judgement = judge(comparison, Protect::Guests);
//! assert_eq!(judgement.packages[0].level, Level::Major);
//! # Ok::<(), wit_diff::error::Error>(())
//! ```
//!
//! What the code cites as SEMANTICS stands in [`semantics`], REPORT.md in [`report::contract`]; how release tools are told
//! what they need, in [`release_tools`].
//!
//! # Features
//!
//! `cli` (on by default) is the command line, `git` (on by default) reads `REV:PATH`, `verify` (on by default) asks the
//! official validator, as other tools do and by itself. On with `cli`: `config` reads `wit-diff.toml` and what is
//! accepted, `formats` writes Markdown, HTML, SARIF, JUnit and what GitHub and GitLab read, `changelog` merges into a
//! changelog, `schema` makes the JSON Schema. Without them, the library is `wit-parser` and little else.

pub mod accepted;
pub mod advise;
pub mod capability;
pub mod change;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
#[cfg(feature = "config")]
pub mod config;
pub mod cost;
pub mod embed;
pub mod error;
pub mod judge;
mod memo;
pub mod pipeline;
#[cfg(feature = "verify")]
pub mod reduce;
#[doc = include_str!("release_tools.md")]
pub mod release_tools {}
pub mod report;
pub mod revision;
pub mod rule;
#[doc = include_str!("semantics.md")]
pub mod semantics {}
pub mod surface;
pub mod syntax;
#[cfg(feature = "verify")]
pub mod validator;
pub mod verdict;
pub mod version;
#[cfg(feature = "verify")]
pub mod witness;

/// The parser, whose types [`embed`] takes: two versions of it do not mix.
pub use wit_parser;
