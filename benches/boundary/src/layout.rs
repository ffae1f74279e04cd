//! Where the Canonical ABI puts a value: into core values, and into the memory of a guest.

use wit_parser::abi::{FlatTypes, WasmType};
use wit_parser::{Function, Int, Resolve, SizeAlign, Type, TypeDefKind};

use crate::value::Value;

/// A core value that a guest passes.
#[derive(Clone, Copy, Debug)]
pub enum Flat {
    Bits(u64),
    /// The handle in this place.
    Handle(usize),
}

/// The part of a guest's memory that is there from the start.
pub struct Image {
    base: u32,
    pub bytes: Vec<u8>,
    /// Where handles belong, which are known only when the guest runs: the address, and the place of the handle.
    pub handles: Vec<(u32, usize)>,
}

impl Image {
    pub fn new(base: u32) -> Self {
        Self { base, bytes: Vec::new(), handles: Vec::new() }
    }

    pub fn end(&self) -> u32 {
        self.base + self.bytes.len() as u32
    }

    pub fn reserve(&mut self, align: usize, size: usize) -> u32 {
        let start = (self.end() as usize).next_multiple_of(align);
        self.bytes.resize(start + size - self.base as usize, 0);
        start as u32
    }

    fn write(&mut self, address: u32, size: usize, bits: u64) {
        let start = (address - self.base) as usize;
        self.bytes[start..start + size].copy_from_slice(&bits.to_le_bytes()[..size]);
    }
}

/// Reads `size` bytes of a guest's memory.
pub fn bits(memory: &[u8], address: u32, size: usize) -> u64 {
    let mut bits = [0; 8];
    bits[..size].copy_from_slice(&memory[address as usize..address as usize + size]);
    u64::from_le_bytes(bits)
}

pub struct Layout<'a> {
    pub resolve: &'a Resolve,
    sizes: SizeAlign,
}

/// A type, taken apart as far as its layout goes.
pub enum Parts {
    Scalar,
    Text,
    List(Type),
    Map(Type, Type),
    Fields(Vec<Type>),
    Cases(Int, Vec<Option<Type>>),
    Handle,
}

impl<'a> Layout<'a> {
    pub fn new(resolve: &'a Resolve) -> Self {
        let mut sizes = SizeAlign::default();
        sizes.fill(resolve).expect("the shapes have sizes");
        Self { resolve, sizes }
    }

    pub fn parts(&self, ty: &Type) -> Parts {
        let id = match ty {
            Type::String => return Parts::Text,
            Type::Id(id) => *id,
            _ => return Parts::Scalar,
        };
        match &self.resolve.types[id].kind {
            TypeDefKind::Type(inner) => self.parts(inner),
            TypeDefKind::Flags(_) => Parts::Scalar,
            TypeDefKind::List(element) => Parts::List(*element),
            TypeDefKind::Map(key, value) => Parts::Map(*key, *value),
            TypeDefKind::Record(record) => Parts::Fields(record.fields.iter().map(|field| field.ty).collect()),
            TypeDefKind::Tuple(tuple) => Parts::Fields(tuple.types.clone()),
            TypeDefKind::Variant(variant) => {
                Parts::Cases(variant.tag(), variant.cases.iter().map(|case| case.ty).collect())
            }
            TypeDefKind::Enum(cases) => Parts::Cases(cases.tag(), vec![None; cases.cases.len()]),
            TypeDefKind::Option(some) => Parts::Cases(Int::U8, vec![None, Some(*some)]),
            TypeDefKind::Result(result) => Parts::Cases(Int::U8, vec![result.ok, result.err]),
            TypeDefKind::Handle(_) => Parts::Handle,
            other => panic!("no shape has a {}", other.as_str()),
        }
    }

    pub fn size(&self, ty: &Type) -> usize {
        self.sizes.size(ty).size_wasm32()
    }

    /// Size and alignment of several values one after the other.
    pub fn together(&self, types: &[Type]) -> (usize, usize) {
        let info = self.sizes.record(types);
        (info.size.size_wasm32(), info.align.align_wasm32())
    }

    pub fn parameters(&self, function: &Function) -> Vec<Type> {
        function.params.iter().map(|parameter| parameter.ty).collect()
    }

