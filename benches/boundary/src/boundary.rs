//! The three boundaries: whose call crosses, what arrives, and how long it takes.

use std::time::Instant;

use serde::{Deserialize, Serialize};
use wasmtime::component::{Component, Instance, Linker};
use wasmtime::{Config, Engine, Result, Store, ensure, format_err};
use wit_parser::{LiftLowerAbi, Resolve, Type};

use crate::guest::{self, INSPECT, LAST, LOOPS, RETURNED, SEEN, SERVED};
use crate::layout::{Layout, bits};
use crate::shape::{CALLS, Host, Shape, Timed};
use crate::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Boundary {
    /// The host calls what a guest exports.
    HostToGuest,
    /// A guest calls what it imports from the host.
    GuestToHost,
    /// A guest calls what another guest in the same component exports.
    GuestToGuest,
}

pub const ALL: [Boundary; 3] = [Boundary::HostToGuest, Boundary::GuestToHost, Boundary::GuestToGuest];

/// The shapes of one package, ready to be called over one boundary.
pub struct Crossing<'s> {
    pub boundary: Boundary,
    pub shapes: &'s [Shape],
    pub resolve: &'s Resolve,
    pub store: Store<Host>,
    instance: Instance,
}

pub fn engine(concurrency: bool) -> Result<Engine> {
    let mut config = Config::new();
    config.wasm_component_model_map(true);
    if concurrency {
        config.wasm_component_model_async(true);
    } else {
        config.concurrency_support(false);
    }
    Engine::new(&config)
}

impl<'s> Crossing<'s> {
    pub fn new(
        engine: &Engine,
        boundary: Boundary,
        resolve: &'s Resolve,
        shapes: &'s [Shape],
        keeps_allocations: bool,
    ) -> Result<Self> {
        let binary = match boundary {
            Boundary::HostToGuest => guest::callee(resolve, shapes, keeps_allocations),
            Boundary::GuestToHost => guest::caller(resolve, shapes),
            Boundary::GuestToGuest => {
                guest::composed(&guest::callee(resolve, shapes, keeps_allocations), &guest::caller(resolve, shapes))
            }
        };
        let component = Component::from_binary(engine, &binary)?;
        let mut linker = Linker::new(engine);
        if boundary == Boundary::GuestToHost {
            let mut calls = linker.instance(CALLS)?;
            for shape in shapes {
                (shape.serve)(&mut calls)?;
            }
        }
        let mut store = Store::new(engine, Host::default());
        let instance = pollster::block_on(linker.instantiate_async(&mut store, &component))?;
        let mut crossing = Self { boundary, shapes, resolve, store, instance };
        if boundary != Boundary::HostToGuest {
            let start = crossing.looped("start")?;
            let start = start.typed::<(), ()>(&crossing.store)?;
            pollster::block_on(start.call_async(&mut crossing.store, ()))?;
        }
        Ok(crossing)
    }

    /// Calls the shape once, and holds what arrived against what was sent.
    pub fn verify(&mut self, place: usize) -> Result<()> {
        let shapes = self.shapes;
        let shape = &shapes[place];
        let function = guest::declared(self.resolve, shape);
        let layout = Layout::new(self.resolve);
        let (seen, came_back) = if self.boundary == Boundary::HostToGuest {
            let came_back = (shape.once)(&mut self.store, &self.instance)?;
            let memory = self.memory(INSPECT, Some(place))?;
            (parameters(self.resolve, &layout, &memory, shape), came_back)
        } else {
            self.store.data_mut().asked = true;
            let mut once = self.timed(place)?;
            once(&mut self.store, 1)?;
            self.store.data_mut().asked = false;
            let seen = match self.boundary {
                Boundary::GuestToHost => std::mem::take(&mut self.store.data_mut().seen),
                _ => {
                    let memory = self.memory(SERVED, Some(place))?;
                    parameters(self.resolve, &layout, &memory, shape)
                }
            };
            let memory = self.memory(INSPECT, Some(place))?;
            let abi = if shape.is_async { LiftLowerAbi::AsyncCallback } else { LiftLowerAbi::Sync };
            let signature = self.resolve.wasm_signature(abi.import_variant(), function);
            let came_back = function.result.as_ref().map(|ty| match signature.retptr {
                true => layout.load_together(&memory, RETURNED, &[*ty]).remove(0),
                false => layout.lift(&memory, &mut core_values(&memory), ty),
            });
            (seen, came_back)
        };
        let by = |what: &str, sent: &dyn std::fmt::Debug, arrived: &dyn std::fmt::Debug| {
            format_err!("{} {:?}: {what} {sent:?} arrived as {arrived:?}", shape.name, self.boundary)
        };
        ensure!(seen.len() == shape.passed.len(), by("parameters", &shape.passed, &seen));
        for (sent, arrived) in shape.passed.iter().zip(&seen) {
            let represents = self.boundary == Boundary::GuestToHost || shape.name.starts_with("lend-");
            ensure!(same(sent, arrived, represents), by("parameter", sent, arrived));
        }
        match (&shape.returned, &came_back) {
            (None, None) => Ok(()),
            (Some(sent), Some(arrived)) if same(sent, arrived, false) => Ok(()),
            (sent, arrived) => Err(by("result", sent, arrived)),
        }
    }

