//! The format `markdown`.

use super::fixture;
use wit_diff::report::to_markdown;

#[test]
fn goldens() {
    for (name, report) in fixture::all() {
        fixture::is_golden(name, "report.md", &to_markdown(&report));
    }
}