    /// The core values of a type, at most `limit`.
    pub fn flat_types(&self, types: &[Type], limit: usize) -> Option<Vec<WasmType>> {
        let mut storage = vec![WasmType::I32; limit];
        let mut flat = FlatTypes::new(&mut storage);
        types.iter().all(|ty| self.resolve.push_flat(ty, &mut flat)).then(|| flat.to_vec())
    }

    /// Stores values one after the other, and says where.
    pub fn store_together(&self, image: &mut Image, types: &[Type], values: &[Value]) -> u32 {
        let (size, align) = self.together(types);
        let address = image.reserve(align, size);
        self.store_fields(image, address, types, values);
        address
    }

    fn store_fields(&self, image: &mut Image, address: u32, types: &[Type], values: &[Value]) {
        assert_eq!(types.len(), values.len());
        for ((offset, ty), value) in self.sizes.field_offsets(types).into_iter().zip(values) {
            self.store(image, address + offset.size_wasm32() as u32, ty, value);
        }
    }

    fn store(&self, image: &mut Image, address: u32, ty: &Type, value: &Value) {
        match (self.parts(ty), value) {
            (Parts::Scalar, Value::Bits(bits)) => image.write(address, self.size(ty), *bits),
            (Parts::Fields(types), Value::Fields(values)) => self.store_fields(image, address, &types, values),
            (Parts::Cases(tag, cases), Value::Case(case, payload)) => {
                image.write(address, tag_size(tag), u64::from(*case));
                if let (Some(payload), Some(ty)) = (payload, &cases[*case as usize]) {
                    self.store(image, address + self.payload_offset(tag, &cases), ty, payload);
                }
            }
            (Parts::Handle, Value::Handle(place)) => image.handles.push((address, *place)),
            (parts, value) => {
                let (start, length) = self.store_sequence(image, &parts, value);
                image.write(address, 4, u64::from(start));
                image.write(address + 4, 4, u64::from(length));
            }
        }
    }

    fn store_sequence(&self, image: &mut Image, parts: &Parts, value: &Value) -> (u32, u32) {
        match (parts, value) {
            (Parts::Text, Value::Text(text)) => {
                let start = image.reserve(1, text.len());
                for (place, byte) in text.bytes().enumerate() {
                    image.write(start + place as u32, 1, u64::from(byte));
                }
                (start, text.len() as u32)
            }
            (Parts::List(element), Value::List(values)) => {
                self.store_elements(image, std::slice::from_ref(element), values.iter().map(std::slice::from_ref))
            }
            (Parts::Map(key, entry), Value::Map(values)) => {
                let entries = values.iter().map(|value| match value {
                    Value::Fields(entry) => entry.as_slice(),
                    other => panic!("{other:?} is no entry"),
                });
                self.store_elements(image, &[*key, *entry], entries)
            }
            (_, value) => panic!("{value:?} is of another type"),
        }
    }

