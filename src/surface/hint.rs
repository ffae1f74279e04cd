//! What to do about text that `wit-parser` refuses.

/// The parser's message on one line, and without the traces of Rust in it.
pub(super) fn readable(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.split_once("EscapeUnicode(EscapeIterInner(") {
        Some((before, rest)) => format!("{before}{}", rest.replacen("))", "", 1)),
        None => line,
    }
}

/// What to do next about `message`; `line` is the line of its place, `before` the text up to there.
pub(super) fn of(line: &str, before: &str, message: &str) -> Option<String> {
    of_the_past(line, before, message).or_else(|| of_message(message).map(str::to_owned))
}

/// What a message has in it, and what to do then.
const HINTS: [(&str, &str); 17] = [
    ("type nesting too deep", "types lie at most 99 deep in each other: name an inner one with `type`"),
    ("package nesting too deep", "give the inner packages files of their own in `deps/`"),
    ("interface or world `", "leave out one step of the circle, or move what is shared into a third one"),
    ("depends on itself", "types cannot be recursive: let one hold a resource, or an index into a list"),
    ("creates a dependency cycle", "leave out one step of the circle, or move what is shared into a third package"),
    ("expected '{', found ';'", "a package is declared once in a file; others in it have their items in braces"),
    ("does not match previous package name", "the files of a directory are one package: others belong into `deps/`"),
    ("conflicts with previous", "names that differ in case alone count as one: rename one of the two"),
    ("duplicate item named", "rename one of the two, or delete it"),
    ("unterminated block comment", "comments nest: every `/*` needs a `*/` of its own"),
    ("unexpected character '\\u{feff}'", "a byte-order mark only stands at the very beginning of a file: delete it"),
    ("unexpected character '\\r'", "lines end with a line feed, alone or after a carriage return"),
    ("Control code", "delete the character: tabs and line ends are the only control characters in WIT"),
    ("bidirectional override", "delete the character: it makes a text look other than it reads"),
    ("is discouraged by Unicode", "write another character for it"),
    ("invalid list size", "a list of fixed length has at most 4294967295 elements"),
    ("exceeds u64::MAX", "the numbers of a version go up to 18446744073709551615"),
];

fn of_message(message: &str) -> Option<&'static str> {
    let is_reference = message.ends_with("does not exist");
    HINTS.iter().find(|(part, _)| !is_reference && message.contains(part)).map(|(_, hint)| *hint)
}

/// Names the syntax of the past that stands behind an error.
fn of_the_past(line: &str, before: &str, message: &str) -> Option<String> {
    let code = line.split("//").next().unwrap_or_default();
    let word = |word: &str| code.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w == word);
    let dense = code.replace(' ', "");
    // The last line with code on it before the place: where a semicolon would be missing.
    let before =
        before.lines().map(|line| line.split("//").next().unwrap_or_default().trim()).rfind(|line| !line.is_empty());
    let before = before.unwrap_or_default();
    let wants_semicolon = message.starts_with("expected `;`") || message.starts_with("expected ';'");
    let hint = if word("float32") || word("float64") {
        "`float32` and `float64` were renamed: write `f32` and `f64`"
    } else if dense.contains("->()") {
        "`-> ()` is no longer written: a function without a result has no arrow"
    } else if dense.contains("->(") {
        "results no longer have names: return a record or a tuple"
    } else if word("default") && (word("interface") || word("world")) {
        "`default interface` and `default world` are gone: drop `default`"
    } else if code.contains("self.") || code.contains("pkg.") {
        "`self.` and `pkg.` are gone: name the interface itself, as in `use types.{t}` or `import i`"
    } else if wants_semicolon || (message.starts_with("expected '{', found keyword") && before.starts_with("package "))
    {
        return Some(format!("statements end with a semicolon since 2023: write `{before};`"));
    } else if code.trim_start().starts_with("union ") {
        "`union` is gone: write a `variant` with named cases"
    } else if message.starts_with("no `package` header") {
        "begin one file of the package with `package namespace:name;`"
    } else {
        return None;
    };
    Some(hint.into())
}
