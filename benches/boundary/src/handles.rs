//! Handles that cross the boundary: moved, and lent.

use std::hint::black_box;
use std::time::Instant;

use wasmtime::component::{Resource, ResourceAny, ResourceType};
use wasmtime::{Result, Store, format_err};

use crate::guest::{GIVE_THING, REPRESENTATION};
use crate::shape::{Host, Shape, exported};
use crate::value::Value;

/// What a resource of the host stands for.
struct Thing;

type One<T> = (T,);
type Four<T> = (T, T, T, T);

pub const DEFINITION: &str = "resource thing;";

pub fn handles() -> Vec<Shape> {
    vec![
        Shape {
            is_timed: false,
            returned: Some(Value::Handle(0)),
            result: Some("thing".to_string()),
            once: Box::new(|store, instance| {
                let (thing,) = give(store, instance)?;
                thing.resource_drop(store)?;
                Ok(Some(Value::Handle(0)))
            }),
            serve: Box::new(|linker| {
                linker.resource("thing", ResourceType::host::<Thing>(), |_, _| Ok(()))?;
                linker.func_wrap(GIVE_THING, |_, (): ()| Ok((Resource::<Thing>::new_own(REPRESENTATION),)))
            }),
            ..described(GIVE_THING, 0, "")
        },
        Shape {
            returned: Some(Value::Handle(0)),
            result: Some("thing".to_string()),
            once: Box::new(|store, instance| {
                let given = give(store, instance)?;
                let pass = exported::<One<ResourceAny>, One<ResourceAny>>(store, instance, "pass-thing")?;
                let (thing,) = pass.call(&mut *store, given)?;
                thing.resource_drop(store)?;
                Ok(Some(Value::Handle(0)))
            }),
            timed: Box::new(|store, instance| {
                let mut things = give(store, instance)?;
                let pass = exported::<One<ResourceAny>, One<ResourceAny>>(store, instance, "pass-thing")?;
                Ok(Box::new(move |store, times| {
                    let start = Instant::now();
                    for _ in 0..times {
                        things = pass.call(&mut *store, black_box(things))?;
                    }
                    Ok(start.elapsed())
                }))
            }),
            serve: Box::new(|linker| {
                linker.func_wrap("pass-thing", |mut store, (thing,): One<Resource<Thing>>| {
                    note(store.data_mut(), &[&thing]);
                    Ok((thing,))
                })
            }),
            ..described("pass-thing", 1, "thing")
        },
        Shape {
            returned: Some(Value::Fields((0..4).map(Value::Handle).collect())),
            result: Some("tuple<thing, thing, thing, thing>".to_string()),
            once: Box::new(|store, instance| {
                let given = give_four(store, instance)?;
                let pass = exported::<Four<ResourceAny>, One<Four<ResourceAny>>>(store, instance, "pass-things4")?;
                let (things,) = pass.call(&mut *store, given)?;
                for thing in <[ResourceAny; 4]>::from(things) {
                    thing.resource_drop(&mut *store)?;
                }
                Ok(Some(Value::Fields((0..4).map(Value::Handle).collect())))
            }),
            timed: Box::new(|store, instance| {
                let mut things = give_four(store, instance)?;
                let pass = exported::<Four<ResourceAny>, One<Four<ResourceAny>>>(store, instance, "pass-things4")?;
                Ok(Box::new(move |store, times| {
                    let start = Instant::now();
                    for _ in 0..times {
                        (things,) = pass.call(&mut *store, black_box(things))?;
                    }
                    Ok(start.elapsed())
                }))
            }),
            serve: Box::new(|linker| {
                linker.func_wrap("pass-things4", |mut store, (a, b, c, d): Four<Resource<Thing>>| {
                    note(store.data_mut(), &[&a, &b, &c, &d]);
                    Ok(((a, b, c, d),))
                })
            }),
            ..described("pass-things4", 4, "thing")
        },
        Shape {
            once: Box::new(|store, instance| {
                let given = give(store, instance)?;
                exported::<One<ResourceAny>, ()>(store, instance, "lend-thing")?.call(&mut *store, given)?;
                given.0.resource_drop(store)?;
                Ok(None)
            }),
            timed: Box::new(|store, instance| {
                let things = give(store, instance)?;
                let lend = exported::<One<ResourceAny>, ()>(store, instance, "lend-thing")?;
                Ok(Box::new(move |store, times| {
                    let start = Instant::now();
                    for _ in 0..times {
                        lend.call(&mut *store, black_box(things))?;
                    }
                    Ok(start.elapsed())
                }))
            }),
            serve: Box::new(|linker| {
                linker.func_wrap("lend-thing", |mut store, (thing,): One<Resource<Thing>>| {
                    note(store.data_mut(), &[&thing]);
                    Ok(())
                })
            }),
            ..described("lend-thing", 1, "borrow<thing>")
        },
        Shape {
            once: Box::new(|store, instance| {
                let given = give_four(store, instance)?;
                exported::<Four<ResourceAny>, ()>(store, instance, "lend-things4")?.call(&mut *store, given)?;
                for thing in <[ResourceAny; 4]>::from(given) {
                    thing.resource_drop(&mut *store)?;
                }
                Ok(None)
            }),
            timed: Box::new(|store, instance| {
                let things = give_four(store, instance)?;
                let lend = exported::<Four<ResourceAny>, ()>(store, instance, "lend-things4")?;
                Ok(Box::new(move |store, times| {
                    let start = Instant::now();
                    for _ in 0..times {
                        lend.call(&mut *store, black_box(things))?;
                    }
                    Ok(start.elapsed())
                }))
            }),
            serve: Box::new(|linker| {
                linker.func_wrap("lend-things4", |mut store, (a, b, c, d): Four<Resource<Thing>>| {
                    note(store.data_mut(), &[&a, &b, &c, &d]);
                    Ok(())
                })
            }),
            ..described("lend-things4", 4, "borrow<thing>")
        },
    ]
}

fn give(store: &mut Store<Host>, instance: &wasmtime::component::Instance) -> Result<One<ResourceAny>> {
    exported::<(), One<ResourceAny>>(store, instance, GIVE_THING)?.call(store, ())
}

fn give_four(store: &mut Store<Host>, instance: &wasmtime::component::Instance) -> Result<Four<ResourceAny>> {
    let mut next = || Ok::<_, wasmtime::Error>(give(&mut *store, instance)?.0);
    Ok((next()?, next()?, next()?, next()?))
}

fn note(host: &mut Host, things: &[&Resource<Thing>]) {
    if host.asked {
        host.seen = things.iter().map(|thing| Value::Handle(thing.rep() as usize)).collect();
    }
}

/// A shape that takes handles, and returns nothing yet.
fn described(name: &'static str, count: usize, parameter: &str) -> Shape {
    Shape {
        name,
        is_async: false,
        is_timed: true,
        is_dearest: true,
        parameters: vec![parameter.to_string(); count],
        result: None,
        passed: (0..count).map(Value::Handle).collect(),
        returned: None,
        once: Box::new(|_, _| Ok(None)),
        timed: Box::new(|_, _| Err(format_err!("nothing to time"))),
        serve: Box::new(|_| Ok(())),
    }
}
