//! Packages of any size: two revisions of one package that differ in about one item of a hundred.
//!
//! The mix is that of published packages: records, variants, enums, flags, resources with methods, aliases, and
//! functions that use them; documentation on a third of the items; interfaces of about two hundred types that `use` a
//! few types of the one before. The same seed gives the same bytes on every machine.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// How many types an interface defines.
const TYPES: usize = 200;
/// How many functions it has besides.
const FUNCTIONS: usize = 60;
/// How many types it uses of the one before.
const USED: usize = 3;
/// Over how many files a package is spread.
const FILES: usize = 4;
/// One item of so many differs on the new side.
const CHANGED: usize = 100;

/// Writes `old/` and `new/` into `directory`: two revisions of the package `name`, with about `types` types on either
/// side.
///
/// # Errors
///
/// What cannot be written.
pub fn generate(directory: &Path, name: &str, types: usize, seed: u64) -> io::Result<()> {
    let mut package = Package::generate(name, types, &mut Random(seed));
    package.write(&directory.join("old"))?;
    package.change(&mut Random(!seed));
    package.write(&directory.join("new"))
}

/// A sequence of numbers that its seed determines (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn between(&mut self, start: usize, end: usize) -> usize {
        start + self.below(end - start)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

struct Package {
    name: String,
    version: &'static str,
    interfaces: Vec<Interface>,
}

struct Interface {
    docs: Docs,
    uses: Vec<String>,
    types: Vec<TypeDef>,
    functions: Vec<Function>,
}

struct TypeDef {
    name: String,
    docs: Docs,
    kind: Kind,
}

enum Kind {
    Record(Vec<Part>),
    Variant(Vec<(String, Option<String>)>),
    Enum(Vec<String>),
    Flags(Vec<String>),
    Resource(Vec<Function>),
    Alias(String),
}

struct Part {
    name: String,
    docs: Docs,
    ty: String,
}

struct Function {
    name: String,
    docs: Docs,
    head: &'static str,
    parameters: Vec<(String, String)>,
    result: Option<String>,
}

/// Lines of documentation.
type Docs = Vec<String>;

const WORDS: [&str; 24] = [
    "buffer", "channel", "clock", "code", "cursor", "digest", "entry", "error", "event", "frame", "handle", "header",
    "index", "kind", "limit", "message", "offset", "option", "path", "record", "request", "state", "stream", "timeout",
];
const PRIMITIVES: [&str; 10] = ["bool", "u8", "u16", "u32", "u64", "s32", "s64", "f64", "char", "string"];
const SENTENCES: [&str; 6] = [
    "Returns as soon as the first byte is there, and fails if there will be none.",
    "The value is the one that was set last; where none was set, it is the default.",
    "Callers must not rely on the order, which may differ from one call to the next.",
    "See the corresponding function of POSIX, from which this one differs in what it does at the end of a file.",
    "This is an upper bound: implementations may return less.",
    "",
];

/// The types that may be named at some point of an interface.
#[derive(Default)]
struct Scope {
    values: Vec<String>,
    resources: Vec<String>,
}

impl Scope {
    /// A type that may stand in a definition: for the most part one without a name.
    fn value(&self, random: &mut Random) -> String {
        match random.below(20) {
            0..=10 => random.pick(&PRIMITIVES).into(),
            11 => "list<u8>".into(),
            12 => format!("option<{}>", random.pick(&PRIMITIVES)),
            13 if !self.values.is_empty() => format!("list<{}>", self.named(random)),
            14 if !self.values.is_empty() => format!("option<{}>", self.named(random)),
            15 => format!("tuple<{}, {}>", random.pick(&PRIMITIVES), random.pick(&PRIMITIVES)),
            _ if !self.values.is_empty() => self.named(random),
            _ => "string".into(),
        }
    }

    /// A type that may stand in a parameter.
    fn parameter(&self, random: &mut Random) -> String {
        if !self.resources.is_empty() && random.one_in(8) {
            return format!("borrow<{}>", self.resources[random.below(self.resources.len())]);
        }
        self.value(random)
    }

    /// A type that may stand in a result.
    fn result(&self, random: &mut Random) -> Option<String> {
        Some(match random.below(6) {
            0 => return None,
            1 | 2 => format!("result<{}, {}>", self.value(random), self.value(random)),
            3 if !self.resources.is_empty() => self.resources[random.below(self.resources.len())].clone(),
            _ => self.value(random),
        })
    }

    /// A named type: one of the neighbourhood for the most part.
    fn named(&self, random: &mut Random) -> String {
        let near = self.values.len().saturating_sub(30);
        let start = if random.one_in(4) { 0 } else { near };
        self.values[random.between(start, self.values.len())].clone()
    }
}

