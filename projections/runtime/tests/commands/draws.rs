//! How each command is drawn: with which fields, and after which other one.

use super::dealer::{Dealer, Draw};

/// Every command, by step.
pub const DRAWS: &[&[Draw]] = &[HOUSE, PERSONS, AID, PATHWAY, FOLLOWED, PIIS, SANCTION, ANSWERS];

const CELLS: &[&str] =
    &["PROJECT_FACILITATOR", "ALPHA", "STUDIES_TRAINING", "EMPLOYMENT", "ART60", "SOCIAL_INTERIM", "SOCIAL_ECONOMY"];
const WHO: &[&str] = &["registerParticipant"];
const PERSON: &[&str] = &["participant"];
const OPENED: &[&str] = &["openPathway"];
const IN_PATHWAY: &[&str] = &["participant", "pathway"];
const GRANTED: &[&str] = &["grantAid"];
const GRANT: &[&str] = &["participant", "grant"];
const SIGNED: &[&str] = &["signPiis"];
const PROJECT: &[&str] = &["participant", "piis"];
const PROCEDURE: &[&str] = &["participant", "sanction"];

/// Posts, agreements, courses, organisations.
const HOUSE: &[Draw] = &[
    Draw::new("registerOrganisation", 1).with(|d| {
        d.organisation("organisation");
        d.one_of("kind", &["CPAS", "HOST", "EMPLOYER"]);
        d.set("name", "Maison");
    }),
    Draw::new("renameOrganisation", 2).after(&["registerOrganisation"], &["organisation"], (0, 90)).with(|d| {
        let number = d.random.below(1_000);
        d.set("name", format!("Maison {number}"));
    }),
    Draw::new("publishRuleSet", 1).with(|d| d.one_of("ruleSet", &["be-2016-11-01", "be-2024-05-31", "be-2026-03-01"])),
    Draw::new("publishDictionary", 1).with(|d| d.one_of("list", &["Measure", "Cell", "AidKind"])),
    Draw::new("openPost", 1).with(|d| {
        d.new_id("post");
        d.organisation("organisation");
        d.one_of("measure", &["ART60", "ART60", "ART60", "ART60", "ART60", "ACS"]);
        d.set("function", "Cuisine");
    }),
    Draw::new("reconfigurePost", 1)
        .after(&["openPost"], &["post"], (1, 90))
        .with(|d| d.one_of("function", &["Magasin", "Jardinage", "Cuisine"])),
    Draw::new("freezePost", 2).after(&["openPost"], &["post"], (60, 200)).with(|d| {
        if d.chance(60) {
            d.later("until", (0, 30));
        }
    }),
    Draw::new("unfreezePost", 2).after(&["freezePost"], &["post"], (1, 20)).once(),
    Draw::new("closePost", 1).after(&["openPost"], &["post"], (150, 400)),
    Draw::new("signAgreement", 1).with(|d| {
        d.new_id("agreement");
        d.organisation("organisation");
        d.organisation("partner");
        d.one_of("measure", &["ART60", "ART60", "ART60", "ART60", "ART60", "ACS"]);
        d.later("from", (0, 10));
        if d.chance(70) {
            d.later("until", (200, 400));
        }
        d.number("quota", (1, 4));
    }),
    Draw::new("amendAgreement", 2)
        .after(&["signAgreement"], &["agreement"], (0, 100))
        .with(|d| d.number("quota", (1, 6))),
    Draw::new("renewAgreement", 2)
        .after(&["signAgreement"], &["agreement"], (50, 200))
        .with(|d| d.later("until", (300, 700))),
    Draw::new("endAgreement", 1).after(&["signAgreement"], &["agreement"], (100, 400)),
    Draw::new("planCourse", 1).with(|d| {
        d.new_id("course");
        d.organisation("organisation");
        d.set("title", "Cuisine");
    }),
    Draw::new("holdSession", 5).after(&["planCourse"], &["course"], (0, 60)).with(|d| {
        d.new_id("session");
        d.number("hours", (3, 7));
    }),
    Draw::new("cancelCourse", 1).after(&["planCourse"], &["course"], (30, 90)),
    Draw::new("holdActivity", 2).with(|d| {
        d.new_id("activity");
        d.organisation("organisation");
        d.one_of("kind", &["JOB_DAY", "COMPANY_VISIT"]);
    }),
];

