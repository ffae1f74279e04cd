//! A text that does not grow beyond a limit: what finds no room is left out as a whole, and counted by who asked.

use super::counted;
use crate::verdict::Protect;

/// Blocks with an empty line between them.
pub struct Sheet {
    out: String,
    limit: usize,
}

impl Sheet {
    /// With its first line. `limit` is in bytes.
    pub fn new(first: &str, limit: usize) -> Sheet {
        Sheet { out: first.to_owned(), limit }
    }

    /// Whether there is room for a text, and so many bytes after it.
    pub fn has_room(&self, text: &str, kept: usize) -> bool {
        // With the line breaks around it.
        self.out.len() + text.len() + 3 + kept <= self.limit
    }

    /// Adds a block, if there is room for it and so many bytes after it.
    pub fn block(&mut self, text: &str, kept: usize) -> bool {
        self.add("\n\n", text, kept)
    }

    /// Adds a line to the block before, likewise.
    pub fn line(&mut self, text: &str, kept: usize) -> bool {
        self.add("\n", text, kept)
    }

    fn add(&mut self, gap: &str, text: &str, kept: usize) -> bool {
        let has_room = self.has_room(text, kept);
        if has_room {
            self.out.push_str(gap);
            self.out.push_str(text);
        }
        has_room
    }

    /// The whole text, which says how many changes are not in it.
    pub fn end(self, breaking: usize, others: usize, protect: Option<Protect>) -> String {
        let what = match (breaking, others) {
            (0, 0) => return self.out + "\n",
            (breaking, 0) => format!("{breaking} more breaking {}", plural(breaking)),
            (0, others) => format!("{} that break no {}", counted(others, "more change"), no_one(protect)),
            (breaking, others) => {
                format!(
                    "{breaking} more breaking {} and {} that break no {}",
                    plural(breaking),
                    counted(others, "other"),
                    no_one(protect)
                )
            }
        };
        let are = if breaking + others == 1 { "is" } else { "are" };
        self.out + &format!("\n\n**{what} {are} left out here**: a comment cannot be longer.\n")
    }
}

fn no_one(protect: Option<Protect>) -> &'static str {
    match protect {
        Some(Protect::Guests) => "guests",
        Some(Protect::Hosts) => "hosts",
        Some(Protect::All) => "guests or hosts",
        None => "protected party",
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "change" } else { "changes" }
}
