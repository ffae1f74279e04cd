//! Guests, as core modules made into components: one that serves the shapes, one that calls them, both in one.

use wasm_encoder::{
    BlockType, CodeSection, ComponentBuilder, ComponentExportKind, ConstExpr, DataSection, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection, MemArg, MemArgTarget,
    MemorySection, MemoryType, Module, TypeSection, ValType,
};
use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::abi::{AbiVariant, WasmSignature, WasmType};
use wit_parser::{LiftLowerAbi, Mangling, ManglingAndAbi, Resolve, WasmExport, WasmExportKind, WasmImport, WorldKey};

use crate::layout::{Flat, Image, Layout};
use crate::shape::{CALLS, Shape};
use crate::value::Value;

/// Where a guest keeps the core values that it last got, 8 bytes each.
pub const SEEN: u32 = 1024;
/// Where a guest keeps which shape was called last, by its place from 1.
pub const LAST: u32 = SEEN - 8;
/// Where a guest keeps the calls of its allocator: how many, then 16 bytes each.
pub const ALLOCATED: u32 = 2048;
/// How many calls of the allocator are kept.
pub const ALLOCATIONS: u32 = 1024;
/// Where results go that are returned through memory; larger ones are not among the shapes.
pub const RETURNED: u32 = ALLOCATED + 16 + ALLOCATIONS * 16;
const RETURNED_SIZE: u32 = 4096;
const STATIC: u32 = RETURNED + RETURNED_SIZE;
/// What a guest may allocate in one call.
const HEAP: u32 = 1 << 20;
pub const INSPECT: &str = "bench:boundary/inspect";
pub const SERVED: &str = "bench:boundary/served";
pub const LOOPS: &str = "bench:boundary/loops";
/// The function that makes a resource.
pub const GIVE_THING: &str = "give-thing";
/// What the resource that is handed around stands for.
pub const REPRESENTATION: u32 = 4242;
/// How many handles a caller keeps.
pub const HANDLES: u32 = 4;

/// The globals of a guest: the end of what is allocated, where the heap starts, and then the handles.
const BUMP: u32 = 0;
const HEAP_START: u32 = 1;
const FIRST_HANDLE: u32 = 2;
/// A caller has a local of each type, after its parameter.
const CORE: [ValType; 4] = [ValType::I32, ValType::I64, ValType::F32, ValType::F64];

/// The package that the guests are made for.
pub fn package(definitions: &[String], shapes: &[Shape]) -> String {
    let functions: Vec<String> =
        shapes.iter().map(|shape| format!("{}: {};", shape.name, declaration(shape))).collect();
    let loops: Vec<String> = shapes.iter().map(|shape| format!("{}: func(times: u32);", shape.name)).collect();
    format!(
        "package bench:boundary;\n\
         interface calls {{\n{}\n{}\n}}\n\
         interface loops {{\nstart: func();\n{}\n}}\n\
         interface inspect {{ memory: func() -> list<u8>; }}\n\
         world callee {{ export calls; export inspect; }}\n\
         world caller {{ import calls; export loops; export inspect; }}\n",
        definitions.join("\n"),
        functions.join("\n"),
        loops.join("\n"),
    )
}

pub fn resolve(package: &str) -> Resolve {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    resolve.push_str("boundary.wit", package).unwrap_or_else(|error| panic!("{error:?}\n{package}"));
    resolve
}

/// The function in WIT, without its name.
pub fn declaration(shape: &Shape) -> String {
    let parameters: Vec<String> =
        shape.parameters.iter().enumerate().map(|(place, ty)| format!("p{place}: {ty}")).collect();
    let result = shape.result.as_ref().map(|ty| format!(" -> {ty}")).unwrap_or_default();
    let kind = if shape.is_async { "async func" } else { "func" };
    format!("{kind}({}){result}", parameters.join(", "))
}

