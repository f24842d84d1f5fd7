//! The Merkle tree over the log: its head, signed, and the proofs that an auditor checks alone.

use crate::Engine;
use crate::audit::{AuditError, plain};
use crate::graphql::errors::{BadInput, bad_input};
use crate::graphql::moment::engine;
use crate::graphql::scalars::Position;
use crate::queries::aside;
use async_graphql::{Context, Object, Result, SimpleObject};
use store::audit::{Hash, leaf_hash};

/// The tree over the log as it was when the question came.
///
/// RFC 6962 with SHA-256: a leaf is the hash of a zero byte and the stored bytes of one record, sealed parts as
/// ciphertext, so that an erased person's records still verify. Hashes are written in base64, sizes are numbers of records.
pub struct Integrity {
    size: u64,
}

/// That a record stands in the log.
#[derive(Debug, SimpleObject)]
pub struct InclusionProof {
    /// The record's position, from 1; its leaf stands one lower, from 0.
    position: Position,
    /// Of how many records.
    size: u64,
    /// The hash of the leaf.
    leaf: String,
    /// The bytes as they are stored, of which the leaf is the hash.
    stored: String,
    /// The hashes beside the way from the leaf to the root (RFC 6962, 2.1.1).
    proof: Vec<String>,
    /// The root that they lead to.
    root: String,
}

/// That the log has only grown.
#[derive(Debug, SimpleObject)]
pub struct ConsistencyProof {
    /// Records before.
    from: u64,
    /// The root before.
    from_root: String,
    /// Records after.
    to: u64,
    /// The root after.
    to_root: String,
    /// The hashes that lead to both (RFC 6962, 2.1.2).
    proof: Vec<String>,
}

impl Integrity {
    /// The tree as it is now.
    #[must_use]
    pub fn new(engine: &Engine) -> Self {
        Self { size: engine.store.tree_size() }
    }

    fn at(&self, field: &'static str, size: Option<u64>) -> Result<u64, BadInput> {
        let found = size.unwrap_or(self.size);
        let text = || bad_input(field, format_args!("{found} is more than the {} records of the log", self.size));
        (found <= self.size).then_some(found).ok_or_else(text)
    }
}

fn base64(hash: &Hash) -> String {
    plain::base64(&hash.0)
}

fn path(path: &[Hash]) -> Vec<String> {
    path.iter().map(base64).collect()
}

/// The tree over the log as it was when the question came.
#[Object]
impl Integrity {
    /// How many records the log has: the position of the last one.
    async fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree; with a size, that of the first so many records.
    async fn root(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of the first so many records.")] size: Option<u64>,
    ) -> Result<String> {
        let (store, size) = (engine(ctx)?.store.clone(), self.at("size", size)?);
        Ok(aside(move || Ok(base64(&store.root(size)?))).await?)
    }

    /// The tree head, signed (Ed25519, a C2SP checkpoint): keep it elsewhere, and `trajet verify --against` proves later
    /// that nothing recorded by then was changed.
    async fn checkpoint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of the first so many records.")] size: Option<u64>,
    ) -> Result<String> {
        let (engine, size) = (engine(ctx)?.clone(), self.at("size", size)?);
        let signed = aside(move || Ok(engine.checkpoint_at(size)));
        Ok(signed.await?.map_err(told)?.to_string())
    }

    /// The name of the log, which stands in each of its checkpoints.
    async fn origin<'a>(&self, ctx: &Context<'a>) -> Result<&'a str> {
        Ok(engine(ctx)?.signing.origin())
    }

    /// The key that verifies checkpoints, as C2SP writes it: name, id, Ed25519 public key. Compare it with one that you were
    /// given another way.
    async fn verifier_key(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(engine(ctx)?.signing.verifier().to_string())
    }

    /// The proof that the record at a position stands in the log.
    async fn inclusion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record's position, from 1.")] position: Position,
        #[graphql(desc = "In the first so many records; by default in all.")] size: Option<u64>,
    ) -> Result<InclusionProof> {
        let size = self.at("size", size)?;
        let Position(at) = position;
        if at.0 == 0 || at.0 > size {
            return Err(
                bad_input("position", format_args!("position {at} is not among the first {size} records")).into()
            );
        }
        let store = engine(ctx)?.store.clone();
        let proof = aside(move || {
            let stored = store.stored(at)?;
            Ok(InclusionProof {
                position,
                size,
                leaf: base64(&leaf_hash(&stored)),
                stored: plain::base64(&stored),
                proof: path(&store.inclusion(at, size)?.path),
                root: base64(&store.root(size)?),
            })
        });
        Ok(proof.await?)
    }

    /// The proof that the log has only grown between two sizes.
    async fn consistency(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of records before.")] from: u64,
        #[graphql(desc = "The number of records after; by default all.")] to: Option<u64>,
    ) -> Result<ConsistencyProof> {
        let to = self.at("to", to)?;
        if from > to {
            return Err(bad_input("from", format_args!("{from} is more than {to}: a log never shrinks")).into());
        }
        let store = engine(ctx)?.store.clone();
        let proof = aside(move || {
            let proof = path(&store.consistency(from, to)?.path);
            Ok(ConsistencyProof {
                from,
                from_root: base64(&store.root(from)?),
                to,
                to_root: base64(&store.root(to)?),
                proof,
            })
        });
        Ok(proof.await?)
    }
}

fn told(error: AuditError) -> async_graphql::Error {
    match error {
        AuditError::Query(error) => error.into(),
        other => crate::graphql::errors::internal(other),
    }
}
