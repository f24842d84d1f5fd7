//! The demonstration history, played through the real commands: every published figure, and the variants that must
//! not move it (domain.md, A.10).

#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::codes::{AidKind, ContractKind, Measure};
use domain::course::ActivityKind;
use domain::history::Cut;
use domain::ids::OrganisationId;
use domain::law::Law;
use projections::indicators::{Exact, Figure, Indicators, Period, Scope};
use projections::{Snapshot, Views};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use store::{EventStore, Position};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use trajet::Engine;
use trajet::clock::Rehearsal;
use trajet::config::DataDir;
use trajet::engine::Setup;
use trajet::simulation::{self, Act, Plan, Played};

static TOKIO: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
static PLAN: LazyLock<Plan> = LazyLock::new(|| simulation::demonstration(1));
static LAW: LazyLock<Law> = LazyLock::new(Law::default);
static HISTORY: LazyLock<History> = LazyLock::new(|| History::of(&PLAN));

/// A plan, played into a directory of its own.
struct History {
    engine: Engine,
    clock: Arc<Rehearsal>,
    played: Played,
    _data: TempDir,
}

impl History {
    fn of(plan: &Plan) -> Self {
        let data = TempDir::new().unwrap();
        let clock = Arc::new(Rehearsal::at(plan.first_instant().unwrap()));
        let engine = Engine::open(Setup::new(DataDir::new(data.path().join("data")), clock.clone())).unwrap();
        let played = TOKIO.block_on(simulation::play(&engine, &clock, plan, |_, _| {}));
        let played = played.unwrap_or_else(|error| panic!("{error}"));
        Self { engine, clock, played, _data: data }
    }

    fn now(&self) -> Arc<Snapshot<Views>> {
        let patience = Duration::from_secs(120);
        TOKIO.block_on(self.engine.runtime.at_least(self.played.last, patience)).unwrap()
    }

    fn known_at(&self, known_at: DateTime<Utc>) -> Arc<Snapshot<Views>> {
        TOKIO.block_on(self.engine.runtime.at(Cut { as_known_at: Some(known_at), ..Cut::default() })).unwrap()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year(year: i32) -> Period {
    Period::year(year).unwrap()
}

fn of(name: &str) -> OrganisationId {
    OrganisationId::new(name).unwrap()
}

fn whole(count: i128) -> Exact {
    Exact::from_integer(count)
}

fn count(figure: Figure) -> i128 {
    assert!(figure.numerator.is_integer(), "{figure:?}");
    figure.numerator.to_integer()
}

/// The figures of an organisation, under one measure or all. Today is the end of the history.
fn figures<'a>(views: &'a Views, organisation: &str, measure: Option<Measure>) -> Indicators<'a, Views> {
    Indicators::new(views, Scope { organisation: Some(of(organisation)), measure }, day("2024-01-31"), &LAW)
}

/// Every figure that Samusocial published, in the order of the acceptance cases.
fn samusocial(views: &Views) -> Vec<(&'static str, i128)> {
    let (all, art60) = (figures(views, "samusocial", None), figures(views, "samusocial", Some(Measure::Art60)));
    let (interns, acs) =
        (figures(views, "samusocial", Some(Measure::Intern)), figures(views, "samusocial", Some(Measure::Acs)));
    let host = of("samusocial");
    let (cohort, on, by) = (year(2020), day("2021-04-18"), day("2023-06-30"));
    let hired = |kind| count(art60.hired_signed_by(year(2022), by, Some(&host), kind).first_kind);
    let penalty = all.work_penalty(year(2022));
    vec![
        ("accompanied 2020", count(all.persons_accompanied(cohort, None, None))),
        ("ended 2020", count(all.persons_contract_ended(cohort))),
        ("hired of them, active", count(all.hired_active_at(cohort, on, Some(&host)))),
        ("posts open", count(art60.posts(on).open)),
        ("posts filled", count(art60.posts(on).filled)),
        ("agreements in force", count(art60.agreements_in_force(on).agreements)),
        ("accompanied 2022", count(art60.persons_accompanied(year(2022), None, None))),
        ("ended 2022", count(art60.persons_contract_ended(year(2022)))),
        ("hired of them, signed", hired(None)),
        ("hired for good at first", hired(Some(ContractKind::Cdi))),
        ("interns 2022", count(interns.persons_accompanied(year(2022), None, None))),
        ("penalty persons", count(penalty.persons)),
        ("penalty hours", count(penalty.hours)),
        ("training hours", count(art60.training_person_hours(year(2022)))),
        ("ACS posts", count(acs.occupancy(year(2022)).posts)),
        ("agreements signed 2022", count(art60.agreements_signed(year(2022)).agreements)),
        ("job day", count(all.participants_of(ActivityKind::JobDay, year(2022)))),
    ]
}

const PUBLISHED: [i128; 17] = [114, 68, 25, 70, 55, 4, 97, 49, 20, 4, 40, 4, 400, 2408, 14, 5, 21];

fn assert_published(views: &Views) {
    let found = samusocial(views);
    let expected: Vec<_> = found.iter().zip(PUBLISHED).map(|((name, _), value)| (*name, value)).collect();
    assert_eq!(found, expected);
}

#[test]
fn samusocial_has_every_published_figure() {
    assert_published(&HISTORY.now());
}

