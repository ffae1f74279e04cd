//! One call that is measured: its type, its values, and how the host calls and serves it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use wasmtime::component::{Instance, Lift, LinkerInstance, Lower, TypedFunc};
use wasmtime::{Result, Store, format_err};

use crate::value::{Carries, Value};

pub const CALLS: &str = "bench:boundary/calls";

/// What the host keeps: what its functions were last called with, if somebody asks.
#[derive(Default)]
pub struct Host {
    pub asked: bool,
    pub seen: Vec<Value>,
}

/// Calls a function some times, and says how long that took.
pub type Timed = Box<dyn FnMut(&mut Store<Host>, u32) -> Result<Duration>>;

/// One function, and what it is called with.
pub struct Shape {
    pub name: &'static str,
    pub is_async: bool,
    /// Whether it is measured, or only needed by others.
    pub is_timed: bool,
    /// Whether no other value of the type is dearer: loads are told of the dearest.
    pub is_dearest: bool,
    /// Parameters and result in WIT.
    pub parameters: Vec<String>,
    pub result: Option<String>,
    /// What is passed and returned.
    pub passed: Vec<Value>,
    pub returned: Option<Value>,
    /// Calls what a guest exports, once, and says what came back.
    pub once: Box<dyn Fn(&mut Store<Host>, &Instance) -> Result<Option<Value>>>,
    /// Calls what a guest exports, many times.
    pub timed: Box<dyn Fn(&mut Store<Host>, &Instance) -> Result<Timed>>,
    /// Gives the function to a guest that imports it.
    pub serve: Box<dyn Fn(&mut LinkerInstance<'_, Host>) -> Result<()>>,
}

impl Shape {
    /// The same, where another value would be dearer.
    pub fn cheaper(self) -> Shape {
        Shape { is_dearest: false, ..self }
    }

    /// How long every list and text is; 0 where there is none.
    pub fn length(&self) -> usize {
        let mut lengths = Vec::new();
        for value in self.passed.iter().chain(&self.returned) {
            value.lengths(&mut lengths);
        }
        lengths.sort_unstable();
        lengths.dedup();
        assert!(lengths.len() <= 1, "{} has lists of several lengths: {lengths:?}", self.name);
        lengths.pop().unwrap_or_default()
    }
}

pub fn shape<P: Carries, R: Carries>(name: &'static str, passed: P, returned: R) -> Shape {
    Shape {
        once: Box::new(move |store, instance| {
            let function = exported::<P, R::Owned>(store, instance, name)?;
            let owned = function.call(&mut *store, passed)?;
            Ok(R::owned_values(&owned).pop())
        }),
        timed: Box::new(move |store, instance| {
            let function = exported::<P, R::Owned>(store, instance, name)?;
            Ok(Box::new(move |store, times| {
                let start = Instant::now();
                for _ in 0..times {
                    black_box(function.call(&mut *store, black_box(passed))?);
                }
                Ok(start.elapsed())
            }))
        }),
        serve: Box::new(move |linker| {
            linker.func_wrap(name, move |mut store, owned: P::Owned| {
                let host: &mut Host = store.data_mut();
                if host.asked {
                    host.seen = P::owned_values(&owned);
                }
                black_box(&owned);
                Ok(black_box(returned))
            })
        }),
        ..described(name, false, &passed, &returned)
    }
}

/// The same by an async function, which the guest lifts and lowers with a callback.
pub fn async_shape<P: Carries, R: Carries>(name: &'static str, passed: P, returned: R) -> Shape {
    Shape {
        once: Box::new(move |store, instance| {
            let function = exported::<P, R::Owned>(store, instance, name)?;
            let owned = pollster::block_on(function.call_async(&mut *store, passed))?;
            Ok(R::owned_values(&owned).pop())
        }),
        timed: Box::new(move |store, instance| {
            let function = exported::<P, R::Owned>(store, instance, name)?;
            Ok(Box::new(move |store, times| {
                let start = Instant::now();
                pollster::block_on(async {
                    for _ in 0..times {
                        black_box(function.call_async(&mut *store, black_box(passed)).await?);
                    }
                    Ok(start.elapsed())
                })
            }))
        }),
        serve: Box::new(move |linker| {
            linker.func_wrap_concurrent(name, move |accessor, owned: P::Owned| {
                Box::pin(async move {
                    accessor.with(|mut store| {
                        let host: &mut Host = store.get();
                        if host.asked {
                            host.seen = P::owned_values(&owned);
                        }
                    });
                    black_box(&owned);
                    Ok(black_box(returned))
                })
            })
        }),
        ..described(name, true, &passed, &returned)
    }
}

/// A function that a guest exports.
pub fn exported<P, R>(store: &mut Store<Host>, instance: &Instance, name: &str) -> Result<TypedFunc<P, R>>
where
    P: wasmtime::component::ComponentNamedList + Lower,
    R: wasmtime::component::ComponentNamedList + Lift,
{
    let missing = || format_err!("no guest exports {name}");
    let calls = instance.get_export_index(&mut *store, None, CALLS).ok_or_else(missing)?;
    let index = instance.get_export_index(&mut *store, Some(&calls), name).ok_or_else(missing)?;
    instance.get_typed_func(store, &index)
}

fn described<P: Carries, R: Carries>(name: &'static str, is_async: bool, passed: &P, returned: &R) -> Shape {
    Shape {
        name,
        is_async,
        is_timed: true,
        is_dearest: true,
        parameters: P::wit(),
        result: R::wit().pop(),
        passed: passed.values(),
        returned: returned.values().pop(),
        once: Box::new(|_, _| Ok(None)),
        timed: Box::new(|_, _| Err(format_err!("nothing to time"))),
        serve: Box::new(|_| Ok(())),
    }
}
