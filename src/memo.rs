//! What is found once and asked for often, by several threads.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Values by key. Who asks while another one finds a value waits for it.
#[derive(Debug)]
pub(crate) struct Memo<K, V> {
    slots: Mutex<HashMap<K, Slot<V>>>,
}

type Slot<V> = Arc<Mutex<Option<V>>>;

impl<K: Hash + Eq + Clone, V: Clone> Memo<K, V> {
    /// The value of `key`, which `find` finds if nobody has yet. Failing is not kept.
    pub fn get<E>(&self, key: &K, find: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        let slot = {
            let mut slots = locked(&self.slots);
            match slots.get(key) {
                Some(slot) => Arc::clone(slot),
                None => Arc::clone(slots.entry(key.clone()).or_default()),
            }
        };
        let mut value = locked(&slot);
        if let Some(value) = &*value {
            return Ok(value.clone());
        }
        let found = find()?;
        *value = Some(found.clone());
        Ok(found)
    }

    /// Gives back the value of `key`.
    pub fn forget(&self, key: &K) {
        locked(&self.slots).remove(key);
    }

    /// Gives back the values of all keys but those that `keep` lets pass.
    #[cfg(feature = "git")]
    pub fn retain(&self, keep: impl Fn(&K, Option<&V>) -> bool) {
        locked(&self.slots).retain(|key, slot| keep(key, locked(slot).as_ref()));
    }

    /// Whether somebody has found the value of `key`, or is about to.
    #[cfg_attr(not(feature = "git"), expect(dead_code, reason = "only what has an id is known before it is read"))]
    pub fn has(&self, key: &K) -> bool {
        locked(&self.slots).contains_key(key)
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Memo<K, V> {
        Memo { slots: Mutex::default() }
    }
}

/// Whoever panicked while finding has left nothing half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
