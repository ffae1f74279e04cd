//! What worlds of WASI gained and lost over its releases.

use super::*;

/// Nothing but functions came to the worlds within 0.2.
#[test]
fn no_world_gained_an_interface_within_its_track() {
    for package in ["cli", "http"] {
        let (old, new) = (format!("v0.2.0:preview2/{package}"), format!("v0.2.8:wasip2/{package}"));
        let report = json(wasi(), 0, &["compare", &old, &new]);
        for world in report["packages"][0]["worlds"].as_array().unwrap() {
            let changes = &world["capabilities"];
            assert!(
                world["status"] == "added" || changes["gained"].is_null() && changes["lost"].is_null(),
                "{world:#}"
            );
        }
    }
}

#[test]
fn the_next_track_puts_other_interfaces_in_the_place_of_some() {
    let report = json(wasi(), 0, &["compare", "v0.2.0:preview2/cli", "v0.3.0:proposals/cli/wit"]);
    let command = &world(&report, "command")["capabilities"];
    assert_eq!(names(&command["gained"]), ["wasi:clocks/system-clock", "wasi:sockets/types"]);
    assert_eq!(command["gained"][1]["gives"], "network");
    let includes = run_strings(&command["gained"][1]["way"]["includes"]);
    assert_eq!(includes, ["wasi:cli/imports", "wasi:sockets/imports"]);
    let lost = names(&command["lost"]);
    assert!(lost.contains(&"wasi:sockets/tcp") && lost.contains(&"wasi:io/poll"), "{lost:?}");
    // It reached the network before, and does now.
    assert!(command["reaches"].is_null() && command["leaves"].is_null(), "{command:#}");
    // What is there under the same name is the same on both tracks.
    assert!(!lost.contains(&"wasi:random/random") && !names(&command["gained"]).contains(&"wasi:random/random"));
}

#[test]
fn a_proxy_may_send_requests_and_nothing_else() {
    let arguments = ["capabilities", "v0.2.12:proposals/http/wit", "--world", "wasi:http/proxy"];
    let report = json(wasi(), 0, &arguments);
    let proxy = &report["worlds"][0]["capabilities"];
    let given = |power: &str| {
        let all = proxy.as_array().unwrap().iter().filter(|capability| capability["gives"] == power);
        all.map(|capability| capability["name"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(given("http"), ["wasi:http/outgoing-handler"]);
    assert!(given("network").is_empty() && given("files").is_empty() && given("environment").is_empty());
    assert_eq!(given("randomness"), ["wasi:random/random"]);
    // Its interface of errors comes by what uses its types, and no statement names it.
    let poll = proxy.as_array().unwrap().iter().find(|capability| capability["name"] == "wasi:io/poll").unwrap();
    assert!(!poll["way"]["uses"].as_array().unwrap().is_empty(), "{poll:#}");
    assert_eq!(
        names(&json(wasi(), 0, &["capabilities", "v0.2.12:proposals/io/wit"])["worlds"][0]["capabilities"]),
        ["wasi:io/error", "wasi:io/poll", "wasi:io/streams"]
    );
}

fn run_strings(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}
