//! The post (functie, arbeidsplaats): a job that can be filled, open from a day on.

use crate::codes::{Label, Measure};
use crate::command::Step;
use crate::decision::{Desk, Event as Decided, Past, Refusal as Answer, Rule};
use crate::fact::{self, About, DayRank, Fact, Role, Stream};
use crate::history::History;
use crate::ids::{OrganisationId, PostId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a post is like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// The function, in the house's words.
    pub function: Label,
    /// The site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Label>,
    /// True for a post in social economy.
    pub social_economy: bool,
}

/// Something that happened to a post. Stored for ever: add variants, never reshape one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all_fields = "camelCase")]
pub enum Event {
    /// The post is open from the effective day on. Poste ouvert / post geopend.
    #[serde(rename = "PostOpened")]
    Opened {
        /// The post.
        post: PostId,
        /// Of which organisation.
        organisation: OrganisationId,
        /// Under which measure.
        measure: Measure,
        /// What it is like.
        profile: Profile,
    },
    /// The post is another one from the effective day on. Poste modifié / post gewijzigd.
    #[serde(rename = "PostReconfigured")]
    Reconfigured {
        /// The post.
        post: PostId,
        /// What it is like from now on.
        profile: Profile,
    },
    /// The post is not on offer for a time. Poste gelé / post bevroren.
    #[serde(rename = "PostFrozen")]
    Frozen {
        /// The post.
        post: PostId,
        /// Last frozen day, inclusive; none if not known yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<NaiveDate>,
    },
    /// A freeze is lifted; the effective day is the first on offer again. Poste dégelé / post ontdooid.
    #[serde(rename = "PostUnfrozen")]
    Unfrozen {
        /// The post.
        post: PostId,
    },
    /// The post is closed; the effective day is the first without it. Poste fermé / post gesloten.
    #[serde(rename = "PostClosed")]
    Closed {
        /// The post.
        post: PostId,
    },
}

impl Event {
    /// The things that it is about, the primary one first.
    pub(crate) fn about(&self) -> Vec<About> {
        match self {
            Self::Opened { post, .. }
            | Self::Reconfigured { post, .. }
            | Self::Frozen { post, .. }
            | Self::Unfrozen { post, .. }
            | Self::Closed { post, .. } => fact::of_one(*post, Role::Post),
        }
    }

    /// Where it stands among the facts of one day.
    pub(crate) const fn day_rank(&self) -> DayRank {
        match self {
            Self::Unfrozen { .. } | Self::Closed { .. } => DayRank::Ends,
            Self::Opened { .. } => DayRank::Begins,
            Self::Reconfigured { .. } | Self::Frozen { .. } => DayRank::Within,
        }
    }
}

/// A post as its history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// What was opened, and when.
    pub opened: Option<Opening>,
    /// First day without it.
    pub closed_on: Option<NaiveDate>,
    /// Frozen periods: first day, last day inclusive if known.
    pub frozen: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Every profile with its first day, in order of day.
    pub profiles: Vec<(NaiveDate, Profile)>,
}

/// What a post is, for as long as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// First day on offer.
    pub on: NaiveDate,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Under which measure.
    pub measure: Measure,
}

impl State {
    /// Folds a post's own history; what is worked on it is told by the persons' engagements.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let mut state = Self::default();
        for entry in history.entries() {
            if let Fact::Post(event) = entry.fact {
                state.evolve(entry.on, event);
            }
        }
        state
    }

    fn evolve(&mut self, on: NaiveDate, event: &Event) {
        match event {
            Event::Opened { organisation, measure, profile, .. } => {
                self.opened = Some(Opening { on, organisation: organisation.clone(), measure: *measure });
                self.profiles.push((on, profile.clone()));
            }
            Event::Reconfigured { profile, .. } => self.profiles.push((on, profile.clone())),
            Event::Frozen { until, .. } => self.frozen.push((on, *until)),
            Event::Unfrozen { .. } => self.thaw(on),
            Event::Closed { .. } => self.closed_on = Some(on),
        }
    }

    /// Ends every freeze that reaches the day on its eve.
    fn thaw(&mut self, on: NaiveDate) {
        let eve = on.pred_opt();
        let reaching = |(from, until): &&mut (NaiveDate, Option<NaiveDate>)| reaches(*from, *until, on);
        self.frozen.iter_mut().filter(reaching).for_each(|(_, until)| *until = eve);
    }

    /// True if the post is on offer that day: opened, not closed, not frozen.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.opened.as_ref().is_some_and(|opening| opening.on <= day)
            && self.closed_on.is_none_or(|closed| day < closed)
            && !self.frozen.iter().any(|(from, until)| *from <= day && until.is_none_or(|last| day <= last))
    }
}

/// True if a freeze began before a day and would last on it.
fn reaches(from: NaiveDate, until: Option<NaiveDate>, day: NaiveDate) -> bool {
    from < day && until.is_none_or(|last| day <= last)
}

