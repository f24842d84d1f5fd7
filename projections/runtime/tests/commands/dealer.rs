//! What a command is drawn from: what was accepted before it, so that most commands are about something that is there.

use super::super::synthetic::Random;
use chrono::{Days, NaiveDate, TimeDelta};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The fields of a command.
pub type Input = Map<String, Value>;

/// How one command is drawn.
pub struct Draw {
    /// The command.
    pub name: &'static str,
    /// How often it is drawn, against the others.
    pub weight: usize,
    /// It is about the same things as an accepted one of these; nothing if it begins something.
    pub after: &'static [&'static str],
    /// The fields that it takes over from that one.
    taken: &'static [&'static str],
    /// The field of that one from which its day is counted.
    since: &'static str,
    /// How many days later it is, from and to.
    days: (i64, i64),
    /// True if it is accepted once only for each of those.
    once: bool,
    /// Its other fields.
    more: fn(&mut Dealer<'_>),
}

impl Draw {
    /// A command that begins something, on one of the days before today.
    pub const fn new(name: &'static str, weight: usize) -> Self {
        Self { name, weight, after: &[], taken: &[], since: "on", days: (-40, 0), once: false, more: |_| {} }
    }

    /// A command about the same things as an earlier one, some days after it.
    pub const fn after(self, after: &'static [&'static str], taken: &'static [&'static str], days: (i64, i64)) -> Self {
        Self { after, taken, days, ..self }
    }

    /// The day is counted from this field of the earlier one.
    pub const fn since(self, since: &'static str) -> Self {
        Self { since, ..self }
    }

    /// For each of those it is accepted once only.
    pub const fn once(self) -> Self {
        Self { once: true, ..self }
    }

    /// With these fields as well.
    pub const fn with(self, more: fn(&mut Dealer<'_>)) -> Self {
        Self { more, ..self }
    }
}

/// What was accepted, by command.
#[derive(Clone, Default)]
pub struct Accepted {
    inputs: BTreeMap<&'static str, Vec<Input>>,
    /// Whose file goes on for whom.
    survivors: BTreeMap<String, String>,
    /// What was done once, of what is done once only.
    done: BTreeSet<Done>,
}

/// A command, and the accepted one that it followed: its name and place.
pub type Done = (&'static str, &'static str, usize);

impl Accepted {
    /// Keeps what was accepted.
    pub fn keep(&mut self, name: &'static str, input: Input, done: Option<Done>) {
        self.done.extend(done);
        let text = |field: &str| input.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        match name {
            "mergeParticipants" => {
                self.survivors.insert(text("absorbed"), text("survivor"));
            }
            "unmergeParticipants" => {
                self.survivors.remove(&text("absorbed"));
            }
            _ => {}
        }
        self.inputs.entry(name).or_default().push(input);
    }

    /// One of those accepted under these names, a recent one every other time; nothing if there is none.
    pub fn one(&self, random: &mut Random, names: &[&str]) -> Option<&Input> {
        let found = self.inputs.get(random.pick(names))?;
        let oldest = if random.chance(50) { found.len().saturating_sub(4) } else { 0 };
        found.get(oldest + random.below(found.len() - oldest))
    }

    /// One that this command may follow, and where it is marked as followed, if that counts.
    fn to_follow(&self, random: &mut Random, draw: &Draw) -> Option<(&Input, Option<Done>)> {
        if !draw.once {
            return Some((self.one(random, draw.after)?, None));
        }
        let name = random.pick(draw.after);
        let found = self.inputs.get(name)?;
        let open: Vec<usize> = (0..found.len()).filter(|at| !self.done.contains(&(draw.name, name, *at))).collect();
        let at = *open.get(random.below(open.len()))?;
        Some((&found[at], Some((draw.name, name, at))))
    }

    fn survivor(&self, person: &Value) -> Value {
        let mut one = person.as_str().unwrap_or_default();
        // Annulments are not followed here, so that a circle is possible: enough steps for all of them.
        for _ in 0..self.survivors.len() {
            one = self.survivors.get(one).map_or(one, String::as_str);
        }
        json!(one)
    }
}

/// The fields of a command, and what it does once only.
type Dealt = (Input, Option<Done>);

/// A command in the making.
pub struct Dealer<'a> {
    pub random: &'a mut Random,
    accepted: &'a Accepted,
    /// The day of the command.
    pub on: NaiveDate,
    pub input: Input,
    /// Something that the command needs is not there yet.
    lacking: bool,
}

impl<'a> Dealer<'a> {
    /// The fields of a command; nothing if what it needs is not there.
    pub fn deal(draw: &Draw, random: &'a mut Random, accepted: &'a Accepted, today: NaiveDate) -> Option<Dealt> {
        let (mut input, mut since, mut done) = (Input::new(), today, None);
        if !draw.after.is_empty() {
            let (former, mark) = accepted.to_follow(random, draw)?;
            done = mark;
            since = former.get(draw.since).and_then(Value::as_str).and_then(|day| day.parse().ok())?;
            let taken = |field: &&str| Some(((*field).to_owned(), former.get(*field)?.clone()));
            input.extend(draw.taken.iter().filter_map(taken));
        }
        if let Some(person) = input.get("participant").filter(|_| random.chance(85)) {
            input["participant"] = accepted.survivor(person);
        }
        let on = some_days(random, since, draw.days);
        let on = if on > today && random.chance(95) { today.max(since.min(today)) } else { on };
        input.insert("on".into(), json!(on));
        let mut dealer = Self { random, accepted, on, input, lacking: false };
        (draw.more)(&mut dealer);
        (!dealer.lacking).then_some((dealer.input, done))
    }

    /// Sets a field.
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.input.insert(field.to_owned(), value.into());
    }

    /// A new thing.
    pub fn new_id(&mut self, field: &str) {
        let id = self.random.uuid().to_string();
        self.set(field, id);
    }

    /// One of these.
    pub fn one_of(&mut self, field: &str, codes: &[&str]) {
        let code = self.random.pick(codes);
        self.set(field, code);
    }

    /// One of the few organisations.
    pub fn organisation(&mut self, field: &str) {
        self.one_of(field, &["cpas-one", "cpas-one", "host-two", "partner-three"]);
    }

    /// A day some days after that of the command.
    pub fn later(&mut self, field: &str, days: (i64, i64)) {
        let day = some_days(self.random, self.on, days);
        self.set(field, day.to_string());
    }

    /// A number between these, inclusive.
    pub fn number(&mut self, field: &str, (least, most): (usize, usize)) {
        let number = least + self.random.below(most - least + 1);
        self.set(field, number);
    }

    /// What an accepted command says in a field; without one, the command is not given.
    pub fn like(&mut self, field: &str, name: &'static str, there: &str) {
        let found = self.accepted.one(self.random, &[name]).and_then(|input| input.get(there)).cloned();
        self.lacking |= found.is_none();
        self.set(field, found);
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.random.chance(percent)
    }
}

/// A day some days after another, before it if they are negative.
pub fn some_days(random: &mut Random, since: NaiveDate, (least, most): (i64, i64)) -> NaiveDate {
    let width = usize::try_from(most - least + 1).unwrap_or(1);
    since + TimeDelta::days(least) + Days::new(random.below(width) as u64)
}
