//! The vault on a real disk; power cuts are in the crash tests.

use super::*;
use crate::disk::RealDisk;

const CLASS: Class = Class(3);

fn kek(byte: u8) -> Kek {
    Kek::new(&mut [byte; KEY_BYTES])
}

fn open(dir: &tempfile::TempDir) -> Vault {
    Vault::open(&RealDisk, &dir.path().join("keys"), &kek(1)).unwrap()
}

#[test]
fn what_is_sealed_opens_again_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (subject, event) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let vault = open(&dir);
    let sealed = vault.seal(subject, CLASS, event, b"text").unwrap();
    assert_eq!(vault.seal(subject, CLASS, event, b"text").unwrap(), sealed);
    vault.sync().unwrap();
    drop(vault);
    let vault = open(&dir);
    assert_eq!(vault.open_sealed(&sealed, event).unwrap().unwrap(), b"text");
    assert_eq!(vault.seal(subject, CLASS, event, b"text").unwrap(), sealed);
}
