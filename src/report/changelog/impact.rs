//! Who has to do something about a change, and why: for people who never heard of parties and layers.

use super::ChangelogKind;
use crate::report::markdown_escape::capital;
use crate::report::wire::*;

/// Whom something breaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Who {
    users: bool,
    makers: bool,
}

/// Whom changes break, on each layer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Impact {
    link: Who,
    source: Who,
    is_world: bool,
}

impl Impact {
    /// That of several changes of one item.
    pub fn of(changes: &[&ChangeReport]) -> Impact {
        let mut all = Impact::default();
        for change in changes {
            all.is_world |= matches!(change.link, PartiesReport::World(_));
            all.link = all.link.or(who(&change.link));
            all.source = all.source.or(who(&change.source));
        }
        all
    }

    pub fn of_interface(interface: &InterfaceReport) -> Impact {
        let (link, source) = (PartiesReport::Interface(interface.link), PartiesReport::Interface(interface.source));
        Impact { link: who(&link), source: who(&source), is_world: false }
    }

    pub fn of_world(world: &WorldReport) -> Impact {
        let (link, source) = (PartiesReport::World(world.link), PartiesReport::World(world.source));
        Impact { link: who(&link), source: who(&source), is_world: true }
    }

    /// A sentence; empty where nobody has to do anything. `is_addition` tells of what was not there before.
    pub fn sentence(self, kind: ChangelogKind, is_addition: bool) -> String {
        let Impact { link, source, is_world } = self;
        let is_breaking = kind == ChangelogKind::Breaking;
        let name = |who: Who| match (is_world, who.users, who.makers) {
            (false, true, true) => "users and implementers",
            (false, true, false) => "users",
            (false, false, _) => "implementers",
            (true, true, true) => "components and hosts",
            (true, true, false) => "components",
            (true, false, _) => "hosts",
        };
        if link.is_nobody() && source.is_nobody() {
            return String::new();
        }
        let why = match is_world && !link.users {
            true => "components built for this version do not link on the hosts of before",
            false => "what is built no longer links",
        };
        if is_addition && source == link && !(link.users && link.makers) {
            let what = match (is_world, link.users) {
                (true, true) => "export",
                (true, false) => "provide",
                (false, _) => "add",
            };
            let why = if is_breaking { format!(" and rebuild: {why}") } else { String::new() };
            return format!("{} must {what} it{why}.", capital(name(link)));
        }
        match (link.is_nobody(), source.is_nobody()) {
            _ if link == source => format!("{} must adapt and rebuild: {why}.", capital(name(link))),
            (_, true) if is_breaking => {
                format!("{} must rebuild: {why}. Code needs no change.", capital(name(link)))
            }
            (_, true) => format!("{} must rebuild.", capital(name(link))),
            (true, _) => format!("What is built keeps working; {} must adapt their code.", name(source)),
            (false, false) if link.users && !link.makers => {
                format!("What {} have built no longer links; {} must adapt their code.", name(link), name(source))
            }
            (false, false) => {
                format!("{} must rebuild: {why}; {} must adapt their code.", capital(name(link)), name(source))
            }
        }
    }
}

impl Who {
    fn or(self, other: Who) -> Who {
        Who { users: self.users || other.users, makers: self.makers || other.makers }
    }

    fn is_nobody(self) -> bool {
        self == Who::default()
    }
}

fn who(parties: &PartiesReport) -> Who {
    match parties {
        PartiesReport::Interface(p) => Who { users: p.consumers.is_breaking(), makers: p.providers.is_breaking() },
        PartiesReport::World(p) => Who { users: p.guests.is_breaking(), makers: p.hosts.is_breaking() },
    }
}
