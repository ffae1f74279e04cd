//! Reports as JSON: one object, indented, the same bytes on every run, and none that acts where it is printed.

use super::Report;
use super::escape::{acts_unseen, begins_command};
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// The report as REPORT.md defines it, with a line break at the end.
///
/// What would act on a terminal, or in the log of a CI job, is written with JSON's own escapes: it reads as it was.
pub fn to_json(report: &Report) -> String {
    indented(report)
}

pub(super) fn indented(value: &impl Serialize) -> String {
    let mut json = Vec::new();
    // Every key is a string and every value is owned: there is nothing in it that cannot be written.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut json, Inert(PrettyFormatter::new())));
    let mut json = String::from_utf8(json).unwrap_or_default();
    json.push('\n');
    json
}

/// Indents as others do, and writes no character that acts and is not seen.
struct Inert(PrettyFormatter<'static>);

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices() {
            if acts_unseen(c) || c == '[' && begins_command(fragment.get(..at).unwrap_or_default()) {
                writer.write_all(fragment.get(written..at).unwrap_or_default().as_bytes())?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
                written = at + c.len_utf8();
            }
        }
        writer.write_all(fragment.get(written..).unwrap_or_default().as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn what_acts_is_escaped_and_reads_as_it_was() {
        for (text, written) in [
            ("plain ü 語 👩\u{200d}🚀 [a] #[b] # #[c]", "plain ü 語 👩\u{200d}🚀 [a] #[b] # #[c]"),
            ("\u{1b}[31m\u{7f}\u{9b}\u{85}", "\\u001b[31m\\u007f\\u009b\\u0085"),
            ("\u{202e}gnp.exe\u{2069}\u{feff}", "\\u202egnp.exe\\u2069\\ufeff"),
            ("a\u{e0041}b", "a\\udb40\\udc41b"),
            ("\u{2028}\u{2029}\r\n\t\"\\", "\\u2028\\u2029\\r\\n\\t\\\"\\\\"),
            ("##[error]x ##vso[task] ###[", "##\\u005berror]x ##vso\\u005btask] ###\\u005b"),
            ("##\n[ ## [ [##]", "##\\n[ ## [ [##]"),
        ] {
            let json = indented(&text);
            assert_eq!(json, format!("\"{written}\"\n"));
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn it_is_indented_as_others_do() {
        let value = serde_json::json!({ "a": [1, { "b": null }], "c": {}, "d": [], "e": "é\"" });
        assert_eq!(indented(&value), serde_json::to_string_pretty(&value).unwrap() + "\n");
    }
}
