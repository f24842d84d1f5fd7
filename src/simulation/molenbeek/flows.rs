//! How many files move between two dates of the table, by plain arithmetic.
//!
//! Those who leave each cell are a share of it; all others come through the project facilitators,
//! so that every stock is met exactly.

use chrono::{Datelike, NaiveDate};

/// The files in each cell.
pub(super) type Stock = [usize; 5];

/// The cells, by their codes.
pub(super) const CELLS: [&str; 5] = ["PROJECT_FACILITATOR", "ALPHA", "STUDIES_TRAINING", "EMPLOYMENT", "ART60"];
/// Project facilitators.
pub(super) const FACILITATOR: usize = 0;
/// Literacy.
pub(super) const ALPHA: usize = 1;
/// Studies and training.
pub(super) const STUDIES: usize = 2;
/// Employment.
pub(super) const EMPLOYMENT: usize = 3;
/// Article 60.
pub(super) const ART60: usize = 4;

/// Shares of a cell's files that leave it in a year, in percent: from, to (none: out of the pathway), share.
const LEAVING: [(usize, Option<usize>, usize); 9] = [
    (FACILITATOR, None, 20),
    (ALPHA, Some(STUDIES), 8),
    (ALPHA, Some(EMPLOYMENT), 5),
    (ALPHA, None, 8),
    (STUDIES, Some(EMPLOYMENT), 14),
    (STUDIES, None, 10),
    (EMPLOYMENT, None, 30),
    (ART60, Some(EMPLOYMENT), 15),
    (ART60, None, 45),
];

/// How many files go from one cell to another, or out; in an order in which who arrives may move on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flows {
    /// Files that enter the pathway, all with the facilitators.
    pub(super) entries: usize,
    /// From, to (none: out of the pathway), how many.
    pub(super) moves: Vec<(usize, Option<usize>, usize)>,
}

/// The moves that lead from one stock to another in the time up to a date: a half year up to June, else a year.
pub(super) fn between(from: &Stock, to: &Stock, until: NaiveDate) -> Flows {
    let months = usize::try_from(until.month()).unwrap_or(12);
    let mut moves: Vec<_> =
        LEAVING.iter().map(|(cell, next, share)| (*cell, *next, from[*cell] * share * months / 1200)).collect();
    let out = |moves: &[(usize, Option<usize>, usize)], cell| sum(moves, |(from, _, _)| *from == cell);
    let into = |moves: &[(usize, Option<usize>, usize)], cell| sum(moves, |(_, to, _)| *to == Some(cell));
    // What the article 60 cell lacks comes from the employment cell, and what any other lacks from the facilitators.
    moves.push((EMPLOYMENT, Some(ART60), (to[ART60] + out(&moves, ART60)).saturating_sub(from[ART60])));
    for cell in [ALPHA, STUDIES, EMPLOYMENT] {
        let lack = (to[cell] + out(&moves, cell)).saturating_sub(from[cell] + into(&moves, cell));
        moves.push((FACILITATOR, Some(cell), lack));
    }
    let entries = (to[FACILITATOR] + out(&moves, FACILITATOR)).saturating_sub(from[FACILITATOR]);
    // Article 60 first among those who leave, as its people go on to the employment cell and not back.
    let order = |cell: usize| [0, 1, 2, 4, 3][cell];
    moves.sort_by_key(|(cell, _, _)| order(*cell));
    Flows { entries, moves }
}

fn sum(moves: &[(usize, Option<usize>, usize)], which: impl Fn(&(usize, Option<usize>, usize)) -> bool) -> usize {
    moves.iter().filter(|each| which(each)).map(|(_, _, files)| files).sum()
}

#[cfg(test)]
mod tests {
    use super::super::TABLE;
    use super::*;

    #[test]
    fn the_moves_between_two_dates_lead_from_one_stock_to_the_other() {
        for pair in TABLE.windows(2) {
            let flows = between(&pair[0].1, &pair[1].1, pair[1].0);
            let mut stock = pair[0].1;
            stock[FACILITATOR] += flows.entries;
            for (from, to, files) in flows.moves {
                stock[from] -= files;
                if let Some(to) = to {
                    stock[to] += files;
                }
            }
            assert_eq!(stock, pair[1].1);
        }
    }
}
