mod boundary;
mod guest;
mod handles;
mod layout;
mod shape;
mod shapes;
mod value;

use boundary::{ALL, Crossing, engine};

fn main() -> wasmtime::Result<()> {
    let mut definitions = shapes::definitions();
    let mut plain = shapes::plain();
    let asynchronous = shapes::asynchronous();
    let resolve_async = guest::resolve(&definitions, &asynchronous);
    definitions.push(handles::DEFINITION.to_string());
    plain.extend(handles::handles());
    let resolve = guest::resolve(&definitions, &plain);
    let engine = engine(true)?;
    for (resolve, shapes) in [(&resolve, &plain), (&resolve_async, &asynchronous)] {
        for boundary in ALL {
            let mut crossing = Crossing::new(&engine, boundary, resolve, shapes, false)?;
            for place in 0..shapes.len() {
                crossing.verify(place)?;
            }
            for place in 0..shapes.len() {
                if shapes[place].is_timed {
                    let mut timed = crossing.timed(place)?;
                    let times = 200;
                    timed(&mut crossing.store, times)?;
                    let d = timed(&mut crossing.store, times)?;
                    println!("{:?} {} {:.1}", boundary, shapes[place].name, d.as_nanos() as f64 / times as f64);
                }
            }
        }
    }
    Ok(())
}
