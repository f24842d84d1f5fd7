//! Both engines keep the same promises.

#![allow(clippy::unwrap_used, reason = "a test")]

mod memory {
    use std::sync::Arc;
    use store::conformance::{Bench, inside};
    use store::{Clock, MemoryStore};

    struct Memory(Arc<MemoryStore>);

    impl Bench for Memory {
        type Store = MemoryStore;

        fn new(clock: Arc<dyn Clock>) -> Self {
            Self(Arc::new(MemoryStore::new(clock).told_by(inside)))
        }

        fn store(&self) -> Arc<MemoryStore> {
            self.0.clone()
        }

        fn reopen(self, _: Arc<dyn Clock>) -> Self {
            self
        }
    }

    store::conformance!(Memory);
}

mod embedded {
    use std::sync::Arc;
    use store::conformance::{Bench, inside};
    use store::{Clock, EmbeddedStore, Options};

    struct Embedded(Arc<EmbeddedStore>, tempfile::TempDir);

    impl Bench for Embedded {
        type Store = EmbeddedStore;

        fn new(clock: Arc<dyn Clock>) -> Self {
            let dir = tempfile::tempdir().unwrap();
            let options = Options { segment_bytes: 64 << 10, inside, ..Options::new(dir.path(), clock) };
            Self(Arc::new(EmbeddedStore::open(options).unwrap()), dir)
        }

        fn store(&self) -> Arc<EmbeddedStore> {
            self.0.clone()
        }

        fn reopen(self, clock: Arc<dyn Clock>) -> Self {
            self.0.verify(&mut |_, _| ()).unwrap();
            self.0.close().unwrap();
            let Self(store, dir) = self;
            drop(store);
            let options = Options { segment_bytes: 64 << 10, inside, ..Options::new(dir.path(), clock) };
            Self(Arc::new(EmbeddedStore::open(options).unwrap()), dir)
        }
    }

    store::conformance!(Embedded);
}
