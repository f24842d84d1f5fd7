//! `trajet serve`: GraphQL from a data directory.

use super::{Failure, Listen, Place, async_runtime};
use crate::{Engine, http};
use clap::Args;
use std::net::SocketAddr;
use std::sync::Arc;
use store::{EventStore, SystemClock};
use tokio::net::TcpListener;

/// Serve GraphQL from a data directory, which is made if it is missing.
///
/// GraphQL is at /graphql, GraphiQL (a page to try queries in) at /. Ctrl-C stops it when what it accepted is done.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    listen: Listen,
}

impl Serve {
    pub fn run(self) -> Result<(), Failure> {
        let runtime = async_runtime()?;
        runtime.block_on(async {
            let listener = bind(self.listen.listen).await?;
            let engine = Engine::open(self.place.setup(Arc::new(SystemClock)))?;
            let head = engine.store.head().borrow().0;
            say!("{}: {head} records", self.place.data.display());
            serve(engine, listener).await
        })
    }
}

/// Takes the address before anything long is begun.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Failure::Usage(format!("cannot listen on {address}: {error}; choose another with --listen")))
}

/// Serves until Ctrl-C or a termination signal, then closes the data directory.
pub async fn serve(engine: Engine, listener: TcpListener) -> Result<(), Failure> {
    let address = listener.local_addr().map_err(Failure::other)?;
    say!("GraphQL   http://{address}/graphql");
    say!("GraphiQL  http://{address}/");
    say!("Ctrl-C stops it.");
    http::serve(engine.clone(), listener, stop_signal()).await.map_err(Failure::other)?;
    engine.close().map_err(Failure::other)
}

/// Resolves when the process is asked to stop.
async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
