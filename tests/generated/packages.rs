//! Where pairs start from: every package of the test data, packages written for this, and those of `wit-smith`.

use crate::draft::Draft;
use crate::judge::resolve;
use crate::pairs;
use arbitrary::Unstructured;
use fastrand::Rng;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use wit_component::WitPrinter;
use wit_diff::revision::{self, Bundle, Revision};
use wit_diff::surface::Features;
use wit_diff::syntax::parse;
use wit_parser::decoding::{DecodedWasm, decode};

/// A package and its name.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub draft: Draft,
}

/// What there is to start from.
pub struct Sources {
    /// Written for this.
    pub seeds: Vec<Source>,
    /// The sides of the cases.
    pub cases: Vec<Source>,
    /// Published packages, by the length of their text.
    pub real: Vec<Source>,
}

impl Sources {
    pub fn load() -> Sources {
        let mut known = BTreeSet::new();
        let cases = pairs::cases().into_iter().filter(|case| !case.name.starts_with("broken/"));
        let sides = cases.flat_map(|case| [(case.name.clone(), case.old), (case.name, case.new)]);
        let cases: Vec<Source> = sides.filter_map(|(name, path)| load(&name, &path, &mut known)).collect();
        let mut real: Vec<(usize, Source)> = (pairs::corpora().iter().flat_map(|corpus| pairs::neighbours(corpus)))
            .flat_map(|pair| [(pair.name.clone(), pair.old), (pair.name, pair.new)])
            .filter_map(|(name, path)| load(&name, &path, &mut known))
            .map(|source| (length(&source.draft), source))
            .collect();
        real.sort_by_key(|(length, _)| *length);
        let seeds = seeds();
        assert!(seeds.len() > 4 && cases.len() > 300 && real.len() > 50, "the test data is not where it belongs");
        Sources { seeds, cases, real: real.into_iter().map(|(_, source)| source).collect() }
    }

    /// Any source: mostly small ones, as large ones take hundreds of times as long.
    pub fn any(&self, rng: &mut Rng) -> Source {
        match rng.u32(0..100) {
            0..40 => rng.choice(&self.seeds).expect("a seed").clone(),
            40..77 => rng.choice(&self.cases).expect("a case").clone(),
            77..97 => smith(rng.u64(..)),
            // The smaller, the likelier.
            _ => self.real[(self.real.len() as f64 * rng.f64() * rng.f64() * rng.f64()) as usize].clone(),
        }
    }
}

/// The packages that were written for this.
fn seeds() -> Vec<Source> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generated/seeds");
    let entries = fs::read_dir(directory).expect("the seeds");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let file = parse(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let draft = Draft::new(vec![vec![file]]);
        resolve(&draft.texts(), &Features::default()).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        Source { name: format!("seed {}", path.file_stem().unwrap().to_string_lossy()), draft }
    };
    paths.iter().map(read).collect()
}

fn length(draft: &Draft) -> usize {
    draft.texts().iter().flatten().map(|(_, text)| text.len()).sum()
}

fn load(name: &str, path: &Path, known: &mut BTreeSet<String>) -> Option<Source> {
    let Revision { main, deps, siblings, .. } =
        revision::load(&path.to_string_lossy(), &revision::Options::default()).ok()?;
    let files = |bundle: &Bundle| {
        let text = |bytes: &[u8]| parse(std::str::from_utf8(bytes).ok()?).ok();
        bundle.files.iter().map(|file| text(&file.bytes)).collect::<Option<Vec<_>>>()
    };
    let packages = std::iter::once(&main).chain(&deps).chain(&siblings).map(files).collect::<Option<Vec<_>>>()?;
    let draft = Draft::new(packages);
    let side = path.file_stem()?.to_string_lossy();
    // A few packages stand beside what they need without being `deps`; those do not resolve together.
    let fresh = resolve(&draft.texts(), &Features { all: true, ..Features::default() }).is_ok()
        && known.insert(format!("{:?}", draft.texts()));
    fresh.then(|| Source { name: format!("{name} {side}"), draft })
}

/// A package made by `wit-smith` from a seed, with what it depends on.
pub fn smith(seed: u64) -> Source {
    let mut rng = Rng::with_seed(seed);
    loop {
        let config = wit_smith::Config {
            max_packages: rng.usize(1..=2),
            max_type_size: rng.usize(5..=40),
            max_interface_items: rng.usize(1..=5),
            max_world_items: rng.usize(1..=5),
            max_pkg_items: rng.usize(1..=4),
            max_type_parts: rng.usize(1..=4),
            max_files_per_package: 1,
            max_resource_items: rng.usize(0..=4),
            async_: rng.bool(),
            futures: rng.bool(),
            streams: rng.bool(),
            error_context: rng.u8(..) < 32,
            fixed_length_lists: rng.bool(),
            world_include: rng.bool(),
            implements: rng.bool(),
            canonical_names: false,
        };
        let bytes: Vec<u8> = std::iter::repeat_with(|| rng.u8(..)).take(2048).collect();
        let draft = std::panic::catch_unwind(|| {
            let wasm = wit_smith::smith(&config, &mut Unstructured::new(&bytes)).ok()?;
            let DecodedWasm::WitPackage(resolve, package) = decode(&wasm).ok()? else { return None };
            let others: Vec<_> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != package).collect();
            let mut printer = WitPrinter::default();
            printer.print(&resolve, package, &others).ok()?;
            let draft = Draft::new(vec![vec![parse(&printer.output.to_string()).ok()?]]);
            self::resolve(&draft.texts(), &Features::default()).ok()?;
            Some(draft)
        });
        if let Ok(Some(draft)) = draft {
            return Source { name: format!("wit-smith {seed}"), draft };
        }
    }
}
