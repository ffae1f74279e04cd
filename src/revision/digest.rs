//! Whether two trees hold the same WIT, without looking into a single file.

use std::collections::HashMap;

use git2::{ObjectType, Oid, Repository};

use super::git::{MODE_LINK, MODE_SUBMODULE, MODE_TREE};

/// What a tree holds of WIT: equal for trees in which the same files are at the same places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeDigest(Oid);

/// Digests of trees, each taken once, wherever and in however many commits it lies.
pub(super) struct Digests<'r> {
    repository: &'r Repository,
    known: HashMap<(Oid, bool), Part>,
}

/// What is known of one tree.
#[derive(Clone, Copy)]
struct Part {
    /// `None` where it holds nothing that matters.
    digest: Option<Oid>,
    /// Whether anything in the whole tree may matter: a link leads to a file whose name does not say that it is WIT.
    is_opaque: bool,
}

/// Deeper trees are told apart as a whole.
const DEEPEST: usize = 256;

/// As long as a path can be.
const LONGEST_LINK: usize = 4096;

impl<'r> Digests<'r> {
    pub fn new(repository: &'r Repository) -> Digests<'r> {
        Digests { repository, known: HashMap::new() }
    }

    /// The digest of a tree; `None` where parts of it are not here.
    pub fn of(&mut self, root: Oid) -> Option<TreeDigest> {
        let part = self.tree(root, false, 0).ok()?;
        let digest = if part.is_opaque { Some(root) } else { part.digest };
        Some(TreeDigest(digest.unwrap_or(Oid::ZERO_SHA1)))
    }

    /// In `deps`, directories count that hold nothing: there they are an error.
    fn tree(&mut self, id: Oid, is_deps: bool, depth: usize) -> Result<Part, git2::Error> {
        if let Some(part) = self.known.get(&(id, is_deps)) {
            return Ok(*part);
        }
        if depth > DEEPEST {
            return Ok(Part { digest: Some(id), is_opaque: false });
        }
        let (mut listing, mut is_opaque) = (Vec::new(), false);
        let tree = self.repository.find_tree(id)?;
        for entry in tree.iter() {
            let name = entry.name_bytes();
            let mut add = |kind: u8, id: Option<Oid>| {
                listing.extend_from_slice(name);
                listing.extend_from_slice(&[0, kind]);
                // As long as any other, so that no two listings are written alike.
                listing.extend_from_slice(id.unwrap_or(Oid::ZERO_SHA1).as_bytes());
            };
            match entry.filemode() {
                MODE_TREE => {
                    let part = self.tree(entry.id(), name == b"deps", depth + 1)?;
                    is_opaque |= part.is_opaque;
                    if is_deps || part.digest.is_some() {
                        add(b'd', part.digest);
                    }
                }
                MODE_LINK => {
                    is_opaque |= may_matter(name) && !self.leads_to_wit(entry.id())?;
                    add(b'l', Some(entry.id()));
                }
                MODE_SUBMODULE => add(b's', None),
                _ if may_matter(name) => add(b'f', Some(entry.id())),
                _ => {}
            }
        }
        let digest = if listing.is_empty() { None } else { Some(Oid::hash_object(ObjectType::Blob, &listing)?) };
        let part = Part { digest, is_opaque };
        self.known.insert((id, is_deps), part);
        Ok(part)
    }

    fn leads_to_wit(&self, link: Oid) -> Result<bool, git2::Error> {
        let (size, _) = self.repository.odb()?.read_header(link)?;
        Ok(size <= LONGEST_LINK && may_matter(self.repository.find_blob(link)?.content()))
    }
}

/// Whether a file of this name may be a package, or a part of one.
fn may_matter(name: &[u8]) -> bool {
    [".wit", ".wasm", ".wat"].iter().any(|extension| name.ends_with(extension.as_bytes()))
}
