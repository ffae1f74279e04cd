//! What a package manager does before it publishes: two packages that it has resolved, and a policy of its own.
//!
//! ```sh
//! cargo run --example embed --no-default-features
//! ```

use std::error::Error;
use wit_diff::embed::{Layer, Party, Policy, compare};
use wit_diff::rule;
use wit_diff::verdict::Level;
use wit_diff::wit_parser::{PackageId, Resolve};

const PUBLISHED: &str = "package acme:store@1.2.0;

interface files {
    record stat { size: u64 }
    inspect: func(path: string) -> stat;
}
";

const NEXT: &str = "package acme:store@1.3.0;

interface files {
    /// Links count, too.
    record stat { size: u64, links: u32 }
    inspect: func(path: string) -> stat;
    delete: func(path: string);
}
";

fn resolve(text: &str) -> Result<(Resolve, PackageId), Box<dyn Error>> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("store.wit", text)?;
    Ok((resolve, package))
}

fn main() -> Result<(), Box<dyn Error>> {
    let (old, old_id) = resolve(PUBLISHED)?;
    let (new, new_id) = resolve(NEXT)?;
    // Documentation needs no release here.
    let docs = rule::find("docs-changed").ok_or("there is no such rule")?;
    let policy = Policy::default().weighing(docs, Level::None);

    let comparison = compare((&old, old_id), (&new, new_id), &policy)?;
    for finding in &comparison.findings {
        let recompile = if finding.breaks(Party::Consumers, Layer::Link) { ", rebuild the callers" } else { "" };
        println!("{}: {} [{}]{recompile}", finding.level.word(), finding.message, finding.rule.id);
    }
    let required = comparison.required.as_ref().map(ToString::to_string).unwrap_or_default();
    let verdict = if comparison.is_honoured() { "publish" } else { "refuse" };
    println!("{} needs {required}: {verdict}", comparison.package);
    Ok(())
}
