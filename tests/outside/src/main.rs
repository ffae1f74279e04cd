//! Compares two files that it resolves itself, and says what their versions have to be.

use std::error::Error;
use wit_diff::embed::{Policy, compare};
use wit_diff::wit_parser::{PackageId, Resolve};

fn resolve(file: &str) -> Result<(Resolve, PackageId), Box<dyn Error>> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str(file, &std::fs::read_to_string(file)?)?;
    Ok((resolve, package))
}

fn main() -> Result<(), Box<dyn Error>> {
    let [old, new] = std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "outside OLD NEW")?;
    let ((old, old_id), (new, new_id)) = (resolve(&old)?, resolve(&new)?);
    let comparison = compare((&old, old_id), (&new, new_id), &Policy::default())?;
    for finding in &comparison.findings {
        println!("{} {} {}", finding.level.word(), finding.rule.id, finding.path);
    }
    println!("{}", comparison.required.ok_or("no version")?);
    Ok(())
}
