//! How commands of work, training and what follows them are drawn.

use super::dealer::{Dealer, Draw};

/// Every command of work, training and penalties.
pub const WORK: &[&[Draw]] = &[APPLICATION, ENGAGEMENT, AT_WORK, TRAINING, AFTER, PENALTY];

const WHO: &[&str] = &["registerParticipant"];
const PERSON: &[&str] = &["participant"];
const SIGNED: &[&str] = &["signEngagement"];
const STARTED: &[&str] = &["startEngagement"];
const ENGAGED: &[&str] = &["participant", "engagement"];
const ASSIGNED: &[&str] = &["assignPenalty"];
const PENALISED: &[&str] = &["participant", "penalty"];
const ENROLLED: &[&str] = &["enrolParticipant"];

const APPLICATION: &[Draw] = &[
    Draw::new("receiveApplication", 3).after(WHO, PERSON, (0, 90)).with(|d| {
        d.new_id("application");
        d.set("measure", "ART60");
        if d.chance(50) {
            d.like("post", "openPost", "post");
        }
    }),
    Draw::new("retainApplication", 2).after(&["receiveApplication"], &["participant", "application"], (0, 30)).once(),
    Draw::new("rejectApplication", 2)
        .after(&["receiveApplication"], &["participant", "application"], (0, 30))
        .once()
        .with(|d| d.one_of("reason", &["NO_VACANCY", "PROFILE"])),
];

const ENGAGEMENT: &[Draw] = &[
    Draw::new("signEngagement", 22).after(WHO, PERSON, (20, 600)).with(|d| {
        d.new_id("engagement");
        d.one_of("measure", &["ART60", "ART60", "ART60", "ART60", "ART60", "ART60", "ACS", "INTERN", "MESP", "ACI"]);
        d.organisation("organisation");
        d.set("employer", "cpas-one");
        d.later("plannedFrom", (0, 12));
        if d.chance(90) {
            d.later("plannedUntil", (20, 160));
        }
        d.one_of("weeklyHours", &["38", "38", "38", "35", "34.5", "19"]);
        d.one_of("kind", &["CDD", "CDD", "CDD", "CDD", "CDI", "PLACEMENT"]);
        if d.chance(40) {
            d.like("post", "openPost", "post");
        }
        if d.chance(30) {
            d.like("agreement", "signAgreement", "agreement");
        }
    }),
    Draw::new("startEngagement", 24).after(SIGNED, ENGAGED, (0, 2)).once().since("plannedFrom"),
    Draw::new("cancelEngagement", 3).after(SIGNED, ENGAGED, (0, 10)).with(|d| d.set("cause", "OTHER")),
    Draw::new("endEngagement", 12)
        .after(STARTED, ENGAGED, (0, 120))
        .once()
        .with(|d| d.one_of("cause", &["TERM", "EARLY_PERSON", "HIRED_ELSEWHERE"])),
    Draw::new("extendEngagement", 3).after(SIGNED, ENGAGED, (0, 60)).with(|d| d.later("plannedUntil", (60, 250))),
    Draw::new("replanEngagement", 3).after(SIGNED, ENGAGED, (0, 60)).with(|d| {
        d.later("plannedUntil", (20, 200));
        d.one_of("reason", &["AGREED", "RULE_CHANGE"]);
    }),
    Draw::new("amendEngagement", 8).after(SIGNED, ENGAGED, (0, 60)).with(|d| {
        if d.chance(70) {
            d.one_of("weeklyHours", &["38", "34.5", "19"]);
        } else {
            d.one_of("kind", &["CDD", "CDI", "PLACEMENT"]);
        }
    }),
    Draw::new("changeWorkplace", 9).after(STARTED, ENGAGED, (1, 60)).with(|d| d.like("post", "openPost", "post")),
    Draw::new("suspendEngagement", 3)
        .after(STARTED, ENGAGED, (0, 40))
        .with(|d| d.one_of("motive", &["SICKNESS", "UNPAID_LEAVE"])),
    Draw::new("resumeEngagement", 7).after(&["suspendEngagement"], ENGAGED, (1, 20)).once(),
];

