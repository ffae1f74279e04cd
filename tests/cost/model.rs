//! The constants of the cost model are those that the measured calls give, within the errors that it states.

use serde_json::Value;
use wit_diff::cost::{Crossing, Load, LoadOf, Model};

fn measured() -> Value {
    serde_json::from_str(include_str!("../../benches/boundary/measured.json")).unwrap()
}

fn load(load: &Value) -> Load {
    let part = |name: &str| load[name].as_f64().unwrap_or_else(|| panic!("no {name} in {load}"));
    Load {
        values: part("values"),
        plain: part("plain"),
        bytes: part("bytes"),
        text: part("text"),
        texts: part("texts"),
        records: part("records"),
        allocations: part("allocations"),
        choices: part("choices"),
        moved: part("moved"),
        lent: part("lent"),
    }
}

fn estimate(crossing: &Crossing, row: &Value) -> f64 {
    let load = LoadOf { parameters: load(&row["load"]["parameters"]), result: load(&row["load"]["result"]) };
    crossing.nanoseconds(&load, row["is_async"].as_bool().unwrap())
}

fn crossings(model: &Model) -> [(&'static str, Crossing); 3] {
    [
        ("host-to-guest", model.host_to_guest),
        ("guest-to-host", model.guest_to_host),
        ("guest-to-guest", model.guest_to_guest),
    ]
}

#[test]
fn estimates_are_off_by_no_more_than_is_stated() {
    let measured = measured();
    for (boundary, crossing) in crossings(&Model::fitted()) {
        let rows = measured["shapes"].as_array().unwrap().iter().filter(|row| row["is_dearest"] == true);
        let mut errors: Vec<f64> = rows
            .map(|row| {
                let quiet = row["nanoseconds"][boundary]["quartiles"][0].as_f64().unwrap();
                (estimate(&crossing, row) / quiet - 1.0).abs()
            })
            .collect();
        assert!(errors.len() > 100, "{boundary}: {} calls are too few", errors.len());
        errors.sort_by(f64::total_cmp);
        let (median, ninetieth) = (errors[errors.len() / 2], errors[errors.len() * 9 / 10]);
        assert!(median <= crossing.median_error, "{boundary}: {median} is above {}", crossing.median_error);
        assert!(ninetieth <= crossing.ninetieth_error, "{boundary}: {ninetieth} is above {}", crossing.ninetieth_error);
        // What is worse than this ranks nothing.
        assert!(crossing.median_error < 0.15 && crossing.ninetieth_error < 0.6, "{boundary}: {crossing:?}");
    }
}

#[test]
fn the_model_names_where_it_was_measured() {
    let (model, measured) = (Model::fitted(), measured());
    assert_eq!(model.wasmtime, measured["machine"]["wasmtime"]);
    assert_eq!(model.processor, measured["machine"]["processor"]);
}

#[test]
fn nothing_makes_a_call_cheaper() {
    for (boundary, crossing) in crossings(&Model::fitted()) {
        let nothing = crossing.nanoseconds(&LoadOf::default(), false);
        assert!(nothing > 0.0, "{boundary} takes no time");
        assert!(crossing.nanoseconds(&LoadOf::default(), true) > nothing, "{boundary}: async is dearer");
        for row in measured()["shapes"].as_array().unwrap() {
            assert!(
                estimate(&crossing, row) >= nothing,
                "{boundary}: {} is below a call without anything",
                row["name"]
            );
        }
    }
}
