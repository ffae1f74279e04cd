//! The JSON Schema of everything that is written as JSON, made from the wire types themselves.
//!
//! The contract says that fields may be added: other fields than those of this version are no error.

use super::{
    BumpReport, CapabilitiesReport, CostReport, ExplainReport, ListReport, LogReport, Report, RulesReport,
    SCHEMA_VERSION, StabilityReport,
};
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// A kind of JSON: what a command writes with `--format json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchemaKind {
    /// The report of `compare` and `check`.
    Report,
    /// What `list` writes.
    List,
    /// What `capabilities` writes.
    Capabilities,
    /// What `log` writes.
    Log,
    /// What `stability` writes.
    Stability,
    /// What `bump` writes.
    Bump,
    /// What `cost` writes.
    Cost,
    /// What `rules` writes.
    Rules,
    /// What `explain` writes.
    Explain,
    /// What `config` writes.
    #[cfg(feature = "config")]
    Config,
}

impl SchemaKind {
    /// Every kind.
    pub const ALL: &[SchemaKind] = &[
        SchemaKind::Report,
        SchemaKind::List,
        SchemaKind::Capabilities,
        SchemaKind::Log,
        SchemaKind::Stability,
        SchemaKind::Bump,
        SchemaKind::Cost,
        SchemaKind::Rules,
        SchemaKind::Explain,
        #[cfg(feature = "config")]
        SchemaKind::Config,
    ];

    /// What users call it.
    pub fn name(self) -> &'static str {
        match self {
            SchemaKind::Report => "report",
            SchemaKind::List => "list",
            SchemaKind::Capabilities => "capabilities",
            SchemaKind::Log => "log",
            SchemaKind::Stability => "stability",
            SchemaKind::Bump => "bump",
            SchemaKind::Cost => "cost",
            SchemaKind::Rules => "rules",
            SchemaKind::Explain => "explain",
            #[cfg(feature = "config")]
            SchemaKind::Config => "config",
        }
    }
}

/// The schema of a kind, as draft 2020-12 of JSON Schema, with a line break at the end.
///
/// ```
/// use wit_diff::report::{SchemaKind, schema};
/// assert!(schema(SchemaKind::Report).contains("\"title\": \"wit-diff report\""));
/// ```
pub fn schema(kind: SchemaKind) -> String {
    let schema = match kind {
        SchemaKind::Report => of::<Report>(kind),
        SchemaKind::List => of::<ListReport>(kind),
        SchemaKind::Capabilities => of::<CapabilitiesReport>(kind),
        SchemaKind::Log => of::<LogReport>(kind),
        SchemaKind::Stability => of::<StabilityReport>(kind),
        SchemaKind::Bump => of::<BumpReport>(kind),
        SchemaKind::Cost => of::<CostReport>(kind),
        SchemaKind::Rules => of::<RulesReport>(kind),
        SchemaKind::Explain => of::<ExplainReport>(kind),
        #[cfg(feature = "config")]
        SchemaKind::Config => of::<super::ConfigReport>(kind),
    };
    super::json::indented(&schema)
}

/// The schema of the configuration file, likewise.
#[cfg(feature = "config")]
pub fn config_file_schema() -> String {
    super::json::indented(&crate::config::schema())
}

/// The schema of the file of accepted changes, likewise.
#[cfg(feature = "config")]
pub fn accepted_file_schema() -> String {
    super::json::indented(&crate::config::accepted_schema())
}

fn of<T: JsonSchema>(kind: SchemaKind) -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(AsWritten);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let name = kind.name();
    // Its name, and no address: nothing has to be fetched.
    schema.insert("$id".into(), format!("urn:wit-diff:{name}:{SCHEMA_VERSION}").into());
    schema.insert("title".into(), format!("wit-diff {name}").into());
    schema
}

/// What the types do not say of what is written.
#[derive(Clone)]
struct AsWritten;

impl Transform for AsWritten {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        if let Some(Value::String(description)) = schema.get_mut("description") {
            *description = description.replace('\n', " ");
        }
        // How wide a number is in memory tells readers nothing.
        schema.remove("format");
        let required: Vec<Value> = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
        for (name, property) in properties {
            let Some(property) = property.as_object_mut() else { continue };
            if name == "schema_version" {
                property.insert("const".into(), SCHEMA_VERSION.into());
            }
            // What is left out where there is nothing to say is never null.
            if !required.contains(&Value::from(name.as_str())) {
                without_null(property);
            }
        }
    }
}

/// `T` of `T` or null.
fn without_null(property: &mut serde_json::Map<String, Value>) {
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(branches)) = property.get_mut("anyOf") {
        branches.retain(|branch| branch.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            property.remove("anyOf");
            property.extend(only);
        }
    }
}
