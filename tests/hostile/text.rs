//! Characters that a text should not have, and some that it may have.

use super::{BODY, HEADER, Scratch};

#[test]
fn invalid_utf8() {
    let scratch = Scratch::new();
    scratch.write("latin.wit", b"package a:b@1.0.0;\ninterface i {\n  /// caf\xe9\n  f: func();\n}\n");
    scratch.refuses(
        "latin.wit",
        "
error: new revision `latin.wit`: the file is not valid UTF-8 from here on
 --> latin.wit:3:10
  |
3 |   /// caf
  |          ^
  |
  = help: WIT is UTF-8 text: save the file in that encoding
",
    );
    scratch.write("dir/main.wit", HEADER).write("dir/deps/d.wit", b"package c:d;\n// \xc3\x28\n");
    scratch.refuses(
        "dir",
        "
error: new revision `dir`: the file is not valid UTF-8 from here on
 --> deps/d.wit:2:4
  |
2 | // 
  |    ^
  |
  = help: WIT is UTF-8 text: save the file in that encoding
",
    );
    // An overlong slash, half a surrogate pair, and a sequence that ends with the file.
    for (name, bytes) in [("overlong", b"\xc0\xaf".as_slice()), ("surrogate", b"\xed\xa0\x80"), ("cut", b"\xe2\x80")] {
        let file = format!("{name}.wit");
        scratch.write(&file, [HEADER.as_bytes(), b"//", bytes].concat());
        let error = "
error: new revision `FILE`: the file is not valid UTF-8 from here on
 --> FILE:2:3
  |
2 | //
  |   ^
  |
  = help: WIT is UTF-8 text: save the file in that encoding
";
        scratch.refuses(&file, &error.replace("FILE", &file));
    }
}

