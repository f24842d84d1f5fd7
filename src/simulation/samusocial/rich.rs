//! Two files that tell everything: aid, orientation, PIIS, contract, training, off-boarding, hiring and follow-up.

use super::workers::{RICH, Worker};
use crate::simulation::day;
use crate::simulation::plan::Example;
use crate::simulation::story::{Office, Story};
use chrono::Days;
use serde_json::{Value, json};

/// The CPAS that accompanied them before, and whose colleagues record it.
static CPAS: Office = Office { id: "cpas-bruxelles", since: day(2019, 12, 2) };
const SHOWS: [&str; 2] = [
    "a whole pathway: aid, PIIS, orientation, two contracts in a row, training, hired for good, followed for a year",
    "the same with a change of workplace and an exit review",
];

/// Adds what came before the contract, and returns the files worth opening.
pub(super) fn tell(workers: &mut [Worker]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (number, shows) in RICH.into_iter().zip(SHOWS) {
        for worker in workers.iter_mut().filter(|worker| worker.number == number) {
            before(worker);
            if number == RICH[0] {
                accompanied(worker);
            }
            examples.push(Example { participant: worker.story.id, shows });
        }
    }
    let others = [
        (super::workers::WRONG_DAY, "an end recorded on the wrong day, and corrected"),
        (super::workers::LEARNT_LATE[0], "an end learnt of four months late"),
        (super::mistakes::CORRECTION_ANNULLED, "a correction that was itself annulled"),
    ];
    for (number, shows) in others {
        let found = workers.iter().filter(|worker| worker.number == number);
        examples.extend(found.map(|worker| Example { participant: worker.story.id, shows }));
    }
    examples
}

/// Fourteen months with the CPAS, then the contract.
fn before(worker: &mut Worker) {
    let (from, until) = (worker.from(), worker.until());
    let story = &mut worker.story;
    let ago = |days| from - Days::new(days);
    let id = |what: &str| json!(story.inner(what));
    let (grant, pathway, piis, orientation) = (id("grant"), id("pathway"), id("piis"), id("orientation"));
    let to_samusocial = json!({"measure": "ART60", "partner": "samusocial"});
    let acts: Vec<(u64, &'static str, Value)> = vec![
        (446, "requestAid", json!({"grant": grant, "organisation": CPAS.id, "kind": "RIS"})),
        (
            440,
            "grantAid",
            json!({"grant": grant, "organisation": CPAS.id, "kind": "RIS", "category": "SINGLE",
            "notifiedOn": ago(425)}),
        ),
        (410, "openPathway", json!({"pathway": pathway, "organisation": CPAS.id, "origin": "AID_FILE"})),
        (
            410,
            "assignMember",
            json!({"pathway": pathway, "user": "agent-insertion-07", "role": "INSERTION_AGENT",
            "referent": true}),
        ),
        (405, "judgeReadiness", json!({"pathway": pathway, "level": "NOT_READY"})),
        (400, "enterCell", json!({"pathway": pathway, "cell": "PROJECT_FACILITATOR"})),
        (
            398,
            "proposePiis",
            json!({"piis": piis, "grant": grant, "organisation": CPAS.id, "kind": "GENERAL",
            "label": "PIIS Emploi"}),
        ),
        (385, "signPiis", json!({"piis": piis})),
        (270, "evaluatePiis", json!({"piis": piis, "inPerson": true})),
        (200, "enterCell", json!({"pathway": pathway, "cell": "EMPLOYMENT"})),
        (150, "evaluatePiis", json!({"piis": piis, "inPerson": true})),
        (60, "judgeReadiness", json!({"pathway": pathway, "level": "READY"})),
        (50, "requestOrientation", json!({"pathway": pathway, "orientation": orientation, "to": to_samusocial})),
        (40, "decideOrientation", json!({"orientation": orientation, "decision": "ACCEPTED"})),
        (38, "evaluatePiis", json!({"piis": piis, "inPerson": false})),
        (30, "orient", json!({"pathway": pathway, "orientation": orientation})),
        (0, "enterCell", json!({"pathway": pathway, "cell": "ART60"})),
        (0, "endPiis", json!({"piis": piis, "reason": "GOAL_REACHED"})),
        (0, "endAid", json!({"grant": grant, "motive": "EMPLOYMENT"})),
    ];
    let samusocial = std::mem::replace(&mut story.office, &CPAS);
    for (days, command, input) in acts {
        story.add(ago(days), command, input);
    }
    let input = json!({"pathway": pathway, "outcome": "EMPLOYMENT"});
    story.add(until + Days::new(1), "closePathway", input);
    story.office = samusocial;
}

