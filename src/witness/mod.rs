//! For each change that breaks a link, the smallest pair of packages that still shows it.
//!
//! Every pair that is tried is put to the official validator, as two plain packages. Our comparison tells whether the
//! change is still in it; our verdicts tell where to look first, and decide nothing.

use crate::compare::{Comparison, Standing, compare};
use crate::error::Side;
use crate::judge::{Judged, JudgedPackage, Subject, judge};
use crate::reduce::{self, Pair};
use crate::revision::from_text;
use crate::surface::{Features, Resolved, resolve};
use crate::syntax::{self, File};
use crate::validator::{Dependencies, Oracle, Plain, Question, TOUCH, find, objection_to, verdicts};
use crate::verdict::{Protect, Verdict};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A change that breaks a link, as small as it can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The package, as `namespace:name`.
    pub package: String,
    /// Where the change stands in [`crate::compare::PackageComparison::changes`].
    pub change: usize,
    /// Who breaks: the question whose answer is no.
    pub question: Question,
    /// Both packages, the world, and the side that the component is built for.
    pub shown: Plain,
    /// What the official validator says when the component is put into the other side's world.
    pub message: String,
    /// Other changes that could not be cut away, as rule and path.
    pub beside: Vec<(String, String)>,
}

/// A change that breaks a link, and why there is nothing to show for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwitnessed {
    /// As in [`Witness::package`].
    pub package: String,
    /// As in [`Witness::change`].
    pub change: usize,
    /// Why.
    pub reason: String,
}

/// The changes of one package that break a link, by their place in the comparison.
pub fn breaking(package: &JudgedPackage) -> Vec<usize> {
    let breaks = |judged: &Judged| judged.layers.link.users.is_breaking() || judged.layers.link.makers.is_breaking();
    (0..package.changes.len()).filter(|&at| package.changes[at].as_ref().is_some_and(breaks)).collect()
}

/// The smallest pair that shows the change `change` of `package`.
///
/// `old` and `new` are what the judgement was made from.
///
/// # Errors
///
/// Where no question that the change may answer has a pair of plain packages that shows it.
pub fn witness(
    old: &Resolved,
    new: &Resolved,
    package: &JudgedPackage,
    change: usize,
    protect: Protect,
) -> Result<Witness, Unwitnessed> {
    let name = &package.comparison.name;
    let unwitnessed = |reason: String| Unwitnessed { package: name.clone(), change, reason };
    let (Some(old_package), Some(new_package)) = (find(old, name), find(new, name)) else {
        return Err(unwitnessed("the package is not on both sides".into()));
    };
    let mut oracle = Oracle::new(&old.resolve, old_package, &new.resolve, new_package, Dependencies::Whole);
    let sought = Sought::new(package, change);
    let mut reason = "no interface and no world of the package breaks by it".to_string();
    for question in questions(package, change, protect) {
        match oracle.plain(&question).and_then(|plain| sought.smallest(plain, &question)) {
            Ok((shown, message, beside)) => {
                return Ok(Witness { package: name.clone(), change, question, shown, message, beside });
            }
            Err(why) => reason = why,
        }
    }
    Err(unwitnessed(reason))
}

/// The questions whose answer may be no because of a change, likeliest first: about the item that it stands in, then
/// about those that it reaches; first for whom the user protects.
fn questions(package: &JudgedPackage, change: usize, protect: Protect) -> Vec<Question> {
    let compared = &package.comparison;
    let found = &compared.changes[change];
    let item = |path: &str| {
        let item = path.split('#').next()?.strip_prefix(&*compared.name)?.strip_prefix('/')?;
        Some(item.to_string())
    };
    let home = item(&found.path);
    let mut names: Vec<String> =
        home.clone().into_iter().chain(found.reach.iter().filter_map(|path| item(path))).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));

    let mut questions = Vec::new();
    let own = package.changes[change].unwrap_or_default();
    for name in &names {
        let interface = compared.interfaces.iter().position(|interface| interface.name == *name);
        let interface = interface.filter(|&at| compared.interfaces[at].standing != Standing::Added);
        let world = compared.worlds.iter().position(|world| world.name == *name);
        let world = world.filter(|&at| compared.worlds[at].standing == Standing::Both);
        let asked = (interface
            .map(|at| (format!("interface {name}"), ["consumers", "providers"], package.interfaces[at])))
        .into_iter()
        .chain(world.map(|at| (format!("world {name}"), ["guests", "hosts"], package.worlds[at])));
        for (item, parties, judged) in asked {
            // Where a change stands it breaks whom it breaks; what it reaches may break otherwise.
            let judged = if home.as_ref() == Some(name) { own } else { judged };
            questions.extend(broken(item, parties, &judged, protect));
        }
    }
    questions
}

