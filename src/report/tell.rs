//! A change in sentences on one line, for formats that show a finding as a message.

use super::accepted::accepted;
use super::consequence::consequence;
use super::decision::{self, quoted};
use super::escape::clean;
use super::standing;
use super::weigh::Weight;
use super::{ChangeReport, ErrorReport, PackageReport};

/// So many characters are told.
const LONGEST: usize = 2000;

/// What happened, who no longer works, what the version lacks where that is why, and what to do.
pub(super) fn tell(package: &PackageReport, change: &ChangeReport, weight: Weight) -> String {
    let gate = change.gate.as_ref().map_or(String::new(), |gate| format!(" (behind feature `{}`)", gate.unstable));
    let lacks = (weight == Weight::Failing)
        .then(|| decision::wants(package, &quoted, &clean))
        .flatten()
        .map(|wants| format!("`{}` {wants}", package.name));
    let hint = change.hint.as_ref().map(|hint| format!("Hint: {hint}"));
    let sentences = [Some(format!("{}{gate}", change.message)), consequence(change), accepted(change), lacks, hint];
    let sentences: Vec<String> = sentences.into_iter().flatten().map(|text| sentence(&clean(&text))).collect();
    cut(&sentences.join(" "), LONGEST)
}

/// What could not be judged: of which side that is, what is wrong, and what to do. `begin` comes first.
pub(super) fn unread(begin: &str, error: &ErrorReport) -> String {
    let side = match error.side.as_str() {
        "old" | "new" => format!("{}: ", standing::reason(error)),
        _ => String::new(),
    };
    let hint = error.hint.as_ref().map_or(String::new(), |hint| format!(" Hint: {}", sentence(&clean(hint))));
    cut(&format!("{}{hint}", sentence(&format!("{begin}{side}{}", clean(&error.message)))), LONGEST)
}

/// With a capital letter and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut characters = text.chars();
    let first = characters.next().map_or(String::new(), |first| first.to_ascii_uppercase().to_string());
    let stop = if text.ends_with(['.', '!', '?']) || text.is_empty() { "" } else { "." };
    format!("{first}{}{stop}", characters.as_str())
}

/// At most so many characters, and how many more there are.
pub(super) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => {
            let (told, rest) = text.split_at(end);
            format!("{told}… ({} more characters)", rest.chars().count())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, sentence};

    #[test]
    fn sentences_begin_and_end() {
        assert_eq!(sentence("function `f` removed"), "Function `f` removed.");
        assert_eq!(sentence("`f` is gone."), "`f` is gone.");
        assert_eq!(sentence("érable"), "érable.");
        assert_eq!(sentence(" "), "");
    }

    #[test]
    fn what_is_cut_is_counted() {
        assert_eq!(cut("語語語", 3), "語語語");
        assert_eq!(cut("語語語", 1), "語… (2 more characters)");
    }
}
