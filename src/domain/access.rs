//! Who may look at a file, why they say that they do, and what is remembered of it: the access ledger.
//!
//! Read the lists below (roles, purposes, ways), then `event` (what the ledger holds).

mod event;

pub use event::{Command, EVERYONE, Event, NotAWord, Seen, WORD_CHARS_MAX, Word, ledger_of};

use crate::codes::codes;

codes! {
    /// What somebody is to the house: it decides what they may see and do.
    CallerRole {
        /// Follows the people who are assigned to them.
        CaseWorker = "CASE_WORKER" ("travailleur social", "maatschappelijk werker", "case worker"),
        /// Answers for the work of one organisation.
        Coordinator = "COORDINATOR" ("coordinateur", "coördinator", "coordinator"),
        /// Checks what was done, and says for which purpose.
        Auditor = "AUDITOR" ("auditeur", "auditor", "auditor"),
        /// Counts, without knowing who is counted.
        Analyst = "ANALYST" ("analyste", "analist", "analyst"),
        /// Answers for the rights of the persons: access, erasure, who read what.
        DataProtectionOfficer = "DATA_PROTECTION_OFFICER" ("délégué à la protection des données", "functionaris voor gegevensbescherming", "data-protection officer"),
        /// Runs the program: keys and tokens, no files.
        Administrator = "ADMINISTRATOR" ("administrateur", "beheerder", "administrator"),
        /// Whoever sits at the machine of a house that asks nobody who they are: may do everything, on loopback only.
        Local = "LOCAL" ("poste local", "lokale gebruiker", "local user"),
    }
}

codes! {
    /// Why somebody reads a file or takes rows along, as they say: it stands in the access ledger.
    Purpose {
        /// To accompany the person.
        CaseWork = "CASE_WORK" ("accompagnement", "begeleiding", "case work"),
        /// To answer for the work of others.
        Supervision = "SUPERVISION" ("encadrement", "toezicht op het werk", "supervision"),
        /// To check what was done and by whom.
        Audit = "AUDIT" ("contrôle", "controle", "audit"),
        /// To account to a funder or to publish figures.
        Reporting = "REPORTING" ("rapportage", "rapportering", "reporting"),
        /// To study, without knowing who is studied.
        Research = "RESEARCH" ("recherche", "onderzoek", "research"),
        /// To answer a person who asks for their own file, or for its rectification or erasure.
        PersonsRights = "PERSONS_RIGHTS" ("droits de la personne", "rechten van de betrokkene", "rights of the person"),
        /// To keep the program running.
        Maintenance = "MAINTENANCE" ("maintenance", "onderhoud", "maintenance"),
    }
}

codes! {
    /// By which way somebody read: it stands in the access ledger.
    AccessWay {
        /// By a question to the server.
        Api = "API" ("question au serveur", "vraag aan de server", "question to the server"),
        /// By following the log.
        Subscription = "SUBSCRIPTION" ("abonnement au journal", "abonnement op het logboek", "subscription to the log"),
        /// By a command on the machine itself.
        Cli = "CLI" ("ligne de commande", "opdrachtregel", "command line"),
    }
}