/// What the first of them went through between the intake and the contract: each step of an accompaniment once.
fn accompanied(worker: &mut Worker) {
    let from = worker.from();
    let story = &mut worker.story;
    let mut acts = intake(story);
    acts.extend(follow_up(story));
    let samusocial = std::mem::replace(&mut story.office, &CPAS);
    for (days, command, input) in acts {
        story.add(from - Days::new(days), command, input);
    }
    story.office = samusocial;
}

/// A step by its days before the contract.
type Act = (u64, &'static str, Value);

const OPERATION: &str = "fse-activation-2020";

/// From the request to the interview that was asked for.
fn intake(story: &Story) -> Vec<Act> {
    let id = |what: &str| json!(story.inner(what));
    let (pathway, other, assessment) = (id("pathway"), id("other-grant"), id("assessment"));
    let (barrier, interview, kept) = (id("barrier"), id("interview"), id("appointment"));
    vec![
        (444, "requestAid", json!({"grant": other, "organisation": CPAS.id, "kind": "OTHER"})),
        (441, "transferAid", json!({"grant": other, "receiver": "cpas-uccle"})),
        (
            409,
            "recordEntrySituation",
            json!({"pathway": pathway, "employmentStatus": "UNEMPLOYED", "isced": "ISCED_2",
            "household": "ALONE", "housing": "HOSTED", "disability": "NO", "foreignBackground": "WITHHELD",
            "nationalityGroup": "EUROPEAN", "rural": false}),
        ),
        (408, "enterOperation", json!({"operation": OPERATION, "organisation": CPAS.id})),
        (
            404,
            "identifyBarrier",
            json!({"pathway": pathway, "barrier": barrier, "kind": "RHYTHM", "severity": "MEDIUM"}),
        ),
        (403, "startAssessment", json!({"pathway": pathway, "assessment": assessment})),
        (402, "requestInterview", json!({"pathway": pathway, "interview": interview})),
        (
            399,
            "planAppointment",
            json!({"pathway": pathway, "appointment": kept, "mode": "IN_PERSON", "topic": "ASSESSMENT"}),
        ),
        (
            399,
            "recordContact",
            json!({"pathway": pathway, "mode": "IN_PERSON", "topic": "ASSESSMENT", "appointment": kept,
            "interview": interview}),
        ),
    ]
}

/// From the first version of the assessment to the way out of the operation.
fn follow_up(story: &Story) -> Vec<Act> {
    let id = |what: &str| json!(story.inner(what));
    let (grant, pathway, assessment) = (id("grant"), id("pathway"), id("assessment"));
    let (barrier, missed, done, dropped) =
        (id("barrier"), id("appointment-missed"), id("action"), id("action-dropped"));
    vec![
        (
            390,
            "versionAssessment",
            json!({"assessment": assessment, "competences": ["Cuisine", "Permis B"], "document": "BSP 1"}),
        ),
        (389, "determineProject", json!({"pathway": pathway, "scheme": "ROME", "occupation": "G1602"})),
        (
            380,
            "agreeAction",
            json!({"pathway": pathway, "action": done, "party": "PERSON", "label": "Inscription Actiris"}),
        ),
        (380, "agreeAction", json!({"pathway": pathway, "action": dropped, "party": "THIRD", "label": "Permis C"})),
        (370, "completeAction", json!({"action": done})),
        (360, "abandonAction", json!({"action": dropped})),
        (350, "suspendAidPayment", json!({"grant": grant, "share": 50, "motive": "SANCTION"})),
        (330, "resumeAidPayment", json!({"grant": grant})),
        (
            300,
            "planAppointment",
            json!({"pathway": pathway, "appointment": missed, "mode": "PHONE", "topic": "FOLLOW_UP"}),
        ),
        (300, "missAppointment", json!({"appointment": missed, "excused": true})),
        (290, "suspendPathway", json!({"pathway": pathway, "motive": "ILLNESS"})),
        (275, "resumePathway", json!({"pathway": pathway})),
        (
            210,
            "versionAssessment",
            json!({"assessment": assessment, "competences": ["Cuisine", "Permis B", "Hygiène"]}),
        ),
        (209, "completeAssessment", json!({"assessment": assessment})),
        (100, "liftBarrier", json!({"barrier": barrier})),
        (0, "leaveOperation", json!({"operation": OPERATION, "exitSituation": "EMPLOYED"})),
    ]
}