impl Package {
    fn generate(name: &str, types: usize, random: &mut Random) -> Package {
        let count = types.div_ceil(TYPES).max(1);
        let mut interfaces: Vec<Interface> = Vec::with_capacity(count);
        for at in 0..count {
            let wanted = (types - at * TYPES).min(TYPES);
            let interface = Interface::generate(at, wanted, interfaces.last(), random);
            interfaces.push(interface);
        }
        Package { name: name.to_string(), version: "1.0.0", interfaces }
    }

    fn change(&mut self, random: &mut Random) {
        self.version = "1.1.0";
        self.interfaces.iter_mut().for_each(|interface| interface.change(random));
    }

    fn write(&self, directory: &Path) -> io::Result<()> {
        fs::create_dir_all(directory)?;
        let each = self.interfaces.len().div_ceil(FILES).max(1);
        for (at, interfaces) in self.interfaces.chunks(each).enumerate() {
            let mut text = format!("package {}@{};\n", self.name, self.version);
            for (place, interface) in interfaces.iter().enumerate() {
                interface.write(at * each + place, &mut text);
            }
            fs::write(directory.join(format!("part-{at}.wit")), text)?;
        }
        let mut text = format!("package {}@{};\n\nworld host {{\n", self.name, self.version);
        // One export alone: what it uses must not be exported, too.
        let last = self.interfaces.len() - 1;
        (0..last).step_by(10).for_each(|at| _ = writeln!(text, "    import part-{at};"));
        _ = writeln!(text, "    export part-{last};");
        text.push_str("}\n");
        fs::write(directory.join("worlds.wit"), text)
    }
}

impl Interface {
    fn generate(at: usize, types: usize, before: Option<&Interface>, random: &mut Random) -> Interface {
        let mut scope = Scope::default();
        let docs = docs(random);
        let mut uses = Vec::new();
        if let Some(before) = before {
            for step in 0..USED {
                let used = &before.types[(before.types.len() / USED) * step + random.below(before.types.len() / USED)];
                uses.push(used.name.clone());
                match used.kind {
                    Kind::Resource(_) => scope.resources.push(used.name.clone()),
                    _ => scope.values.push(used.name.clone()),
                }
            }
        }
        let mut defined = Vec::with_capacity(types);
        for place in 0..types {
            // The number of the interface keeps names apart that meet by `use`.
            let name = format!("{}-t{at}x{place}", random.pick(&WORDS));
            let ty = TypeDef { docs: self::docs(random), kind: Kind::generate(&scope, random), name };
            match ty.kind {
                Kind::Resource(_) => scope.resources.push(ty.name.clone()),
                _ => scope.values.push(ty.name.clone()),
            }
            defined.push(ty);
        }
        let functions = FUNCTIONS * types / TYPES;
        let functions = (0..functions).map(|place| Function::generate(place, "func", &scope, random)).collect();
        Interface { docs, uses, types: defined, functions }
    }

    /// Changes about one of [`CHANGED`] items, in assorted ways.
    fn change(&mut self, random: &mut Random) {
        for ty in &mut self.types {
            if random.one_in(CHANGED) {
                ty.change(random);
            }
        }
        let mut at = 0;
        while at < self.functions.len() {
            if random.one_in(CHANGED) {
                match random.below(6) {
                    0 => _ = self.functions.remove(at),
                    1 => self.functions.insert(at, Function::generate(1000 + at, "func", &Scope::default(), random)),
                    _ => self.functions[at].change(random),
                }
            }
            at += 1;
        }
    }

    fn write(&self, at: usize, out: &mut String) {
        out.push('\n');
        write_docs(&self.docs, "", out);
        _ = writeln!(out, "interface part-{at} {{");
        if !self.uses.is_empty() {
            _ = writeln!(out, "    use part-{}.{{{}}};", at - 1, self.uses.join(", "));
        }
        self.types.iter().for_each(|ty| ty.write(out));
        self.functions.iter().for_each(|function| function.write("    ", out));
        out.push_str("}\n");
    }
}

impl Kind {
    fn generate(scope: &Scope, random: &mut Random) -> Kind {
        let count = random.between(2, 9);
        let names = |count: usize, random: &mut Random| -> Vec<String> {
            (0..count).map(|at| format!("{}-{at}", random.pick(&WORDS))).collect()
        };
        match random.below(20) {
            0..=8 => Kind::Record(
                names(count, random)
                    .into_iter()
                    .map(|name| Part { name, docs: docs(random), ty: scope.value(random) })
                    .collect(),
            ),
            9..=11 => Kind::Variant(
                names(count, random)
                    .into_iter()
                    .map(|name| (name, random.one_in(2).then(|| scope.value(random))))
                    .collect(),
            ),
            12..=13 => Kind::Enum(names(2 * count, random)),
            14 => Kind::Flags(names(count, random)),
            15 => {
                let mut members = vec![Function::generate(0, "constructor", scope, random)];
                members.extend((1..count).map(|at| Function::generate(at, "func", scope, random)));
                members.push(Function::generate(count, "static func", scope, random));
                Kind::Resource(members)
            }
            _ => Kind::Alias(scope.value(random)),
        }
    }
}

