//! What each kind of event is called by those who work in the field, in their three languages.

use crate::codes::Labels;

/// By kind, in the order of the alphabet: found by halving.
const LABELS: &[(&str, Labels)] = &[
    ("AbsenceRecorded", Labels { fr: "absence", nl: "afwezigheid", en: "absence" }),
    ("AccessRefused", Labels { fr: "accès refusé", nl: "toegang geweigerd", en: "access refused" }),
    ("ActionAbandoned", Labels { fr: "action abandonnée", nl: "actie stopgezet", en: "action abandoned" }),
    ("ActionAgreed", Labels { fr: "action convenue", nl: "afgesproken actie", en: "action agreed" }),
    ("ActionDone", Labels { fr: "action réalisée", nl: "actie uitgevoerd", en: "action done" }),
    (
        "ActivityAttended",
        Labels { fr: "participation à une activité", nl: "deelname aan een activiteit", en: "activity attended" },
    ),
    ("ActivityHeld", Labels { fr: "activité tenue", nl: "activiteit gehouden", en: "activity held" }),
    (
        "AdmissionTestTaken",
        Labels { fr: "test d'admission passé", nl: "toelatingstest afgelegd", en: "admission test taken" },
    ),
    ("AgreementAmended", Labels { fr: "convention modifiée", nl: "overeenkomst gewijzigd", en: "agreement amended" }),
    ("AgreementEnded", Labels { fr: "fin de convention", nl: "einde van de overeenkomst", en: "agreement ended" }),
    ("AgreementRenewed", Labels { fr: "convention renouvelée", nl: "overeenkomst verlengd", en: "agreement renewed" }),
    ("AgreementSigned", Labels { fr: "convention signée", nl: "overeenkomst ondertekend", en: "agreement signed" }),
    ("AidEnded", Labels { fr: "fin de l'aide", nl: "einde van de hulp", en: "aid ended" }),
    ("AidGranted", Labels { fr: "octroi de l'aide", nl: "toekenning van de hulp", en: "aid granted" }),
    (
        "AidPaymentResumed",
        Labels { fr: "reprise du paiement", nl: "hervatting van de betaling", en: "payment of aid resumed" },
    ),
    (
        "AidPaymentSuspended",
        Labels { fr: "suspension du paiement", nl: "schorsing van de betaling", en: "payment of aid suspended" },
    ),
    ("AidRefused", Labels { fr: "refus de l'aide", nl: "weigering van de hulp", en: "aid refused" }),
    ("AidRequested", Labels { fr: "demande d'aide introduite", nl: "hulpaanvraag ingediend", en: "aid requested" }),
    ("AidRevised", Labels { fr: "révision de l'aide", nl: "herziening van de hulp", en: "aid revised" }),
    (
        "AidTransferred",
        Labels { fr: "transfert de CPAS", nl: "overdracht tussen OCMW's", en: "file transferred to another centre" },
    ),
    (
        "ApplicationReceived",
        Labels { fr: "candidature reçue", nl: "sollicitatie ontvangen", en: "application received" },
    ),
    (
        "ApplicationRejected",
        Labels { fr: "candidature refusée", nl: "sollicitatie afgewezen", en: "application rejected" },
    ),
    (
        "ApplicationRetained",
        Labels { fr: "candidature retenue", nl: "sollicitatie weerhouden", en: "application retained" },
    ),
    ("AppointmentMissed", Labels { fr: "rendez-vous manqué", nl: "gemiste afspraak", en: "appointment missed" }),
    ("AppointmentPlanned", Labels { fr: "rendez-vous fixé", nl: "afspraak gepland", en: "appointment planned" }),
    (
        "AssessmentCompleted",
        Labels {
            fr: "bilan socioprofessionnel clôturé",
            nl: "socioprofessionele balans afgerond",
            en: "assessment completed",
        },
    ),
    (
        "AssessmentStarted",
        Labels {
            fr: "bilan socioprofessionnel entamé",
            nl: "socioprofessionele balans gestart",
            en: "assessment started",
        },
    ),
    (
        "AssessmentVersioned",
        Labels {
            fr: "bilan socioprofessionnel mis à jour",
            nl: "socioprofessionele balans bijgewerkt",
            en: "assessment brought up to date",
        },
    ),
    ("BarrierIdentified", Labels { fr: "frein repéré", nl: "hindernis vastgesteld", en: "barrier identified" }),
    ("BarrierLifted", Labels { fr: "frein levé", nl: "hindernis weggenomen", en: "barrier lifted" }),
    (
        "BenefitDaysConfirmed",
        Labels {
            fr: "jours de travail confirmés", nl: "arbeidsdagen bevestigd", en: "days towards benefit confirmed"
        },
    ),
    (
        "BenefitDaysProposed",
        Labels {
            fr: "jours de travail proposés", nl: "arbeidsdagen voorgesteld", en: "days towards benefit proposed"
        },
    ),
    ("CellEntered", Labels { fr: "entrée en cellule", nl: "instap in een cel", en: "cell entered" }),
    ("CellLeft", Labels { fr: "sortie de cellule", nl: "uitstap uit een cel", en: "cell left" }),
    (
        "CertificateAwarded",
        Labels { fr: "certificat délivré", nl: "getuigschrift uitgereikt", en: "certificate awarded" },
    ),
    (
        "ContactChanged",
        Labels { fr: "coordonnées modifiées", nl: "contactgegevens gewijzigd", en: "contact details changed" },
    ),
    ("ContactRecorded", Labels { fr: "entretien", nl: "gesprek", en: "contact recorded" }),
    ("CourseCancelled", Labels { fr: "formation annulée", nl: "opleiding geannuleerd", en: "course cancelled" }),
    ("CoursePlanned", Labels { fr: "formation planifiée", nl: "opleiding gepland", en: "course planned" }),
    ("DeathRecorded", Labels { fr: "décès", nl: "overlijden", en: "death recorded" }),
    (
        "DictionaryPublished",
        Labels { fr: "liste de codes publiée", nl: "codelijst gepubliceerd", en: "list of codes published" },
    ),
    (
        "EngagementAmended",
        Labels { fr: "avenant au contrat", nl: "bijlage bij de overeenkomst", en: "engagement amended" },
    ),
    (
        "EngagementCancelled",
        Labels {
            fr: "contrat annulé avant le début",
            nl: "overeenkomst geannuleerd vóór de start",
            en: "engagement cancelled before its start",
        },
    ),
    ("EngagementEnded", Labels { fr: "fin de contrat", nl: "einde van de overeenkomst", en: "engagement ended" }),
    ("EngagementExtended", Labels { fr: "contrat prolongé", nl: "overeenkomst verlengd", en: "engagement extended" }),
    (
        "EngagementReplanned",
        Labels { fr: "contrat replanifié", nl: "overeenkomst herpland", en: "engagement replanned" },
    ),
    (
        "EngagementResumed",
        Labels { fr: "reprise du contrat", nl: "hervatting van de overeenkomst", en: "engagement resumed" },
    ),
    ("EngagementSigned", Labels { fr: "contrat signé", nl: "overeenkomst ondertekend", en: "engagement signed" }),
    (
        "EngagementStarted",
        Labels {
            fr: "début effectif du contrat",
            nl: "effectieve start van de overeenkomst",
            en: "engagement started",
        },
    ),
    (
        "EngagementSuspended",
        Labels { fr: "suspension du contrat", nl: "schorsing van de overeenkomst", en: "engagement suspended" },
    ),
    (
        "EntrySituationRecorded",
        Labels { fr: "situation à l'entrée", nl: "situatie bij instap", en: "situation at entry" },
    ),
    ("ErasureRefused", Labels { fr: "effacement refusé", nl: "wissing geweigerd", en: "erasure refused" }),
    ("ErasureRequested", Labels { fr: "effacement demandé", nl: "wissing gevraagd", en: "erasure requested" }),
    ("EvaluationRecorded", Labels { fr: "évaluation", nl: "evaluatie", en: "evaluation" }),
    (
        "EventAnnulled",
        Labels { fr: "annulation d'un enregistrement", nl: "annulering van een registratie", en: "record annulled" },
    ),
    (
        "EventCorrected",
        Labels { fr: "correction d'un enregistrement", nl: "verbetering van een registratie", en: "record corrected" },
    ),
    ("ExitReviewCompleted", Labels { fr: "bilan de sortie", nl: "eindbalans", en: "exit review" }),
    ("ExportProduced", Labels { fr: "export produit", nl: "export gemaakt", en: "export produced" }),
    ("FigurePublished", Labels { fr: "chiffre publié", nl: "cijfer gepubliceerd", en: "figure published" }),
    (
        "FollowUpRecorded",
        Labels { fr: "suivi après la sortie", nl: "opvolging na uitstap", en: "follow-up after the exit" },
    ),
    ("FormalNoticeSent", Labels { fr: "mise en demeure", nl: "aanmaning", en: "formal notice sent" }),
    ("HearingOffered", Labels { fr: "audition proposée", nl: "verhoor aangeboden", en: "hearing offered" }),
    ("HireEnded", Labels { fr: "fin d'engagement hors mesure", nl: "einde van de tewerkstelling", en: "hire ended" }),
    (
        "HiredAfterEngagement",
        Labels { fr: "engagé après le parcours", nl: "aangeworven na het traject", en: "hired after the engagement" },
    ),
    ("HoursScheduled", Labels { fr: "heures prévues", nl: "geplande uren", en: "hours scheduled" }),
    ("HoursWorked", Labels { fr: "heures prestées", nl: "gepresteerde uren", en: "hours worked" }),
    (
        "IdentifierAdded",
        Labels { fr: "numéro d'identification ajouté", nl: "identificatienummer toegevoegd", en: "identifier added" },
    ),
    (
        "IdentifierReplaced",
        Labels {
            fr: "numéro d'identification remplacé",
            nl: "identificatienummer vervangen",
            en: "identifier replaced",
        },
    ),
    ("IdentityCorrected", Labels { fr: "identité rectifiée", nl: "identiteit verbeterd", en: "identity corrected" }),
    ("ImportBatchClosed", Labels { fr: "lot importé clôturé", nl: "importlot afgesloten", en: "import batch closed" }),
    ("ImportBatchOpened", Labels { fr: "lot importé ouvert", nl: "importlot geopend", en: "import batch opened" }),
    (
        "ImportBatchReverted",
        Labels { fr: "lot importé annulé", nl: "importlot teruggedraaid", en: "import batch reverted" },
    ),
    ("IncidentRecorded", Labels { fr: "incident", nl: "incident", en: "incident" }),
    ("InterviewRequested", Labels { fr: "audition demandée", nl: "verhoor gevraagd", en: "hearing requested" }),
    ("MemberAssigned", Labels { fr: "référent désigné", nl: "begeleider toegewezen", en: "worker assigned" }),
    ("MemberReleased", Labels { fr: "référent déchargé", nl: "begeleider ontheven", en: "worker released" }),
    (
        "OperationEntered",
        Labels {
            fr: "entrée dans une opération FSE+", nl: "instap in een ESF+-project", en: "ESF+ operation entered"
        },
    ),
    (
        "OperationLeft",
        Labels { fr: "sortie d'une opération FSE+", nl: "uitstap uit een ESF+-project", en: "ESF+ operation left" },
    ),
    (
        "OrientationDecided",
        Labels { fr: "orientation décidée", nl: "doorverwijzing beslist", en: "orientation decided" },
    ),
    (
        "OrientationRequested",
        Labels { fr: "orientation demandée", nl: "doorverwijzing gevraagd", en: "orientation requested" },
    ),
    ("Oriented", Labels { fr: "orientation", nl: "doorverwijzing", en: "oriented" }),
    (
        "ParticipantAttended",
        Labels { fr: "présence en formation", nl: "aanwezigheid in opleiding", en: "training attended" },
    ),
    (
        "ParticipantEnrolled",
        Labels { fr: "inscription en formation", nl: "inschrijving voor een opleiding", en: "enrolled in training" },
    ),
    ("ParticipantMissed", Labels { fr: "absence en formation", nl: "afwezigheid in opleiding", en: "training missed" }),
    (
        "ParticipantRegistered",
        Labels { fr: "participant inscrit", nl: "deelnemer geregistreerd", en: "participant registered" },
    ),
    ("ParticipantsMerged", Labels { fr: "dossiers fusionnés", nl: "dossiers samengevoegd", en: "files merged" }),
    (
        "ParticipantsUnmerged",
        Labels { fr: "fusion de dossiers défaite", nl: "samenvoeging ongedaan gemaakt", en: "files unmerged" },
    ),
    (
        "PartnerRegistered",
        Labels { fr: "partenaire inscrit", nl: "partner geregistreerd", en: "organisation registered" },
    ),
    ("PartnerRenamed", Labels { fr: "partenaire renommé", nl: "partner hernoemd", en: "organisation renamed" }),
    ("PathwayClosed", Labels { fr: "clôture du parcours", nl: "afsluiting van het traject", en: "pathway closed" }),
    ("PathwayOpened", Labels { fr: "parcours ouvert", nl: "traject gestart", en: "pathway opened" }),
    ("PathwayReopened", Labels { fr: "parcours rouvert", nl: "traject heropend", en: "pathway reopened" }),
    ("PathwayResumed", Labels { fr: "reprise du parcours", nl: "hervatting van het traject", en: "pathway resumed" }),
    (
        "PathwaySuspended",
        Labels { fr: "suspension du parcours", nl: "schorsing van het traject", en: "pathway suspended" },
    ),
    (
        "PenaltyAbsence",
        Labels {
            fr: "absence à la peine de travail",
            nl: "afwezigheid bij de werkstraf",
            en: "absence from the work penalty",
        },
    ),
    (
        "PenaltyAssigned",
        Labels { fr: "peine de travail confiée", nl: "werkstraf toevertrouwd", en: "work penalty assigned" },
    ),
    (
        "PenaltyCompleted",
        Labels { fr: "peine de travail accomplie", nl: "werkstraf voltooid", en: "work penalty completed" },
    ),
    (
        "PenaltyDeadlineExtended",
        Labels {
            fr: "délai de la peine de travail prolongé",
            nl: "termijn van de werkstraf verlengd",
            en: "deadline of the work penalty extended",
        },
    ),
    (
        "PenaltyHoursPerformed",
        Labels {
            fr: "heures de peine de travail prestées",
            nl: "uren werkstraf gepresteerd",
            en: "hours of the work penalty performed",
        },
    ),
    (
        "PenaltyInterrupted",
        Labels { fr: "peine de travail interrompue", nl: "werkstraf onderbroken", en: "work penalty interrupted" },
    ),
    ("PersonHeard", Labels { fr: "audition", nl: "verhoor", en: "person heard" }),
    ("PostClosed", Labels { fr: "poste supprimé", nl: "post gesloten", en: "post closed" }),
    ("PostFrozen", Labels { fr: "poste gelé", nl: "post bevroren", en: "post frozen" }),
    ("PostOpened", Labels { fr: "poste ouvert", nl: "post geopend", en: "post opened" }),
    ("PostReconfigured", Labels { fr: "poste modifié", nl: "post gewijzigd", en: "post reconfigured" }),
    ("PostUnfrozen", Labels { fr: "poste dégelé", nl: "post ontdooid", en: "post unfrozen" }),
    (
        "ProjectAmended",
        Labels { fr: "avenant au PIIS", nl: "wijziging van het GPMI", en: "integration project amended" },
    ),
    (
        "ProjectDetermined",
        Labels {
            fr: "projet professionnel déterminé",
            nl: "beroepsproject bepaald",
            en: "occupational project determined",
        },
    ),
    ("ProjectEnded", Labels { fr: "fin du PIIS", nl: "einde van het GPMI", en: "integration project ended" }),
    (
        "ProjectEvaluated",
        Labels { fr: "évaluation du PIIS", nl: "evaluatie van het GPMI", en: "integration project evaluated" },
    ),
    (
        "ProjectProposed",
        Labels { fr: "projet de PIIS remis", nl: "ontwerp van GPMI overhandigd", en: "integration project proposed" },
    ),
    (
        "ProjectReactivated",
        Labels { fr: "réactivation du PIIS", nl: "reactivering van het GPMI", en: "integration project reactivated" },
    ),
    ("ProjectSigned", Labels { fr: "PIIS signé", nl: "GPMI ondertekend", en: "integration project signed" }),
    ("ProjectWaived", Labels { fr: "dispense de PIIS", nl: "vrijstelling van GPMI", en: "integration project waived" }),
    (
        "ReadinessJudged",
        Labels { fr: "jugé prêt pour l'emploi", nl: "arbeidsklaarheid beoordeeld", en: "readiness for work judged" },
    ),
    ("RecordViewed", Labels { fr: "dossier consulté", nl: "dossier geraadpleegd", en: "file read" }),
    ("Reoriented", Labels { fr: "réorientation", nl: "heroriëntering", en: "reoriented" }),
    (
        "RetentionScheduled",
        Labels {
            fr: "conservation échue annoncée",
            nl: "einde van de bewaring aangekondigd",
            en: "end of retention announced",
        },
    ),
    ("RuleSetPublished", Labels { fr: "jeu de règles publié", nl: "regelset gepubliceerd", en: "rule set published" }),
    ("SanctionAnnulled", Labels { fr: "sanction annulée", nl: "sanctie vernietigd", en: "sanction annulled" }),
    ("SanctionDecided", Labels { fr: "sanction", nl: "sanctie", en: "sanction decided" }),
    ("SessionHeld", Labels { fr: "séance tenue", nl: "sessie gehouden", en: "session held" }),
    ("SkillValidated", Labels { fr: "compétence validée", nl: "competentie gevalideerd", en: "skill validated" }),
    (
        "SkillsPlanSigned",
        Labels {
            fr: "plan d'acquisition des compétences signé",
            nl: "competentieverwervingsplan ondertekend",
            en: "skills plan signed",
        },
    ),
    ("StreamAnonymised", Labels { fr: "dossier anonymisé", nl: "dossier geanonimiseerd", en: "file anonymised" }),
    (
        "SubjectKeyDestroyed",
        Labels {
            fr: "clés de la personne détruites",
            nl: "sleutels van de persoon vernietigd",
            en: "keys of the person destroyed",
        },
    ),
    (
        "TitleAwarded",
        Labels {
            fr: "titre de compétences délivré",
            nl: "bekwaamheidsbewijs uitgereikt",
            en: "title of competence awarded",
        },
    ),
    ("TrainingCompleted", Labels { fr: "formation achevée", nl: "opleiding voltooid", en: "training completed" }),
    (
        "WorkplaceChanged",
        Labels {
            fr: "changement de poste ou de site",
            nl: "verandering van post of werkplek",
            en: "workplace changed",
        },
    ),
];

/// What a kind of event is called; `None` if no event is of that kind.
#[must_use]
pub fn labels(kind: &str) -> Option<Labels> {
    let at = LABELS.binary_search_by_key(&kind, |(name, _)| name).ok()?;
    Some(LABELS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_labels_and_no_label_lacks_its_kind() {
        let mut kinds = crate::wire::kinds();
        kinds.sort_unstable();
        assert_eq!(LABELS.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), kinds);
        let texts = LABELS.iter().flat_map(|(_, labels)| [labels.fr, labels.nl, labels.en]);
        assert!(texts.clone().all(|text| !text.is_empty() && text == text.trim()));
    }
}