/// A guest that exports the shapes: it keeps what it got, and returns what is prepared in its memory.
pub fn callee(resolve: &Resolve, shapes: &[Shape], keeps_allocations: bool) -> Vec<u8> {
    let layout = Layout::new(resolve);
    let mut core = Core::new(Handles::InParameters);
    let key = interface(resolve, "calls");
    let inspect = interface(resolve, "inspect");
    let mut returns = Vec::new();
    for shape in shapes {
        let function = function(resolve, &key, shape.name);
        if shape.is_async {
            let (module, name, signature) = function.task_return_import(resolve, Some(&key), Mangling::Legacy);
            returns.push(Some((core.import(&module, &name, &signature), signature)));
        } else {
            returns.push(None);
        }
    }
    let give = shapes.iter().any(|shape| shape.name == GIVE_THING).then(|| {
        let signature = WasmSignature {
            params: vec![WasmType::I32],
            results: vec![WasmType::I32],
            indirect_params: false,
            retptr: false,
        };
        core.import(&format!("[export]{CALLS}"), "[resource-new]thing", &signature)
    });
    core.allocator(keeps_allocations);
    core.inspect(resolve, &inspect);
    let done = shapes.iter().any(|shape| shape.is_async).then(|| {
        let mut body = Function::new([]);
        body.instructions().i32_const(0).end();
        core.function(&[ValType::I32; 3], &[ValType::I32], body)
    });
    for (place, (shape, returns)) in shapes.iter().zip(returns).enumerate() {
        let function = function(resolve, &key, shape.name);
        let (abi, variant) = match shape.is_async {
            true => (LiftLowerAbi::AsyncCallback, AbiVariant::GuestExportAsync),
            false => (LiftLowerAbi::Sync, AbiVariant::GuestExport),
        };
        let signature = resolve.wasm_signature(variant, function);
        let mut body = Function::new([]);
        for (place, ty) in signature.params.iter().enumerate() {
            body.instructions().i32_const((SEEN + 8 * place as u32) as i32).local_get(place as u32);
            store(&mut body, *ty);
        }
        core.note(&mut body, place);
        core.forget(&mut body);
        match (&returns, &give) {
            (Some((index, task)), _) => {
                if task.indirect_params {
                    let ty = function.result.expect("there is a result");
                    let value = shape.returned.clone().expect("there is a result");
                    let at = layout.store_together(&mut core.image, &[ty], &[value]);
                    body.instructions().i32_const(at as i32);
                } else {
                    core.push(&layout, &mut body, function.result.as_slice(), shape.returned.as_slice(), &task.params);
                }
                body.instructions().call(*index).i32_const(0);
            }
            (None, Some(new)) if shape.name == GIVE_THING => {
                body.instructions().i32_const(REPRESENTATION as i32).call(*new);
            }
            (None, _) if signature.retptr => {
                let ty = function.result.expect("there is a result");
                let value = shape.returned.clone().expect("there is a result");
                let at = layout.store_together(&mut core.image, &[ty], &[value]);
                for (address, place) in std::mem::take(&mut core.image.handles) {
                    body.instructions().i32_const(address as i32).local_get(place as u32);
                    store(&mut body, WasmType::I32);
                }
                body.instructions().i32_const(at as i32);
            }
            (None, _) => {
                core.push(
                    &layout,
                    &mut body,
                    function.result.as_slice(),
                    shape.returned.as_slice(),
                    &signature.results,
                );
            }
        }
        body.instructions().end();
        let index = core.signed(&signature, body);
        let export = |kind| {
            let export = WasmExport::Func { interface: Some(&key), func: function, kind };
            resolve.wasm_export_name(ManglingAndAbi::Legacy(abi), export)
        };
        core.export(&export(WasmExportKind::Normal), index);
        if let Some(done) = done {
            core.export(&export(WasmExportKind::Callback), done);
        }
    }
    component(resolve, "callee", core.finish())
}

