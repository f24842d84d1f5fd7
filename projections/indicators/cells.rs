//! Files in the ISP pathway, per cell: how many on a day, how many came and went, and their share in the aid files.

use super::figure::{Figure, whole};
use super::{Exact, Indicators, Period, Source};
use crate::cells::{self, Stay};
use chrono::NaiveDate;
use domain::codes::{AidKind, Cell, CodeList};

/// The files on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellStock {
    /// Files per cell, every cell named, in the order of the list.
    pub cells: Vec<(Cell, u64)>,
    /// All of them: the ISP stock. Unknown are the open files in no cell.
    pub total: Figure,
}

/// What moved between two days: for each cell, and for all of them together, the stock after is the stock before, plus
/// what entered, less what left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFlow {
    /// Per cell, every cell named, in the order of the list; a move between cells leaves one and enters the other.
    pub cells: Vec<(Cell, Flow)>,
    /// Of the ISP stock as a whole: a move between cells neither enters nor leaves it.
    pub total: Flow,
    /// Moves from one cell straight to another.
    pub moves: u64,
    /// Open files in no cell on the last day.
    pub unknown: u64,
}

/// What entered and left a stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flow {
    /// Stock on the first day.
    pub before: u64,
    /// Entered after the first day, up to the last one.
    pub entered: u64,
    /// Left after the first day, up to the last one.
    pub left: u64,
    /// Stock on the last day.
    pub after: u64,
}

/// The place of files in no cell, after those of the cells.
const NO_CELL: usize = 7;

/// Places where a file can be counted.
const PLACES: usize = NO_CELL + 1;

impl<S: Source> Indicators<'_, S> {
    /// Open files per cell on a day. Definition 1. Source: 002:34-38.
    ///
    /// The day of entry is in the cell, the day of leaving is not. A file that is open and in no cell is not in the
    /// ISP stock: it is unknown. Each file is in one cell, so that the cells add up to the total.
    #[must_use]
    pub fn stock_per_cell(&self, on: NaiveDate) -> CellStock {
        self.stocks_per_cell(&[on]).remove(0)
    }

    /// [`Indicators::stock_per_cell`] on each of these days, in their order, in one pass over the files.
    #[must_use]
    pub fn stocks_per_cell(&self, days: &[NaiveDate]) -> Vec<CellStock> {
        let mut ordered: Vec<NaiveDate> = days.to_vec();
        ordered.sort_unstable();
        let changes = self.changes(&ordered);
        let mut counts = [0_i64; PLACES];
        let told: Vec<CellStock> = ordered
            .iter()
            .zip(changes)
            .map(|(on, change)| {
                counts.iter_mut().zip(change).for_each(|(count, change)| *count += change);
                self.told(*on, &counts)
            })
            .collect();
        let of_day = |on: &NaiveDate| told[ordered.partition_point(|other| other < on)].clone();
        days.iter().map(of_day).collect()
    }

    /// By how much each place grows up to each of these days since the one before; the last place is "no cell".
    fn changes(&self, ordered: &[NaiveDate]) -> Vec<[i64; PLACES]> {
        // One day more than asked: where the leaving after the last day goes.
        let mut changes = vec![[0; PLACES]; ordered.len() + 1];
        for stay in self.files().flat_map(|row| &row.stays) {
            let place = stay.cell.map_or(NO_CELL, |cell| cell as usize);
            let index = |day: NaiveDate| ordered.partition_point(|on| *on < day);
            changes[index(stay.from)][place] += 1;
            changes[stay.left_on.map_or(ordered.len(), index)][place] -= 1;
        }
        changes
    }

    fn told(&self, on: NaiveDate, counts: &[i64; PLACES]) -> CellStock {
        let count =
            |place: usize| u64::try_from(counts[place]).expect("no more files leave a place than have entered it");
        let cells: Vec<(Cell, u64)> = Cell::all().iter().map(|cell| (*cell, count(*cell as usize))).collect();
        let total: u64 = cells.iter().map(|(_, count)| count).sum();
        let figure = self.on(on, Figure::sum(Exact::from_integer(total.into())));
        CellStock { cells, total: Figure { unknown: count(NO_CELL), ..figure } }
    }

    /// What entered and left the cells after the first day of a period, up to its last one. Definition 1.
    #[must_use]
    pub fn flow_per_cell(&self, period: Period) -> CellFlow {
        let mut flow = CellFlow { cells: every_cell(), total: Flow::default(), moves: 0, unknown: 0 };
        for row in self.files() {
            for (index, stay) in row.stays.iter().enumerate() {
                let former = index.checked_sub(1).and_then(|former| row.stays.get(former));
                flow.stay(stay, former, row.stays.get(index + 1), period);
            }
        }
        flow
    }

    /// The ISP stock over the aid files, integration income and equivalent, on a day: two independent counts.
    /// Definition 1. Source: 002:23, 002:34-38.
    ///
    /// An aid file is a running grant. Who works under article 60 is in the first count and seldom in the second.
    #[must_use]
    pub fn share_in_isp(&self, on: NaiveDate) -> Figure {
        let aided = |kind: AidKind| matches!(kind, AidKind::Ris | AidKind::Eris);
        let grants = self.source.aids().map(|(_, row)| row).filter(|row| aided(row.kind) && row.running_on(on));
        let aid = grants.filter(|row| self.scope.holds(&row.organisation)).count();
        Figure { denominator: Some(whole(aid)), ..self.stock_per_cell(on).total }
    }

    fn files(&self) -> impl Iterator<Item = &cells::Row> {
        self.source.cells().map(|(_, row)| row).filter(|row| self.scope.holds(&row.organisation))
    }
}

