//! Threads for what may recurse as deep as its input does, and panics that become errors.

use crate::error::{Error, ErrorKind};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The stack of a thread that reads or compares: types may lie in each other a hundred thousand deep.
const STACK: usize = 1 << 30;

/// The name of the threads that read a revision: whoever installs a panic hook may want to keep it quiet for them.
pub const LOADER: &str = "wit-diff-load";

/// Does the work of both sides at once. A panic is the error of its side.
pub(super) fn at_once<T: Send>(
    old: impl FnOnce() -> Result<T, Error> + Send,
    new: impl FnOnce() -> Result<T, Error> + Send,
) -> (Result<T, Error>, Result<T, Error>) {
    thread::scope(|scope| {
        let other = thread::Builder::new().name(LOADER.into()).stack_size(STACK).spawn_scoped(scope, old);
        let new = guarded(new);
        let old = match other.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(old)) => old,
            Ok(Err(panic)) => Err(gave_up("parser", &*panic)),
            Err(error) => Err(no_thread(&error)),
        };
        (old, new)
    })
}

/// The same, one side after the other.
pub(super) fn in_turn<T>(
    old: impl FnOnce() -> Result<T, Error>,
    new: impl FnOnce() -> Result<T, Error>,
) -> (Result<T, Error>, Result<T, Error>) {
    (guarded(old), guarded(new))
}

/// What `work` makes of each of `items`, in their order. All cores take part.
pub(super) fn each<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(items.len())));
    let work = || {
        while let Some((at, item)) = items.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed)) {
            let made = work(item);
            found.lock().unwrap_or_else(PoisonError::into_inner).push((at, made));
        }
    };
    let helpers = thread::available_parallelism().map_or(0, |cores| cores.get() - 1).min(items.len().saturating_sub(1));
    thread::scope(|scope| {
        for _ in 0..helpers {
            // Where there is no thread, this one does it all.
            let _ = thread::Builder::new().name(LOADER.into()).stack_size(STACK).spawn_scoped(scope, work);
        }
        work();
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, made)| made).collect()
}

/// Runs what may recurse as deep as its input does.
pub(super) fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name(LOADER.into()).stack_size(STACK).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| no_thread(&error))?;
        thread.join().map_err(|panic| gave_up("report", &*panic))
    })
}

/// Reads one side. A panic is its error.
fn guarded<T>(side: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(side)).unwrap_or_else(|panic| Err(gave_up("parser", &*panic)))
}

/// What a panic said, as an error: bad input is never to end the program.
pub(super) fn gave_up(who: &str, panic: &(dyn Any + Send)) -> Error {
    let said = (panic.downcast_ref::<String>().map(String::as_str)).or(panic.downcast_ref::<&str>().copied());
    Error::new(ErrorKind::Invalid, format!("the {who} gave up on this input: {}", said.unwrap_or("no reason given")))
        .hint("please report it, with the input")
}

fn no_thread(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Unreadable, format!("there is no thread to work in: {error}"))
        .hint("limit less memory: a thread needs 1 GiB of addresses, most of which is never touched")
}
