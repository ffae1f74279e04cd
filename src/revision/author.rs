//! Who works in a repository.

use super::{Options, repository};
use std::env;

/// The name and the address of who commits, as `Ada <ada@example.org>`, as far as git knows them.
pub fn author(options: &Options) -> Option<String> {
    let own = repository::open(options).ok().and_then(|repository| repository.config().ok());
    let config = own.or_else(|| git2::Config::open_default().ok())?;
    let get = |variable: &str, key: &str| {
        let text = env::var(variable).ok().or_else(|| config.get_string(key).ok());
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let name = get("GIT_AUTHOR_NAME", "user.name")?;
    Some(match get("GIT_AUTHOR_EMAIL", "user.email") {
        Some(address) => format!("{name} <{address}>"),
        None => name,
    })
}