impl CellFlow {
    fn stay(&mut self, stay: &Stay, former: Option<&Stay>, next: Option<&Stay>, period: Period) {
        let Some(cell) = stay.cell else {
            self.unknown += u64::from(stay.covers(period.to()));
            return;
        };
        let within = |day: NaiveDate| period.from() < day && day <= period.to();
        let straight_from = former.is_some_and(|former| former.cell.is_some() && former.left_on == Some(stay.from));
        let straight_to = next.is_some_and(|next| next.cell.is_some() && stay.left_on == Some(next.from));
        let flow = Flow {
            before: u64::from(stay.covers(period.from())),
            entered: u64::from(within(stay.from)),
            left: u64::from(stay.left_on.is_some_and(within)),
            after: u64::from(stay.covers(period.to())),
        };
        of(&mut self.cells, cell).add(flow);
        self.moves += if straight_from { flow.entered } else { 0 };
        self.total.add(Flow {
            entered: if straight_from { 0 } else { flow.entered },
            left: if straight_to { 0 } else { flow.left },
            ..flow
        });
    }
}

impl Flow {
    const fn add(&mut self, other: Self) {
        self.before += other.before;
        self.entered += other.entered;
        self.left += other.left;
        self.after += other.after;
    }
}

fn every_cell<T: Default>() -> Vec<(Cell, T)> {
    Cell::all().iter().map(|cell| (*cell, T::default())).collect()
}

fn of<T>(cells: &mut [(Cell, T)], cell: Cell) -> &mut T {
    // The list holds every cell in its own order.
    &mut cells[cell as usize].1
}

#[cfg(test)]
mod tests {
    use super::super::world::{World, period};
    use super::*;
    use crate::past::day;

    fn world() -> World {
        let mut world = World::default();
        world.file(1, &[(Some(Cell::Alpha), "2009-06-01"), (Some(Cell::Art60), "2010-03-01")]);
        world.file(2, &[(None, "2009-06-01"), (Some(Cell::Alpha), "2009-12-31")]);
        world.file(3, &[(Some(Cell::Alpha), "2009-06-01"), (None, "2009-12-31")]);
        world.file(4, &[(Some(Cell::Alpha), "2010-01-01")]);
        world
    }

    fn stock(told: &CellStock, cell: Cell) -> u64 {
        told.cells.iter().find(|(one, _)| *one == cell).unwrap().1
    }

    #[test]
    fn a_file_is_in_its_cell_from_the_day_of_entry_to_the_day_before_it_leaves() {
        let told = world().figures().stock_per_cell(day("2009-12-31"));
        assert_eq!((stock(&told, Cell::Alpha), told.total.numerator, told.total.unknown), (2, 2.into(), 1));
        let told = world().figures().stock_per_cell(day("2010-03-01"));
        assert_eq!((stock(&told, Cell::Alpha), stock(&told, Cell::Art60)), (2, 1));
        assert_eq!(told.cells.iter().map(|(_, count)| count).sum::<u64>(), 3);
    }

    #[test]
    fn every_cell_has_a_place_and_days_are_answered_in_the_order_asked() {
        assert_eq!(Cell::all().len(), NO_CELL);
        let (world, days) = (world(), ["2010-03-01", "2009-12-31", "2010-03-01"].map(day));
        let told = world.figures().stocks_per_cell(&days);
        assert_eq!(told, days.map(|on| world.figures().stock_per_cell(on)));
        assert_eq!(stock(&told[1], Cell::Alpha), 2);
    }

    #[test]
    fn the_stock_after_is_the_stock_before_plus_in_less_out() {
        let told = world().figures().flow_per_cell(period("2009-12-30", "2010-03-01"));
        let flow = |cell: Cell| told.cells.iter().find(|(one, _)| *one == cell).unwrap().1;
        assert_eq!(flow(Cell::Alpha), Flow { before: 2, entered: 2, left: 2, after: 2 });
        assert_eq!(flow(Cell::Art60), Flow { before: 0, entered: 1, left: 0, after: 1 });
        assert_eq!(told.total, Flow { before: 2, entered: 2, left: 1, after: 3 });
        assert_eq!((told.moves, told.unknown), (1, 1));
    }

    #[test]
    fn the_share_is_of_two_independent_counts() {
        let mut world = world();
        for (who, kind, ended) in [
            (8, AidKind::Ris, None),
            (9, AidKind::Eris, None),
            (9, AidKind::Other, None),
            (7, AidKind::Ris, Some("2009-12-31")),
            (6, AidKind::Ris, Some("2010-01-01")),
        ] {
            world.aided(who, kind, "2009-01-01", ended);
        }
        let share = world.figures().share_in_isp(day("2009-12-31"));
        assert_eq!((share.numerator, share.denominator, share.unknown), (2.into(), Some(3.into()), 1));
    }
}
