//! Legal holidays and working days.
//!
//! A period of the law in days is in calendar days unless it says working days; a last day that falls on a weekend or
//! holiday is not moved (`choices.md`, working days). Regional days (27 September, 8 May, Alsace-Moselle) are absent on
//! purpose: no rule of this house counts them. Today's list is taken for every year (8 May is off in France since 1982).

use crate::codes::{Labels, codes};
use chrono::{Datelike, Days, NaiveDate, Weekday};

codes! {
    /// The countries whose law is known here.
    Country {
        /// Belgium.
        Belgium = "BE" ("Belgique", "België", "Belgium"),
        /// France, without Alsace-Moselle.
        France = "FR" ("France", "Frankrijk", "France"),
    }
}

/// A legal holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub on: NaiveDate,
    /// Its name in the three languages.
    pub name: Labels,
}

/// When a holiday falls.
enum Rule {
    /// Every year on that month and day.
    Fixed(u32, u32),
    /// So many days after Easter Sunday.
    AfterEaster(u64),
}

type Named = (Rule, Labels);

const fn named(rule: Rule, fr: &'static str, nl: &'static str, en: &'static str) -> Named {
    (rule, Labels { fr, nl, en })
}

const NEW_YEAR: Named = named(Rule::Fixed(1, 1), "Jour de l'an", "Nieuwjaar", "New Year's Day");
const EASTER_MONDAY: Named = named(Rule::AfterEaster(1), "Lundi de Pâques", "Paasmaandag", "Easter Monday");
const LABOUR_DAY: Named = named(Rule::Fixed(5, 1), "Fête du Travail", "Dag van de Arbeid", "Labour Day");
const VICTORY: Named = named(Rule::Fixed(5, 8), "Victoire 1945", "Overwinning 1945", "Victory in Europe Day");
const ASCENSION: Named = named(Rule::AfterEaster(39), "Ascension", "Onze-Lieve-Heer-Hemelvaart", "Ascension Day");
const WHIT_MONDAY: Named = named(Rule::AfterEaster(50), "Lundi de Pentecôte", "Pinkstermaandag", "Whit Monday");
const BASTILLE: Named =
    named(Rule::Fixed(7, 14), "Fête nationale française", "Franse nationale feestdag", "French National Day");
const BELGIUM: Named =
    named(Rule::Fixed(7, 21), "Fête nationale belge", "Nationale feestdag van België", "Belgian National Day");
const ASSUMPTION: Named = named(Rule::Fixed(8, 15), "Assomption", "Onze-Lieve-Vrouw-Hemelvaart", "Assumption of Mary");
const ALL_SAINTS: Named = named(Rule::Fixed(11, 1), "Toussaint", "Allerheiligen", "All Saints' Day");
const ARMISTICE: Named = named(Rule::Fixed(11, 11), "Armistice 1918", "Wapenstilstand 1918", "Armistice Day");
const CHRISTMAS: Named = named(Rule::Fixed(12, 25), "Noël", "Kerstmis", "Christmas Day");

/// The ten legal holidays of Belgium (royal decree of 18 April 1974, article 1).
const OF_BELGIUM: [Named; 10] = [
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    BELGIUM,
    ASSUMPTION,
    ALL_SAINTS,
    ARMISTICE,
    CHRISTMAS,
];

/// The eleven legal holidays of France (Code du travail, article L3133-1).
const OF_FRANCE: [Named; 11] = [
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR_DAY,
    VICTORY,
    ASCENSION,
    WHIT_MONDAY,
    BASTILLE,
    ASSUMPTION,
    ALL_SAINTS,
    ARMISTICE,
    CHRISTMAS,
];

/// First year of the Gregorian calendar: before it no Easter is computed.
pub const YEAR_MIN: i32 = 1583;
/// Last year for which the computation is checked.
pub const YEAR_MAX: i32 = 2299;

/// Easter Sunday by the Gregorian calendar (the anonymous algorithm); none outside [`YEAR_MIN`] to [`YEAR_MAX`].
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    if !(YEAR_MIN..=YEAR_MAX).contains(&year) {
        return None;
    }
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * to_sunday) / 451;
    let ordinal = moon + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(ordinal / 31).ok()?, u32::try_from(ordinal % 31 + 1).ok()?)
}

impl Country {
    /// The legal holidays of a year, in order of their days; empty for years that are not computed.
    #[must_use]
    pub fn holidays(self, year: i32) -> Vec<Holiday> {
        let named: &[Named] = match self {
            Self::Belgium => &OF_BELGIUM,
            Self::France => &OF_FRANCE,
        };
        let easter = easter(year);
        let day = |rule: &Rule| match *rule {
            Rule::Fixed(month, day) => easter.and_then(|_| NaiveDate::from_ymd_opt(year, month, day)),
            Rule::AfterEaster(days) => easter?.checked_add_days(Days::new(days)),
        };
        let mut all: Vec<Holiday> =
            named.iter().filter_map(|(rule, name)| Some(Holiday { on: day(rule)?, name: *name })).collect();
        // Ascension can fall on 1 May or 8 May: both names stay, the day is off once.
        all.sort_by_key(|holiday| holiday.on);
        all
    }

