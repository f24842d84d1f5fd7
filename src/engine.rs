//! The engine: log, keys, views, law and clock of one data directory, opened together and closed together.

use crate::Log;
use crate::access::Ledger;
use crate::config::DataDir;
use crate::forgetting;
use crate::house::{self, RulesError};
use crate::keyfile::{self, KeyFileError};
use crate::queries::Chains;
use crate::readable::{self, Unreadable};
use crate::sealing::SealingError;
use domain::law::Law;
use projections::runtime::{self, ProjectionError, Runtime, SavedViews};
use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::audit::{SigningKey, SigningKeyError};
use store::disk::RealDisk;
use store::embedded::{EmbeddedStore, Options, Progress as StoreProgress};
use store::vault::{Vault, VaultError};
use store::{Clock, EventStore, StoreError};

/// Everything that a command or a query needs, in one place. Cloning it is cheap.
#[derive(Clone)]
pub struct Engine {
    /// The log.
    pub store: Arc<Log>,
    /// The keys of the personal parts.
    pub vault: Arc<Vault>,
    /// The key that signs tree heads.
    pub signing: Arc<SigningKey>,
    /// Who read whom.
    pub ledger: Arc<Ledger>,
    /// The views.
    pub runtime: Arc<Runtime<Log>>,
    /// Every rule with its dates.
    pub law: Arc<Law>,
    /// Which records name which others.
    pub chains: Arc<Chains>,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// The legal basis on which national numbers are kept; none are without it.
    pub national_numbers: Option<Arc<str>>,
}

