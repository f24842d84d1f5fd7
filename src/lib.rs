//! The counter of trajet: what stands between the people who ask and the log that remembers.
//!
//! Read [`engine`] (what there is), [`commands`] and [`queries`] (the two journeys), then the ways in:
//! [`graphql`] and [`http`], [`import`], [`exports`], and [`cli`].

pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod engine;
pub mod exports;
pub mod import;
pub mod keyfile;
pub mod sealing;
pub mod simulation;

pub use engine::Engine;

/// The storage engine of this program.
pub type Log = store::embedded::EmbeddedStore;
#[allow(missing_docs)]
pub mod graphql {
    pub fn sdl() -> String {
        String::new()
    }
}
#[allow(missing_docs)]
pub mod http {
    pub async fn serve(
        _: crate::Engine,
        _: tokio::net::TcpListener,
        stop: impl Future<Output = ()>,
    ) -> Result<(), std::io::Error> {
        stop.await;
        Ok(())
    }
}