#[test]
fn acs_posts_are_filled_for_almost_95_percent_of_2022() {
    let now = HISTORY.now();
    let acs = figures(&now, "samusocial", Some(Measure::Acs));
    let weighted = acs.occupancy(year(2022)).day_weighted;
    let ratio = weighted.numerator / weighted.denominator.unwrap();
    assert!(ratio >= Exact::new(945, 1000) && ratio < Exact::new(95, 100), "{ratio}");
    let at_end = acs.point_in_time(day("2022-12-31"));
    assert_eq!(at_end.denominator, Some(whole(14)));
    assert!(at_end.numerator >= whole(13), "{at_end:?}");
}

#[test]
fn absence_of_2022_is_slightly_below_that_of_2021() {
    let now = HISTORY.now();
    let art60 = figures(&now, "samusocial", Some(Measure::Art60));
    let rate = |of: i32| {
        let rate = art60.absenteeism_rate(year(of)).rate;
        assert_eq!(rate.unknown, 0, "{of}");
        rate.numerator / rate.denominator.unwrap()
    };
    let (before, after) = (rate(2021), rate(2022));
    assert!(after < before && before - after < Exact::new(5, 1000), "{before} then {after}");
}

#[test]
fn molenbeek_has_the_published_table() {
    let table = [
        ("2009-12-31", [208, 81, 300, 192, 301], 1082, 5131),
        ("2010-12-31", [1005, 682, 707, 314, 297], 3005, 5640),
        ("2011-12-31", [665, 1087, 1092, 833, 332], 4009, 5832),
        ("2012-06-30", [920, 1034, 1087, 772, 332], 4145, 5633),
    ];
    let now = HISTORY.now();
    let molenbeek = figures(&now, "cpas-molenbeek", None);
    for (on, cells, files, aided) in table {
        let stock = molenbeek.stock_per_cell(day(on));
        let found: Vec<u64> = stock.cells.iter().map(|(_, files)| *files).collect();
        assert_eq!(found[..5], cells, "{on}");
        assert_eq!((count(stock.total), stock.total.unknown), (files, 0), "{on}");
        let share = molenbeek.share_in_isp(day(on));
        assert_eq!((share.numerator, share.denominator), (whole(files), Some(whole(aided))), "{on}");
    }
    let posts = figures(&now, "cpas-molenbeek", Some(Measure::Art60)).posts(day("2012-12-31"));
    assert_eq!((count(posts.open), count(posts.social_economy)), (350, 121));
}

#[test]
fn saint_lo_accompanies_140_people_with_rsa() {
    let now = HISTORY.now();
    let on = Period::day(day("2019-11-28"));
    let figure = figures(&now, "ccas-saint-lo", None).persons_accompanied(on, None, Some(AidKind::Rsa));
    assert_eq!(count(figure), 140);
}

#[test]
fn before_a_late_entry_the_older_figure_is_given() {
    let ended = |instant: &str, in_year: i32| {
        let views = HISTORY.known_at(instant.parse().unwrap());
        count(figures(&views, "samusocial", None).persons_contract_ended(year(in_year)))
    };
    // Two ends of 2020 were learnt of four months later, and one stood in 2021 until it was corrected.
    assert!(ended("2021-01-31T12:00:00Z", 2020) <= 66);
    assert_eq!(ended("2021-12-31T12:00:00Z", 2020), 68);
    // Nothing was known before the first record.
    assert_eq!(ended("2019-11-30T12:00:00Z", 2020), 0);
}

#[test]
fn a_mistake_stood_until_it_was_annulled() {
    let annulled = |act: &&Act| act.command == "annulEvent" && act.input["reason"] == "WRONG_SUBJECT";
    let first = PLAN.acts().iter().find(annulled).unwrap();
    let person = first.input["stream"].as_str().unwrap().strip_prefix("person:").unwrap().parse().unwrap();
    let engagements =
        |at: DateTime<Utc>| HISTORY.known_at(at).engagements.of(person).iter().filter(|row| row.counts).count();
    assert_eq!(engagements(first.recorded_at - TimeDelta::seconds(1)), 1);
    assert_eq!(engagements(first.recorded_at), 0);
}

#[test]
fn playing_the_same_plan_again_adds_nothing() {
    let few = PLAN.first(1_500);
    let history = History::of(&few);
    let again = TOKIO.block_on(simulation::play(&history.engine, &history.clock, &few, |_, _| {})).unwrap();
    assert_eq!((again.recorded, again.repeated), (0, few.len()));
    assert_eq!(*history.engine.store.head().borrow(), history.played.last);
}

#[test]
fn figures_do_not_depend_on_the_order_of_recording() {
    assert_published(&History::of(&PLAN.of("samusocial").reordered(11)).now());
}

#[test]
fn figures_do_not_depend_on_a_mistake_that_was_annulled() {
    assert_published(&History::of(&PLAN.of("samusocial").with_mistake()).now());
}

#[test]
fn the_same_plan_makes_the_same_log() {
    let log = || {
        let history = History::of(&PLAN.of("samusocial"));
        let records = history.engine.store.read(Position(0), usize::MAX).unwrap();
        assert_eq!(records.last().map(|record| record.position), Some(history.played.last));
        let told = records.iter().map(|record| {
            let mut fact = domain::wire::to_json(&projections::known(record).unwrap().fact);
            // A judicial file is found by the keys of its own house only.
            fact.remove("file");
            (record.event.id, record.recorded_at, fact)
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(log(), log());
}
