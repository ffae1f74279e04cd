//! Large inputs: within the limit they are read, over it they are refused by their size alone.

use super::{BODY, HEADER, Scratch};

#[test]
fn a_comment_of_64_mib() {
    const LIMIT: usize = 64 << 20;
    let scratch = Scratch::new();
    let start = format!("{HEADER}{BODY}//");
    let file = |size: usize| {
        let mut text = start.clone().into_bytes();
        text.resize(size - 1, b'x');
        text.push(b'\n');
        text
    };
    scratch.write("under.wit", file(LIMIT));
    scratch.accepts("under.wit", "none for guests: a:b 1.0.0 (unchanged)");
    scratch.write("over.wit", file(LIMIT + 1));
    scratch.refuses(
        "over.wit",
        "
error: new revision `over.wit`: `over.wit` is 67108865 bytes, over the limit of
       67108864 bytes
 |
 = help: `--max-file-size` raises the limit
",
    );
    scratch.write("dir/main.wit", HEADER).write("dir/deps/d/over.wit", file(LIMIT + 1));
    scratch.refuses(
        "dir",
        "
error: new revision `dir`: `dir/deps/d/over.wit` is 67108865 bytes, over the
       limit of 67108864 bytes
 |
 = help: `--max-file-size` raises the limit
",
    );
    scratch
        .compare(&["old.wit", "over.wit", "--max-file-size", "65M"])
        .succeeds("none for guests: a:b 1.0.0 (unchanged)");
}

#[test]
fn limits_of_other_sizes() {
    let scratch = Scratch::new();
    let limited = |input: &str, limit: &str| scratch.compare(&["old.wit", input, "--max-file-size", limit]);
    scratch.write("same.wit", format!("{HEADER}{BODY}"));
    let size = HEADER.len() + BODY.len();
    limited("same.wit", &size.to_string()).succeeds("none for guests: a:b 1.0.0 (unchanged)");
    limited("same.wit", &(size - 1).to_string()).fails(
        3,
        "
error: old revision `old.wit`: `old.wit` is 48 bytes, over the limit of 47 bytes
 |
 = help: `--max-file-size` raises the limit
error: new revision `same.wit`: `same.wit` is 48 bytes, over the limit of 47
       bytes
 |
 = help: `--max-file-size` raises the limit
",
    );
    limited("same.wit", "0").fails(
        3,
        "
error: old revision `old.wit`: `old.wit` is 48 bytes, over the limit of 0 bytes
 |
 = help: `--max-file-size` raises the limit
error: new revision `same.wit`: `same.wit` is 48 bytes, over the limit of 0
       bytes
 |
 = help: `--max-file-size` raises the limit
",
    );
    // As many bytes as there are may still be endless.
    let run = scratch.compare_with_input(&["old.wit", "-", "--max-file-size", "100"], &[b' '; 1000]);
    run.fails(
        3,
        "
error: new revision `-`: `<stdin>` is larger than the limit of 100 bytes
 |
 = help: `--max-file-size` raises the limit
",
    );
    limited("same.wit", "18446744073709551615").succeeds("none for guests: a:b 1.0.0 (unchanged)");
}

#[test]
fn a_long_name() {
    let scratch = Scratch::new();
    let name = "x".repeat(1 << 20);
    scratch.write("long.wit", format!("{HEADER}interface i {{\n  f: func();\n  {name}: func();\n}}\n"));
    scratch.accepts("long.wit", "minor for guests: a:b 1.0.0");
    scratch.write("wrong.wit", format!("{HEADER}interface i {{\n  {name}: fun();\n}}\n"));
    scratch.refuses(
        "wrong.wit",
        "
error: new revision `wrong.wit`: expected keyword `func`, found an identifier
 --> wrong.wit:3:1048581
  |
3 | ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: fun();
  |                                      ^
",
    );
}

#[test]
fn many_of_everything() {
    let scratch = Scratch::new();
    let many = |count: usize, of: &dyn Fn(usize) -> String| (0..count).map(of).collect::<String>();
    let packages = many(300, &|n| format!("package a:p{n} {{ interface i {{ }} }}\n"));
    let interfaces = many(5_000, &|n| format!("interface n{n} {{ }}\n"));
    let worlds = many(300, &|n| match n {
        0 => "world w0 { import i; }\n".to_owned(),
        n => format!("world w{n} {{ include w{}; include w{}; }}\n", n - 1, n / 2),
    });
    let parameters = many(500, &|n| format!("p{n}: u8, "));
    let gates = many(2_000, &|n| format!("  @unstable(feature = gate{n})\n  g{n}: func();\n"));
    scratch.write("packages.wit", format!("{HEADER}{BODY}{packages}"));
    scratch.write("interfaces.wit", format!("{HEADER}{BODY}{interfaces}"));
    scratch.write("worlds.wit", format!("{HEADER}{BODY}{worlds}"));
    scratch.write("parameters.wit", format!("{HEADER}interface i {{\n  f: func({parameters});\n}}\n"));
    scratch.write("gates.wit", format!("{HEADER}interface i {{\n  f: func();\n{gates}}}\n"));
    let run = scratch.compare(&["old.wit", "packages.wit"]);
    run.succeeds("minor for guests: a:p0 (added)");
    assert!(run.stdout.contains("\n1 unchanged: a:b\n"), "{run:#?}");
    assert_eq!(run.stdout.matches("added\n").count(), 300, "{run:#?}");
    scratch.accepts("interfaces.wit", "minor for guests: a:b 1.0.0");
    scratch.accepts("worlds.wit", "minor for guests: a:b 1.0.0");
    scratch.accepts("parameters.wit", "major for guests: a:b 1.0.0");
    scratch.accepts("gates.wit", "patch for guests: a:b 1.0.0");
}