const AT_WORK: &[Draw] = &[
    Draw::new("signSkillsPlan", 2).after(SIGNED, ENGAGED, (0, 20)).since("plannedFrom"),
    Draw::new("scheduleHours", 3).after(STARTED, ENGAGED, (0, 60)).with(|d| spent(d, (0, 20))),
    Draw::new("recordHoursWorked", 3).after(STARTED, ENGAGED, (0, 60)).with(|d| spent(d, (0, 10))),
    Draw::new("recordAbsence", 3).after(STARTED, ENGAGED, (0, 60)).with(|d| {
        d.new_id("absence");
        spent(d, (0, 5));
        d.one_of("reason", &["SICK", "UNJUSTIFIED", "LEAVE"]);
    }),
    Draw::new("proposeBenefitDays", 3).after(SIGNED, ENGAGED, (0, 60)).with(|d| {
        d.later("applicationOn", (100, 300));
        d.number("age", (20, 60));
    }),
    Draw::new("confirmBenefitDays", 4).after(&["proposeBenefitDays"], ENGAGED, (0, 30)).once(),
    Draw::new("recordEvaluation", 2)
        .after(STARTED, ENGAGED, (0, 60))
        .with(|d| d.one_of("result", &["GOOD", "TO_IMPROVE"])),
    Draw::new("recordIncident", 2).after(STARTED, ENGAGED, (0, 60)).with(|d| d.set("note", "Invented")),
    Draw::new("validateSkill", 2).after(STARTED, ENGAGED, (0, 60)).with(acquired),
    Draw::new("awardTitle", 2).after(STARTED, ENGAGED, (0, 60)).with(acquired),
];

fn spent(d: &mut Dealer<'_>, days: (i64, i64)) {
    d.later("until", days);
    d.number("hours", (1, 40));
}

fn acquired(d: &mut Dealer<'_>) {
    d.one_of("competence", &["Cuisine", "Magasin"]);
    d.set("body", "Bruxelles Formation");
}

const TRAINING: &[Draw] = &[
    Draw::new("enrolParticipant", 4)
        .after(&["planCourse"], &["course"], (0, 60))
        .with(|d| d.like("participant", "registerParticipant", "participant")),
    Draw::new("recordAttendance", 5).after(&["holdSession"], &["course", "session"], (0, 0)).once().with(|d| {
        d.like("participant", "enrolParticipant", "participant");
        d.number("hours", (1, 4));
    }),
    Draw::new("recordMissedSession", 4)
        .after(&["holdSession"], &["course", "session"], (0, 0))
        .with(|d| d.like("participant", "enrolParticipant", "participant")),
    Draw::new("completeTraining", 4).after(ENROLLED, &["participant", "course"], (10, 90)).once(),
    Draw::new("awardCertificate", 6).after(&["completeTraining"], &["participant", "course"], (0, 20)).once(),
    Draw::new("attendActivity", 3)
        .after(&["holdActivity"], &["activity"], (0, 0))
        .with(|d| d.like("participant", "registerParticipant", "participant")),
    Draw::new("recordAdmissionTest", 2)
        .after(&["planCourse", "enrolParticipant"], &["participant", "course"], (0, 20))
        .with(|d| {
            d.like("participant", "registerParticipant", "participant");
            d.one_of("result", &["PASSED", "RESERVE", "FAILED"]);
        }),
];

const AFTER: &[Draw] = &[
    Draw::new("completeExitReview", 3).after(&["endEngagement"], ENGAGED, (-5, 30)),
    Draw::new("recordHire", 4).after(&["endEngagement"], ENGAGED, (0, 40)).with(|d| {
        d.new_id("hire");
        d.organisation("employer");
        d.one_of("kind", &["CDD", "CDI"]);
        d.later("start", (0, 20));
    }),
    Draw::new("endHire", 4).after(&["recordHire"], &["participant", "hire"], (20, 120)).once(),
    Draw::new("recordFollowUp", 3).after(&["endEngagement"], PERSON, (80, 200)).with(|d| {
        let months = d.random.pick(&[3, 6, 12]);
        d.set("atMonths", months);
        d.one_of("situation", &["EMPLOYED_CDI", "UNEMPLOYED", "UNKNOWN"]);
        d.one_of("source", &["PERSON", "EMPLOYER"]);
    }),
];

const PENALTY: &[Draw] = &[
    Draw::new("assignPenalty", 2).after(WHO, PERSON, (10, 200)).with(|d| {
        d.new_id("penalty");
        d.organisation("organisation");
        let ordered = d.random.pick(&[20, 25, 30]);
        d.set("hoursOrdered", ordered);
        d.later("finalOn", (-20, 0));
    }),
    Draw::new("performPenaltyHours", 26)
        .after(ASSIGNED, PENALISED, (0, 120))
        .with(|d| d.one_of("hours", &["5", "5", "5", "10", "10", "10", "15", "7.6"])),
    Draw::new("recordPenaltyAbsence", 2).after(ASSIGNED, PENALISED, (0, 120)).with(|d| {
        let justified = d.chance(50);
        d.set("justified", justified);
    }),
    Draw::new("extendPenaltyDeadline", 4).after(ASSIGNED, PENALISED, (0, 300)).with(|d| d.later("until", (300, 800))),
    Draw::new("completePenalty", 16).after(ASSIGNED, PENALISED, (100, 200)).once(),
    Draw::new("interruptPenalty", 3).after(ASSIGNED, PENALISED, (50, 200)),
];
