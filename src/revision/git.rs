//! Directories and files in a git tree.
//!
//! Symbolic links are followed by hand, and only inside the tree: what a link means outside of it depends on where
//! the tree is checked out, and it is nowhere.

use std::sync::Arc;

use git2::{ErrorCode, Oid, Repository};

use super::ahead::{self, Unread};
use super::catalog::{self, Search};
use super::gather::{self, Gathered, Input};
use super::missing::{self, Step};
use super::repository::Named;
use super::store::Store;
use super::tree::{Entry, EntryKind, Tree, oversize};
use super::upwards::{self, Upwards};
use super::{Contents, Options, incomplete, repository, spec};
use crate::error::{Error, ErrorKind};

/// As many as the kernel follows.
const LINKS: usize = 40;

/// As long as a path can be.
const LONGEST_LINK: usize = 4096;

/// Reads the package at `path` in the tree of `rev`, and says which commit that is.
pub(super) fn load(rev: &str, path: &str, options: &Options) -> Result<(Option<String>, Gathered), Error> {
    read(rev, path, options, &Store::default(), |tree, input, limit| catalog::gather(tree, input, limit))
}

/// Finds the packages at `path` in the tree of `rev`, and says which commit that is.
pub(super) fn open(rev: &str, path: &str, options: &Options, store: &Store) -> Result<(Option<String>, Search), Error> {
    read(rev, path, options, store, |tree, input, limit| catalog::search(tree, input, limit))
}

fn read<T>(
    rev: &str,
    path: &str,
    options: &Options,
    store: &Store,
    read: impl Fn(&GitTree<'_>, &Input<Place>, u64) -> Result<T, Error>,
) -> Result<(Option<String>, T), Error> {
    let repository = repository::open(options)?;
    let (named, tree, input) = locate(&repository, rev, rev, path, options, store)?;
    let found = read(&tree, &input, options.max_file_bytes)
        .map_err(|error| advised(error, &tree, path, &input.place, options))?;
    Ok((named.commit.map(|commit| commit.to_string()), found))
}

/// What `rev` names, if there is something at `path` in its tree; `called` is what messages call `rev`.
pub(super) fn find(
    repository: &Repository,
    rev: &str,
    called: &str,
    path: &str,
    options: &Options,
) -> Result<Named, Error> {
    let store = Store::default();
    let (named, tree, input) = locate(repository, rev, called, path, options, &store)?;
    match tree.kind(&input.place, &input.typed)? {
        Some(_) => Ok(named),
        None => Err(advised(missing::missing(&tree, &input.typed, &input.steps), &tree, path, &input.place, options)),
    }
}

/// The file `name` beside `path` in the tree of `rev` or above.
pub(super) fn upwards(rev: &str, path: &str, name: &str, options: &Options) -> Result<Option<Upwards>, Error> {
    /// So many digits name a commit to people.
    const DIGITS: usize = 7;
    let Ok(repository) = repository::open(options) else { return Ok(None) };
    let store = Store::default();
    let Ok((_, tree, input)) = locate(&repository, rev, rev, path, options, &store) else { return Ok(None) };
    let is_id = rev.len() == 40 && rev.bytes().all(|byte| byte.is_ascii_hexdigit());
    let short = rev.get(..DIGITS).filter(|_| is_id).unwrap_or(rev);
    let called = |place: &Place| format!("{short}:{}", shown(place));
    let found = upwards::search(&tree, &input.place, name, called, options.max_file_bytes)?;
    Ok(found.map(|(shown, contents, below)| Upwards { shown, contents, below }))
}

/// Whether `path` in the tree of `rev` is one file of WebAssembly.
pub(super) fn is_binary(rev: &str, path: &str, options: &Options) -> bool {
    let Ok(repository) = repository::open(options) else { return gather::is_binary_name(path) };
    let store = Store::default();
    match locate(&repository, rev, rev, path, options, &store) {
        Ok((_, tree, input)) => gather::is_binary(&tree, &input, options.max_file_bytes),
        Err(_) => gather::is_binary_name(path),
    }
}

/// Names from the root of the tree. There may be links among them; a canonical place has none.
type Place = Vec<Vec<u8>>;

/// The entries of one tree, sorted by the bytes of their names: name, mode and id.
pub(super) type Listing = Vec<(Vec<u8>, i32, Oid)>;

struct GitTree<'r> {
    repository: &'r Repository,
    root: Node,
    /// What was read already.
    store: &'r Store,
    /// What messages call the revision; the index has no name.
    called: String,
    /// What the user typed around it.
    options: &'r Options,
    /// Where one may ask for the objects that are not here.
    asked: Option<Oid>,
}

