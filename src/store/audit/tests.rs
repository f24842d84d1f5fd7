//! The tree beside the definition of RFC 6962 taken word by word, and proofs beside everything that is none.

use super::tree::{TILE_RECORDS, Tree};
use super::*;
use crate::faulty::Chance;
use crate::{StoreError, disk::RealDisk};

/// MTH of RFC 6962, 2.1.
fn definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        more => {
            let k = (1..).map(|power| 1 << power).take_while(|k| *k < more.len()).last().unwrap_or(1);
            node_hash(&definition(&more[..k]), &definition(&more[k..]))
        }
    }
}

fn leaf(n: u64) -> Hash {
    leaf_hash(&n.to_be_bytes())
}

struct Grown {
    tree: Tree,
    leaves: Vec<Hash>,
}

impl Grown {
    fn of(size: u64) -> Self {
        let leaves: Vec<Hash> = (0..size).map(leaf).collect();
        let mut tree = Tree::default();
        leaves.iter().for_each(|leaf| tree.push(*leaf));
        Self { tree, leaves }
    }

    fn tile(&self) -> impl FnMut(u64) -> Result<Vec<Hash>, StoreError> + '_ {
        |tile| {
            let from = usize::try_from(tile * TILE_RECORDS).unwrap();
            Ok(self.leaves[from..from + usize::try_from(TILE_RECORDS).unwrap()].to_vec())
        }
    }

    fn root(&self, size: u64) -> Hash {
        self.tree.root(size, &mut self.tile()).unwrap()
    }

    fn inclusion(&self, index: u64, size: u64) -> Inclusion {
        Inclusion { index, size, path: self.tree.inclusion(index, size, &mut self.tile()).unwrap() }
    }

    fn consistency(&self, from: u64, to: u64) -> Consistency {
        Consistency { from, to, path: self.tree.consistency(from, to, &mut self.tile()).unwrap() }
    }

    fn is_right_at(&self, size: u64, chance: &mut Chance) {
        let root = self.root(size);
        assert_eq!(root, definition(&self.leaves[..usize::try_from(size).unwrap()]), "root of {size}");
        for _ in 0..8.min(size) {
            let index = chance.below(size);
            let proof = self.inclusion(index, size);
            assert!(proof.proves(&leaf(index), &root), "leaf {index} of {size}");
            assert!(!proof.proves(&leaf(index + 1), &root), "another leaf");
            assert!(!Inclusion { index: (index + 1) % size, ..proof.clone() }.proves(&leaf(index), &root) || size == 1);
            let from = chance.below(size + 1);
            let grown = self.consistency(from, size);
            assert!(grown.proves(&self.root(from), &root), "from {from} to {size}");
        }
    }
}

