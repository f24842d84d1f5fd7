//! How long figures take over 100,000 persons. Run by hand, in release: `cargo test --release -p projections speed -- --ignored --nocapture`.

use super::world::{World, period, post, year};
use super::{Indicators, Scope};
use crate::engagements::{Absence, Placement, Schedule};
use crate::past::day;
use domain::codes::{AidKind, Cell};
use domain::contract::AbsenceReason;
use domain::hours::Hours;
use std::time::{Duration, Instant};

/// The longest that one figure may take.
const LIMIT: Duration = Duration::from_millis(250);

fn world() -> World {
    let mut world = World::default();
    for number in 0..2_000 {
        world.post(number, "2015-01-01", None);
    }
    for who in 0..100_000 {
        let from = super::period::later(day("2018-01-01"), (who % 1_500) as u64);
        let last_day = (who % 3 != 0).then(|| super::period::later(from, 400));
        let row = world.engaged(who, "2018-01-01", None);
        (row.start, row.last_day) = (Some(from), last_day);
        row.placements = vec![Placement { from, until: last_day, post: Some(post(who % 2_000)), agreement: None }];
        for month in 0..12 {
            let from = super::period::later(from, month * 30);
            let until = super::period::later(from, 29);
            row.schedules.push(Schedule { from, until, hours: Hours::whole(152) });
        }
        row.absences.push(Absence { from, until: from, hours: Hours(760), reason: AbsenceReason::Sick });
        world.file(who, &[(Some(Cell::Alpha), "2018-06-01"), (Some(Cell::Art60), "2020-06-01")]);
        world.aided(who, AidKind::Ris, "2019-01-01", (who % 2 == 0).then_some("2022-01-01"));
    }
    world.outcomes = (0..100_000).map(|who| (super::world::person(who), crate::outcomes::Row::default())).collect();
    world
}

#[test]
#[ignore = "takes seconds in a debug build"]
fn figures_over_a_hundred_thousand_persons_take_milliseconds() {
    let world = world();
    let scope = Scope { organisation: Some(super::world::at("samusocial")), measure: None };
    let host = Indicators { scope, ..world.figures() };
    let all = world.figures();
    macro_rules! timed {
        ($name:literal, $figure:expr) => {
            let begun = Instant::now();
            std::hint::black_box($figure);
            let took = begun.elapsed();
            println!("{:24}{:8.2} ms", $name, took.as_secs_f64() * 1_000.0);
            assert!(took < LIMIT, "{} took {took:?}", $name);
        };
    }
    timed!("personsAccompanied", host.persons_accompanied(year(2020), None, None));
    timed!("personsContractEnded", host.persons_contract_ended(year(2020)));
    timed!("continuing", host.continuing(year(2020)));
    timed!("hiredSignedBy", host.hired_signed_by(year(2020), day("2021-06-01"), None, None));
    timed!("posts", host.posts(day("2020-06-01")));
    timed!("occupancy", host.occupancy(year(2020)));
    timed!("absenteeismRate", host.absenteeism_rate(year(2020)));
    timed!("trainingPersonHours", host.training_person_hours(year(2020)));
    timed!("stockPerCell", all.stock_per_cell(day("2020-06-01")));
    let months: Vec<_> = (0..48).map(|month| domain::law::add_months(day("2018-01-01"), month)).collect();
    timed!("stockPerCell, 48 days", all.stocks_per_cell(&months));
    timed!("flowPerCell", all.flow_per_cell(period("2019-01-01", "2021-01-01")));
    timed!("shareInIsp", all.share_in_isp(day("2020-06-01")));
    timed!("status", all.persons_accompanied(year(2020), None, Some(AidKind::Ris)));
    timed!("sustained", host.sustained(year(2020), 6));
    timed!("falseStarts", host.false_starts(year(2018)));
    timed!("piisOverdue", all.piis_overdue(day("2020-06-01")));
    timed!("timeGrantToPiis", all.time_grant_to_piis(year(2019)));
    timed!("returnToAid", all.return_to_aid(year(2020), 12));
}
