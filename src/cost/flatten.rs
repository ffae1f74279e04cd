//! How a function is passed: its core signatures (Canonical ABI, Flattening).

use super::call::{AsyncSignatures, Core, Signature, Signatures};
use wit_parser::abi::{AbiVariant, FlatTypes, WasmSignature, WasmType};
use wit_parser::{Function, Resolve};

/// The core signatures of a function. Its types must be within the limits.
pub(super) fn signatures(resolve: &Resolve, function: &Function) -> Signatures {
    let signature = |variant| signature(resolve.wasm_signature(variant, function));
    Signatures {
        import: signature(AbiVariant::GuestImport),
        export: signature(AbiVariant::GuestExport),
        not_waiting: function.kind.is_async().then(|| AsyncSignatures {
            import: signature(AbiVariant::GuestImportAsync),
            export: signature(AbiVariant::GuestExportAsync),
            task_return: task_return(resolve, function),
        }),
    }
}

fn signature(signature: WasmSignature) -> Signature {
    Signature {
        parameters: signature.params.into_iter().map(core).collect(),
        results: signature.results.into_iter().map(core).collect(),
        parameters_in_memory: signature.indirect_params,
        result_in_memory: signature.retptr,
    }
}

/// What a task that does not wait hands its result to.
fn task_return(resolve: &Resolve, function: &Function) -> Signature {
    let mut places = [WasmType::I32; Resolve::MAX_FLAT_PARAMS];
    let mut flat = FlatTypes::new(&mut places);
    let fits = function.result.as_ref().is_none_or(|result| resolve.push_flat(result, &mut flat));
    let parameters = if fits { flat.to_vec().into_iter().map(core).collect() } else { vec![Core::I32] };
    Signature { parameters, results: Vec::new(), parameters_in_memory: !fits, result_in_memory: false }
}

/// In a memory of 32 bits.
fn core(ty: WasmType) -> Core {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => Core::I32,
        WasmType::I64 | WasmType::PointerOrI64 => Core::I64,
        WasmType::F32 => Core::F32,
        WasmType::F64 => Core::F64,
    }
}
