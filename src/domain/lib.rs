//! The field and its rules, pure: no input or output, no clock, no store, no configuration.
//!
//! Read [`fact`] (what can happen), [`history`] (what counts), [`decision`] (how a command is answered),
//! then any step: each holds its events, its state, its commands, its refusals and its `decide`, in that order;
//! a longer step is a folder with a file for each, and its `mod.rs` says in which order to read them.

pub mod codes;
pub mod command;
pub mod deadline;
pub mod decision;
pub mod fact;
pub mod history;
pub mod hours;
pub mod ids;
pub mod kin;
pub mod law;
pub mod national_number;
pub mod personal;
pub mod wire;

pub mod access;
pub mod action;
pub mod agreement;
pub mod aid;
pub mod application;
pub mod appraisal;
pub mod assessment;
pub mod barrier;
pub mod batch;
pub mod contact;
pub mod contract;
pub mod correction;
pub mod course;
pub mod erasure;
pub mod figure;
pub mod hiring;
pub mod identifier;
pub mod merge;
pub mod offboarding;
pub mod operation;
pub mod organisation;
pub mod orientation;
pub mod pathway;
pub mod penalty;
pub mod person;
pub mod piis;
pub mod post;
pub mod publication;
pub mod sanction;
#[cfg(test)]
pub mod scenario;
pub mod situation;
pub mod training;
