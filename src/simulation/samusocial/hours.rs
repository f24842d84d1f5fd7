//! Hours to be worked and hours missed by article 60 workers in 2021 and 2022.
//!
//! The rate of a year is decided, and the hours missed are shared out so that they add up to it.

use super::workers::Worker;
use crate::simulation::day;
use crate::simulation::random::Random;
use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::json;
use uuid::Uuid;

/// Hours missed of ten thousand hours to be worked: slightly fewer in 2022.
const RATES: [(i32, u64); 2] = [(2021, 1132), (2022, 1109)];
/// Hours to be worked on a working day, in hundredths: 7.6, less holidays and annual leave.
const DAY: u64 = 699;
/// Hours of a whole working day, in hundredths.
const WHOLE_DAY: u64 = 760;

/// One contract in one quarter.
struct Piece {
    worker: usize,
    engagement: Uuid,
    workdays: Vec<NaiveDate>,
    until: NaiveDate,
    from: NaiveDate,
    /// How much of the absences falls to it.
    weight: u64,
}

impl Piece {
    fn scheduled(&self) -> u64 {
        self.workdays.len() as u64 * DAY
    }
}

/// Adds schedules and absences to the workers' stories.
pub(super) fn tell(seed: u64, workers: &mut [Worker]) {
    for (year, rate) in RATES {
        let mut random = Random::of(seed, format!("hours/{year}").as_bytes());
        let pieces = pieces(workers, year, &mut random);
        let missed = pieces.iter().map(Piece::scheduled).sum::<u64>() * rate / 10_000;
        let shares = shares(&pieces, missed);
        for (piece, hours) in pieces.iter().zip(shares) {
            schedule(workers, piece);
            match hours {
                0 => leave(workers, piece, &mut random),
                hours => absence(workers, piece, hours, &mut random),
            }
        }
    }
}

fn pieces(workers: &[Worker], year: i32, random: &mut Random) -> Vec<Piece> {
    let quarters = [(1, 1, 3, 31), (4, 1, 6, 30), (7, 1, 9, 30), (10, 1, 12, 31)];
    let mut pieces = Vec::new();
    for (index, worker) in workers.iter().enumerate() {
        for contract in &worker.contracts {
            for (month, first, last_month, last) in quarters {
                let from = contract.from.max(day(year, month, first));
                let until = contract.until.min(day(year, last_month, last));
                let workdays: Vec<_> = from.iter_days().take_while(|on| *on <= until).filter(worked).collect();
                // A piece of a weekend has a schedule too, of no hours: without one it would be unknown.
                if from <= until {
                    let weight = *random.pick(&[0, 0, 0, 1, 1, 2, 4]);
                    pieces.push(Piece {
                        worker: index,
                        engagement: contract.engagement,
                        workdays,
                        until,
                        from,
                        weight,
                    });
                }
            }
        }
    }
    pieces
}

fn worked(on: &NaiveDate) -> bool {
    !matches!(on.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The hours missed in each piece, which add up to what is given; the heaviest piece takes what is left over.
fn shares(pieces: &[Piece], missed: u64) -> Vec<u64> {
    let weights: Vec<u64> = pieces.iter().map(|piece| piece.weight * piece.scheduled()).collect();
    let total = weights.iter().sum::<u64>().max(1);
    let mut shares: Vec<u64> = weights.iter().map(|weight| missed * weight / total).collect();
    let rest = missed - shares.iter().sum::<u64>();
    if let Some((_, share)) = weights.iter().zip(&mut shares).max_by_key(|(weight, _)| **weight) {
        *share += rest;
    }
    shares
}

fn hundredths(hours: u64) -> String {
    format!("{}.{:02}", hours / 100, hours % 100)
}

fn schedule(workers: &mut [Worker], piece: &Piece) {
    let input = json!({"engagement": piece.engagement, "until": piece.until, "hours": hundredths(piece.scheduled())});
    workers[piece.worker].story.add_after(piece.until, piece.from, "scheduleHours", input);
}

fn absence(workers: &mut [Worker], piece: &Piece, hours: u64, random: &mut Random) {
    let days = usize::try_from(hours.div_ceil(WHOLE_DAY)).unwrap_or(1).clamp(1, piece.workdays.len());
    let reason = *random.pick(&["SICK", "SICK", "SICK", "SICK", "JUSTIFIED", "UNJUSTIFIED"]);
    record(workers, piece, (days, hours, reason), random);
}

/// Annual leave is no absence for the rate.
fn leave(workers: &mut [Worker], piece: &Piece, random: &mut Random) {
    if piece.workdays.len() > 20 && random.percent(50) {
        record(workers, piece, (5, 5 * WHOLE_DAY, "LEAVE"), random);
    }
}

fn record(workers: &mut [Worker], piece: &Piece, (days, hours, reason): (usize, u64, &str), random: &mut Random) {
    let first = usize::try_from(random.below((piece.workdays.len() - days + 1) as u64)).unwrap_or(0);
    let (from, until) = (piece.workdays[first], piece.workdays[first + days - 1]);
    let story = &mut workers[piece.worker].story;
    let absence = story.inner(&format!("absence/{from}"));
    let input = json!({"engagement": piece.engagement, "absence": absence, "until": until, "hours": hundredths(hours),
        "reason": reason});
    story.add_after(until, from, "recordAbsence", input);
}
