//! Who uses what, step by step from a changed type to all that it reaches.

use super::reach::{Carrier, Users};
use crate::surface::{InterfaceId, Owner, TypeId};
use std::collections::{BTreeSet, HashSet};

/// How many steps are told of one package, and how many types are looked at for them: a picture is for looking at.
const TOLD: usize = 1_000;
const LOOKED_AT: usize = 20_000;

/// The steps: the path of what is used, and that of what uses it.
pub(super) type Steps = BTreeSet<(String, String)>;

/// What was gone through already.
#[derive(Default)]
pub(super) struct Gone {
    types: HashSet<TypeId>,
    looked_at: usize,
}

impl Users<'_> {
    /// Adds all steps from a type on.
    pub fn steps(&self, start: TypeId, gone: &mut Gone, steps: &mut Steps) {
        let mut queue = vec![start];
        while let Some(used) = queue.pop() {
            if !gone.types.insert(used) {
                continue;
            }
            let Some(path) = self.type_path(used) else { continue };
            // Types without a name are seen through.
            let (mut seen, mut open, mut is_used) = (HashSet::from([used]), vec![used], false);
            while let Some(at) = open.pop() {
                gone.looked_at += 1;
                if steps.len() >= TOLD || gone.looked_at >= LOOKED_AT {
                    return;
                }
                is_used |= !self.functions.of(at).is_empty();
                for &carrier in self.functions.of(at) {
                    self.carried(&path, carrier, steps);
                }
                for &user in self.types.of(at).iter().filter(|&&user| seen.insert(user)) {
                    match self.type_path(user) {
                        Some(name) => {
                            is_used = true;
                            steps.insert((path.clone(), name));
                            queue.push(user);
                        }
                        None => open.push(user),
                    }
                }
            }
            if !is_used {
                self.owned(&path, used, steps);
            }
        }
    }

    fn type_path(&self, ty: TypeId) -> Option<String> {
        let def = self.half.surface.ty(ty);
        let name = def.name.as_ref()?;
        match def.owner {
            Owner::Interface(owner) => {
                let path = self.half.interface_path(owner);
                (!path.is_empty()).then(|| format!("{path}#{name}"))
            }
            Owner::World(owner) => Some(format!("{}#type:{name}", self.world(owner))),
            Owner::None => None,
        }
    }

    /// A function uses a type, and an interface or world holds the function.
    fn carried(&self, path: &str, carrier: u32, steps: &mut Steps) {
        match self.carriers.get(carrier as usize) {
            Some(Carrier::Interface(owner, function)) => {
                let interface = self.half.interface_path(*owner);
                if interface.is_empty() {
                    return;
                }
                let function = format!("{interface}#{}", function.name);
                steps.insert((path.to_owned(), function.clone()));
                steps.insert((function, interface));
                self.in_worlds(*owner, steps);
            }
            Some(Carrier::World(world, list, function)) => {
                let world = self.world(*world);
                let function = format!("{world}#{list}:{}", function.name);
                steps.insert((path.to_owned(), function.clone()));
                steps.insert((function, world));
            }
            None => {}
        }
    }

    /// Nothing but the interface or world that it stands in has it.
    fn owned(&self, path: &str, ty: TypeId, steps: &mut Steps) {
        match self.half.surface.ty(ty).owner {
            Owner::Interface(owner) => {
                let interface = self.half.interface_path(owner);
                if !interface.is_empty() {
                    steps.insert((path.to_owned(), interface));
                }
                self.in_worlds(owner, steps);
            }
            Owner::World(owner) => _ = steps.insert((path.to_owned(), self.world(owner))),
            Owner::None => {}
        }
    }

    fn in_worlds(&self, interface: InterfaceId, steps: &mut Steps) {
        let path = self.half.interface_path(interface);
        for &world in self.worlds.get(&interface).into_iter().flatten() {
            if !path.is_empty() {
                steps.insert((path.clone(), self.world(world)));
            }
        }
    }
}
