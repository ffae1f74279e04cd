//! Values that cross the boundary: their Rust types on both sides, their WIT types, and a form that can be compared.

use std::collections::HashMap;
use std::hash::Hash;

use wasmtime::component::{ComponentNamedList, Lift, Lower};

/// A value of any WIT type.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Value {
    /// A number, a truth value, a character or flags, by its bits.
    Bits(u64),
    Text(String),
    List(Vec<Value>),
    /// Entries, ordered by key.
    Map(Vec<Value>),
    /// The fields of a record or tuple.
    Fields(Vec<Value>),
    /// A case of a variant, enum, option or result.
    Case(u32, Option<Box<Value>>),
    /// The handle that the caller keeps in this place.
    Handle(usize),
}

impl Value {
    /// Appends the length of each list and text.
    pub fn lengths(&self, lengths: &mut Vec<usize>) {
        let inner = match self {
            Value::Text(text) => {
                lengths.push(text.len());
                return;
            }
            Value::List(elements) | Value::Map(elements) => {
                lengths.push(elements.len());
                elements
            }
            Value::Fields(fields) => fields,
            Value::Case(_, Some(payload)) => return payload.lengths(lengths),
            Value::Case(_, None) | Value::Bits(_) | Value::Handle(_) => return,
        };
        for value in inner {
            value.lengths(lengths);
        }
    }
}

/// What has a comparable form.
pub trait Known {
    fn value(&self) -> Value;
}

/// What the host lowers without a copy, and lifts as an owned value.
pub trait Carried: Lower + Known + Copy + Send + Sync + 'static {
    type Owned: Lift + Known + Send + Sync + 'static;
    fn wit() -> String;
}

/// Parameters, or a result.
pub trait Carries: ComponentNamedList + Lower + Copy + Send + Sync + 'static {
    type Owned: ComponentNamedList + Lift + Send + Sync + 'static;
    fn wit() -> Vec<String>;
    fn values(&self) -> Vec<Value>;
    fn owned_values(owned: &Self::Owned) -> Vec<Value>;
}

macro_rules! scalars {
    ($($rust:ty = $wit:literal by $bits:expr;)*) => {$(
        impl Known for $rust {
            fn value(&self) -> Value {
                let bits: fn(&$rust) -> u64 = $bits;
                Value::Bits(bits(self))
            }
        }

        impl Carried for $rust {
            type Owned = $rust;
            fn wit() -> String {
                $wit.to_string()
            }
        }
    )*};
}

scalars! {
    bool = "bool" by |&is| u64::from(is);
    u8 = "u8" by |&number| u64::from(number);
    u16 = "u16" by |&number| u64::from(number);
    u32 = "u32" by |&number| u64::from(number);
    u64 = "u64" by |&number| number;
    f32 = "f32" by |number| u64::from(number.to_bits());
    f64 = "f64" by |number| number.to_bits();
    char = "char" by |&character| u64::from(u32::from(character));
}

impl Known for &'static str {
    fn value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl Known for String {
    fn value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Carried for &'static str {
    type Owned = String;
    fn wit() -> String {
        "string".to_string()
    }
}

impl<T: Known> Known for &'static [T] {
    fn value(&self) -> Value {
        Value::List(self.iter().map(T::value).collect())
    }
}

impl<T: Known> Known for Vec<T> {
    fn value(&self) -> Value {
        Value::List(self.iter().map(T::value).collect())
    }
}

impl<T: Carried> Carried for &'static [T] {
    type Owned = Vec<T::Owned>;
    fn wit() -> String {
        format!("list<{}>", T::wit())
    }
}

fn entries<K: Known, V: Known>(map: &HashMap<K, V>) -> Value {
    let mut entries: Vec<Value> =
        map.iter().map(|(key, value)| Value::Fields(vec![key.value(), value.value()])).collect();
    entries.sort_by(|one, other| one.partial_cmp(other).expect("keys are no floats"));
    Value::Map(entries)
}