/// What can be asked of a post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Command {
    /// Opens a post from a day on.
    #[serde(rename = "openPost")]
    Open {
        /// The post; chosen by the server if left out.
        post: PostId,
        /// First day on offer.
        on: NaiveDate,
        /// Of which organisation.
        organisation: OrganisationId,
        /// Under which measure.
        measure: Measure,
        /// The function, in the house's words.
        function: Label,
        /// The site.
        #[serde(default)]
        site: Option<Label>,
        /// True for a post in social economy.
        #[serde(default)]
        social_economy: bool,
    },
    /// Says what the post is like from a day on.
    #[serde(rename = "reconfigurePost")]
    Reconfigure {
        /// The post.
        post: PostId,
        /// First day of the new profile.
        on: NaiveDate,
        /// The function, in the house's words.
        function: Label,
        /// The site.
        #[serde(default)]
        site: Option<Label>,
        /// True for a post in social economy.
        #[serde(default)]
        social_economy: bool,
    },
    /// Takes the post off the offer for a time.
    #[serde(rename = "freezePost")]
    Freeze {
        /// The post.
        post: PostId,
        /// First frozen day.
        on: NaiveDate,
        /// Last frozen day, inclusive; none if not known yet.
        #[serde(default)]
        until: Option<NaiveDate>,
    },
    /// Lifts a freeze: the post is on offer again.
    #[serde(rename = "unfreezePost")]
    Unfreeze {
        /// The post.
        post: PostId,
        /// First day on offer again.
        on: NaiveDate,
    },
    /// Closes the post.
    #[serde(rename = "closePost")]
    Close {
        /// The post.
        post: PostId,
        /// First day without it.
        on: NaiveDate,
    },
}

/// Which rule of the post forbids a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The post is not known.
    #[error("post {0} was never opened")]
    Unknown(PostId),
    /// The post is open already.
    #[error("post {0} is open already")]
    AlreadyOpen(PostId),
    /// The post is closed by then, or is to be closed a second time.
    #[error("post is closed from {closed_on} on")]
    Closed {
        /// First day without it.
        closed_on: NaiveDate,
    },
    /// The day is before the post was opened.
    #[error("post is opened on {opened_on}, the day given is {on}")]
    BeforeOpening {
        /// The day given.
        on: NaiveDate,
        /// First day on offer.
        opened_on: NaiveDate,
    },
    /// The post is not frozen that day, or froze on it.
    #[error("the post was not frozen before {on} until that day: there is nothing to lift")]
    NotFrozen {
        /// The day given.
        on: NaiveDate,
    },
    /// The last day is before the first.
    #[error("the last day {until} is before the first day {on}")]
    EndsBeforeItBegins {
        /// First day.
        on: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
}

impl Rule for Refusal {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Unknown(_) => ("POST_UNKNOWN", Some("post")),
            Self::AlreadyOpen(_) => ("POST_ALREADY_OPEN", Some("post")),
            Self::Closed { .. } => ("POST_CLOSED", Some("on")),
            Self::BeforeOpening { .. } => ("POST_NOT_OPEN_YET", Some("on")),
            Self::NotFrozen { .. } => ("POST_NOT_FROZEN", Some("on")),
            Self::EndsBeforeItBegins { .. } => ("ENDS_BEFORE_IT_BEGINS", Some("until")),
        }
    }
}

impl Step for Command {
    const FRESH: &'static [(&'static str, &'static [&'static str])] = &[("openPost", &["post"])];

    fn on(&self) -> NaiveDate {
        match self {
            Self::Open { on, .. }
            | Self::Reconfigure { on, .. }
            | Self::Freeze { on, .. }
            | Self::Unfreeze { on, .. }
            | Self::Close { on, .. } => *on,
        }
    }

    fn reads(&self, _: &Past) -> Vec<Stream> {
        vec![self.post().into()]
    }

    fn decide(&self, past: &Past, _: &Desk<'_>) -> Result<Vec<Decided>, Answer> {
        let state = past.get(self.post()).map(State::of).unwrap_or_default();
        let event = decide(&state, self)?;
        Ok(vec![Decided::new(self.on(), event)])
    }
}

impl Command {
    const fn post(&self) -> PostId {
        match self {
            Self::Open { post, .. }
            | Self::Reconfigure { post, .. }
            | Self::Freeze { post, .. }
            | Self::Unfreeze { post, .. }
            | Self::Close { post, .. } => *post,
        }
    }
}

