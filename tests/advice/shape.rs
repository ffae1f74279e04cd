//! What advice looks like: the text that people copy.

use crate::law::{advice, judged, read_text};
use wit_diff::advise::{Advice, MOST, Step};
use wit_diff::verdict::Protect;

/// The advice on each change of a pair that breaks somebody, by path.
fn advise(old: &str, new: &str, protect: Protect) -> Vec<(String, Option<Advice>)> {
    let (old, new) = (read_text(old).unwrap(), read_text(new).unwrap());
    let judgement = judged(&old, &new, protect);
    let package = &judgement.packages[0];
    let advice = advice(&old, &new, package, protect).into_iter();
    let paths = package.comparison.changes.iter().map(|change| change.path.clone());
    paths.zip(advice.map(|advice| advice.as_deref().cloned())).collect()
}

/// The steps of the first advice, as text.
#[track_caller]
fn steps(old: &str, new: &str, protect: Protect) -> String {
    let advice = advise(old, new, protect).into_iter().find_map(|(_, advice)| advice).expect("there is advice");
    let step = |step: &Step| {
        let word = match step {
            Step::Add { .. } => "add",
            Step::Keep { .. } => "keep",
            Step::Restore { .. } => "restore",
        };
        format!("{word} {}\n{}", step.place().path("a:b"), step.wit())
    };
    advice.steps.iter().map(step).collect()
}

#[test]
fn a_type_brings_all_that_carries_it() {
    let old = "package a:b@1.2.0; interface i {
        record inner { a: u32 } record outer { inner: inner } record other { a: u32 }
        resource r { constructor(x: outer); m: func(x: inner) -> other; n: func(); }
        f: func(x: outer); g: func(x: other);
    }";
    let new = old.replace("record inner { a: u32 }", "record inner { a: u64 }");
    assert_eq!(
        steps(old, &new, Protect::Guests),
        "add a:b/i
record inner2 {
    a: u64,
}
record outer2 {
    inner: inner2,
}
f2: func(x: outer2);
add a:b/i#r
create: static func(x: outer2) -> r;
m2: func(x: inner2) -> other;
"
    );
}

#[test]
fn where_additions_break_an_interface_and_a_world_of_their_own() {
    let old = "package a:b@1.2.0; interface i {
        use t.{other}; record inner { a: u32 }
        resource r { constructor(x: inner); m: func(x: inner) -> other; n: func(); }
    }
    interface t { record other { a: u32 } }
    world w { export i; }";
    let new = old.replace("record inner { a: u32 }", "record inner { a: u64 }");
    assert_eq!(
        steps(old, &new, Protect::Guests),
        "add a:b
interface i2 {
    use i.{other, r};
    record inner {
        a: u64,
    }
    create-r: func(x: inner) -> r;
    r-m: func(self: borrow<r>, x: inner) -> other;
}

world w2 {
    include w;
    export i2;
}
"
    );
}

#[test]
fn gates_are_written_where_the_package_has_them() {
    let old = "package a:b@1.2.0; @since(version = 1.0.0) interface i { @since(version = 1.0.0) f: func(); }";
    let new = old.replace("f: func();", "f: func(x: u8);");
    assert_eq!(steps(old, &new, Protect::Guests), "add a:b/i\n@since(version = 1.3.0)\nf2: func(x: u8);\n");
    let gone = old.replace("@since(version = 1.0.0) f: func();", "");
    assert_eq!(
        steps(old, &gone, Protect::Guests),
        "keep a:b/i\n@since(version = 1.0.0)\n@deprecated(version = 1.3.0)\nf: func();\n"
    );
    let pre = |text: &str| text.replace("1.2.0", "1.2.0-rc.2");
    assert_eq!(
        steps(&pre(old), &pre(&new), Protect::Guests),
        "add a:b/i\n@since(version = 1.2.0-rc.3)\nf2: func(x: u8);\n"
    );
}

#[test]
fn without_a_version_nothing_is_marked() {
    let (old, new) = ("package a:b; interface i { f: func(); g: func(); }", "package a:b; interface i { f: func(); }");
    assert_eq!(steps(old, new, Protect::Guests), "restore a:b/i\ng: func();\n");
}

#[test]
fn names_that_are_taken_are_not_given_again() {
    let old = "package a:b@1.0.0; interface i { f: func(); f2: func(); type F3 = u8; %type: func(); }";
    let new = "package a:b@1.0.0; interface i { f: func() -> u8; f2: func(); type F3 = u8; %type: func() -> u8; f4: func(); }";
    let all: Vec<String> = (advise(old, new, Protect::Guests).into_iter())
        .filter_map(|(_, advice)| Some(advice?.steps.iter().map(Step::wit).collect()))
        .collect();
    assert_eq!(all, ["f5: func() -> u8;\n", "type2: func() -> u8;\n"]);
}

#[test]
fn a_new_function_of_a_world_brings_its_types() {
    let old = "package a:b@1.0.0; interface t { record r { a: u8 } } world w { use t.{r}; import f: func(x: r); }";
    let new = "package a:b@1.0.0; interface t { record r { a: u8 } enum e { a } }
        world w { use t.{r, e}; enum mine { a } import f: func(x: r); export g: func(x: r, y: e, z: mine); }";
    assert_eq!(
        steps(old, new, Protect::Guests),
        "add a:b/t
enum e {
    a,
}
add a:b
world w2 {
    include w;
    use t.{e};
    use t.{r as r2};
    enum mine {
        a,
    }
    export g: func(x: r2, y: e, z: mine);
}
"
    );
}

/// A definition that needs another track of a dependency has no place on the old side.
#[test]
fn what_the_old_side_cannot_reach_is_no_advice() {
    let text = |version: &str| {
        format!(
            "package a:b@1.0.0; interface i {{ use d:x/t@{version}.{{r}}; f: func(x: r); }}
            package d:x@{version} {{ interface t {{ record r {{ a: u32 }} }} }}"
        )
    };
    let new = text("2.0.0").replace("f: func(x: r)", "f: func(x: r, y: u8)");
    for (path, advice) in advise(&text("1.0.0"), &new, Protect::Guests) {
        assert_eq!(advice, None, "{path}");
    }
    let same = text("1.0.0").replace("f: func(x: r)", "f: func(x: r, y: u8)");
    assert_eq!(steps(&text("1.0.0"), &same, Protect::Guests), "add a:b/i\nf2: func(x: r, y: u8);\n");
}

#[test]
fn there_is_a_limit() {
    let text = |ty: &str| {
        let functions: String = (0..MOST + 50).map(|at| format!("fn{at}: func(x: {ty});")).collect();
        format!("package a:b@1.0.0; interface i {{ {functions} }}")
    };
    let advice = advise(&text("u8"), &text("u16"), Protect::Guests);
    assert_eq!(advice.len(), MOST + 50);
    assert_eq!(advice.iter().filter(|(_, advice)| advice.is_some()).count(), MOST);
}
