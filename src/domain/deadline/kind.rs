//! The kinds of deadline, and how one can stand.

use crate::codes::codes;
use crate::law::RuleCode;

codes! {
    /// What has to be done by a day.
    DeadlineKind {
        /// The decision on a request for aid (law of 26 May 2002, article 21 §1).
        AidDecision = "AID_DECISION" ("décision sur la demande d'aide", "beslissing over de hulpaanvraag", "decision on the request for aid"),
        /// The appeal against a decision on aid, a right of the person (law of 26 May 2002, article 47 §1).
        AidAppeal = "AID_APPEAL" ("recours contre la décision", "beroep tegen de beslissing", "appeal against the decision"),
        /// The transfer of a request to the competent centre; told once it is transferred.
        AidTransfer = "AID_TRANSFER" ("transmission au CPAS compétent", "doorzending aan het bevoegde OCMW", "transfer to the competent CPAS"),
        /// The appeal against a sanction, a right of the person (law of 26 May 2002, article 47 §1).
        SanctionAppeal = "SANCTION_APPEAL" ("recours contre la sanction", "beroep tegen de sanctie", "appeal against the sanction"),
        /// The interview that the person asked for.
        Interview = "INTERVIEW" ("entretien demandé", "gevraagd gesprek", "interview asked for"),
        /// An appointment that is planned: keep it or record that it was missed.
        Appointment = "APPOINTMENT" ("rendez-vous", "afspraak", "appointment"),
        /// An action that somebody agreed to do.
        Action = "ACTION" ("action convenue", "afgesproken actie", "action agreed on"),
        /// The situation six months after leaving an operation of the European Social Fund.
        EsfFollowUp = "ESF_FOLLOW_UP" ("suivi FSE+ à six mois", "ESF+-opvolging na zes maanden", "ESF+ follow-up at six months"),
        /// The signature of the integration project (law of 26 May 2002, article 11).
        PiisSignature = "PIIS_SIGNATURE" ("signature du PIIS", "ondertekening van het GPMI", "signature of the PIIS"),
        /// The next evaluation of a running project, evenly spread over the year.
        PiisEvaluation = "PIIS_EVALUATION" ("évaluation du PIIS", "evaluatie van het GPMI", "evaluation of the PIIS"),
        /// The evaluation without which a year would hold too few.
        PiisYear = "PIIS_YEAR" ("évaluations de l'année", "evaluaties van het jaar", "evaluations of the year"),
        /// The evaluation in person without which a year would hold too few.
        PiisInPerson = "PIIS_IN_PERSON" ("évaluation en présence", "evaluatie in persoon", "evaluation in person"),
        /// The last planned day of a project: prolong it or end it.
        PiisTerm = "PIIS_TERM" ("terme du PIIS", "einde van het GPMI", "term of the PIIS"),
        /// The last day of a waiver: renew it, or the project is owed again.
        WaiverTerm = "WAIVER_TERM" ("fin de la dispense", "einde van de vrijstelling", "end of the waiver"),
        /// The first planned day of an engagement that is signed.
        EngagementStart = "ENGAGEMENT_START" ("début effectif attendu", "verwachte effectieve start", "expected start of the engagement"),
        /// The last planned day of an engagement: extend it or record its end.
        EngagementTerm = "ENGAGEMENT_TERM" ("terme du contrat", "einde van de overeenkomst", "term of the engagement"),
        /// A deadline that the house set itself; its code says which.
        House = "HOUSE" ("échéance de la maison", "termijn van het huis", "deadline of the house"),
        /// The performance of a work penalty (Penal Code, article 37quinquies). Judicial data.
        PenaltyTime = "PENALTY_TIME" ("exécution de la peine de travail", "uitvoering van de werkstraf", "performance of the work penalty"),
        /// The refilling of a subsidised post (ACS) that stands empty.
        PostRefill = "POST_REFILL" ("réoccupation du poste ACS", "herinvulling van de gescopost", "refilling of the ACS post"),
        /// The last day of an agreement: renew it or record its end.
        AgreementTerm = "AGREEMENT_TERM" ("terme de la convention", "einde van de overeenkomst met de partner", "term of the agreement"),
    }
}