const PERSONS: &[Draw] = &[
    Draw::new("registerParticipant", 1).with(|d| {
        d.new_id("participant");
        d.organisation("organisation");
        d.set("familyName", "Invented");
        d.set("givenName", "Name");
    }),
    Draw::new("correctIdentity", 1).after(WHO, PERSON, (0, 90)).with(|d| d.set("givenName", "Other")),
    Draw::new("changeContact", 1).after(WHO, PERSON, (0, 90)).with(|d| d.set("address", "Invented street 1")),
    Draw::new("recordDeath", 1).after(WHO, PERSON, (300, 700)),
    Draw::new("addIdentifier", 2).after(WHO, PERSON, (0, 60)).with(niss),
    Draw::new("replaceIdentifier", 2).after(&["addIdentifier"], &["participant", "kind"], (0, 60)).with(|d| {
        niss(d);
        d.set("reason", "CORRECTED");
    }),
    Draw::new("recordEntrySituation", 3).after(WHO, PERSON, (0, 100)).with(|d| {
        if d.chance(50) {
            d.set("operation", "fse-one");
        }
        d.one_of("employmentStatus", &["UNEMPLOYED", "INACTIVE"]);
        d.one_of("isced", &["ISCED_0", "ISCED_2", "ISCED_4"]);
    }),
    Draw::new("enterOperation", 3).after(&["recordEntrySituation"], PERSON, (0, 20)).with(|d| {
        d.one_of("operation", &["fse-one", "fse-two"]);
        d.organisation("organisation");
    }),
    Draw::new("leaveOperation", 2).after(&["enterOperation"], &["participant", "operation"], (1, 90)).once().with(
        |d| {
            d.one_of("exitSituation", &["EMPLOYED", "IN_TRAINING", "UNKNOWN"]);
            let qualified = d.chance(30);
            d.set("qualified", qualified);
        },
    ),
    Draw::new("scheduleRetention", 4).after(&["registerParticipant", "closePathway"], PERSON, (45, 400)),
    Draw::new("requestErasure", 2).after(WHO, PERSON, (150, 500)).with(|d| {
        d.one_of("requester", &["PERSON", "REPRESENTATIVE", "HOUSE"]);
        d.one_of("ground", &["UNLAWFUL", "OBJECTION"]);
    }),
    Draw::new("refuseErasure", 2)
        .after(&["requestErasure"], PERSON, (0, 30))
        .once()
        .with(|d| d.one_of("ground", &["LEGAL_OBLIGATION", "LEGAL_CLAIMS"])),
    Draw::new("eraseParticipant", 3).after(&["requestErasure", "scheduleRetention"], PERSON, (0, 40)),
    Draw::new("anonymiseParticipant", 4).after(&["eraseParticipant"], PERSON, (0, 60)).once(),
];

/// A number whose check digits fit.
fn niss(d: &mut Dealer<'_>) {
    let (year, month, day) = (60 + d.random.below(40), 1 + d.random.below(12), 1 + d.random.below(28));
    let first = ((year * 100 + month) * 100 + day) * 1_000 + 1 + d.random.below(990);
    d.set("value", format!("{first:09}{:02}", 97 - first % 97));
    d.set("kind", "NISS");
}

const AID: &[Draw] = &[
    Draw::new("requestAid", 3).after(WHO, PERSON, (0, 60)).with(|d| {
        d.new_id("grant");
        d.organisation("organisation");
        d.one_of("kind", &["RIS", "RIS", "ERIS", "OTHER"]);
    }),
    Draw::new("grantAid", 7).after(&["requestAid", "registerParticipant"], PERSON, (0, 40)).with(|d| {
        d.new_id("grant");
        if d.chance(40) {
            d.like("grant", "requestAid", "grant");
        }
        d.organisation("organisation");
        d.one_of("kind", &["RIS", "RIS", "ERIS", "OTHER"]);
        d.later("notifiedOn", (0, 10));
        if d.chance(10) {
            d.later("endedOn", (20, 60));
            d.set("endMotive", "RESOURCES");
        }
    }),
    Draw::new("refuseAid", 3).after(&["requestAid"], GRANT, (0, 30)).once().with(|d| d.set("motive", "CONDITIONS")),
    Draw::new("reviseAid", 2)
        .after(GRANTED, GRANT, (1, 60))
        .with(|d| d.one_of("category", &["COHABITING", "SINGLE", "WITH_FAMILY"])),
    Draw::new("endAid", 2)
        .after(GRANTED, GRANT, (50, 250))
        .once()
        .with(|d| d.one_of("motive", &["EMPLOYMENT", "MOVED"])),
    Draw::new("suspendAidPayment", 4).after(GRANTED, GRANT, (10, 90)).with(|d| {
        d.number("share", (10, 100));
        d.one_of("motive", &["DETENTION", "SANCTION"]);
        if d.chance(40) {
            d.later("until", (5, 30));
        }
    }),
    Draw::new("resumeAidPayment", 3).after(&["suspendAidPayment"], GRANT, (1, 30)).once(),
    Draw::new("transferAid", 4).after(GRANTED, GRANT, (30, 200)).with(|d| d.organisation("receiver")),
];