    /// Calls the shape as often as it is told.
    pub fn timed(&mut self, place: usize) -> Result<Timed> {
        let shape = &self.shapes[place];
        if self.boundary == Boundary::HostToGuest {
            return (shape.timed)(&mut self.store, &self.instance);
        }
        let looped = self.looped(shape.name)?.typed::<(u32,), ()>(&self.store)?;
        if shape.is_async {
            return Ok(Box::new(move |store, times| {
                let start = Instant::now();
                pollster::block_on(looped.call_async(store, (times,)))?;
                Ok(start.elapsed())
            }));
        }
        Ok(Box::new(move |store, times| {
            let start = Instant::now();
            looped.call(store, (times,))?;
            Ok(start.elapsed())
        }))
    }

    fn looped(&mut self, name: &str) -> Result<wasmtime::component::Func> {
        self.exported(LOOPS, name)
    }

    fn exported(&mut self, interface: &str, name: &str) -> Result<wasmtime::component::Func> {
        let missing = || format_err!("no guest exports {name} of {interface}");
        let interface = self.instance.get_export_index(&mut self.store, None, interface).ok_or_else(missing)?;
        let index = self.instance.get_export_index(&mut self.store, Some(&interface), name).ok_or_else(missing)?;
        self.instance.get_func(&mut self.store, &index).ok_or_else(missing)
    }

    /// The memory of a guest; `last` is the shape that has to be the last one that was called in it.
    pub fn memory(&mut self, inspect: &str, last: Option<usize>) -> Result<Vec<u8>> {
        let memory = self.exported(inspect, "memory")?.typed::<(), (Vec<u8>,)>(&self.store)?;
        let (memory,) = pollster::block_on(memory.call_async(&mut self.store, ()))?;
        if let Some(last) = last {
            ensure!(bits(&memory, LAST, 4) == last as u64 + 1, "another shape was called");
        }
        Ok(memory)
    }
}

/// What a guest got as parameters.
fn parameters(resolve: &Resolve, layout: &Layout, memory: &[u8], shape: &Shape) -> Vec<Value> {
    let function = guest::declared(resolve, shape);
    let abi = if shape.is_async { LiftLowerAbi::AsyncCallback } else { LiftLowerAbi::Sync };
    let signature = resolve.wasm_signature(abi.export_variant(), function);
    let types: Vec<Type> = layout.parameters(function);
    let mut core = core_values(memory);
    if signature.indirect_params {
        let at = core.next().unwrap_or_default() as u32;
        return layout.load_together(memory, at, &types);
    }
    types.iter().map(|ty| layout.lift(memory, &mut core, ty)).collect()
}

/// The core values that a guest got last.
fn core_values(memory: &[u8]) -> impl Iterator<Item = u64> {
    (0..64).map(|place| bits(memory, SEEN + 8 * place, 8))
}

/// Whether a value arrived. A handle has another number on each side: it is held against what it represents where that
/// can be seen, and against none at all elsewhere.
fn same(sent: &Value, arrived: &Value, represents: bool) -> bool {
    match (sent, arrived) {
        (Value::Handle(_), Value::Handle(arrived)) if represents => *arrived == guest::REPRESENTATION as usize,
        (Value::Handle(_), Value::Handle(_)) => true,
        (Value::Fields(sent), Value::Fields(arrived)) => {
            sent.len() == arrived.len()
                && sent.iter().zip(arrived).all(|(sent, arrived)| same(sent, arrived, represents))
        }
        (sent, arrived) => sent == arrived,
    }
}
