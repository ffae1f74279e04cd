//! A cost model, fitted to what was measured: nanoseconds as a sum of what is done, each part at a price of its own.

use std::fmt::Write as _;

use ndarray::{Array1, Array2};

use crate::boundary::Boundary;
use crate::load::Load;
use crate::measure::{Measured, Row};

/// Prices in nanoseconds, and how far off they are.
pub struct Fitted {
    prices: Vec<f64>,
    pub median_error: f64,
    pub ninetieth_error: f64,
    /// The estimates that are off most: the shape, measured, estimated.
    pub worst: Vec<(String, f64, f64)>,
}

/// What every call has, before the parts of its load.
const COMMON: [&str; 3] = ["base", "asynchronous", "handles"];

/// An error below this weighs no more: what the machine's unrest alone may make.
const UNREST: f64 = 0.05;

/// Fits prices to all shapes whose load is that of the value that was passed.
pub fn fit(measured: &Measured, over: Boundary) -> Fitted {
    let rows: Vec<&Row> = measured.shapes.iter().filter(|row| row.is_dearest).collect();
    let parts: Vec<Vec<f64>> = rows.iter().map(|row| parts(row)).collect();
    let times: Vec<f64> = rows.iter().map(|row| row.nanoseconds[&over].quiet()).collect();
    let mut errors = Vec::new();
    let mut estimates = Vec::new();
    for (out, row) in rows.iter().enumerate() {
        let without = |place: &usize| *place != out;
        let kept: Vec<&[f64]> = (0..rows.len()).filter(without).map(|place| parts[place].as_slice()).collect();
        let known: Vec<f64> = (0..rows.len()).filter(without).map(|place| times[place]).collect();
        let estimate = estimate(&prices(&kept, &known), &parts[out]);
        errors.push((estimate / times[out] - 1.0).abs());
        estimates.push((row.name.clone(), times[out], estimate));
    }
    let all: Vec<&[f64]> = parts.iter().map(Vec::as_slice).collect();
    let mut prices: Vec<f64> = prices(&all, &times).into_iter().map(short).collect();
    let names = Load::default().parts().map(|(name, _)| name);
    let moved = COMMON.len() + names.iter().position(|name| *name == "moved").expect("a load counts what is moved");
    prices[moved + names.len()] = prices[moved];
    estimates.sort_by(|one, other| (other.2 / other.1 - 1.0).abs().total_cmp(&(one.2 / one.1 - 1.0).abs()));
    estimates.truncate(8);
    errors.sort_by(f64::total_cmp);
    let at = |part: f64| (errors[((errors.len() - 1) as f64 * part).round() as usize] * 100.0).ceil() / 100.0;
    Fitted { prices, median_error: at(0.5), ninetieth_error: at(0.9), worst: estimates }
}

/// What a call is made of, in the order of prices. A handle that is moved counts with the parameters whichever way it
/// goes: all shapes move as many back as they got, and the two cannot be told apart.
fn parts(row: &Row) -> Vec<f64> {
    let (mut parameters, mut result) = (row.load.parameters, row.load.result);
    let handles = [parameters, result].iter().any(|load| load.moved + load.lent > 0.0);
    parameters.moved += std::mem::take(&mut result.moved);
    let mut parts = vec![1.0, f64::from(u8::from(row.is_async)), f64::from(u8::from(handles))];
    parts.extend(parameters.parts().iter().chain(&result.parts()).map(|(_, count)| count));
    parts
}

/// The prices, none below zero, at which the sum of relative errors is least. Least squares are made into least sums by
/// weighing each call by how far off it was before.
fn prices(parts: &[&[f64]], times: &[f64]) -> Vec<f64> {
    let columns = parts[0].len();
    let relative = |row: usize, column: usize| parts[row][column] / times[row];
    // Columns of one size keep the solver exact.
    let sizes: Vec<f64> = (0..columns)
        .map(|column| (0..times.len()).map(|row| relative(row, column)).fold(0.0, f64::max))
        .map(|size| if size > 0.0 { size } else { 1.0 })
        .collect();
    let mut weights = vec![1.0_f64; times.len()];
    let mut prices = vec![0.0; columns];
    for _ in 0..40 {
        let matrix = Array2::from_shape_fn((times.len(), columns), |(row, column)| {
            relative(row, column) / sizes[column] * weights[row].sqrt()
        });
        let target = Array1::from_iter(weights.iter().map(|weight| weight.sqrt()));
        let (solution, _) = nnls::nnls(matrix.view(), target.view());
        prices = solution.iter().zip(&sizes).map(|(price, size)| price / size).collect();
        for (row, weight) in weights.iter_mut().enumerate() {
            *weight = 1.0 / (estimate(&prices, parts[row]) / times[row] - 1.0).abs().max(UNREST);
        }
    }
    prices
}

fn estimate(prices: &[f64], parts: &[f64]) -> f64 {
    prices.iter().zip(parts).map(|(price, count)| price * count).sum()
}

/// Three digits are more than the errors bear out.
fn short(price: f64) -> f64 {
    format!("{price:.2e}").parse().expect("a number is a number")
}

/// The model as a source file of `wit-diff`.
pub fn source(measured: &Measured, fitted: &[(Boundary, Fitted)]) -> String {
    let mut source = String::from(
        "// Written by `cargo run --release -- fit` in benches/boundary: do not edit.\n\n\
         use super::load::Load;\nuse super::model::{Crossing, Model};\n\n\
         pub(super) const FITTED: Model = Model {\n",
    );
    let machine = &measured.machine;
    let _ = writeln!(source, "    wasmtime: {:?},\n    processor: {:?},", machine.wasmtime, machine.processor);
    let names: Vec<&str> = Load::default().parts().iter().map(|(name, _)| *name).collect();
    for (boundary, fitted) in fitted {
        let name = match boundary {
            Boundary::HostToGuest => "host_to_guest",
            Boundary::GuestToHost => "guest_to_host",
            Boundary::GuestToGuest => "guest_to_guest",
        };
        let _ = writeln!(source, "    {name}: Crossing {{");
        let (common, loads) = fitted.prices.split_at(COMMON.len());
        for (name, price) in COMMON.iter().zip(common) {
            let _ = writeln!(source, "        {name}: {price:?},");
        }
        for (name, load) in ["parameters", "result"].iter().zip(loads.chunks(names.len())) {
            let _ = writeln!(source, "        {name}: Load {{");
            for (name, price) in names.iter().zip(load) {
                let _ = writeln!(source, "            {name}: {price:?},");
            }
            let _ = writeln!(source, "        }},");
        }
        let _ = writeln!(source, "        median_error: {:?},", fitted.median_error);
        let _ = writeln!(source, "        ninetieth_error: {:?},\n    }},", fitted.ninetieth_error);
    }
    source.push_str("};\n");
    source
}

/// How far off the estimates are.
pub fn told(boundary: Boundary, fitted: &Fitted) -> String {
    let mut told = format!(
        "{boundary:?}: half of the estimates are off by at most {:.0} %, nine of ten by {:.0} %\n",
        fitted.median_error * 100.0,
        fitted.ninetieth_error * 100.0
    );
    for (name, measured, estimate) in &fitted.worst {
        let _ = writeln!(told, "    {name}: {measured:.0} ns measured, {estimate:.0} ns estimated");
    }
    told
}