fn decide(state: &State, command: &Command) -> Result<Event, Refusal> {
    match command {
        Command::Open { post, organisation, measure, function, site, social_economy, .. } => {
            if state.opened.is_some() {
                return Err(Refusal::AlreadyOpen(*post));
            }
            let profile = Profile { function: function.clone(), site: site.clone(), social_economy: *social_economy };
            Ok(Event::Opened { post: *post, organisation: organisation.clone(), measure: *measure, profile })
        }
        Command::Reconfigure { post, on, function, site, social_economy } => {
            running(state, *post, *on)?;
            let profile = Profile { function: function.clone(), site: site.clone(), social_economy: *social_economy };
            Ok(Event::Reconfigured { post: *post, profile })
        }
        Command::Freeze { post, on, until } => {
            running(state, *post, *on)?;
            if let Some(until) = until.filter(|until| until < on) {
                return Err(Refusal::EndsBeforeItBegins { on: *on, until });
            }
            Ok(Event::Frozen { post: *post, until: *until })
        }
        Command::Unfreeze { post, on } => {
            running(state, *post, *on)?;
            let frozen = state.frozen.iter().any(|(from, until)| reaches(*from, *until, *on));
            if frozen { Ok(Event::Unfrozen { post: *post }) } else { Err(Refusal::NotFrozen { on: *on }) }
        }
        Command::Close { post, on } => {
            running(state, *post, *on)?;
            match state.closed_on {
                Some(closed_on) => Err(Refusal::Closed { closed_on }),
                None => Ok(Event::Closed { post: *post }),
            }
        }
    }
}

fn running(state: &State, post: PostId, on: NaiveDate) -> Result<(), Refusal> {
    let opened_on = state.opened.as_ref().ok_or(Refusal::Unknown(post))?.on;
    if on < opened_on {
        return Err(Refusal::BeforeOpening { on, opened_on });
    }
    match state.closed_on {
        Some(closed_on) if closed_on <= on => Err(Refusal::Closed { closed_on }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::history::Cut;
    use crate::scenario::Scenario;
    use serde_json::json;

    const POST: &str = "00000000-0000-4000-8000-000000000001";

    fn opened() -> Scenario {
        Scenario::new().given_command(
            "openPost",
            json!({"post": POST, "on": "2021-01-01", "organisation": "samusocial", "measure": "ART60", "function": "chauffeur"}),
        )
    }

    #[test]
    fn a_post_is_opened_once() {
        let again = json!({"post": POST, "on": "2021-02-01", "organisation": "samusocial", "measure": "ART60", "function": "chauffeur"});
        opened().when("openPost", again).refused("POST_ALREADY_OPEN", "post");
    }

    #[test]
    fn a_post_is_closed_from_its_first_day_out() {
        let closed = opened().given_command("closePost", json!({"post": POST, "on": "2021-07-01"}));
        closed.when("freezePost", json!({"post": POST, "on": "2021-07-01"})).refused("POST_CLOSED", "on");
        assert_eq!(closed.when("freezePost", json!({"post": POST, "on": "2021-06-30"})).events().len(), 1);
    }

    /// An earlier closure was accepted, and the later one went on to hold.
    #[test]
    fn a_post_is_closed_once() {
        let closed = opened().given_command("closePost", json!({"post": POST, "on": "2021-07-01"}));
        closed.when("closePost", json!({"post": POST, "on": "2021-06-01"})).refused("POST_CLOSED", "on");
    }

    #[test]
    fn nothing_happens_to_a_post_before_it_is_opened() {
        opened().when("closePost", json!({"post": POST, "on": "2020-12-31"})).refused("POST_NOT_OPEN_YET", "on");
        Scenario::new().when("closePost", json!({"post": POST, "on": "2020-12-31"})).refused("POST_UNKNOWN", "post");
    }

    fn frozen(until: serde_json::Value) -> Scenario {
        opened().given_command("freezePost", json!({"post": POST, "on": "2021-03-01", "until": until}))
    }

    #[test]
    fn a_freeze_without_end_is_lifted() {
        let lifted = frozen(json!(null)).given_command("unfreezePost", json!({"post": POST, "on": "2021-05-03"}));
        let state = super::State::of(&lifted.history(crate::ids::PostId(POST.parse().unwrap()), Cut::default()));
        let open =
            ["2021-02-28", "2021-03-01", "2021-05-02", "2021-05-03"].map(|on| state.open_on(on.parse().unwrap()));
        assert_eq!(open, [true, false, false, true]);
        // It may freeze again on the same day.
        let again = lifted.given_command("freezePost", json!({"post": POST, "on": "2021-05-03"}));
        let state = super::State::of(&again.history(crate::ids::PostId(POST.parse().unwrap()), Cut::default()));
        assert!(!state.open_on("2021-05-03".parse().unwrap()));
    }

    #[test]
    fn only_a_freeze_that_lasts_is_lifted() {
        let lift = |on: &str| json!({"post": POST, "on": on});
        opened().when("unfreezePost", lift("2021-05-03")).refused("POST_NOT_FROZEN", "on");
        frozen(json!(null)).when("unfreezePost", lift("2021-03-01")).refused("POST_NOT_FROZEN", "on");
        let until_april = frozen(json!("2021-04-30"));
        until_april.when("unfreezePost", lift("2021-05-01")).refused("POST_NOT_FROZEN", "on");
        assert_eq!(until_april.when("unfreezePost", lift("2021-04-30")).events().len(), 1);
    }
}
