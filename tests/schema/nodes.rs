//! A document, place by place, with what the schema says of each.

use serde_json::Value;

/// One place.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// A JSON pointer.
    pub pointer: String,
    /// The definition that it is in.
    pub name: String,
    /// What the schema says of it, references followed, and the branch that it takes chosen.
    pub schema: &'a Value,
    pub instance: &'a Value,
    /// Whether it may be null.
    pub is_nullable: bool,
}

/// The name of what a whole schema describes, as other schemas have it in their definitions.
pub fn root(schema: &Value) -> String {
    match schema["title"].as_str().unwrap() {
        "wit-diff report" => "Report".into(),
        title => title.into(),
    }
}

pub fn nodes<'a>(schema: &'a Value, document: &'a Value) -> Vec<Node<'a>> {
    let walk = Walk { root: schema };
    let mut found = Vec::new();
    let whole = Node { pointer: String::new(), name: root(schema), schema, instance: document, is_nullable: false };
    walk.down(whole, &mut found);
    found
}

struct Walk<'a> {
    root: &'a Value,
}

impl<'a> Walk<'a> {
    fn down(&self, node: Node<'a>, found: &mut Vec<Node<'a>>) {
        if let Some(reference) = node.schema["$ref"].as_str() {
            let name = reference.strip_prefix("#/$defs/").unwrap().to_owned();
            let schema = self.root.pointer(&reference[1..]).unwrap();
            return self.down(Node { schema, name, ..node }, found);
        }
        if let Some(branches) = node.schema["anyOf"].as_array() {
            let is_nullable = node.is_nullable || branches.iter().any(|branch| branch["type"] == "null");
            let branch = branches.iter().find(|branch| self.takes(branch, node.instance)).unwrap();
            return self.down(Node { schema: branch, is_nullable, ..node }, found);
        }
        let may_be = |types: &Vec<Value>| types.iter().any(|name| name == "null");
        let is_nullable = node.is_nullable || node.schema["type"].as_array().is_some_and(may_be);
        let node = Node { is_nullable, ..node };
        found.push(node.clone());
        match node.instance {
            Value::Object(fields) => {
                for (field, instance) in fields {
                    let known = node.schema["properties"].get(field);
                    let schema = known.unwrap_or(&node.schema["additionalProperties"]);
                    let pointer = format!("{}/{field}", node.pointer);
                    self.down(Node { pointer, name: node.name.clone(), schema, instance, is_nullable: false }, found);
                }
            }
            Value::Array(items) => {
                for (at, instance) in items.iter().enumerate() {
                    let (pointer, schema) = (format!("{}/{at}", node.pointer), &node.schema["items"]);
                    self.down(Node { pointer, name: node.name.clone(), schema, instance, is_nullable: false }, found);
                }
            }
            _ => {}
        }
    }

    /// Whether a branch is the one for an instance: that one is null, or an object with all that the branch requires.
    fn takes(&self, branch: &Value, instance: &Value) -> bool {
        let branch = branch["$ref"].as_str().map_or(branch, |to| self.root.pointer(&to[1..]).unwrap());
        match instance {
            Value::Null => branch["type"] == "null",
            Value::Object(fields) => {
                let required = branch["required"].as_array().into_iter().flatten();
                branch["type"] == "object"
                    && required.into_iter().all(|name| fields.contains_key(name.as_str().unwrap()))
            }
            _ => branch["type"] != "null" && branch["type"] != "object",
        }
    }
}
