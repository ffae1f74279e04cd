//! Names and numbers beyond what they may be.

use super::{BODY, HEADER, Scratch};

#[test]
fn names_that_differ_in_case_alone() {
    let scratch = Scratch::new();
    scratch.write("functions.wit", format!("{HEADER}interface i {{\n  a-b: func();\n  A-b: func();\n}}\n"));
    scratch.refuses(
        "functions.wit",
        "
error: new revision `functions.wit`: name `A-b` conflicts with previous name
       `a-b`
 --> functions.wit:4:3
  |
4 |   A-b: func();
  |   ^
  |
  = help: names that differ in case alone count as one: rename one of the
          two
",
    );
    scratch.write("fields.wit", format!("{HEADER}interface i {{\n  record r {{ a: u8, A: u8 }}\n}}\n"));
    scratch.refuses(
        "fields.wit",
        "
error: new revision `fields.wit`: field `A` conflicts with previous field `a`
 --> fields.wit:3:21
  |
3 |   record r { a: u8, A: u8 }
  |                     ^
  |
  = help: names that differ in case alone count as one: rename one of the
          two
",
    );
    scratch.write("interfaces.wit", format!("{HEADER}{BODY}interface I {{ }}\n"));
    // The parser takes these for two, and so does everybody who finds them by name.
    scratch.accepts("interfaces.wit", "minor for guests: a:b 1.0.0");
}

#[test]
fn numbers_beyond_all_bounds() {
    let scratch = Scratch::new();
    let list = |length: &str| format!("{HEADER}interface i {{\n  f: func();\n  type t = list<u8, {length}>;\n}}\n");
    scratch.write("most.wit", list("4294967295"));
    scratch.accepts("most.wit", "minor for guests: a:b 1.0.0");
    scratch.write("none.wit", list("0"));
    scratch.accepts("none.wit", "minor for guests: a:b 1.0.0");
    scratch.write("more.wit", list("4294967296"));
    scratch.refuses(
        "more.wit",
        "
error: new revision `more.wit`: invalid list size: number too large to fit in
       target type
 --> more.wit:4:21
  |
4 |   type t = list<u8, 4294967296>;
  |                     ^
  |
  = help: a list of fixed length has at most 4294967295 elements
",
    );
    // As a size, the product of these would be long past 64 bits.
    let nested = format!("{}u64{}", "list<".repeat(9), ", 4294967295>".repeat(9));
    scratch.write("nested.wit", format!("{HEADER}interface i {{\n  f: func();\n  type t = {nested};\n}}\n"));
    scratch.accepts("nested.wit", "minor for guests: a:b 1.0.0");

    let version = |version: &str| format!("package a:b@{version};\n{BODY}");
    scratch.write("major.wit", version("18446744073709551615.0.0"));
    scratch.accepts("major.wit", "none for guests: a:b 1.0.0 → 18446744073709551615.0.0 (unchanged)");
    // There is no version after it.
    scratch.write("last.wit", version("18446744073709551615.0.0").replace("()", "() -> u8"));
    scratch.compare(&["major.wit", "last.wit"]).succeeds("major for guests: a:b 18446744073709551615.0.0");
    scratch.write("beyond.wit", version("18446744073709551616.0.0"));
    scratch.refuses(
        "beyond.wit",
        "
error: new revision `beyond.wit`: value of major version number exceeds u64::MAX
 --> beyond.wit:1:13
  |
1 | package a:b@18446744073709551616.0.0;
  |             ^
  |
  = help: the numbers of a version go up to 18446744073709551615
",
    );
    scratch.write("zero.wit", version("01.0.0"));
    scratch.refuses(
        "zero.wit",
        "
error: new revision `zero.wit`: invalid leading zero in major version number
 --> zero.wit:1:13
  |
1 | package a:b@01.0.0;
  |             ^
",
    );
    let pre = "a.".repeat(500) + "b";
    scratch.write("pre.wit", version(&format!("1.0.0-{pre}")));
    let run = scratch.compare(&["old.wit", "pre.wit"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.contains("went backwards"), "{}", run.stdout);
}
