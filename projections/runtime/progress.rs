//! How far long work has come, for a bar on the screen.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Saved views are loaded; counted in views.
    Loading,
    /// The log is read; counted in records.
    Reading,
    /// Histories are folded; counted in parts of the whole.
    Folding,
}

/// How far long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How much of it is done, in the unit of the phase.
    pub done: u64,
    /// How much there is to do.
    pub of: u64,
}

/// Hears of progress; called from several threads, a few hundred times at most per second of work.
pub type Report<'a> = &'a (dyn Fn(Progress) + Sync);

/// Says nothing.
pub const fn silent(_: Progress) {}