/// Whether one must, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// It has to be done: behind the last day it is overdue.
    Duty,
    /// It may be done: behind the last day it is too late.
    Right,
}

impl DeadlineKind {
    /// The rule of the register that sets the period; none where the day was agreed on, or the house sets it.
    #[must_use]
    pub const fn rule(self) -> Option<RuleCode> {
        match self {
            Self::AidDecision => Some(RuleCode::AidDecision),
            Self::AidTransfer => Some(RuleCode::AidTransfer),
            Self::AidAppeal | Self::SanctionAppeal => Some(RuleCode::AidAppeal),
            Self::Interview => Some(RuleCode::PiisInterview),
            Self::EsfFollowUp => Some(RuleCode::EsfLongerTerm),
            Self::PiisSignature => Some(RuleCode::PiisSignature),
            Self::PiisEvaluation => Some(RuleCode::PiisEvaluationGap),
            Self::PiisYear => Some(RuleCode::PiisEvaluations),
            Self::PiisInPerson => Some(RuleCode::PiisInPerson),
            Self::PostRefill => Some(RuleCode::AcsRefill),
            Self::PenaltyTime => Some(RuleCode::PenaltyTime),
            Self::PiisTerm
            | Self::WaiverTerm
            | Self::EngagementStart
            | Self::EngagementTerm
            | Self::House
            | Self::Appointment
            | Self::Action
            | Self::AgreementTerm => None,
        }
    }

    /// Whether one must, or may.
    #[must_use]
    pub const fn nature(self) -> Nature {
        match self {
            Self::AidAppeal | Self::SanctionAppeal => Nature::Right,
            Self::AidDecision
            | Self::AidTransfer
            | Self::Interview
            | Self::Appointment
            | Self::Action
            | Self::EsfFollowUp
            | Self::PiisSignature
            | Self::PiisEvaluation
            | Self::PiisYear
            | Self::PiisInPerson
            | Self::PiisTerm
            | Self::WaiverTerm
            | Self::EngagementStart
            | Self::EngagementTerm
            | Self::House
            | Self::PostRefill
            | Self::PenaltyTime
            | Self::AgreementTerm => Nature::Duty,
        }
    }
}

codes! {
    /// In what a period is counted.
    PeriodUnit {
        /// Every day of the calendar.
        CalendarDays = "CALENDAR_DAYS" ("jours calendrier", "kalenderdagen", "calendar days"),
        /// Monday to Friday without the legal holidays.
        WorkingDays = "WORKING_DAYS" ("jours ouvrables (lundi à vendredi)", "werkdagen (maandag tot vrijdag)", "working days"),
        /// To the same day of a later month, or its last day.
        Months = "MONTHS" ("mois", "maanden", "months"),
        /// Not counted: the day itself was agreed on.
        Given = "GIVEN" ("jour convenu", "afgesproken dag", "day agreed on"),
    }
}

codes! {
    /// How a deadline stands at the end of a day.
    DeadlineStatus {
        /// To be done, and in time.
        Due = "DUE" ("à faire", "te doen", "due"),
        /// Not done, and the last day is past.
        Overdue = "OVERDUE" ("en retard", "te laat", "overdue"),
        /// Nothing is owed for the time being, by a waiver or a freeze.
        Suspended = "SUSPENDED" ("suspendu", "opgeschort", "suspended"),
        /// Done in time.
        Met = "MET" ("fait à temps", "tijdig gedaan", "met"),
        /// Done, after the last day.
        MetLate = "MET_LATE" ("fait en retard", "laattijdig gedaan", "met late"),
        /// No longer wanted: what it was about ended.
        Void = "VOID" ("sans objet", "zonder voorwerp", "no longer wanted"),
        /// A right that was not used in time.
        Lapsed = "LAPSED" ("expiré", "vervallen", "lapsed"),
    }
}
