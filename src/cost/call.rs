//! What one call is made of, and the calls of a set of packages.

use super::flatten::signatures;
use super::limit::{Beyond, Limits};
use super::list_parts::parts;
use super::load::{LoadOf, Loads};
use super::part::Parts;
use semver::Version;
use wit_parser::{Function, PackageId, PackageName, Resolve, SizeAlign, Type, World, WorldItem, WorldKey};

/// One function.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The package, as `namespace:name`.
    pub package: String,
    /// Its version.
    pub version: Option<Version>,
    /// `ns:pkg/interface#function`, `ns:pkg/world#import:function`, `ns:pkg/world#export:function`; of an interface without a
    /// name `ns:pkg/world#import:name.function`.
    pub path: String,
    /// Where it is in the surface that was resolved along.
    pub place: Place,
    /// Whether it is `async`.
    pub is_async: bool,
    /// How it is passed.
    pub shape: Result<Shape, Beyond>,
}

/// Where a function is in a [`Surface`](crate::surface::Surface).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In an interface, by its encoded name.
    Interface(crate::surface::InterfaceId, String),
    /// Among the imports or exports of a world.
    World(crate::surface::WorldId, String),
}

/// How a function is passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What goes in.
    pub parameters: Payload,
    /// What comes back; `None` where nothing does.
    pub result: Option<Payload>,
    /// Its signatures in core WebAssembly.
    pub signatures: Signatures,
    /// What is done for one call, where every string and list has the assumed length.
    pub load: LoadOf,
}

/// What is passed in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// How many flat values it is, spilled or not.
    pub flat: u64,
    /// Bytes of the fixed part, where it stands in memory.
    pub bytes: u64,
    /// Its alignment there, in bytes.
    pub align: u32,
    /// What costs something of its own.
    pub parts: Parts,
}

/// The signatures of a function in core WebAssembly, with memories of 32 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatures {
    /// Of a guest that calls it and waits.
    pub import: Signature,
    /// Of a guest that implements it and returns when it is done.
    pub export: Signature,
    /// Where nobody waits; only of an `async` function.
    pub not_waiting: Option<AsyncSignatures>,
}

/// The signatures of an `async` function for those who do not wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsyncSignatures {
    /// Of a guest that calls it.
    pub import: Signature,
    /// Of a guest that implements it with a callback.
    pub export: Signature,
    /// What such a guest hands the result to.
    pub task_return: Signature,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The parameters.
    pub parameters: Vec<Core>,
    /// The results.
    pub results: Vec<Core>,
    /// Whether the parameters are spilled: passed in memory.
    pub parameters_in_memory: bool,
    /// Whether the result is.
    pub result_in_memory: bool,
}

/// A type of core WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Core {
    I32,
    I64,
    F32,
    F64,
}

/// The functions of `own`.
pub(super) fn calls(resolve: &Resolve, own: &[PackageId], limits: &Limits, length: u32) -> Vec<Call> {
    let mut sizes = SizeAlign::default();
    // It fails where a list is too large for the memory of this machine; those types are gone.
    if sizes.fill(resolve).is_err() {
        return Vec::new();
    }
    let measure = Measure { resolve, limits, loads: Loads::new(resolve, &sizes, length), sizes };
    own.iter().flat_map(|&package| measure.package(package)).collect()
}

struct Measure<'a> {
    resolve: &'a Resolve,
    limits: &'a Limits,
    sizes: SizeAlign,
    loads: Loads,
}

impl Measure<'_> {
    fn package(&self, id: PackageId) -> Vec<Call> {
        let package = &self.resolve.packages[id];
        let owner = &package.name;
        let name = format!("{}:{}", owner.namespace, owner.name);
        let mut calls = Vec::new();
        let mut interfaces: Vec<_> = package.interfaces.iter().collect();
        interfaces.sort_by_key(|(name, _)| *name);
        for (interface, &id) in interfaces {
            let place = |function: &str| Place::Interface(id.index() as u32, function.to_owned());
            let functions = self.resolve.interfaces[id].functions.values();
            calls.extend(self.sorted(functions, owner, &format!("{name}/{interface}#"), place));
        }
        let mut worlds: Vec<_> = package.worlds.iter().collect();
        worlds.sort_by_key(|(name, _)| *name);
        for (world, id) in worlds {
            let path = format!("{name}/{world}#");
            let index = id.index() as u32;
            calls.extend(self.world(&self.resolve.worlds[*id], index, owner, &path));
        }
        calls
    }

    fn world(&self, world: &World, index: u32, package: &PackageName, path: &str) -> Vec<Call> {
        let mut calls = Vec::new();
        for (word, items) in [("import", &world.imports), ("export", &world.exports)] {
            for (key, item) in items {
                let WorldKey::Name(name) = key else { continue };
                match item {
                    WorldItem::Function(function) => {
                        let place = |function: &str| Place::World(index, function.to_owned());
                        calls.extend(self.sorted([function], package, &format!("{path}{word}:"), place));
                    }
                    WorldItem::Interface { id, .. } if self.resolve.interfaces[*id].name.is_none() => {
                        let place = |function: &str| Place::Interface(id.index() as u32, function.to_owned());
                        let functions = self.resolve.interfaces[*id].functions.values();
                        calls.extend(self.sorted(functions, package, &format!("{path}{word}:{name}."), place));
                    }
                    WorldItem::Interface { .. } | WorldItem::Type { .. } => {}
                }
            }
        }
        calls
    }

    fn sorted<'a>(
        &self,
        functions: impl IntoIterator<Item = &'a Function>,
        package: &PackageName,
        path: &str,
        place: impl Fn(&str) -> Place,
    ) -> Vec<Call> {
        let call = |function: &Function| Call {
            package: format!("{}:{}", package.namespace, package.name),
            version: package.version.clone(),
            path: format!("{path}{}", function.name),
            place: place(&function.name),
            is_async: function.kind.is_async(),
            shape: self.limits.beyond(function).map_or_else(|| Ok(self.shape(function)), Err),
        };
        let mut calls: Vec<Call> = functions.into_iter().map(call).collect();
        calls.sort_by(|a, b| a.path.cmp(&b.path));
        calls
    }

    fn shape(&self, function: &Function) -> Shape {
        let signatures = signatures(self.resolve, function);
        let parameters = function.params.iter().map(|parameter| (parameter.name.as_str(), &parameter.ty));
        let result = function.result.as_ref();
        let (goes_in, comes_back) =
            (self.loads.all(function.params.iter().map(|parameter| &parameter.ty)), self.loads.all(result.into_iter()));
        let parameters = self.payload(parameters);
        let result = result.map(|ty| self.payload([("result", ty)].into_iter()));
        let load = LoadOf {
            parameters: match signatures.import.parameters_in_memory {
                true => goes_in.with_bytes(parameters.bytes).with_buffer(),
                false => goes_in,
            },
            // Whoever is called has the place for it, or is told of one.
            result: match result.as_ref().filter(|_| signatures.import.result_in_memory) {
                Some(result) => comes_back.with_bytes(result.bytes),
                None => comes_back,
            },
        };
        Shape { parameters, result, signatures, load }
    }

    fn payload<'a>(&self, values: impl Iterator<Item = (&'a str, &'a Type)> + Clone) -> Payload {
        let layout = self.sizes.params(values.clone().map(|(_, ty)| ty));
        Payload {
            flat: values.clone().map(|(_, ty)| self.limits.flat(ty)).fold(0, u64::saturating_add),
            bytes: layout.size.size_wasm32() as u64,
            align: layout.align.align_wasm32() as u32,
            parts: parts(self.resolve, &self.sizes, values),
        }
    }
}