#[test]
fn byte_order_marks() {
    let scratch = Scratch::new();
    scratch.write("bom.wit", format!("\u{feff}{HEADER}{BODY}"));
    scratch.accepts("bom.wit", "none for guests: a:b 1.0.0 (unchanged)");
    // It counts for no column, and does not move the mark under the line.
    scratch.write("wrong.wit", "\u{feff}package a:b@1.0.0; interface i { f: fun(); }\n");
    scratch.refuses(
        "wrong.wit",
        "
error: new revision `wrong.wit`: expected keyword `func`, found an identifier
 --> wrong.wit:1:37
  |
1 | package a:b@1.0.0; interface i { f: fun(); }
  |                                     ^
",
    );
    scratch.write("two.wit", format!("\u{feff}\u{feff}{HEADER}{BODY}"));
    scratch.refuses(
        "two.wit",
        r"
error: new revision `two.wit`: unexpected character '\u{feff}'
 --> two.wit:1:1
  |
1 | \u{feff}package a:b@1.0.0;
  | ^^^^^^^^
  |
  = help: a byte-order mark only stands at the very beginning of a file:
          delete it
",
    );
    scratch.write("inside.wit", format!("{HEADER}\u{feff}{BODY}"));
    scratch.refuses(
        "inside.wit",
        r"
error: new revision `inside.wit`: unexpected character '\u{feff}'
 --> inside.wit:2:1
  |
2 | \u{feff}interface i {
  | ^^^^^^^^
  |
  = help: a byte-order mark only stands at the very beginning of a file:
          delete it
",
    );
    // Each file of a directory may begin with one.
    scratch.write("dir/a.wit", format!("\u{feff}{HEADER}")).write("dir/b.wit", format!("\u{feff}{BODY}"));
    scratch.accepts("dir", "none for guests: a:b 1.0.0 (unchanged)");
    let utf16: Vec<u8> = format!("\u{feff}{HEADER}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    scratch.write("utf16.wit", utf16);
    scratch.refuses(
        "utf16.wit",
        "
error: new revision `utf16.wit`: the file is not valid UTF-8 from here on
 --> utf16.wit:1:1
  |
1 |
  | ^
  |
  = help: WIT is UTF-8 text: save the file in that encoding
",
    );
}

#[test]
fn line_ends() {
    let scratch = Scratch::new();
    let text = format!("{HEADER}{BODY}");
    scratch.write("crlf.wit", text.replace('\n', "\r\n"));
    scratch.accepts("crlf.wit", "none for guests: a:b 1.0.0 (unchanged)");
    scratch.write("mixed.wit", text.replacen('\n', "\r\n", 2));
    scratch.accepts("mixed.wit", "none for guests: a:b 1.0.0 (unchanged)");
    scratch.write("wrong.wit", text.replace('\n', "\r\n").replace("func", "fun"));
    scratch.refuses(
        "wrong.wit",
        "
error: new revision `wrong.wit`: expected keyword `func`, found an identifier
 --> wrong.wit:3:6
  |
3 |   f: fun();
  |      ^
",
    );
    scratch.write("cr.wit", text.replace('\n', "\r"));
    scratch.refuses(
        "cr.wit",
        r"
error: new revision `cr.wit`: unexpected character '\r'
 --> cr.wit:1:19
  |
1 | package a:b@1.0.0;\u{d}interface i {\u{d}  f: func();\u{d}}
  |                   ^^^^^
  |
  = help: lines end with a line feed, alone or after a carriage return
",
    );
    // To an editor a line, to the parser the rest of the comment.
    scratch.write("hidden.wit", format!("{HEADER}// x\rinterface i {{ }}\n"));
    scratch.refuses(
        "hidden.wit",
        r"
error: new revision `hidden.wit`: unexpected character '\r'
 --> hidden.wit:2:5
  |
2 | // x\u{d}interface i { }
  |     ^^^^^
  |
  = help: lines end with a line feed, alone or after a carriage return
",
    );
    scratch.write("unicode.wit", format!("{HEADER}// x\u{2028}interface j {{ }}\n{BODY}"));
    scratch.accepts("unicode.wit", "none for guests: a:b 1.0.0 (unchanged)");
}

#[test]
fn bidirectional_controls() {
    let scratch = Scratch::new();
    let with = |comment: &str| format!("{HEADER}interface i {{\n  {comment} a \u{202e}b\n  f: func();\n}}\n");
    scratch.write("docs.wit", with("///")).write("comment.wit", with("//"));
    scratch.refuses(
        "docs.wit",
        r"
error: new revision `docs.wit`: Input contains bidirectional override codepoint
       '\u{202e}'
 --> docs.wit:3:9
  |
3 |   /// a \u{202e}b
  |         ^^^^^^^^
  |
  = help: delete the character: it makes a text look other than it reads
",
    );
    scratch.refuses(
        "comment.wit",
        r"
error: new revision `comment.wit`: Input contains bidirectional override
       codepoint '\u{202e}'
 --> comment.wit:3:8
  |
3 |   // a \u{202e}b
  |        ^^^^^^^^
  |
  = help: delete the character: it makes a text look other than it reads
",
    );
    for c in "\u{202a}\u{202b}\u{202c}\u{202d}\u{2066}\u{2067}\u{2068}\u{2069}".chars() {
        scratch.write("a.wit", format!("{HEADER}/* {c} */\n"));
        scratch.refuses(
            "a.wit",
            &"
error: new revision `a.wit`: Input contains bidirectional override codepoint
       'CODE'
 --> a.wit:2:4
  |
2 | /* CODE */
  |    ^^^^^^^^
  |
  = help: delete the character: it makes a text look other than it reads
"
            .replace("CODE", &c.escape_unicode().to_string()),
        );
    }
    // Marks that turn nothing round are letters like others; the report spells them out.
    scratch.write("mark.wit", format!("{HEADER}interface i {{\n  g: func(); // \u{200f}\u{61c}\n}}\n"));
    let run = scratch.compare(&["old.wit", "mark.wit"]);
    assert!(run.stdout.contains("g: func(); // \\u{200f}\\u{61c}\n"), "{run:#?}");
}

#[test]
fn nul_bytes_and_other_controls() {
    let scratch = Scratch::new();
    scratch.write("name.wit", format!("{HEADER}interface i {{\n  f\0: func();\n}}\n"));
    scratch.refuses(
        "name.wit",
        r"
error: new revision `name.wit`: Control code '\u{0}'
 --> name.wit:3:4
  |
3 |   f\u{0}: func();
  |    ^^^^^
  |
  = help: delete the character: tabs and line ends are the only control
          characters in WIT
",
    );
    scratch.write("docs.wit", format!("{HEADER}/// \0\ninterface i {{ }}\n"));
    scratch.refuses(
        "docs.wit",
        r"
error: new revision `docs.wit`: Control code '\u{0}'
 --> docs.wit:2:5
  |
2 | /// \u{0}
  |     ^^^^^
  |
  = help: delete the character: tabs and line ends are the only control
          characters in WIT
",
    );
    scratch.write("comment.wit", format!("{HEADER}// \u{1b}[2J\n{BODY}"));
    scratch.refuses(
        "comment.wit",
        r"
error: new revision `comment.wit`: Control code '\u{1b}'
 --> comment.wit:2:4
  |
2 | // \u{1b}[2J
  |    ^^^^^^
  |
  = help: delete the character: tabs and line ends are the only control
          characters in WIT
",
    );
    scratch.write("end.wit", format!("{HEADER}{BODY}\0"));
    scratch.refuses(
        "end.wit",
        r"
error: new revision `end.wit`: Control code '\u{0}'
 --> end.wit:5:1
  |
5 | \u{0}
  | ^^^^^
  |
  = help: delete the character: tabs and line ends are the only control
          characters in WIT
",
    );
    scratch.write("nothing-else.wit", "\0".repeat(100));
    scratch.refuses(
        "nothing-else.wit",
        r"
error: new revision `nothing-else.wit`: Control code '\u{0}'
 --> nothing-else.wit:1:1
  |
1 | \u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{...
  | ^^^^^
  |
  = help: delete the character: tabs and line ends are the only control
          characters in WIT
",
    );
    scratch.write("deprecated.wit", format!("{HEADER}// \u{149}\n"));
    scratch.refuses(
        "deprecated.wit",
        r"
error: new revision `deprecated.wit`: Codepoint '\u{149}' is discouraged by
       Unicode
 --> deprecated.wit:2:4
  |
2 | // ŉ
  |    ^
  |
  = help: write another character for it
",
    );
}

#[test]
fn comments_without_an_end() {
    let scratch = Scratch::new();
    scratch.write("open.wit", format!("{HEADER}{BODY}/* for ever\n"));
    scratch.refuses(
        "open.wit",
        "
error: new revision `open.wit`: unterminated block comment
 --> open.wit:5:1
  |
5 | /* for ever
  | ^
  |
  = help: comments nest: every `/*` needs a `*/` of its own
",
    );
    scratch.write("nested.wit", format!("{HEADER}/* /* */\n{BODY}"));
    scratch.refuses(
        "nested.wit",
        "
error: new revision `nested.wit`: unterminated block comment
 --> nested.wit:2:1
  |
2 | /* /* */
  | ^
  |
  = help: comments nest: every `/*` needs a `*/` of its own
",
    );
    // A quotation mark in a string ends no string: what looks like a comment behind it is one.
    let quoted = BODY.replace("  f:", "  @external-id(\"\\\"\")\n  f:").replace("f: func();", "f: func(); /**/");
    scratch.write("quoted.wit", format!("{HEADER}{quoted}"));
    scratch.accepts("quoted.wit", "minor for guests: a:b 1.0.0");
    scratch.write("docs.wit", format!("{HEADER}/**/{BODY}/***/"));
    scratch.accepts("docs.wit", "none for guests: a:b 1.0.0 (unchanged)");
}

#[test]
fn no_package_at_all() {
    let scratch = Scratch::new();
    for (name, text) in [("empty", ""), ("blank", " \r\n\t\n"), ("comment", "// nothing\n"), ("mark", "\u{feff}")] {
        let file = format!("{name}.wit");
        scratch.write(&file, text);
        let run = scratch.compare(&["old.wit", &file]);
        assert_eq!(run.code, Some(3), "{run:#?}");
        let words = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        let error = "no `package` header was found in any WIT file for this package";
        let help = "begin one file of the package with `package namespace:name;`";
        assert_eq!(words, format!("error: new revision `{file}`: {error} | = help: {help}"));
    }
}