#[test]
fn the_roots_of_the_reference_leaves_are_those_of_certificate_transparency() {
    let leaves: [&[u8]; 8] = [
        b"",
        b"\0",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut tree = Tree::default();
    for (leaf, root) in leaves.iter().zip(roots) {
        tree.push(leaf_hash(leaf));
        let found = tree.root(tree.size(), &mut |_| panic!("no tile is whole")).unwrap();
        assert_eq!(found.to_string(), root);
        assert_eq!(root.parse(), Ok(found));
    }
    assert_eq!(empty_root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn every_root_and_proof_of_small_trees_is_that_of_the_definition() {
    let grown = Grown::of(70);
    for size in 0..=70 {
        let root = grown.root(size);
        assert_eq!(root, definition(&grown.leaves[..usize::try_from(size).unwrap()]));
        for index in 0..size {
            assert!(grown.inclusion(index, size).proves(&leaf(index), &root), "leaf {index} of {size}");
        }
        for from in 0..=size {
            assert!(grown.consistency(from, size).proves(&grown.root(from), &root), "from {from} to {size}");
        }
    }
}

#[test]
fn trees_of_many_tiles_are_right_at_every_edge_and_anywhere() {
    let mut chance = Chance(Chance::seed());
    let grown = Grown::of(5 * TILE_RECORDS + 77);
    let edges = (1..=5).flat_map(|tile| [-1i64, 0, 1].map(|by| (tile * TILE_RECORDS).saturating_add_signed(by)));
    for size in edges.chain((0..60).map(|_| chance.below(grown.tree.size() + 1)).collect::<Vec<_>>()) {
        grown.is_right_at(size, &mut chance);
    }
    assert_eq!(Tree::of_tiles(grown.tree.tiles().to_vec()).tiles(), grown.tree.tiles());
}

#[test]
fn a_proof_with_one_bit_or_one_hash_changed_proves_nothing() {
    let mut chance = Chance(Chance::seed());
    let grown = Grown::of(3 * TILE_RECORDS + 5);
    for _ in 0..2_000 {
        let size = 2 + chance.below(grown.tree.size() - 1);
        let (index, from) = (chance.below(size), 1 + chance.below(size - 1));
        let (root, before) = (grown.root(size), grown.root(from));
        let mut proof = grown.inclusion(index, size);
        if tamper(&mut proof.path, &mut chance) {
            assert!(!proof.proves(&leaf(index), &root), "{proof:?}");
        }
        let mut growth = grown.consistency(from, size);
        if tamper(&mut growth.path, &mut chance) {
            assert!(!growth.proves(&before, &root), "{growth:?}");
        }
        let other = grown.consistency(from, size);
        assert!(!other.proves(&leaf(0), &root) || before == leaf(0));
        assert!(!other.proves(&before, &leaf(0)));
    }
}

/// Changes a path in one place; false if that left it as it was.
fn tamper(path: &mut Vec<Hash>, chance: &mut Chance) -> bool {
    let before = path.clone();
    let at = usize::try_from(chance.below(path.len() as u64 + 1)).unwrap();
    match chance.below(4) {
        0 if at < path.len() => path[at].0[usize::try_from(chance.below(32)).unwrap()] ^= 1 << chance.below(8),
        1 if at < path.len() => drop(path.remove(at)),
        2 if at + 1 < path.len() => path.swap(at, at + 1),
        _ => path.insert(at, leaf(chance.next())),
    }
    *path != before
}

fn key() -> SigningKey {
    SigningKey::from_seed("trajet/test", &[7; 32]).unwrap()
}

fn head() -> Checkpoint {
    Checkpoint { origin: "trajet/test".into(), size: 45_625, root: leaf(1) }
}

#[test]
fn a_signed_head_is_read_back_and_verified_by_its_key_alone() {
    let note = key().sign(&head()).to_string();
    let read = SignedCheckpoint::parse(&note).unwrap();
    let verifier: VerifierKey = key().verifier().to_string().parse().unwrap();
    assert_eq!(verifier.verify(&read), Ok(head()));
    assert_eq!(read.to_string(), note);
    let other = SigningKey::from_seed("trajet/test", &[8; 32]).unwrap().verifier();
    assert!(matches!(other.verify(&read), Err(NoteError::Unsigned(_))));
    let elsewhere = SigningKey::from_seed("trajet/else", &[7; 32]).unwrap().verifier();
    assert!(matches!(elsewhere.verify(&read), Err(NoteError::OtherLog { .. })));
}

#[test]
fn a_witness_may_sign_too_and_other_lines_may_follow_the_root() {
    let witness = SigningKey::from_seed("witness.example", &[9; 32]).unwrap();
    let text = format!("{}more\n", head().text());
    let sign = |key: &SigningKey| {
        let own = SignedCheckpoint { head: head(), text: text.clone(), signatures: Vec::new() };
        key.sign_text(own)
    };
    let both = [sign(&witness), sign(&key())].map(|note| note.signatures).concat();
    let note = SignedCheckpoint { head: head(), text: text.clone(), signatures: both };
    let read = SignedCheckpoint::parse(&note.to_string()).unwrap();
    assert_eq!(key().verifier().verify(&read), Ok(head()));
}

#[test]
fn a_note_with_any_byte_changed_is_refused() {
    let note = key().sign(&head()).to_string();
    for at in 0..note.len() {
        for bit in 0..8 {
            let mut bytes = note.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let verified = SignedCheckpoint::parse(&text).map(|read| key().verifier().verify(&read));
            assert!(!matches!(verified, Ok(Ok(_))), "byte {at}, bit {bit}: {text}");
        }
    }
}

#[test]
fn what_is_no_note_is_refused_with_what_is_wrong() {
    let good = key().sign(&head()).to_string();
    let bad = [
        String::new(),
        "trajet/test\n1\n\n".into(),
        good.replace('\n', "\r\n"),
        good.replacen("45625", "045625", 1),
        good.replacen("45625", "-1", 1),
        good.trim_end().to_owned(),
        head().text() + "\n",
        "x".repeat(20 << 10),
    ];
    for text in bad {
        assert!(matches!(SignedCheckpoint::parse(&text), Err(NoteError::Malformed(_))), "{text:?}");
    }
    for text in ["", "a+b", "trajet/test+00000000+AQ==", &format!("{}x", key().verifier())] {
        assert!(text.parse::<VerifierKey>().is_err(), "{text}");
    }
    assert!(SigningKey::from_seed("with space", &[0; 32]).is_none());
}

#[test]
fn a_key_is_made_once_and_a_broken_one_is_told_and_never_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys").join("signing");
    let made = SigningKey::open_or_make(&RealDisk, &path).unwrap();
    let again = SigningKey::open_or_make(&RealDisk, &path).unwrap();
    assert_eq!(made.verifier(), again.verifier());
    assert!(made.origin().starts_with("trajet/"));
    assert!(!format!("{made:?}").contains(&std::fs::read_to_string(&path).unwrap()[40..60]));
    for text in ["", "trajet-signing-key-1 trajet/x 00\n", "nonsense"] {
        std::fs::write(&path, text).unwrap();
        assert!(matches!(SigningKey::open_or_make(&RealDisk, &path), Err(SigningKeyError::NotAKey(_))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
}
