//! One variant of a step's event enum as (kind, MessagePack of its fields), and back.
//!
//! serde knows the name of each variant; asking it keeps the kinds in one place, beside the variants.

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, VariantAccess, Visitor};
use serde::ser::{self, Impossible, Serialize};
use std::fmt;

/// The names of an enum's variants, as they are stored.
pub fn names<E: DeserializeOwned>() -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    // The reader stops as soon as it has told the names; its refusal is the way out.
    let _ = E::deserialize(Names(&mut found));
    found
}

/// The name of an event's variant, as it is stored.
pub fn name<E: Serialize>(event: &E) -> &'static str {
    event.serialize(Name).unwrap_or_else(|Told(name)| name)
}

/// The names of the fields of one variant, those left out when empty included.
pub fn fields<E: DeserializeOwned>(kind: &'static str) -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    // As above: told, then refused.
    let _ = E::deserialize(Fields { kind, found: &mut found });
    found
}

/// The kind and the fields of an event.
pub fn write<E: Serialize>(event: &E) -> (&'static str, Vec<u8>) {
    let kind = name(event);
    let whole = rmp_serde::to_vec_named(event).expect("events hold nothing that MessagePack cannot hold");
    // An enum is a map of one entry: its name, then its fields.
    let header = 1 + rmp_length_of_text(kind);
    (kind, whole.get(header..).unwrap_or_default().to_vec())
}

/// The event with this kind and these fields.
pub fn read<E: DeserializeOwned>(kind: &'static str, bytes: &[u8]) -> Result<E, rmp_serde::decode::Error> {
    let mut rest = bytes;
    let event = E::deserialize(OneVariant { kind, fields: &mut rest })?;
    if rest.is_empty() { Ok(event) } else { Err(de::Error::custom(format_args!("{} bytes too many", rest.len()))) }
}

/// Bytes that a short text takes in MessagePack, its marker included.
const fn rmp_length_of_text(text: &str) -> usize {
    text.len() + if text.len() < 32 { 1 } else { 2 }
}

struct OneVariant<'a, 'b> {
    kind: &'static str,
    fields: &'a mut &'b [u8],
}

impl<'de> de::Deserializer<'de> for OneVariant<'_, '_> {
    type Error = rmp_serde::decode::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for OneVariant<'_, '_> {
    type Error = rmp_serde::decode::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Self::Error> {
        let name: StrDeserializer<'_, Self::Error> = self.kind.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for OneVariant<'_, '_> {
    type Error = rmp_serde::decode::Error;

    fn unit_variant(self) -> Result<(), Self::Error> {
        Err(de::Error::custom("an event has fields"))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Self::Error> {
        Err(de::Error::custom("an event has named fields"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("an event has named fields"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Self::Error> {
        let mut reader = rmp_serde::Deserializer::new(&mut *self.fields);
        de::Deserializer::deserialize_map(&mut reader, visitor)
    }
}

/// Asks an enum for the names of its variants.
struct Names<'a>(&'a mut &'static [&'static str]);

impl<'de> de::Deserializer<'de> for Names<'_> {
    type Error = de::value::Error;

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = variants;
        Err(de::Error::custom("told"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("not an enum"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Asks a variant for the names of its fields.
struct Fields<'a> {
    kind: &'static str,
    found: &'a mut &'static [&'static str],
}

impl<'de> de::Deserializer<'de> for Fields<'_> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Fields<'_> {
    type Error = de::value::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Self::Error> {
        let name: StrDeserializer<'_, Self::Error> = self.kind.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Fields<'_> {
    type Error = de::value::Error;

    fn unit_variant(self) -> Result<(), Self::Error> {
        Err(de::Error::custom("an event has fields"))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Self::Error> {
        Err(de::Error::custom("an event has named fields"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("an event has named fields"))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], _: V) -> Result<V::Value, Self::Error> {
        *self.found = fields;
        Err(de::Error::custom("told"))
    }
}

/// Carries the name of a variant out of serde.
#[derive(Debug)]
struct Told(&'static str);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Told {}

impl ser::Error for Told {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self("")
    }
}

/// Asks a value for the name of its variant.
struct Name;

macro_rules! no {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(self, _: $type) -> Result<Self::Ok, Told> {
            Err(Told(""))
        }
    )*};
}

impl ser::Serializer for Name {
    type Ok = &'static str;
    type Error = Told;
    type SerializeSeq = Impossible<Self::Ok, Told>;
    type SerializeTuple = Impossible<Self::Ok, Told>;
    type SerializeTupleStruct = Impossible<Self::Ok, Told>;
    type SerializeTupleVariant = Impossible<Self::Ok, Told>;
    type SerializeMap = Impossible<Self::Ok, Told>;
    type SerializeStruct = Impossible<Self::Ok, Told>;
    type SerializeStructVariant = Impossible<Self::Ok, Told>;

    no!(serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str);

    fn serialize_none(self) -> Result<Self::Ok, Told> {
        Err(Told(""))
    }
    fn serialize_some<T: ?Sized + Serialize>(self, _: &T) -> Result<Self::Ok, Told> {
        Err(Told(""))
    }
    fn serialize_unit(self) -> Result<Self::Ok, Told> {
        Err(Told(""))
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Self::Ok, Told> {
        Ok(variant)
    }
    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, _: &T) -> Result<Self::Ok, Told> {
        Err(Told(""))
    }
    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<Self::Ok, Told> {
        Ok(variant)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Told> {
        Err(Told(""))
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Told> {
        Err(Told(""))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Told> {
        Err(Told(""))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Told> {
        Err(Told(variant))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Told> {
        Err(Told(""))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Told> {
        Err(Told(""))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Told> {
        Err(Told(variant))
    }
}