impl<K: Known, V: Known> Known for HashMap<K, V> {
    fn value(&self) -> Value {
        entries(self)
    }
}

impl<K: Known, V: Known> Known for &'static HashMap<K, V> {
    fn value(&self) -> Value {
        entries(self)
    }
}

impl<K, V> Carried for &'static HashMap<K, V>
where
    K: Carried + Eq + Hash,
    K::Owned: Eq + Hash,
    V: Carried,
{
    type Owned = HashMap<K::Owned, V::Owned>;
    fn wit() -> String {
        format!("map<{}, {}>", K::wit(), V::wit())
    }
}

impl<T: Known> Known for Option<T> {
    fn value(&self) -> Value {
        match self {
            None => Value::Case(0, None),
            Some(inner) => Value::Case(1, Some(Box::new(inner.value()))),
        }
    }
}

impl<T: Carried> Carried for Option<T> {
    type Owned = Option<T::Owned>;
    fn wit() -> String {
        format!("option<{}>", T::wit())
    }
}

impl<T: Known, E: Known> Known for Result<T, E> {
    fn value(&self) -> Value {
        match self {
            Ok(inner) => Value::Case(0, Some(Box::new(inner.value()))),
            Err(inner) => Value::Case(1, Some(Box::new(inner.value()))),
        }
    }
}

impl<T: Carried, E: Carried> Carried for Result<T, E> {
    type Owned = Result<T::Owned, E::Owned>;
    fn wit() -> String {
        format!("result<{}, {}>", T::wit(), E::wit())
    }
}

impl Carries for () {
    type Owned = ();

    fn wit() -> Vec<String> {
        Vec::new()
    }

    fn values(&self) -> Vec<Value> {
        Vec::new()
    }

    fn owned_values(_: &()) -> Vec<Value> {
        Vec::new()
    }
}

macro_rules! lists {
    ($($($name:ident)+;)*) => {$(
        #[allow(non_snake_case)]
        impl<$($name: Carried),+> Carries for ($($name,)+) {
            type Owned = ($($name::Owned,)+);

            fn wit() -> Vec<String> {
                vec![$($name::wit()),+]
            }

            fn values(&self) -> Vec<Value> {
                let ($($name,)+) = self;
                vec![$($name.value()),+]
            }

            fn owned_values(owned: &Self::Owned) -> Vec<Value> {
                let ($($name,)+) = owned;
                vec![$($name.value()),+]
            }
        }
    )*};
}

lists! {
    A;
    A B;
    A B C D;
    A B C D E F G H;
    A B C D E F G H I J K L M N O P;
    A B C D E F G H I J K L M N O P Q;
}

/// Defines a record for both sides of the host.
macro_rules! record {
    ($lowered:ident, $owned:ident = $wit:literal { $($field:ident: $type:ty = $name:literal),+ $(,)? }) => {
        #[derive(Clone, Copy, ComponentType, Lower)]
        #[component(record)]
        pub struct $lowered {
            $(#[component(name = $name)] pub $field: $type,)+
        }

        #[derive(ComponentType, Lift)]
        #[component(record)]
        pub struct $owned {
            $(#[component(name = $name)] $field: <$type as Carried>::Owned,)+
        }

        impl Known for $lowered {
            fn value(&self) -> Value {
                Value::Fields(vec![$(self.$field.value()),+])
            }
        }

        impl Known for $owned {
            fn value(&self) -> Value {
                Value::Fields(vec![$(self.$field.value()),+])
            }
        }

        impl Carried for $lowered {
            type Owned = $owned;
            fn wit() -> String {
                $wit.to_string()
            }
        }

        impl Defined for $lowered {
            fn definition() -> String {
                let fields: Vec<String> =
                    vec![$(format!("{}: {}", $name, <$type as Carried>::wit())),+];
                format!("record {} {{ {} }}", $wit, fields.join(", "))
            }
        }
    };
}

pub(crate) use record;

/// What has to be declared in the interface.
pub trait Defined {
    fn definition() -> String;
}
