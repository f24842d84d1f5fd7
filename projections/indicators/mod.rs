//! The figures that the field publishes, computed from the rows of the views.
//!
//! Read [`figure`] (what an answer is), [`source`] (what it is computed from) and [`scope`] (whose figures),
//! then any question: each file holds its definitions.

mod absence;
mod accompanied;
mod after;
mod agreements;
mod cells;
mod false_starts;
pub mod figure;
mod hired;
mod hours;
mod penalties;
pub mod period;
mod piis;
mod posts;
#[cfg(test)]
mod properties;
mod return_to_aid;
mod sanctions;
pub mod scope;
pub mod source;
#[cfg(test)]
mod speed;
pub mod spells;
pub mod survival;
mod training;
#[cfg(test)]
mod world;

pub use absence::{Absenteeism, Band};
pub use accompanied::Basis;
pub use after::Sustained;
pub use agreements::Agreements;
pub use cells::{CellFlow, CellStock, Flow};
pub use figure::{Exact, Figure};
pub use hired::Hired;
pub use penalties::PenaltyTotals;
pub use period::Period;
pub use piis::TimeToSignature;
pub use posts::{Occupancy, PostStock};
pub use return_to_aid::ReturnToAid;
pub use sanctions::SanctionTotals;
pub use scope::{Definitions, Indicators, Scope};
pub use source::Source;