#[derive(Clone, Copy)]
struct Node {
    kind: EntryKind,
    id: Oid,
}

/// Why a walk ended before its end.
enum Stop {
    Absent,
    Dangling(Link),
    Escaping(Link),
    Circling(Link),
    Submodule { path: Place, id: Oid, rest: Place },
    Object { id: Oid, error: git2::Error },
}

/// A link that is being followed.
struct Link {
    place: Place,
    target: Vec<u8>,
    /// How many names are still to come when the target is reached.
    after: usize,
}

type Located<'r> = (Named, GitTree<'r>, Input<Place>);

fn locate<'r>(
    repository: &'r Repository,
    rev: &str,
    called: &str,
    path: &str,
    options: &'r Options,
    store: &'r Store,
) -> Result<Located<'r>, Error> {
    let named = repository::resolve(repository, rev, options)?;
    let place = spec::names(path, repository::here(repository, options))?;
    let kind = if named.is_tree { EntryKind::Directory } else { EntryKind::File };
    // Nobody else knows the tree of the index.
    let asked = (rev != spec::INDEX).then_some(named.root);
    let tree =
        GitTree { repository, root: Node { kind, id: named.root }, called: called.to_owned(), options, asked, store };
    let steps = (1..=place.len()).rev().map(|length| Step {
        place: place[..length - 1].to_vec(),
        shown: format!("{called}:{}", shown(&place[..length - 1])),
        next: lossy(&place[length - 1]),
    });
    let input = Input {
        typed: format!("{called}:{}", shown(&place)),
        name: place.last().map_or_else(|| rev.to_owned(), |name| lossy(name)),
        steps: steps.collect(),
        place,
    };
    Ok((named, tree, input))
}

/// The error with where else `path` is, if it is not where it was looked for.
fn advised(error: Error, tree: &GitTree<'_>, path: &str, place: &Place, options: &Options) -> Error {
    match elsewhere(tree, path, place, options) {
        Some(advice) => {
            Error { hint: Some(error.hint.map_or(advice.clone(), |hint| format!("{advice} {hint}"))), ..error }
        }
        None => error,
    }
}

fn elsewhere(tree: &GitTree<'_>, path: &str, place: &Place, options: &Options) -> Option<String> {
    if !matches!(tree.walk(place), Err(Stop::Absent)) {
        return None;
    }
    let mut from_here = repository::here(tree.repository, options)?;
    let is_nested = !from_here.is_empty() && !path.starts_with('.');
    from_here.extend(place.iter().cloned());
    let called = &tree.called;
    if is_nested && tree.walk(&from_here).is_ok() {
        return Some(format!("Paths count from the repository's root: did you mean `{called}:./{path}`?"));
    }
    let on_disk = tree.repository.workdir()?.join(shown(place));
    let here = if called.is_empty() { "the index".to_owned() } else { format!("`{called}`") };
    on_disk.exists().then(|| format!("It is in the working tree, but not in {here}."))
}