    fn store_elements<'v>(
        &self,
        image: &mut Image,
        types: &[Type],
        elements: impl ExactSizeIterator<Item = &'v [Value]>,
    ) -> (u32, u32) {
        let (size, align) = self.together(types);
        let length = elements.len();
        let start = image.reserve(align, size * length);
        for (place, element) in elements.enumerate() {
            self.store_fields(image, start + (place * size) as u32, types, element);
        }
        (start, length as u32)
    }

    fn payload_offset(&self, tag: Int, cases: &[Option<Type>]) -> u32 {
        self.sizes.payload_offset(tag, cases.iter().map(Option::as_ref)).size_wasm32() as u32
    }

    /// The core values of a value; what they point to goes into the image.
    pub fn lower(&self, image: &mut Image, ty: &Type, value: &Value, flat: &mut Vec<Flat>) {
        match (self.parts(ty), value) {
            (Parts::Scalar, Value::Bits(bits)) => flat.push(Flat::Bits(*bits)),
            (Parts::Fields(types), Value::Fields(values)) => {
                for (ty, value) in types.iter().zip(values) {
                    self.lower(image, ty, value, flat);
                }
            }
            (Parts::Cases(_, cases), Value::Case(case, payload)) => {
                let end = flat.len() + self.flat_length(ty);
                flat.push(Flat::Bits(u64::from(*case)));
                if let (Some(payload), Some(ty)) = (payload, &cases[*case as usize]) {
                    self.lower(image, ty, payload, flat);
                }
                flat.resize(end, Flat::Bits(0));
            }
            (Parts::Handle, Value::Handle(place)) => flat.push(Flat::Handle(*place)),
            (parts, value) => {
                let (start, length) = self.store_sequence(image, &parts, value);
                flat.extend([Flat::Bits(u64::from(start)), Flat::Bits(u64::from(length))]);
            }
        }
    }

    fn flat_length(&self, ty: &Type) -> usize {
        self.flat_types(&[*ty], 64).expect("shapes are small").len()
    }

    /// Reads values that stand one after the other.
    pub fn load_together(&self, memory: &[u8], address: u32, types: &[Type]) -> Vec<Value> {
        let fields = self.sizes.field_offsets(types);
        fields.into_iter().map(|(offset, ty)| self.load(memory, address + offset.size_wasm32() as u32, ty)).collect()
    }

    fn load(&self, memory: &[u8], address: u32, ty: &Type) -> Value {
        match self.parts(ty) {
            Parts::Scalar => Value::Bits(bits(memory, address, self.size(ty))),
            Parts::Fields(types) => Value::Fields(self.load_together(memory, address, &types)),
            Parts::Cases(tag, cases) => {
                let case = bits(memory, address, tag_size(tag)) as usize;
                let start = address + self.payload_offset(tag, &cases);
                Value::Case(case as u32, cases[case].map(|ty| Box::new(self.load(memory, start, &ty))))
            }
            Parts::Handle => Value::Handle(bits(memory, address, 4) as usize),
            parts => {
                let (start, length) = (bits(memory, address, 4), bits(memory, address + 4, 4));
                self.load_sequence(memory, start as u32, length as u32, &parts)
            }
        }
    }

    fn load_sequence(&self, memory: &[u8], start: u32, length: u32, parts: &Parts) -> Value {
        match parts {
            Parts::Text => {
                let bytes = &memory[start as usize..(start + length) as usize];
                Value::Text(String::from_utf8(bytes.to_vec()).expect("strings are UTF-8"))
            }
            Parts::List(element) => {
                let size = self.size(element) as u32;
                Value::List((0..length).map(|place| self.load(memory, start + place * size, element)).collect())
            }
            Parts::Map(key, entry) => {
                let types = [*key, *entry];
                let size = self.together(&types).0 as u32;
                let mut entries: Vec<Value> = (0..length)
                    .map(|place| Value::Fields(self.load_together(memory, start + place * size, &types)))
                    .collect();
                entries.sort_by(|one, other| one.partial_cmp(other).expect("keys are no floats"));
                Value::Map(entries)
            }
            _ => unreachable!("everything else is no sequence"),
        }
    }

    /// Reads values from core values; what they point to, from memory.
    pub fn lift(&self, memory: &[u8], flat: &mut dyn Iterator<Item = u64>, ty: &Type) -> Value {
        let mut next = |what: &str| flat.next().unwrap_or_else(|| panic!("no core value for {what}"));
        match self.parts(ty) {
            Parts::Scalar => {
                let size = self.size(ty);
                let bits = next("a scalar");
                Value::Bits(if size == 8 { bits } else { bits & ((1 << (8 * size)) - 1) })
            }
            Parts::Fields(types) => Value::Fields(types.iter().map(|ty| self.lift(memory, flat, ty)).collect()),
            Parts::Cases(_, cases) => {
                let case = next("a case") as u32 as usize;
                let payload: Vec<u64> = (1..self.flat_length(ty)).map(|_| next("a payload")).collect();
                let lift = |ty| Box::new(self.lift(memory, &mut payload.into_iter(), &ty));
                Value::Case(case as u32, cases[case].map(lift))
            }
            Parts::Handle => Value::Handle(next("a handle") as u32 as usize),
            parts => {
                let (start, length) = (next("a pointer"), next("a length"));
                self.load_sequence(memory, start as u32, length as u32, &parts)
            }
        }
    }
}

fn tag_size(tag: Int) -> usize {
    match tag {
        Int::U8 => 1,
        Int::U16 => 2,
        Int::U32 => 4,
        Int::U64 => 8,
    }
}