const PATHWAY: &[Draw] = &[
    Draw::new("openPathway", 5).after(WHO, PERSON, (0, 90)).with(|d| {
        d.new_id("pathway");
        d.organisation("organisation");
        d.one_of("origin", &["AID_FILE", "PRESCRIBER", "SPONTANEOUS"]);
        if d.chance(10) {
            d.later("closedOn", (0, 40));
            d.set("outcome", "OTHER");
        }
    }),
    Draw::new("assignMember", 3).after(OPENED, IN_PATHWAY, (0, 60)).with(|d| {
        d.one_of("user", &["worker-1", "worker-2", "worker-3"]);
        d.one_of("role", &["JOB_COACH", "SOCIAL_WORKER"]);
        let referent = d.chance(40);
        d.set("referent", referent);
    }),
    Draw::new("releaseMember", 3).after(&["assignMember"], &["participant", "pathway", "user"], (1, 60)),
    Draw::new("enterCell", 10).after(OPENED, IN_PATHWAY, (0, 150)).with(|d| d.one_of("cell", CELLS)),
    Draw::new("leaveCell", 6)
        .after(&["enterCell"], &["participant", "pathway", "cell"], (1, 40))
        .once()
        .with(|d| d.one_of("motive", &["COMPLETED", "ORIENTED", "ABANDONED"])),
    Draw::new("judgeReadiness", 2)
        .after(OPENED, IN_PATHWAY, (0, 100))
        .with(|d| d.one_of("level", &["NOT_READY", "WITH_SUPPORT", "READY"])),
    Draw::new("suspendPathway", 3).after(OPENED, IN_PATHWAY, (0, 100)).with(|d| {
        d.one_of("motive", &["ILLNESS", "MATERNITY"]);
        if d.chance(50) {
            d.later("until", (0, 40));
        }
    }),
    Draw::new("resumePathway", 3).after(&["suspendPathway"], IN_PATHWAY, (1, 30)).once(),
    Draw::new("closePathway", 5)
        .after(OPENED, IN_PATHWAY, (20, 300))
        .once()
        .with(|d| d.one_of("outcome", &["EMPLOYMENT", "TRAINING", "OTHER"])),
    Draw::new("reopenPathway", 4).after(&["closePathway"], IN_PATHWAY, (0, 60)).once(),
];

/// What is done in a pathway.
const FOLLOWED: &[Draw] = &[
    Draw::new("identifyBarrier", 4).after(OPENED, IN_PATHWAY, (0, 60)).with(|d| {
        d.new_id("barrier");
        d.one_of("kind", &["HOUSING", "LANGUAGE"]);
        d.one_of("severity", &["LOW", "HIGH"]);
    }),
    Draw::new("liftBarrier", 7).after(&["identifyBarrier"], &["participant", "barrier"], (1, 60)).once(),
    Draw::new("startAssessment", 4).after(OPENED, IN_PATHWAY, (0, 60)).with(|d| d.new_id("assessment")),
    Draw::new("versionAssessment", 7).after(&["startAssessment"], &["participant", "assessment"], (0, 30)),
    Draw::new("completeAssessment", 5).after(&["versionAssessment"], &["participant", "assessment"], (0, 30)).once(),
    Draw::new("determineProject", 5).after(&["startAssessment"], IN_PATHWAY, (10, 90)).with(|d| {
        d.set("scheme", "ROME");
        d.one_of("occupation", &["G1602", "K2204", "A1203"]);
    }),
    Draw::new("agreeAction", 4).after(OPENED, IN_PATHWAY, (0, 60)).with(|d| {
        d.new_id("action");
        d.one_of("party", &["PERSON", "ORGANISATION"]);
        d.set("label", "Formation");
        d.later("dueOn", (5, 40));
    }),
    Draw::new("completeAction", 4).after(&["agreeAction"], &["participant", "action"], (0, 40)).once(),
    Draw::new("abandonAction", 4).after(&["agreeAction"], &["participant", "action"], (0, 40)).once(),
    Draw::new("planAppointment", 3).after(OPENED, IN_PATHWAY, (0, 60)).with(|d| {
        d.new_id("appointment");
        contact(d);
    }),
    Draw::new("missAppointment", 5).after(&["planAppointment"], &["participant", "appointment"], (0, 0)).once().with(
        |d| {
            let excused = d.chance(50);
            d.set("excused", excused);
        },
    ),
    Draw::new("requestInterview", 2).after(OPENED, IN_PATHWAY, (0, 60)).with(|d| d.new_id("interview")),
    Draw::new("recordContact", 3)
        .after(
            &["openPathway", "planAppointment", "requestInterview"],
            &["participant", "pathway", "appointment", "interview"],
            (0, 10),
        )
        .with(contact),
    Draw::new("requestOrientation", 2).after(OPENED, IN_PATHWAY, (0, 60)).with(|d| {
        d.new_id("orientation");
        destination(d);
    }),
    Draw::new("decideOrientation", 6)
        .after(&["requestOrientation"], &["participant", "orientation"], (0, 20))
        .once()
        .with(|d| d.one_of("decision", &["ACCEPTED", "ACCEPTED", "REFUSED"])),
    Draw::new("orient", 3)
        .after(&["requestOrientation", "openPathway"], &["participant", "pathway", "orientation"], (0, 40))
        .with(|d| {
            if !d.input.contains_key("orientation") {
                d.new_id("orientation");
                destination(d);
            }
        }),
];

