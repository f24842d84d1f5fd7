//! Who asks, what they may see, and what is remembered of it.
//!
//! Read [`caller`] (who asks), [`reading`] (what one request reads), then [`ledger`] (how it is remembered, and when once is
//! enough) and [`told`] (what the ledger says).

pub mod caller;
pub mod ledger;
pub mod reading;
mod sittings;
pub mod told;

pub use caller::Caller;
pub use ledger::{Ledger, LedgerError, Operation, Taken};
pub use reading::{Noted, Opened, Reading};
pub use sittings::{REFUSALS_MAX, REMEMBERED_MAX, SITTING};
