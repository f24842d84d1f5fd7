//! When each act is recorded: some days after it happened, never before what it needs.
//!
//! Delays are drawn per act, so that one act more moves no other.

use super::plan::Act;
use super::random::Random;
use super::story::Office;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// An act that has not found its instant yet.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// The day on which it happened or took effect.
    pub(super) on: NaiveDate,
    /// The first day on which it can be recorded.
    pub(super) earliest: NaiveDate,
    /// True if it is recorded that day, without delay.
    pub(super) prompt: bool,
    /// The organisation whose history it belongs to.
    pub(super) part: &'static str,
    /// Who records it.
    pub(super) office: &'static Office,
    /// The name of the command.
    pub(super) command: &'static str,
    /// Its input.
    pub(super) input: Value,
    /// Its key.
    pub(super) key: Uuid,
    /// The things whose acts are recorded in the order given: its own first, then posts.
    pub(super) follows: Vec<Uuid>,
    /// The streams in which it will stand.
    pub(super) touches: Vec<Uuid>,
}

/// How long people take to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lag {
    /// Mostly up to ten days, some weeks, seldom months.
    Usual,
    /// Anything up to a year.
    Wild,
}

/// The most acts of one instant: what the log groups into one write.
const WAVE_ACTS_MAX: usize = 256;
/// What was taken over at the start of an organisation is spread over so many days.
const TAKE_OVER_DAYS: u64 = 25;
/// The seconds between two instants of one day: even a take-over then fits into it.
const WAVE_SECONDS: i64 = 20;

/// Commands for which no other command waits, so that they hold nobody up when they come late.
const LEAVES: [&str; 9] = [
    "attendActivity",
    "awardCertificate",
    "completeExitReview",
    "judgeReadiness",
    "recordAbsence",
    "recordFollowUp",
    "recordMissedSession",
    "scheduleHours",
    "signSkillsPlan",
];

fn is_leaf(draft: &Draft) -> bool {
    LEAVES.contains(&draft.command)
}

/// Gives each draft its instant. Drafts stand in the order that each thing needs.
pub(super) fn acts(drafts: &[Draft], seed: u64, lag: Lag) -> Vec<Act> {
    let mut days: BTreeMap<NaiveDate, Vec<(&Draft, BTreeSet<Uuid>)>> = BTreeMap::new();
    let mut told: HashMap<Uuid, NaiveDate> = HashMap::new();
    let mut at_post: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for draft in drafts {
        let day = recording_day(draft, &told, seed, lag);
        if !is_leaf(draft) {
            told.extend(draft.follows.iter().map(|thing| (*thing, day)));
        }
        days.entry(day).or_default().push((draft, touched(draft, &mut at_post)));
    }
    days.into_iter().flat_map(|(day, drafts)| instants(day, &drafts)).collect()
}

/// The streams that an act stands in or reads: who fills a post reads the files of all who were ever there.
fn touched(draft: &Draft, at_post: &mut HashMap<Uuid, BTreeSet<Uuid>>) -> BTreeSet<Uuid> {
    let mut touched: BTreeSet<Uuid> = draft.touches.iter().copied().collect();
    for post in draft.follows.iter().skip(1) {
        let there = at_post.entry(*post).or_default();
        touched.extend(there.iter());
        there.extend(draft.follows.first());
    }
    touched
}

fn recording_day(draft: &Draft, told: &HashMap<Uuid, NaiveDate>, seed: u64, lag: Lag) -> NaiveDate {
    let mut random = Random::of(seed, draft.key.as_bytes());
    let delay = if draft.prompt { 0 } else { delay(&mut random, lag, is_leaf(draft)) };
    let taken_over = draft.office.since + Days::new(random.below(TAKE_OVER_DAYS));
    let day = if draft.earliest < draft.office.since {
        if draft.prompt { draft.office.since } else { taken_over }
    } else {
        draft.earliest + Days::new(delay)
    };
    let after = draft.follows.iter().filter_map(|thing| told.get(thing)).copied().max();
    workday(after.map_or(day, |after| after.max(day)))
}

/// Days until somebody records it. What others wait for is seldom months late; the rest more often.
fn delay(random: &mut Random, lag: Lag, leaf: bool) -> u64 {
    let (days, weeks) = if leaf { (880, 970) } else { (987, 997) };
    match (lag, random.below(1000)) {
        (Lag::Wild, _) => random.between(0, 365),
        (Lag::Usual, drawn) if drawn < days / 2 => random.between(0, 2),
        (Lag::Usual, drawn) if drawn < days => random.between(3, 10),
        (Lag::Usual, drawn) if drawn < weeks => random.between(11, 35),
        (Lag::Usual, _) => random.between(36, 120),
    }
}

/// Nobody records on a Saturday or a Sunday.
pub(super) fn workday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => day,
    }
}

/// The acts of one day: each as early as the things that it touches, and the length of a wave, allow.
fn instants(day: NaiveDate, drafts: &[(&Draft, BTreeSet<Uuid>)]) -> Vec<Act> {
    let mut next: HashMap<Uuid, usize> = HashMap::new();
    let mut waves: Vec<Vec<Act>> = Vec::new();
    for (draft, touched) in drafts {
        let mut wave = touched.iter().filter_map(|thing| next.get(thing)).copied().max().unwrap_or(0);
        while waves.get(wave).is_some_and(|acts| acts.len() >= WAVE_ACTS_MAX) {
            wave += 1;
        }
        waves.resize_with(waves.len().max(wave + 1), Vec::new);
        next.extend(touched.iter().map(|thing| (*thing, wave + 1)));
        waves[wave].push(act(draft, instant(day, wave)));
    }
    waves.into_iter().flatten().collect()
}

/// From eight o'clock in the morning on, Universal Time.
fn instant(day: NaiveDate, wave: usize) -> DateTime<Utc> {
    let seconds = WAVE_SECONDS * i64::try_from(wave).unwrap_or(i64::MAX / WAVE_SECONDS);
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(8) + TimeDelta::seconds(seconds)
}

fn act(draft: &Draft, recorded_at: DateTime<Utc>) -> Act {
    Act {
        recorded_at,
        on: draft.on,
        command: draft.command,
        input: draft.input.clone(),
        key: draft.key,
        organisation: draft.office.id,
        source: if draft.earliest < draft.office.since { "migration" } else { "ui" },
    }
}