/// Why a data directory cannot be opened. Each text names the file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The log.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log holds what this program cannot read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The log holds records and the keys are gone: a new vault would hide that their names are lost.
    #[error(
        "{} is missing, but the log holds records sealed under its keys: restore it from its backup; nothing was changed",
        .0.display()
    )]
    VaultMissing(PathBuf),
    /// The keys of somebody who was erased cannot be destroyed again.
    #[error("keys of erased persons cannot be destroyed: {0}")]
    Forgetting(#[from] SealingError),
    /// The key that signs tree heads.
    #[error(transparent)]
    SigningKey(#[from] SigningKeyError),
    /// The key-encryption key.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The rules of the house.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// Something else lies there.
    #[error("{} is not a data directory: name an empty or missing one, or one that trajet made", .0.display())]
    NotADataDirectory(PathBuf),
    /// The views.
    #[error(transparent)]
    Views(#[from] ProjectionError),
}

/// What opening tells while it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Of the log.
    Log(StoreProgress),
    /// Of the views.
    Views(runtime::Progress),
}

/// Hears of the opening; called from several threads.
pub type OnOpening = Arc<dyn Fn(Opening) + Send + Sync>;

/// How to open an [`Engine`].
#[derive(Clone)]
pub struct Setup {
    /// The data directory.
    pub data: DataDir,
    /// The file of the key-encryption key, if not the one in the data directory.
    pub key_file: Option<PathBuf>,
    /// The rules of the house, if not in the data directory.
    pub rules: Option<PathBuf>,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// Hears of progress and warnings.
    pub on_opening: Option<OnOpening>,
    /// Whether saved views are used; without it every view is folded anew.
    pub use_saved_views: bool,
    /// The legal basis on which national numbers are kept; none are without it.
    pub national_numbers: Option<String>,
}

impl Setup {
    /// The usual one for a data directory.
    #[must_use]
    pub fn new(data: DataDir, clock: Arc<dyn Clock>) -> Self {
        Self {
            data,
            key_file: None,
            rules: None,
            clock,
            on_opening: None,
            use_saved_views: true,
            national_numbers: None,
        }
    }
}

impl Engine {
    /// Opens a data directory, or makes it; takes it for this process. Blocks until every view is complete.
    ///
    /// # Errors
    /// [`OpenError`] names the file and what to do; nothing was changed.
    pub fn open(setup: Setup) -> Result<Self, OpenError> {
        let law = Arc::new(law(&setup.data, setup.rules.as_deref())?);
        let tell = setup.on_opening.clone().unwrap_or_else(|| Arc::new(|_| {}));
        make_private(setup.data.path())?;
        let mut options = Options::new(setup.data.path(), setup.clock.clone());
        let told = tell.clone();
        options.on_progress = Some(Arc::new(move |progress| told(Opening::Log(progress))));
        options.inside = readable::inside;
        let store = EmbeddedStore::open(options)?;
        readable::check(&store)?;
        if store.head().borrow().0 > 0 && !setup.data.vault().exists() {
            return Err(OpenError::VaultMissing(setup.data.vault()));
        }
        let vault = open_vault(&setup)?;
        let signing = SigningKey::open_or_make(&RealDisk, &setup.data.signing_key())?;
        let place: Box<dyn SavedViews> = Box::new(store.views().clone());
        if !setup.use_saved_views {
            store.views().drop_all()?;
        }
        let store = Arc::new(store);
        let report = move |progress| tell(Opening::Views(progress));
        let runtime = Runtime::start(store.clone(), law.clone(), Some(place), &report)?;
        let again = forgetting::forget_again(&vault, &runtime.snapshot().views)?;
        if again.keys > 0 {
            told_of_keys(again);
        }
        let national_numbers = setup.national_numbers.map(Arc::from);
        let ledger = Arc::new(Ledger::new(store.clone(), setup.clock.clone()));
        Ok(Self {
            ledger,
            store,
            vault: Arc::new(vault),
            signing: Arc::new(signing),
            runtime: Arc::new(runtime),
            law,
            chains: Arc::default(),
            clock: setup.clock,
            national_numbers,
        })
    }

    /// Saves the views and closes the log. Blocks. Views that cannot be saved are folded at the next opening.
    ///
    /// # Errors
    /// [`StoreError`] if the last mark could not be made durable; everything acknowledged is.
    pub fn close(&self) -> Result<(), StoreError> {
        if let Err(why) = self.runtime.shut_down() {
            eprintln!("the views are not saved ({why}); they are folded again at the next start");
        }
        self.store.close()
    }
}

/// Says that keys were there which should not have been.
fn told_of_keys(again: forgetting::Forgotten) {
    let forgetting::Forgotten { files, keys } = again;
    eprintln!(
        "trajet: warning: {keys} keys of {files} files of erased persons were in the vault (an older copy of it?): destroyed again"
    );
}

/// The law with the rules of the house: those of `rules`, else those in the data directory, else none.
///
/// # Errors
/// [`RulesError`] with every mistake of the file; a file that is named has to be there.
pub fn law(data: &DataDir, rules: Option<&Path>) -> Result<Law, RulesError> {
    let usual = data.rules();
    match rules.or(usual.exists().then_some(usual.as_path())) {
        Some(path) => house::read(path, Law::default()),
        None => Ok(Law::default()),
    }
}

/// Makes the data directory, readable by its owner only: what it holds is under professional secrecy.
pub(crate) fn make_private(path: &Path) -> Result<(), OpenError> {
    if path.is_dir() {
        return is_ours(path);
    }
    if path.exists() {
        return Err(OpenError::NotADataDirectory(path.to_owned()));
    }
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path).map_err(|source| StoreError::Io { path: path.to_owned(), source }.into())
}

/// A directory of somebody else's is not written into.
fn is_ours(path: &Path) -> Result<(), OpenError> {
    let io_error = |source| OpenError::from(StoreError::Io { path: path.to_owned(), source });
    // The rules of the house may be there first.
    let foreign = |entry: io::Result<fs::DirEntry>| entry.is_ok_and(|entry| entry.file_name() != "rules.toml");
    let empty = !path.read_dir().map_err(io_error)?.any(foreign);
    let known = ["log", "mark", "keys", "demonstration.json"].iter().any(|name| path.join(name).exists());
    if empty || known { Ok(()) } else { Err(OpenError::NotADataDirectory(path.to_owned())) }
}

fn open_vault(setup: &Setup) -> Result<Vault, OpenError> {
    let path = setup.data.vault();
    let key_file = setup.key_file.clone().unwrap_or_else(|| setup.data.key_file());
    let kek = keyfile::read_or_make(&key_file, path.exists())?;
    Ok(Vault::open(&RealDisk, &path, &kek)?)
}
