//! The arithmetic of sealing: no file, no lock.
//!
//! - wrapping key = HMAC-SHA256(key-encryption key, `"trajet wrap 1"` ‖ salt of the file);
//! - wrapped key = XChaCha20-Poly1305(wrapping key, random nonce, data key, AAD = subject ‖ class);
//! - nonce of a value = first 24 bytes of HMAC-SHA256(HMAC-SHA256(data key, `"trajet nonce 1"`), event id ‖ class ‖ value);
//! - derived bytes = HMAC-SHA256(data key, `"trajet derive 1"` ‖ label);
//! - sealed value = nonce ‖ XChaCha20-Poly1305(data key, nonce, value, AAD = `"trajet seal 1"` ‖ subject ‖ class ‖ event id).
//!
//! The nonce is a keyed hash of all that is sealed, so two values share one only if they are the same value of the
//! same event: a command that is tried again gives the same bytes, and nothing else is given away.

use super::kek::{KEY_BYTES, Key};
use crate::{Class, Subject};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Bytes of a nonce.
pub(super) const NONCE_BYTES: usize = 24;
/// Bytes of an authentication tag.
pub(super) const TAG_BYTES: usize = 16;

/// Derives a key from another for one purpose.
pub(super) fn derive(key: &Key, purpose: &[u8], salt: &[u8]) -> Key {
    let mut derived = Zeroizing::new([0; KEY_BYTES]);
    derived.copy_from_slice(&mac(key, &[purpose, salt]));
    derived
}

/// Encrypts under `key`; the same four inputs must never come with another `plain`.
pub(super) fn encrypt(key: &Key, nonce: &[u8; NONCE_BYTES], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    cipher(key)
        .encrypt(&XNonce::from(*nonce), Payload { msg: plain, aad })
        .expect("a value within its limit is far below what the cipher can take")
}

/// Decrypts, or `None` if the bytes are not what was encrypted.
pub(super) fn decrypt(key: &Key, nonce: &[u8; NONCE_BYTES], aad: &[u8], secret: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    cipher(key).decrypt(&XNonce::from(*nonce), Payload { msg: secret, aad }).ok().map(Zeroizing::new)
}

/// Seals a value for one event: nonce, then ciphertext with its tag.
pub(super) fn seal(key: &Key, subject: Subject, class: Class, event: Uuid, plain: &[u8]) -> Vec<u8> {
    let nonce = nonce(key, class, event, plain);
    let secret = encrypt(key, &nonce, &seal_aad(subject, class, event), plain);
    [&nonce[..], &secret].concat()
}

/// Opens a sealed value, or `None` if it is not what was sealed.
pub(super) fn open(key: &Key, subject: Subject, class: Class, event: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, secret) = sealed.split_first_chunk()?;
    decrypt(key, nonce, &seal_aad(subject, class, event), secret).map(|mut plain| std::mem::take(&mut *plain))
}

/// What a wrapped key is bound to.
pub(super) fn key_aad(subject: Subject, class: Class) -> [u8; 17] {
    let mut aad = [0; 17];
    aad[..16].copy_from_slice(subject.as_bytes());
    aad[16] = class.0;
    aad
}

fn seal_aad(subject: Subject, class: Class, event: Uuid) -> Vec<u8> {
    [b"trajet seal 1".as_slice(), subject.as_bytes(), &[class.0], event.as_bytes()].concat()
}

fn nonce(key: &Key, class: Class, event: Uuid, plain: &[u8]) -> [u8; NONCE_BYTES] {
    let key = derive(key, b"trajet nonce 1", &[]);
    let whole = mac(&key, &[event.as_bytes(), &[class.0], plain]);
    let mut nonce = [0; NONCE_BYTES];
    nonce.copy_from_slice(&whole[..NONCE_BYTES]);
    nonce
}

fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_slice()).expect("every length of key is taken");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new_from_slice(key.as_slice()).expect("a key has 32 bytes")
}