/// A guest that imports the shapes, and calls each as often as it is told.
pub fn caller(resolve: &Resolve, shapes: &[Shape]) -> Vec<u8> {
    let layout = Layout::new(resolve);
    let mut core = Core::new(Handles::Kept);
    let key = interface(resolve, "calls");
    let loops = interface(resolve, "loops");
    let inspect = interface(resolve, "inspect");
    let imports: Vec<(u32, WasmSignature)> = (shapes.iter())
        .map(|shape| {
            let abi = if shape.is_async { LiftLowerAbi::AsyncCallback } else { LiftLowerAbi::Sync };
            let function = function(resolve, &key, shape.name);
            let import = WasmImport::Func { interface: Some(&key), func: function };
            let (module, name) = resolve.wasm_import_name(ManglingAndAbi::Legacy(abi), import);
            let signature = resolve.wasm_signature(abi.import_variant(), function);
            (core.import(&module, &name, &signature), signature)
        })
        .collect();
    core.allocator(false);
    core.inspect(resolve, &inspect);
    let give = shapes.iter().position(|shape| shape.name == GIVE_THING);
    let mut start = Function::new([]);
    if let Some(give) = give {
        for place in 0..HANDLES {
            start.instructions().call(imports[give].0).global_set(FIRST_HANDLE + place);
        }
    }
    start.instructions().end();
    let start = core.function(&[], &[], start);
    core.export(&exported(resolve, &loops, "start"), start);

    for (place, (shape, (index, signature))) in shapes.iter().zip(&imports).enumerate() {
        let function = function(resolve, &key, shape.name);
        let parameters = layout.parameters(function);
        let mut body = Function::new(CORE.map(|ty| (1, ty)));
        body.instructions().loop_(BlockType::Empty);
        let flat = signature.params.len() - usize::from(signature.retptr);
        if signature.indirect_params {
            let at = layout.store_together(&mut core.image, &parameters, &shape.passed);
            body.instructions().i32_const(at as i32);
        } else {
            core.push(&layout, &mut body, &parameters, &shape.passed, &signature.params[..flat]);
        }
        if signature.retptr {
            body.instructions().i32_const(RETURNED as i32);
        }
        body.instructions().call(*index);
        if shape.is_async {
            // Anything but RETURNED, which is 2, is a call that has not ended.
            body.instructions().i32_const(2).i32_ne().if_(BlockType::Empty).unreachable().end();
        } else if let [ty] = signature.results.as_slice() {
            let local = 1 + CORE.iter().position(|core| *core == val_type(*ty)).expect("all types have a local") as u32;
            body.instructions().local_set(local).i32_const(SEEN as i32).local_get(local);
            store(&mut body, *ty);
            if shape.returned == Some(Value::Handle(0)) && shape.name != GIVE_THING {
                body.instructions().local_get(local).global_set(FIRST_HANDLE);
            }
        } else if signature.retptr && shape.returned.as_ref().is_some_and(holds_handles) {
            for place in 0..HANDLES {
                body.instructions().i32_const(0).i32_load(at(RETURNED + 4 * place, 2)).global_set(FIRST_HANDLE + place);
            }
        }
        core.note(&mut body, place);
        core.forget(&mut body);
        body.instructions().local_get(0).i32_const(1).i32_sub().local_tee(0).br_if(0).end().end();
        let index = core.function(&[ValType::I32], &[], body);
        core.export(&exported(resolve, &loops, shape.name), index);
    }
    component(resolve, "caller", core.finish())
}

/// Both in one: the caller's imports are what the callee exports.
pub fn composed(callee: &[u8], caller: &[u8]) -> Vec<u8> {
    let mut both = ComponentBuilder::default();
    let callee = both.component_raw(None, callee);
    let caller = both.component_raw(None, caller);
    let nothing: [(&str, ComponentExportKind, u32); 0] = [];
    let callee = both.instantiate(None, callee, nothing);
    let calls = both.alias_export(callee, CALLS, ComponentExportKind::Instance);
    let caller = both.instantiate(None, caller, [(CALLS, ComponentExportKind::Instance, calls)]);
    for (instance, name, outside) in [(caller, LOOPS, LOOPS), (caller, INSPECT, INSPECT), (callee, INSPECT, SERVED)] {
        let exported = both.alias_export(instance, name, ComponentExportKind::Instance);
        both.export(outside, ComponentExportKind::Instance, exported, None);
    }
    both.finish()
}

fn holds_handles(value: &Value) -> bool {
    matches!(value, Value::Fields(fields) if fields.iter().any(|field| matches!(field, Value::Handle(_))))
}

fn interface(resolve: &Resolve, name: &str) -> WorldKey {
    let found = resolve.interfaces.iter().find(|(_, interface)| interface.name.as_deref() == Some(name));
    WorldKey::Interface(found.expect("the interface is declared").0)
}