impl GitTree<'_> {
    fn walk(&self, place: &Place) -> Result<Node, Stop> {
        let mut pending: Vec<Vec<u8>> = place.iter().rev().cloned().collect();
        self.follow(&mut pending).map(|(node, _)| node)
    }

    /// Walks the names in `pending`, last first, and returns what they lead to and its canonical place.
    fn follow(&self, pending: &mut Vec<Vec<u8>>) -> Result<(Node, Place), Stop> {
        let mut way: Vec<(Vec<u8>, Node)> = Vec::new();
        let mut links: Vec<Link> = Vec::new();
        let mut followed = 0;
        while let Some(name) = pending.pop() {
            links.retain(|link| link.after <= pending.len());
            let at = way.last().map_or(self.root, |(_, node)| *node);
            if name.is_empty() || name == b"." {
                continue;
            }
            if name == b".." {
                if way.pop().is_none() {
                    return Err(links.pop().map_or(Stop::Absent, Stop::Escaping));
                }
                continue;
            }
            match at.kind {
                EntryKind::Directory => {}
                EntryKind::Submodule => {
                    let rest = std::iter::once(name).chain(pending.drain(..).rev()).collect();
                    return Err(Stop::Submodule { path: names(&way), id: at.id, rest });
                }
                EntryKind::File | EntryKind::Other => return Err(links.pop().map_or(Stop::Absent, Stop::Dangling)),
            }
            let Some((mode, id)) = self.entry(at.id, &name)? else {
                return Err(links.pop().map_or(Stop::Absent, Stop::Dangling));
            };
            match mode {
                MODE_TREE => way.push((name, Node { kind: EntryKind::Directory, id })),
                MODE_SUBMODULE => way.push((name, Node { kind: EntryKind::Submodule, id })),
                MODE_LINK => {
                    let mut place = names(&way);
                    place.push(name);
                    let target = self.link(id)?;
                    let link = Link { place, target, after: pending.len() };
                    followed += 1;
                    if followed > LINKS {
                        return Err(Stop::Circling(link));
                    }
                    if link.target.starts_with(b"/") {
                        return Err(Stop::Escaping(link));
                    }
                    pending.extend(link.target.split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec));
                    links.push(link);
                }
                _ => way.push((name, Node { kind: EntryKind::File, id })),
            }
        }
        Ok((way.last().map_or(self.root, |(_, node)| *node), names(&way)))
    }

    fn tree(&self, id: Oid) -> Result<Arc<Listing>, Stop> {
        self.store.tree(id, || {
            let tree = self.repository.find_tree(id).map_err(|error| Stop::Object { id, error })?;
            let entry = |entry: git2::TreeEntry<'_>| (entry.name_bytes().to_vec(), entry.filemode(), entry.id());
            let mut listing: Listing = tree.iter().map(entry).collect();
            // Git sorts a directory as if its name ended in a slash.
            listing.sort();
            Ok(listing)
        })
    }

    fn entry(&self, tree: Oid, name: &[u8]) -> Result<Option<(i32, Oid)>, Stop> {
        if name.contains(&0) {
            return Ok(None);
        }
        let listing = self.tree(tree)?;
        let at = listing.binary_search_by(|(other, ..)| other.as_slice().cmp(name));
        Ok(at.ok().and_then(|at| listing.get(at)).map(|&(_, mode, id)| (mode, id)))
    }

    fn link(&self, id: Oid) -> Result<Vec<u8>, Stop> {
        let lost = |error| Stop::Object { id, error };
        let (size, _) = self.repository.odb().and_then(|odb| odb.read_header(id)).map_err(lost)?;
        if size > LONGEST_LINK {
            return Err(lost(git2::Error::from_str("the target of the symbolic link is too long")));
        }
        Ok(self.repository.find_blob(id).map_err(lost)?.content().to_vec())
    }

    fn error(&self, stop: Stop, shown_as: &str) -> Error {
        let fail = |message: String| Error::new(ErrorKind::Unreadable, message);
        match stop {
            Stop::Absent => fail(format!("there is no `{shown_as}`")),
            Stop::Dangling(link) => {
                fail(format!("{}, which does not exist in that revision", link.says())).hint(ELSEWHERE)
            }
            Stop::Escaping(link) => fail(format!("{}, which is outside of the git tree", link.says()))
                .hint("check the revision out and name its path on disk to follow such links"),
            Stop::Circling(link) => fail(format!("{}, and following it does not end", link.says())).hint(ELSEWHERE),
            Stop::Submodule { path, id, rest } => {
                let path = shown(&path);
                let rest = shown(&rest);
                fail(format!("`{path}` is a submodule: its files are in another repository"))
                    .hint(format!("where the submodule is checked out: `--repo {path}` and `{id}:{rest}`"))
            }
            Stop::Object { id, error } if error.code() == ErrorCode::NotFound => {
                let error = fail(format!("cannot read `{shown_as}`: the object {id} is not in this repository"));
                error.hint(incomplete::objects(self.repository, self.asked, self.options))
            }
            Stop::Object { id, error } => fail(format!("cannot read `{shown_as}` (object {id}): {}", error.message())),
        }
    }
}