fn contact(d: &mut Dealer<'_>) {
    d.one_of("mode", &["IN_PERSON", "PHONE", "VIDEO"]);
    d.one_of("topic", &["FOLLOW_UP", "INTAKE"]);
}

fn destination(d: &mut Dealer<'_>) {
    let cell = d.random.pick(CELLS);
    d.set("to", serde_json::json!({ "cell": cell }));
}

const PIIS: &[Draw] = &[
    Draw::new("waivePiis", 2).after(GRANTED, GRANT, (0, 60)).with(|d| {
        d.one_of("ground", &["EQUITY", "HEALTH"]);
        d.later("until", (10, 200));
    }),
    Draw::new("proposePiis", 8).after(GRANTED, GRANT, (0, 60)).with(|d| {
        d.new_id("piis");
        d.organisation("organisation");
        d.one_of("kind", &["GENERAL", "STUDIES"]);
    }),
    Draw::new("signPiis", 14)
        .after(&["proposePiis"], &["participant", "piis", "grant"], (0, 20))
        .once()
        .with(|d| d.later("until", (100, 400))),
    Draw::new("evaluatePiis", 4).after(SIGNED, PROJECT, (5, 200)).with(|d| {
        let in_person = d.chance(60);
        d.set("inPerson", in_person);
    }),
    Draw::new("amendPiis", 2).after(SIGNED, PROJECT, (5, 100)).with(|d| d.one_of("requestedBy", &["PERSON", "CPAS"])),
    Draw::new("endPiis", 5)
        .after(SIGNED, PROJECT, (100, 300))
        .once()
        .with(|d| d.one_of("reason", &["TERM", "GOAL_REACHED"])),
    Draw::new("reactivatePiis", 8).after(&["endPiis"], PROJECT, (1, 60)).once(),
];

const SANCTION: &[Draw] = &[
    Draw::new("sendFormalNotice", 12).after(SIGNED, PROJECT, (5, 90)).with(|d| {
        d.new_id("sanction");
        if d.chance(30) {
            d.like("sanction", "offerHearing", "sanction");
        }
    }),
    Draw::new("offerHearing", 16)
        .after(&["sendFormalNotice", "sendFormalNotice", "registerParticipant"], PROCEDURE, (0, 10))
        .with(|d| {
            if !d.input.contains_key("sanction") {
                d.new_id("sanction");
            }
        }),
    Draw::new("hearPerson", 3).after(&["offerHearing"], PROCEDURE, (0, 10)).with(|d| {
        let assisted = d.chance(30);
        d.set("assisted", assisted);
    }),
    Draw::new("decideSanction", 26)
        .after(&["offerHearing", "sendFormalNotice", "sendFormalNotice"], PROCEDURE, (1, 20))
        .with(|d| {
            d.one_of("ground", &["PIIS_NOT_RESPECTED", "PIIS_NOT_RESPECTED", "PIIS_NOT_RESPECTED", "UNDECLARED_MEANS"]);
            d.number("share", (10, 100));
            d.later("notifiedOn", (0, 2));
            d.later("firstDay", (2, 20));
            d.later("lastDay", (20, 45));
        }),
    Draw::new("annulSanction", 3).after(&["decideSanction"], PROCEDURE, (0, 60)).once().with(|d| d.set("by", "COURT")),
];

/// Two files of one person. Corrections and annulments are drawn from the records: see the player.
const ANSWERS: &[Draw] = &[
    Draw::new("mergeParticipants", 3).after(WHO, &[], (60, 400)).with(|d| {
        d.like("survivor", "registerParticipant", "participant");
        d.like("absorbed", "registerParticipant", "participant");
    }),
    Draw::new("unmergeParticipants", 5).after(&["mergeParticipants"], &["survivor", "absorbed"], (0, 40)),
];