/// The declaration of a function in an interface.
pub fn function<'r>(resolve: &'r Resolve, key: &WorldKey, name: &str) -> &'r wit_parser::Function {
    let WorldKey::Interface(id) = key else { panic!("all functions are in interfaces") };
    &resolve.interfaces[*id].functions[name]
}

/// The declaration of a shape.
pub fn declared<'r>(resolve: &'r Resolve, shape: &Shape) -> &'r wit_parser::Function {
    function(resolve, &interface(resolve, "calls"), shape.name)
}

fn exported(resolve: &Resolve, key: &WorldKey, name: &str) -> String {
    let export =
        WasmExport::Func { interface: Some(key), func: function(resolve, key, name), kind: WasmExportKind::Normal };
    resolve.wasm_export_name(ManglingAndAbi::Legacy(LiftLowerAbi::Sync), export)
}

fn component(resolve: &Resolve, world: &str, mut core: Vec<u8>) -> Vec<u8> {
    let (world, _) = resolve.worlds.iter().find(|(_, is)| is.name == world).expect("the world is declared");
    embed_component_metadata(&mut core, resolve, world, StringEncoding::UTF8, false)
        .expect("the world can be embedded");
    let mut encoder = ComponentEncoder::default();
    encoder.validate(true);
    let encoded = encoder.module(&core).and_then(|encoder| encoder.encode());
    encoded.unwrap_or_else(|error| panic!("{error:?}"))
}

/// Where a guest finds its handles: the callee in its parameters, the caller in its globals.
enum Handles {
    InParameters,
    Kept,
}

/// A core module while it is written.
struct Core {
    handles: Handles,
    image: Image,
    types: TypeSection,
    imports: ImportSection,
    functions: FunctionSection,
    exports: ExportSection,
    code: CodeSection,
    count: u32,
}

impl Core {
    fn new(handles: Handles) -> Self {
        Self {
            handles,
            image: Image::new(STATIC),
            types: TypeSection::new(),
            imports: ImportSection::new(),
            functions: FunctionSection::new(),
            exports: ExportSection::new(),
            code: CodeSection::new(),
            count: 0,
        }
    }

    fn ty(&mut self, parameters: &[ValType], results: &[ValType]) -> u32 {
        self.types.ty().function(parameters.iter().copied(), results.iter().copied());
        self.types.len() - 1
    }

    /// All imports come before the first function.
    fn import(&mut self, module: &str, name: &str, signature: &WasmSignature) -> u32 {
        assert!(self.functions.is_empty(), "imports come first");
        let ty = self.ty(&val_types(&signature.params), &val_types(&signature.results));
        self.imports.import(module, name, EntityType::Function(ty));
        self.count += 1;
        self.count - 1
    }

    fn signed(&mut self, signature: &WasmSignature, body: Function) -> u32 {
        self.function(&val_types(&signature.params), &val_types(&signature.results), body)
    }

    fn function(&mut self, parameters: &[ValType], results: &[ValType], body: Function) -> u32 {
        let ty = self.ty(parameters, results);
        self.functions.function(ty);
        self.code.function(&body);
        self.count += 1;
        self.count - 1
    }

    fn export(&mut self, name: &str, index: u32) {
        self.exports.export(name, ExportKind::Func, index);
    }

    /// Moves the end of what is allocated; keeps what it was asked for, if that is wanted.
    fn allocator(&mut self, keeps: bool) {
        let mut body = Function::new([(1, ValType::I32)]);
        let kept = |offset| at(ALLOCATED + offset, 2);
        let mut code = body.instructions();
        code.local_get(0).if_(BlockType::Empty).unreachable().end();
        if keeps {
            code.i32_const(0).i32_load(kept(0)).local_tee(4).i32_const(ALLOCATIONS as i32).i32_lt_u();
            code.if_(BlockType::Empty);
            for parameter in 0..4 {
                code.local_get(4).i32_const(16).i32_mul().local_get(parameter).i32_store(kept(16 + 4 * parameter));
            }
            code.i32_const(0).local_get(4).i32_const(1).i32_add().i32_store(kept(0)).end();
        }
        code.global_get(BUMP).local_get(2).i32_add().i32_const(1).i32_sub();
        code.i32_const(0).local_get(2).i32_sub().i32_and().local_tee(4);
        code.local_get(3).i32_add().global_set(BUMP).local_get(4).end();
        let index = self.function(&[ValType::I32; 4], &[ValType::I32], body);
        self.export("cabi_realloc", index);
    }