impl Tree for GitTree<'_> {
    type Place = Place;

    fn kind(&self, place: &Place, shown: &str) -> Result<Option<EntryKind>, Error> {
        match self.walk(place) {
            Ok(node) => Ok(Some(node.kind)),
            Err(Stop::Absent) => Ok(None),
            Err(stop) => Err(self.error(stop, shown)),
        }
    }

    fn list(&self, directory: &Place, shown: &str) -> Result<Vec<Entry<Place>>, Error> {
        let fail = |stop| self.error(stop, shown);
        let node = self.walk(directory).map_err(fail)?;
        match node.kind {
            EntryKind::Directory => {}
            EntryKind::Submodule => {
                return Err(fail(Stop::Submodule { path: directory.clone(), id: node.id, rest: Vec::new() }));
            }
            EntryKind::File | EntryKind::Other => {
                return Err(Error::new(ErrorKind::Unreadable, format!("`{shown}` is not a directory")));
            }
        }
        let tree = self.tree(node.id).map_err(fail)?;
        let mut entries = Vec::with_capacity(tree.len());
        for (name, mode, _) in tree.iter() {
            let place: Place = directory.iter().chain([name]).cloned().collect();
            let kind = match *mode {
                MODE_TREE => EntryKind::Directory,
                MODE_SUBMODULE => EntryKind::Submodule,
                MODE_LINK => self.walk(&place).map_or(EntryKind::Other, |node| node.kind),
                _ => EntryKind::File,
            };
            let (exact, link) = (std::str::from_utf8(name).is_ok(), *mode == MODE_LINK);
            entries.push(Entry { exact, name: lossy(name), kind, link, place });
        }
        Ok(entries)
    }

    fn read(&self, file: &Place, shown: &str, limit: u64) -> Result<Contents, Error> {
        let fail = |stop| self.error(stop, shown);
        let id = self.walk(file).map_err(fail)?.id;
        ahead::blob(self.repository, self.store, id, limit).map_err(|unread| match unread {
            Unread::NoFile => Error::new(ErrorKind::Unreadable, format!("`{shown}` is not a file")),
            Unread::Oversize(size) => oversize(shown, Some(size), limit),
            Unread::Object(error) => fail(Stop::Object { id, error }),
        })
    }

    fn read_ahead<'a>(&self, files: impl Iterator<Item = &'a Place>, limit: u64) {
        let ids: Vec<Oid> = files.filter_map(|file| self.walk(file).ok()).map(|node| node.id).collect();
        ahead::read_ahead(self.repository, self.store, &ids, limit);
    }

    fn child(&self, directory: &Place, name: &str) -> Place {
        let mut place = directory.clone();
        place.push(name.as_bytes().to_vec());
        place
    }

    fn canonical(&self, place: &Place) -> Option<Place> {
        let mut pending = place.iter().rev().cloned().collect();
        self.follow(&mut pending).ok().map(|(_, place)| place)
    }

    fn parent(&self, canonical: &Place) -> Option<Place> {
        canonical.split_last().map(|(_, parent)| parent.to_vec())
    }

    fn name(&self, canonical: &Place) -> String {
        canonical.last().map_or_else(String::new, |name| lossy(name))
    }

    fn repository(&self, canonical: &Place) -> Option<(Place, Vec<String>)> {
        Some((Place::new(), canonical.iter().map(|name| lossy(name)).collect()))
    }
}

const ELSEWHERE: &str = "name a file or a directory, or commit a link that leads to one";

pub(super) const MODE_TREE: i32 = 0o040_000;
pub(super) const MODE_LINK: i32 = 0o120_000;
pub(super) const MODE_SUBMODULE: i32 = 0o160_000;

impl Link {
    fn says(&self) -> String {
        format!("`{}` is a symbolic link to `{}`", shown(&self.place), lossy(&self.target))
    }
}

fn names(way: &[(Vec<u8>, Node)]) -> Place {
    way.iter().map(|(name, _)| name.clone()).collect()
}

fn shown(place: &[Vec<u8>]) -> String {
    place.iter().map(|name| lossy(name)).collect::<Vec<_>>().join("/")
}

fn lossy(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