    /// The legal holiday on a day, if it is one.
    #[must_use]
    pub fn holiday(self, day: NaiveDate) -> Option<Holiday> {
        self.holidays(day.year()).into_iter().find(|holiday| holiday.on == day)
    }

    /// True from Monday to Friday, unless it is a legal holiday.
    #[must_use]
    pub fn is_working_day(self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && self.holiday(day).is_none()
    }

    /// The `count`-th working day after `day`, which itself is not counted; `day` for none.
    #[must_use]
    pub fn add_working_days(self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut reached = day;
        for _ in 0..count {
            reached = match self.next_working_day(reached) {
                Some(next) => next,
                None => return NaiveDate::MAX,
            };
        }
        reached
    }

    /// The first working day after a day. No run of days off is longer than a fortnight.
    fn next_working_day(self, day: NaiveDate) -> Option<NaiveDate> {
        (1..=14).map_while(|days| day.checked_add_days(Days::new(days))).find(|next| self.is_working_day(*next))
    }

    /// How many working days lie in a period, both ends inside.
    #[must_use]
    pub fn working_days(self, from: NaiveDate, until: NaiveDate) -> usize {
        from.iter_days().take_while(|day| *day <= until).filter(|day| self.is_working_day(*day)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_tables_say() {
        for known in [
            "1583-04-10",
            "1598-03-22",
            "1666-04-25",
            "1700-04-11",
            "1761-03-22",
            "1777-03-30",
            "1818-03-22",
            "1886-04-25",
            "1900-04-15",
            "1943-04-25",
            "1961-04-02",
            "1999-04-04",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2016-03-27",
            "2018-04-01",
            "2019-04-21",
            "2020-04-12",
            "2021-04-04",
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2030-04-21",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2100-03-28",
            "2285-03-22",
            "2299-04-16",
        ] {
            assert_eq!(easter(day(known).year()), Some(day(known)), "{known}");
        }
    }

    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april_in_every_year() {
        for year in YEAR_MIN..=YEAR_MAX {
            let on = easter(year).unwrap();
            assert_eq!(on.weekday(), Weekday::Sun, "{on}");
            assert!(((3, 22)..=(4, 25)).contains(&(on.month(), on.day())), "{on}");
        }
        assert_eq!((easter(YEAR_MIN - 1), easter(YEAR_MAX + 1)), (None, None));
    }

    #[test]
    fn belgium_has_ten_holidays_and_france_eleven() {
        let days =
            |country: Country| country.holidays(2026).iter().map(|holiday| holiday.on.to_string()).collect::<Vec<_>>();
        // Easter 2026 is 5 April: Monday the 6th, Ascension 14 May, Whit Monday 25 May.
        assert_eq!(
            days(Country::Belgium),
            [
                "2026-01-01",
                "2026-04-06",
                "2026-05-01",
                "2026-05-14",
                "2026-05-25",
                "2026-07-21",
                "2026-08-15",
                "2026-11-01",
                "2026-11-11",
                "2026-12-25"
            ]
        );
        assert_eq!(
            days(Country::France),
            [
                "2026-01-01",
                "2026-04-06",
                "2026-05-01",
                "2026-05-08",
                "2026-05-14",
                "2026-05-25",
                "2026-07-14",
                "2026-08-15",
                "2026-11-01",
                "2026-11-11",
                "2026-12-25"
            ]
        );
        for year in YEAR_MIN..=YEAR_MAX {
            assert_eq!((Country::Belgium.holidays(year).len(), Country::France.holidays(year).len()), (10, 11));
        }
    }

    #[test]
    fn a_holiday_is_named_in_three_languages() {
        let name = Country::Belgium.holiday(day("2026-05-14")).unwrap().name;
        assert_eq!((name.fr, name.nl, name.en), ("Ascension", "Onze-Lieve-Heer-Hemelvaart", "Ascension Day"));
        assert_eq!(Country::Belgium.holiday(day("2026-07-14")), None);
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays() {
        for (country, from, count, to) in [
            (Country::Belgium, "2026-11-23", 0, "2026-11-23"),
            (Country::Belgium, "2026-11-23", 5, "2026-11-30"),
            // Thursday 2 April 2026: Friday 3, Tuesday 7 (6 is Easter Monday), 8, 9, 10.
            (Country::Belgium, "2026-04-02", 5, "2026-04-10"),
            // Friday 24 December 2021: 27, 28, 29, 30, 31 December (25 is a Saturday).
            (Country::Belgium, "2021-12-24", 5, "2021-12-31"),
            // Saturday 2 May 2026: 4 to 7 May, then Friday 8 May, which is off in France only.
            (Country::Belgium, "2026-05-02", 5, "2026-05-08"),
            (Country::France, "2026-05-02", 5, "2026-05-11"),
            (Country::France, "2026-07-13", 1, "2026-07-15"),
            (Country::Belgium, "2026-07-20", 1, "2026-07-22"),
        ] {
            assert_eq!(country.add_working_days(day(from), count), day(to), "{from} + {count}");
        }
    }

    #[test]
    fn working_days_of_a_period_count_both_ends() {
        // Monday 6 to Sunday 12 April 2026 without Easter Monday.
        assert_eq!(Country::Belgium.working_days(day("2026-04-06"), day("2026-04-12")), 4);
        assert_eq!(Country::Belgium.working_days(day("2026-04-12"), day("2026-04-06")), 0);
    }
}
