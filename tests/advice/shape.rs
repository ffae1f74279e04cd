//! What advice looks like: the text that people copy.

use crate::law::{advice, judged, read_text};
use wit_diff::advise::{Advice, LONGEST, MOST, Shape, Step};
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

/// What each change of a pair has, where all of them share one.
#[track_caller]
fn shared(old: &str, new: &str) -> Vec<Shape> {
    let made: Vec<Advice> = advise(old, new, Protect::Guests).into_iter().filter_map(|(_, advice)| advice).collect();
    assert!(made.windows(2).all(|pair| pair[0].steps == pair[1].steps), "{made:#?}");
    made.into_iter().map(|advice| advice.shape).collect()
}

#[test]
fn what_would_have_one_name_twice_is_one() {
    let old = "package a:b@1.0.0; interface i { f: func(); } interface k { g: func(); } interface l { h: func(); }
        world w { export i; }";
    let new = old.replace("f: func();", "f: func(); x: func(); y: func();");
    let new = new.replace("export i;", "export i; export k; export l;");
    let worlds = vec![("w".to_string(), "w2".to_string())];
    let interface = Shape::Interface { old: "i".into(), new: "i2".into(), worlds };
    let world = Shape::World { old: "w".into(), new: "w2".into(), includes: true };
    assert_eq!(shared(old, &new), [interface.clone(), interface, world.clone(), world]);
    assert_eq!(
        steps(old, &new, Protect::Guests),
        "add a:b
interface i2 {
    x: func();
    y: func();
}

world w2 {
    include w;
    export i2;
    export k;
    export l;
}
"
    );
}

#[test]
fn types_that_one_function_carries_come_once() {
    let old = "package a:b@1.0.0; interface i { record p { a: u8 } record q { a: u8 } f: func(a: p, b: q); }";
    let new = old.replace("u8", "u16");
    let beside = |name: &str| Shape::Beside { old: name.into(), new: format!("{name}2") };
    assert_eq!(shared(old, &new), [beside("p"), beside("q")]);
    assert_eq!(
        steps(old, &new, Protect::Guests),
        "add a:b/i
record p2 {
    a: u16,
}
record q2 {
    a: u16,
}
f2: func(a: p2, b: q2);
"
    );
}

/// Two thirds of what is allowed each: together they are too long.
#[test]
fn what_is_too_long_as_one_has_names_of_its_own() {
    let fields = |ty: &str| (0..LONGEST * 2 / 3).map(|at| format!("x{at}: {ty},")).collect::<String>();
    let old = "package a:b@1.0.0; interface i { f: func(); } world w { export i; }";
    let types = format!("record p {{ {} }} record q {{ {} }}", fields("u8"), fields("u16"));
    let new = old.replace("f: func();", &format!("f: func(); {types}"));
    let made = advise(old, &new, Protect::Guests);
    let shapes: Vec<Shape> = made.into_iter().filter_map(|(_, advice)| Some(advice?.shape)).collect();
    let shape = |new: &str, world: &str| {
        let worlds = vec![("w".to_string(), world.to_string())];
        Shape::Interface { old: "i".into(), new: new.into(), worlds }
    };
    assert_eq!(shapes, [shape("i2", "w2"), shape("i3", "w3")]);
}
