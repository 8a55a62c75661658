use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

/// What was read or found in a segment, kept while there is room.
///
/// A segment never changes, and deleted documents stay in its lists: nothing in here goes out of date.
pub(super) struct Kept<V> {
    values: Mutex<Values<V>>,
    /// In bytes.
    room: usize,
}

struct Values<V> {
    by_key: LruCache<Box<[u8]>, Arc<V>>,
    bytes: usize,
}

/// What takes room.
pub(super) trait Measured {
    /// In bytes, without its own head.
    fn bytes(&self) -> usize;
}

/// No value takes more than one in so many bytes of the room.
const SHARE: usize = 4;

/// What a value takes besides itself and its key, in bytes.
const OVERHEAD: usize = 128;

impl<V: Measured> Kept<V> {
    /// Room for so many bytes.
    pub(super) fn within(room: usize) -> Self {
        Self { values: Mutex::new(Values { by_key: LruCache::unbounded(), bytes: 0 }), room }
    }

    pub(super) fn get(&self, key: &[u8]) -> Option<Arc<V>> {
        self.values().by_key.get(key).map(Arc::clone)
    }

    /// Keeps a value that leaves room for others; what was asked for longest ago makes room.
    pub(super) fn keep(&self, key: &[u8], value: &Arc<V>) {
        if size(key, &**value) > self.room / SHARE {
            return;
        }
        let mut values = self.values();
        values.bytes += size(key, &**value);
        if let Some((key, value)) = values.by_key.push(key.into(), Arc::clone(value)) {
            // Two requests found the same.
            values.bytes -= size(&key, &*value);
        }
        while values.bytes > self.room
            && let Some((key, value)) = values.by_key.pop_lru()
        {
            values.bytes -= size(&key, &*value);
        }
    }

    fn values(&self) -> MutexGuard<'_, Values<V>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(key: &[u8], value: &impl Measured) -> usize {
    OVERHEAD + key.len() + value.bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Measured for Vec<u8> {
        fn bytes(&self) -> usize {
            self.len()
        }
    }

    #[test]
    fn what_was_asked_longest_ago_makes_room() {
        let kept = Kept::within(SHARE * (OVERHEAD + 1 + 80));
        let value = Arc::new(vec![0_u8; 80]);
        b"abcdae".chunks(1).for_each(|name| kept.keep(name, &value));
        let values = kept.values();
        let names: Vec<&[u8]> = values.by_key.iter().map(|(key, _)| &key[..]).collect();
        assert_eq!(names.concat(), b"eadc");
        assert_eq!(values.bytes, kept.room);
    }

    #[test]
    fn one_that_is_too_long_is_not_kept() {
        let kept = Kept::within(8000);
        kept.keep(b"a", &Arc::new(vec![0_u8; 100]));
        kept.keep(b"b", &Arc::new(vec![0_u8; 8000 / SHARE]));
        let values = kept.values();
        assert_eq!((values.by_key.len(), values.bytes), (1, OVERHEAD + 1 + 100));
    }
}