/// The parties whose link breaks, first whom the user protects.
fn broken(item: String, [users, makers]: [&'static str; 2], judged: &Judged, protect: Protect) -> Vec<Question> {
    let mut parties = vec![(users, judged.layers.link.users), (makers, judged.layers.link.makers)];
    if !protect.guests() {
        parties.reverse();
    }
    let broken = parties.into_iter().filter(|(_, verdict)| verdict.is_breaking());
    broken.map(|(party, _)| Question { item: item.clone(), party }).collect()
}

/// What a pair must show.
struct Sought<'a> {
    package: &'a str,
    rule: &'static str,
    path: &'a str,
}

/// Rule and path of a change.
type Named = (String, String);

impl<'a> Sought<'a> {
    fn new(package: &'a JudgedPackage, change: usize) -> Sought<'a> {
        let found = &package.comparison.changes[change];
        Sought { package: &package.comparison.name, rule: found.fact.rule(), path: &found.path }
    }

    /// The smallest pair, the validator's words, and what else differs in it.
    fn smallest(&self, plain: Plain, question: &Question) -> Result<(Plain, String, Vec<Named>), String> {
        let plain = stripped(plain)?;
        // What is cut must not make changes of its own, nor bring one back.
        let left = RefCell::new(self.changes(&plain)?.into_iter().collect());
        let mut shown = smallest(plain, &|plain| self.shows(plain, &mut left.borrow_mut(), true).map(|_| ()))?;
        let mut beside = self.changes(&shown)?;
        beside.retain(|change| !self.is_it(change) && !self.is_made_up(&change.1, &shown, question));
        if beside.is_empty() {
            // In an export a type shows without any user.
            shown = smallest(shown, &|plain| self.shows(plain, &mut left.borrow_mut(), false).map(|_| ()))?;
        }
        let message = self.shows(&shown, &mut left.borrow_mut(), false)?;
        Ok((shown, message, beside))
    }

    /// The validator's words, if the pair shows what is sought and no other change than those that are left, of which
    /// some may be gone then.
    ///
    /// A type that comes or goes is felt by its users; `with_user` asks for the one that is made up for it, if it has one.
    fn shows(&self, plain: &Plain, left: &mut BTreeSet<Named>, with_user: bool) -> Result<String, String> {
        let changes: BTreeSet<Named> = self.changes(plain)?.into_iter().collect();
        if !changes.is_subset(left) {
            return Err("there are other changes".into());
        }
        if !(is_honest(&plain.old) && is_honest(&plain.new)) {
            return Err("a function that is there to use a type does not".into());
        }
        if !changes.iter().any(|change| self.is_it(change)) {
            return Err("the plain packages do not differ in it".into());
        }
        let user = self.path.replacen('#', &format!("#{TOUCH}"), 1);
        let has_user = |changes: &BTreeSet<Named>| changes.iter().any(|(_, path)| *path == user);
        if with_user && has_user(left) && !has_user(&changes) {
            return Err("nothing uses the type any more".into());
        }
        let objection = objection(plain)?.ok_or("the official validator has no objection")?;
        *left = changes;
        Ok(objection)
    }

    /// Whether a change is about the world or a function that is there for the question only.
    fn is_made_up(&self, path: &str, shown: &Plain, question: &Question) -> bool {
        let world = format!("{}/{}#", self.package, shown.world);
        path.contains(&format!("#{TOUCH}")) || question.item.starts_with("interface ") && path.starts_with(&world)
    }

    fn is_it(&self, (rule, path): &Named) -> bool {
        (&**rule, &**path) == (self.rule, self.path)
    }

    fn changes(&self, plain: &Plain) -> Result<Vec<Named>, String> {
        let comparison = comparison(plain)?;
        let package = comparison.packages.into_iter().find(|package| package.name == self.package);
        let changes = package.map(|package| package.changes).unwrap_or_default();
        Ok(changes.into_iter().map(|change| (change.fact.rule().to_string(), change.path)).collect())
    }
}

/// The smallest pair of WIT files that shows that our verdict and the official one differ; `None` where the plain
/// packages do not show it.
pub fn show_disagreement(old: &Resolved, new: &Resolved, subject: &Subject) -> Option<(String, String)> {
    let Subject { package, item, party } = subject;
    let mut oracle =
        Oracle::new(&old.resolve, find(old, package)?, &new.resolve, find(new, package)?, Dependencies::Whole);
    let question = oracle.questions().into_iter().find(|asked| asked.item == *item && asked.party == party)?;
    let plain = stripped(oracle.plain(&question).ok()?).ok()?;
    let differs = |plain: &Plain| {
        let ours = our_verdict(plain, package, &question)?;
        let official = Verdict::breaking_if(objection(plain)?.is_some());
        if ours == official { Err("both say the same".to_string()) } else { Ok(()) }
    };
    smallest(plain, &differs).ok().map(|shown| (shown.old, shown.new))
}

fn our_verdict(plain: &Plain, package: &str, question: &Question) -> Result<Verdict, String> {
    let judgement = judge(comparison(plain)?, Protect::All);
    let judged = judgement.packages.iter().find(|judged| judged.comparison.name == package);
    let verdicts = judged.map(verdicts).unwrap_or_default();
    verdicts.get(question).copied().ok_or_else(|| "there is no verdict".to_string())
}

/// Whether every function that is there to use a type still takes that type.
fn is_honest(text: &str) -> bool {
    text.lines().filter_map(|line| line.trim().strip_prefix(TOUCH)?.split_once(": ")).all(|(ty, signature)| {
        let plain = signature.replace('%', "");
        plain == format!("func(t: {ty});") || plain == format!("func(t: borrow<{ty}>);")
    })
}

/// The same without documentation and gates: what is there counts.
fn stripped(plain: Plain) -> Result<Plain, String> {
    let mut pair = parsed(&plain)?;
    reduce::strip(&mut pair.old);
    reduce::strip(&mut pair.new);
    Ok(spelled(&plain, &pair))
}

/// The smallest pair that holds.
fn smallest(plain: Plain, holds: &dyn Fn(&Plain) -> Result<(), String>) -> Result<Plain, String> {
    holds(&plain)?;
    Ok(spelled(&plain, &reduce::reduce(parsed(&plain)?, &mut |pair| holds(&spelled(&plain, pair)).is_ok())))
}

fn parsed(plain: &Plain) -> Result<Pair, String> {
    let parse = |text: &str| syntax::parse(text).map_err(|error| error.message);
    Ok(Pair { old: vec![parse(&plain.old)?], new: vec![parse(&plain.new)?] })
}

fn spelled(plain: &Plain, pair: &Pair) -> Plain {
    let print = |files: &[File]| files.iter().map(File::to_string).collect();
    Plain { old: print(&pair.old), new: print(&pair.new), ..plain.clone() }
}

fn comparison(plain: &Plain) -> Result<Comparison, String> {
    let surface = |name: &str, text: &str| {
        let views = resolve(from_text(name, text), &Features::default()).map_err(|error| error.message)?;
        Ok::<_, String>(views.judged)
    };
    Ok(compare(&surface("old.wit", &plain.old)?, &surface("new.wit", &plain.new)?, None))
}

/// What the official validator has against the component in the other side's world.
fn objection(plain: &Plain) -> Result<Option<String>, String> {
    let (built_for, target) = match plain.built_for {
        Side::Old => (&plain.old, &plain.new),
        Side::New => (&plain.new, &plain.old),
    };
    objection_to(built_for, target, &plain.world)
}