impl TypeDef {
    fn change(&mut self, random: &mut Random) {
        if random.one_in(4) {
            return self.docs.push("And this was said later.".into());
        }
        let later = || "added-later".to_string();
        match &mut self.kind {
            Kind::Record(fields) => match random.below(3) {
                0 => fields.push(Part { name: later(), docs: Docs::new(), ty: "u32".into() }),
                1 => fields[0].ty = random.pick(&PRIMITIVES).into(),
                _ => fields.swap(0, 1),
            },
            Kind::Variant(cases) => match random.below(3) {
                0 => cases.push((later(), Some("string".into()))),
                1 => cases[0].1 = Some("list<string>".into()),
                _ => drop(cases.remove(0)),
            },
            Kind::Enum(labels) | Kind::Flags(labels) => match random.below(2) {
                0 => labels.push(later()),
                _ => drop(labels.remove(0)),
            },
            Kind::Resource(members) => match random.below(2) {
                0 => members.push(Function::generate(1000, "func", &Scope::default(), random)),
                _ => drop(members.pop()),
            },
            Kind::Alias(target) => *target = random.pick(&PRIMITIVES).into(),
        }
    }

    fn write(&self, out: &mut String) {
        write_docs(&self.docs, "    ", out);
        let name = &self.name;
        let labels = |word: &str, labels: &[String], out: &mut String| {
            _ = writeln!(out, "    {word} {name} {{");
            labels.iter().for_each(|label| _ = writeln!(out, "        {label},"));
        };
        match &self.kind {
            Kind::Record(fields) => {
                _ = writeln!(out, "    record {name} {{");
                for field in fields {
                    write_docs(&field.docs, "        ", out);
                    _ = writeln!(out, "        {}: {},", field.name, field.ty);
                }
            }
            Kind::Variant(cases) => {
                _ = writeln!(out, "    variant {name} {{");
                for (case, ty) in cases {
                    match ty {
                        Some(ty) => _ = writeln!(out, "        {case}({ty}),"),
                        None => _ = writeln!(out, "        {case},"),
                    }
                }
            }
            Kind::Enum(cases) => labels("enum", cases, out),
            Kind::Flags(flags) => labels("flags", flags, out),
            Kind::Resource(members) => {
                _ = writeln!(out, "    resource {name} {{");
                members.iter().for_each(|member| member.write("        ", out));
            }
            Kind::Alias(target) => {
                _ = writeln!(out, "    type {name} = {target};");
                return;
            }
        }
        out.push_str("    }\n");
    }
}

impl Function {
    fn generate(at: usize, head: &'static str, scope: &Scope, random: &mut Random) -> Function {
        let name = format!("{}-{}-f{at}", random.pick(&WORDS), random.pick(&WORDS));
        let docs = docs(random);
        let count = random.below(4);
        let parameters =
            (0..count).map(|at| (format!("{}-{at}", random.pick(&WORDS)), scope.parameter(random))).collect();
        let result = if head == "constructor" { None } else { scope.result(random) };
        Function { name, docs, head, parameters, result }
    }

    fn change(&mut self, random: &mut Random) {
        match (random.below(4), self.parameters.first_mut()) {
            (0, _) => self.docs.push("And this was said later.".into()),
            (1, Some((_, ty))) => *ty = random.pick(&PRIMITIVES).into(),
            (2, _) => self.result = Some(random.pick(&PRIMITIVES).into()),
            _ => self.parameters.push(("added-later".into(), "u64".into())),
        }
    }

    fn write(&self, indent: &str, out: &mut String) {
        write_docs(&self.docs, indent, out);
        let parameters: Vec<String> = self.parameters.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        let parameters = parameters.join(", ");
        match self.head {
            "constructor" => _ = write!(out, "{indent}constructor({parameters})"),
            head => _ = write!(out, "{indent}{}: {head}({parameters})", self.name),
        }
        if let Some(result) = &self.result {
            _ = write!(out, " -> {result}");
        }
        out.push_str(";\n");
    }
}

/// One to four lines on a third of all items.
fn docs(random: &mut Random) -> Docs {
    if !random.one_in(3) {
        return Docs::new();
    }
    (0..random.between(1, 5)).map(|_| random.pick(&SENTENCES).into()).collect()
}

fn write_docs(docs: &Docs, indent: &str, out: &mut String) {
    docs.iter().for_each(|line| _ = writeln!(out, "{indent}{}", format!("/// {line}").trim_end()));
}