    /// Forgets everything that was allocated.
    fn forget(&self, body: &mut Function) {
        body.instructions().global_get(HEAP_START).global_set(BUMP);
    }

    /// Keeps which shape was called.
    fn note(&self, body: &mut Function, place: usize) {
        body.instructions().i32_const(LAST as i32).i32_const(place as i32 + 1);
        store(body, WasmType::I32);
    }

    /// Gives out the whole memory.
    fn inspect(&mut self, resolve: &Resolve, key: &WorldKey) {
        let mut body = Function::new([]);
        let mut code = body.instructions();
        code.i32_const(16).i32_const(0).i32_store(at(0, 2));
        code.i32_const(16).memory_size(0).i32_const(16).i32_shl().i32_store(at(4, 2));
        code.i32_const(16).end();
        let index = self.function(&[], &[ValType::I32], body);
        self.export(&exported(resolve, key, "memory"), index);
    }

    /// Pushes values as core values of these types.
    fn push(
        &mut self,
        layout: &Layout,
        body: &mut Function,
        types: &[wit_parser::Type],
        values: &[Value],
        core: &[WasmType],
    ) {
        let mut flat = Vec::new();
        for (ty, value) in types.iter().zip(values) {
            layout.lower(&mut self.image, ty, value, &mut flat);
        }
        assert_eq!(flat.len(), core.len(), "the signature has as many core values");
        let mut code = body.instructions();
        for (flat, ty) in flat.into_iter().zip(core) {
            match (flat, val_type(*ty)) {
                (Flat::Handle(place), _) => match self.handles {
                    Handles::InParameters => code.local_get(place as u32),
                    Handles::Kept => code.global_get(FIRST_HANDLE + place as u32),
                },
                (Flat::Bits(bits), ValType::I64) => code.i64_const(bits as i64),
                (Flat::Bits(bits), ValType::F32) => code.f32_const(f32::from_bits(bits as u32).into()),
                (Flat::Bits(bits), ValType::F64) => code.f64_const(f64::from_bits(bits).into()),
                (Flat::Bits(bits), _) => code.i32_const(bits as i32),
            };
        }
    }

    fn finish(mut self) -> Vec<u8> {
        assert!(self.image.handles.is_empty(), "handles in memory are stored by code");
        let heap = self.image.end().next_multiple_of(65536);
        let pages = u64::from((heap + HEAP).div_ceil(65536));
        let mut memory = MemorySection::new();
        memory.memory(MemoryType {
            minimum: pages,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        self.exports.export("memory", ExportKind::Memory, 0);
        let mut globals = GlobalSection::new();
        let mut global = |mutable, value: u32| {
            let ty = GlobalType { val_type: ValType::I32, mutable, shared: false };
            globals.global(ty, &ConstExpr::i32_const(value as i32));
        };
        global(true, heap);
        global(false, heap);
        for _ in 0..HANDLES {
            global(true, 0);
        }
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(STATIC as i32), self.image.bytes.iter().copied());
        let mut module = Module::new();
        module.section(&self.types).section(&self.imports).section(&self.functions).section(&memory).section(&globals);
        module.section(&self.exports).section(&self.code).section(&data);
        module.finish()
    }
}

fn store(body: &mut Function, ty: WasmType) {
    match val_type(ty) {
        ValType::I64 => body.instructions().i64_store(at(0, 3)),
        ValType::F32 => body.instructions().f32_store(at(0, 2)),
        ValType::F64 => body.instructions().f64_store(at(0, 3)),
        _ => body.instructions().i32_store(at(0, 2)),
    };
}

fn at(offset: u32, align: u32) -> MemArg {
    MemArg { offset: u64::from(offset), align, target: MemArgTarget::Memory(0), ordering: None }
}

fn val_types(types: &[WasmType]) -> Vec<ValType> {
    types.iter().copied().map(val_type).collect()
}

fn val_type(ty: WasmType) -> ValType {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => ValType::I32,
        WasmType::I64 | WasmType::PointerOrI64 => ValType::I64,
        WasmType::F32 => ValType::F32,
        WasmType::F64 => ValType::F64,
    }
}
