//! Published figures: an indicator asked as data, its answer frozen in the log, and what became of it since.
//!
//! Read [`question`] (an indicator with its arguments, asked through the very fields of the contract),
//! [`publish`] (what is recorded), [`restate`] (today's answer, and the files that explain the difference), [`types`].

pub mod publish;
pub mod question;
pub mod restate;
pub mod types;
