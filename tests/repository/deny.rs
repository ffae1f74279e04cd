//! Rules that a check denies, whatever the declared version says.

use super::*;

const OLD: &str = "
@since(version = 1.0.0)
interface i {
    @since(version = 1.0.0)
    f: func();
    @since(version = 1.0.0)
    g: func();
    @unstable(feature = x)
    u: func();
    @unstable(feature = x)
    v: func();
}";

/// `v1.0.0` of a gated package, and `new` in the working tree under `version`.
fn changed(version: &str, new: &str) -> Scratch {
    let scratch = Scratch::repository();
    scratch.write("wit/a.wit", wit("a:p@1.0.0", OLD)).release("v1.0.0");
    scratch.write("wit/a.wit", wit(&format!("a:p@{version}"), new));
    scratch
}

fn denied(report: &Value) -> String {
    let denied = &report["packages"][0]["check"]["denied"];
    if denied.is_null() { String::new() } else { denied.to_string() }
}

/// Every rule about gates that one change to the package shows passes unless it is denied by its name.
#[test]
fn each_rule_can_be_denied() {
    let edit = |from: &str, to: &str| {
        assert!(OLD.contains(from), "{from}");
        OLD.replacen(from, to, 1)
    };
    let g = "    @since(version = 1.0.0)\n    g: func();\n";
    let u = "    @unstable(feature = x)\n    u: func();\n";
    for (version, new, rule, is_finding) in [
        ("1.1.0", edit(g, &format!("{g}    h: func();\n")), "since-omitted", true),
        ("1.1.0", edit(g, &format!("{g}    @since(version = 1.0.0)\n    h: func();\n")), "since-misdated", true),
        ("1.1.0", edit(g, &g.replace("1.0.0", "1.1.0")), "since-changed", true),
        ("1.1.0", edit(g, "    g: func();\n"), "since-removed", true),
        ("2.0.0", edit(g, &g.replace("()", "(x: u8)")), "since-item-changed", true),
        ("2.0.0", edit(g, ""), "deprecation-skipped", true),
        ("1.1.0", edit(u, &u.replace("= x", "= y")), "feature-changed", false),
        ("1.1.0", edit(u, "    @since(version = 1.1.0)\n    u: func();\n"), "item-stabilised", false),
        ("2.0.0", edit(g, "    @unstable(feature = x)\n    g: func();\n"), "item-made-unstable", false),
        ("1.1.0", edit("1.0.0)\n    g", "1.0.0)\n    @deprecated(version = 1.1.0)\n    g"), "item-deprecated", false),
        ("1.1.0", edit(g, &format!("    /// Docs.\n{g}")), "docs-changed", false),
    ] {
        let scratch = changed(version, &new);
        let report = scratch.json(0, &["check"]);
        assert!(report["check"]["deny"].is_null() && denied(&report).is_empty());
        let report = scratch.json(1, &["check", "--deny", rule]);
        let check = &report["packages"][0]["check"];
        assert_eq!(strings(&check["reasons"]), ["rule-denied"], "{rule}");
        assert_eq!(denied(&report), format!("{{\"{rule}\":1}}"));
        assert_eq!((strings(&report["check"]["deny"]), &report["check"]["passed"]), (vec![rule], &Value::Bool(false)));
        // Another rule is another matter.
        scratch
            .tool(&["check", "--deny", "interface-removed, world-removed"])
            .code(0)
            .prints("nothing that is denied was found");
        let gates =
            scratch.json(if is_finding || rule == "item-made-unstable" { 1 } else { 0 }, &["check", "--deny", "gates"]);
        assert_eq!(denied(&gates).contains(rule), is_finding, "{rule}");
    }
}

#[test]
fn what_is_denied_is_told_with_its_places() {
    let new = OLD.replace(
        "    g: func();\n",
        "    g: func();\n    h: func();\n    j: func();\n    @since(version = 1.0.0)\n    k: func();\n",
    );
    let scratch = changed("1.1.0", &new);
    let end = "fails: a:p has what `--deny` names: 1 since-misdated (wit/a.wit:13:5), 2 since-omitted (wit/a.wit:10:5, \
               wit/a.wit:11:5): mend that, or deny it no longer check failed: a:p";
    scratch.tool(&["check", "--deny", "gates"]).code(1).ends(end);
    // One by one, or together.
    for arguments in [
        &["check", "--deny", "since-misdated,since-omitted"][..],
        &["check", "--deny", "since-misdated", "--deny=since-omitted"],
        &["check", "--deny", "gates,since-omitted", "--deny", "since-omitted"],
    ] {
        let report = scratch.json(1, arguments);
        assert_eq!(denied(&report), "{\"since-misdated\":1,\"since-omitted\":2}");
    }
    // Beside the version, not instead of it.
    scratch.write("wit/a.wit", wit("a:p@1.0.1", &new));
    let report = scratch.json(1, &["check", "--deny", "gates", "--allow", "patch"]);
    assert_eq!(
        strings(&report["packages"][0]["check"]["reasons"]),
        ["insufficient-version", "over-allowed", "rule-denied"]
    );
    // What is unstable is no promise.
    let scratch = changed("1.0.1", &OLD.replace("    @unstable(feature = x)\n    u: func();\n", ""));
    scratch.tool(&["check", "--deny", "function-removed"]).code(0);
    scratch.tool(&["check", "--deny", "function-removed", "--features", "x", "--allow", "major"]).code(1);
}

#[test]
fn a_package_that_is_not_judged_is_not_denied() {
    let scratch = changed("1.1.0", "interface i { f: func(x: nothing); }");
    let report = scratch.json(3, &["check", "--deny", "gates"]);
    assert_eq!(verdicts(&report), ["a:p undetermined - 1.0.0>1.1.0 undetermined failed"]);
}

#[test]
fn a_rule_that_there_is_not_is_wrong_usage() {
    let scratch = changed("1.0.0", OLD);
    for (name, meant) in [
        ("since-ommitted", "`since-omitted`"),
        ("gate", "`gates`"),
        ("Gates", "`gates`"),
        ("deprecation-skiped", "`deprecation-skipped`"),
        ("gates,since-chnaged", "`since-changed`"),
    ] {
        let run = scratch.tool(&["check", "--deny", name]).code(2);
        run.says(&format!("there is no such rule; did you mean {meant}?"));
    }
    scratch.tool(&["check", "--deny", ""]).code(2).says("there is no such rule");
    scratch.tool(&["check", "--deny", &"x".repeat(10_000)]).code(2).says("there is no such rule");
    scratch.tool(&["check", "--deny"]).code(2);
    scratch.tool(&["compare", "--deny", "gates", "wit", "wit"]).code(2);
}
