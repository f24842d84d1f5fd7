//! The names of the rules: stable codes with their labels.

use crate::codes::codes;

codes! {
    /// The rules of the register. A code is stable: it names the same question whatever the answer of the day.
    RuleCode {
        /// Time to decide on a request for aid.
        AidDecision = "AID_DECISION" ("délai de décision", "termijn van beslissing", "time to decide"),
        /// Time to notify a decision on aid.
        AidNotification = "AID_NOTIFICATION" ("délai de notification", "termijn van kennisgeving", "time to notify"),
        /// Time to hand a request to the competent CPAS.
        AidTransfer = "AID_TRANSFER" ("délai de transmission au CPAS compétent", "termijn van doorzending aan het bevoegde OCMW", "time to transfer"),
        /// Time to appeal to the labour court.
        AidAppeal = "AID_APPEAL" ("délai de recours", "beroepstermijn", "time to appeal"),
        /// Days of one stay abroad that are still paid; suspended from the next.
        AidAbroad = "AID_ABROAD" ("séjour à l'étranger", "verblijf in het buitenland", "stay abroad"),
        /// Whether every new beneficiary is owed an integration project.
        PiisEveryNew = "PIIS_EVERY_NEW" ("PIIS pour tout nouveau bénéficiaire", "GPMI voor elke nieuwe begunstigde", "PIIS for every new beneficiary"),
        /// Age below which an integration project is owed whatever came before.
        PiisAlwaysBelow = "PIIS_ALWAYS_BELOW" ("PIIS toujours dû avant cet âge", "GPMI altijd verschuldigd onder deze leeftijd", "PIIS always owed below this age"),
        /// Time without integration income that makes a beneficiary new.
        PiisNewAfter = "PIIS_NEW_AFTER" ("sans revenu d'intégration pour être nouveau", "zonder leefloon om nieuw te zijn", "time without income to be new"),
        /// Time to sign the integration project.
        PiisSignature = "PIIS_SIGNATURE" ("délai de signature du PIIS", "termijn van ondertekening van het GPMI", "time to sign the PIIS"),
        /// Time of reflection before the signature.
        PiisReflection = "PIIS_REFLECTION" ("délai de réflexion", "bedenktijd", "time of reflection"),
        /// Time to hear a person who asks for an interview.
        PiisInterview = "PIIS_INTERVIEW" ("entretien demandé", "gevraagd gesprek", "interview asked for"),
        /// Evaluations in twelve months, at least.
        PiisEvaluations = "PIIS_EVALUATIONS" ("évaluations par an", "evaluaties per jaar", "evaluations a year"),
        /// Evaluations in person in twelve months, at least.
        PiisInPerson = "PIIS_IN_PERSON" ("évaluations en présence par an", "evaluaties in persoon per jaar", "evaluations in person a year"),
        /// Time after which the next evaluation is overdue.
        PiisEvaluationGap = "PIIS_EVALUATION_GAP" ("écart maximal entre évaluations", "maximale tijd tussen evaluaties", "longest gap between evaluations"),
        /// A job shorter than this needs no new social assessment.
        PiisReassessment = "PIIS_REASSESSMENT" ("emploi sans nouvelle enquête sociale", "baan zonder nieuw sociaal onderzoek", "job without a new assessment"),
        /// Time of the first higher subsidy of a project.
        PiisSubsidy = "PIIS_SUBSIDY" ("première subvention majorée", "eerste verhoogde toelage", "first higher subsidy"),
        /// Longest suspension for a project that is not respected.
        SanctionProject = "SANCTION_PROJECT" ("suspension, projet non respecté", "schorsing, project niet nageleefd", "suspension, project not respected"),
        /// Longest suspension for it on recurrence.
        SanctionProjectRepeat = "SANCTION_PROJECT_REPEAT" ("suspension en récidive, projet", "schorsing bij herhaling, project", "suspension on recurrence, project"),
        /// Time within which it is a recurrence.
        SanctionProjectWithin = "SANCTION_PROJECT_WITHIN" ("délai de récidive, projet", "termijn van herhaling, project", "time of recurrence, project"),
        /// Longest suspension for undeclared means.
        SanctionMeans = "SANCTION_MEANS" ("suspension, ressources non déclarées", "schorsing, niet-aangegeven bestaansmiddelen", "suspension, undeclared means"),
        /// Longest suspension for undeclared means with intent to defraud.
        SanctionFraud = "SANCTION_FRAUD" ("suspension, intention frauduleuse", "schorsing, bedrieglijk opzet", "suspension, intent to defraud"),
        /// What the months for undeclared means are multiplied by on recurrence.
        SanctionMeansFactor = "SANCTION_MEANS_FACTOR" ("multiplication en récidive", "vermenigvuldiging bij herhaling", "multiplied on recurrence"),
        /// Time within which undeclared means are a recurrence.
        SanctionMeansWithin = "SANCTION_MEANS_WITHIN" ("délai de récidive, ressources", "termijn van herhaling, bestaansmiddelen", "time of recurrence, means"),
        /// The month after that of the decision on whose first day a suspension begins at the latest.
        SanctionStart = "SANCTION_START" ("début de la suspension", "begin van de schorsing", "start of the suspension"),
        /// Days of work that open the right to benefit below 36 years.
        Art60DaysBelow36 = "ART60_DAYS_BELOW_36" ("jours à prouver avant 36 ans", "te bewijzen dagen onder 36 jaar", "days to prove below 36"),
        /// Months in which these days must lie.
        Art60MonthsBelow36 = "ART60_MONTHS_BELOW_36" ("période de référence avant 36 ans", "referteperiode onder 36 jaar", "reference period below 36"),
        /// Days of work that open the right to benefit from 36 to 49 years.
        Art60DaysFrom36 = "ART60_DAYS_FROM_36" ("jours à prouver de 36 à 49 ans", "te bewijzen dagen van 36 tot 49 jaar", "days to prove from 36 to 49"),
        /// Months in which these days must lie.
        Art60MonthsFrom36 = "ART60_MONTHS_FROM_36" ("période de référence de 36 à 49 ans", "referteperiode van 36 tot 49 jaar", "reference period from 36 to 49"),
        /// Days in the months that do beside older work, from 36 to 49 years.
        Art60EarlierFrom36 = "ART60_EARLIER_FROM_36" ("jours récents avec passé, 36 à 49 ans", "recente dagen met verleden, 36 tot 49 jaar", "recent days beside older ones, 36 to 49"),
        /// Days in the months that do if older days stand in for the missing ones, from 36 to 49 years.
        Art60MissingFrom36 = "ART60_MISSING_FROM_36" ("jours récents au moins, 36 à 49 ans", "minstens recente dagen, 36 tot 49 jaar", "recent days at least, 36 to 49"),
        /// Days of work that open the right to benefit from 50 years.
        Art60DaysFrom50 = "ART60_DAYS_FROM_50" ("jours à prouver dès 50 ans", "te bewijzen dagen vanaf 50 jaar", "days to prove from 50"),
        /// Months in which these days must lie.
        Art60MonthsFrom50 = "ART60_MONTHS_FROM_50" ("période de référence dès 50 ans", "referteperiode vanaf 50 jaar", "reference period from 50"),
        /// Days in the months that do beside older work, from 50 years.
        Art60EarlierFrom50 = "ART60_EARLIER_FROM_50" ("jours récents avec passé, dès 50 ans", "recente dagen met verleden, vanaf 50 jaar", "recent days beside older ones, from 50"),
        /// Days in the months that do if older days stand in for the missing ones, from 50 years.
        Art60MissingFrom50 = "ART60_MISSING_FROM_50" ("jours récents au moins, dès 50 ans", "minstens recente dagen, vanaf 50 jaar", "recent days at least, from 50"),
        /// Older days that have to stand beside the recent ones.
        Art60OlderDays = "ART60_OLDER_DAYS" ("jours antérieurs", "vroegere dagen", "older days"),
        /// Years before the months in which the older days must lie.
        Art60OlderYears = "ART60_OLDER_YEARS" ("années antérieures", "vroegere jaren", "older years"),
        /// Old days that stand in for one missing day.
        Art60OldPerMissing = "ART60_OLD_PER_MISSING" ("jours anciens par jour manquant", "oude dagen per ontbrekende dag", "old days for a missing day"),
        /// Time of benefit that the days open at once.
        Art60Benefit = "ART60_BENEFIT" ("durée d'allocations ouverte", "geopende duur van uitkering", "benefit opened"),
        /// Longest time of benefit.
        Art60BenefitMax = "ART60_BENEFIT_MAX" ("durée d'allocations maximale", "maximale duur van uitkering", "benefit at most"),
        /// Fewest hours a week of the part-time variant.
        Art60PartTimeHours = "ART60_PART_TIME_HOURS" ("temps partiel, au moins", "deeltijds, minstens", "part-time, at least"),
        /// Longest time of the part-time variant.
        Art60PartTime = "ART60_PART_TIME" ("temps partiel, durée maximale", "deeltijds, maximale duur", "part-time, at most"),
        /// Training grant of the Brussels decree.
        Art60TrainingGrant = "ART60_TRAINING_GRANT" ("subside de formation", "opleidingssubsidie", "training grant"),
        /// Premium of the Brussels decree.
        Art60Premium = "ART60_PREMIUM" ("prime", "premie", "premium"),
        /// Time to fill a vacant subsidised post, or lose it.
        AcsRefill = "ACS_REFILL" ("réoccupation d'un poste ACS", "herinvulling van een gescopost", "refilling of an ACS post"),
        /// Time after leaving an operation at which the longer-term result is taken.
        EsfLongerTerm = "ESF_LONGER_TERM" ("résultat à plus long terme du FSE+", "resultaat op langere termijn van het ESF+", "longer-term result of the ESF+"),
        /// Shortest Stage First.
        StageFirstMin = "STAGE_FIRST_MIN" ("Stage First, au moins", "First stage, minstens", "Stage First, at least"),
        /// Longest Stage First.
        StageFirstMax = "STAGE_FIRST_MAX" ("Stage First, au plus", "First stage, hoogstens", "Stage First, at most"),
        /// What the host pays a trainee a month, per hour present.
        StageFirstMonth = "STAGE_FIRST_MONTH" ("indemnité mensuelle de l'employeur", "maandelijkse vergoeding van de werkgever", "monthly pay of the host"),
        /// What a trainee is paid a day beside it.
        StageFirstDay = "STAGE_FIRST_DAY" ("allocation journalière", "dagelijkse uitkering", "daily allowance"),
        /// Fewest hours of a work penalty.
        PenaltyHoursMin = "PENALTY_HOURS_MIN" ("peine de travail, au moins", "werkstraf, minstens", "work penalty, at least"),
        /// Most hours of a work penalty.
        PenaltyHoursMax = "PENALTY_HOURS_MAX" ("peine de travail, au plus", "werkstraf, hoogstens", "work penalty, at most"),
        /// Most hours of a police penalty; above it is correctional.
        PenaltyPoliceMax = "PENALTY_POLICE_MAX" ("peine de police, au plus", "politiestraf, hoogstens", "police penalty, at most"),
        /// Most hours of a penalty of level 1 of the new Penal Code; above it is of level 2.
        PenaltyLevel1Max = "PENALTY_LEVEL_1_MAX" ("peine de niveau 1, au plus", "straf van niveau 1, hoogstens", "penalty of level 1, at most"),
        /// Time to perform a work penalty.
        PenaltyTime = "PENALTY_TIME" ("délai d'exécution", "termijn van uitvoering", "time to perform it"),
        /// Youngest age at the start of a Service Citoyen.
        CitizenAgeMin = "CITIZEN_AGE_MIN" ("Service Citoyen, âge au début, au moins", "Samenlevingsdienst, leeftijd bij begin, minstens", "citizen service, age at the start, at least"),
        /// Oldest age at the start, inclusive.
        CitizenAgeMax = "CITIZEN_AGE_MAX" ("Service Citoyen, âge au début, au plus", "Samenlevingsdienst, leeftijd bij begin, hoogstens", "citizen service, age at the start, at most"),
        /// Shortest Service Citoyen.
        CitizenTimeMin = "CITIZEN_TIME_MIN" ("Service Citoyen, durée minimale", "Samenlevingsdienst, minimale duur", "citizen service, at least"),
        /// Longest Service Citoyen; it is not renewed.
        CitizenTimeMax = "CITIZEN_TIME_MAX" ("Service Citoyen, durée maximale", "Samenlevingsdienst, maximale duur", "citizen service, at most"),
        /// Most hours a week.
        CitizenWeek = "CITIZEN_WEEK" ("Service Citoyen, heures par semaine", "Samenlevingsdienst, uren per week", "citizen service, hours a week"),
        /// Most hours a day.
        CitizenDay = "CITIZEN_DAY" ("Service Citoyen, heures par jour", "Samenlevingsdienst, uren per dag", "citizen service, hours a day"),
        /// Fewest days a week without activity.
        CitizenFreeDays = "CITIZEN_FREE_DAYS" ("Service Citoyen, jours sans activité", "Samenlevingsdienst, dagen zonder activiteit", "citizen service, days without activity"),
        /// Most that is paid a month.
        CitizenMonth = "CITIZEN_MONTH" ("Service Citoyen, indemnité mensuelle", "Samenlevingsdienst, maandelijkse vergoeding", "citizen service, monthly pay"),
        /// Fewest hours of activity a week, unless exempt.
        FrWeekMin = "FR_WEEK_MIN" ("contrat d'engagement, au moins", "engagementscontract, minstens", "engagement contract, at least"),
        /// Most hours of activity a week.
        FrWeekMax = "FR_WEEK_MAX" ("contrat d'engagement, au plus", "engagementscontract, hoogstens", "engagement contract, at most"),
        /// Least part of the aid that a first breach suspends.
        FrSanctionPercent = "FR_SANCTION_PERCENT" ("suspension-remobilisation, au moins", "schorsing van de RSA, minstens", "suspension of the RSA, at least"),
        /// Shortest suspension at a first breach.
        FrSanctionMin = "FR_SANCTION_MIN" ("premier manquement, au moins", "eerste tekortkoming, minstens", "first breach, at least"),
        /// Longest suspension at a first breach.
        FrSanctionMax = "FR_SANCTION_MAX" ("premier manquement, au plus", "eerste tekortkoming, hoogstens", "first breach, at most"),
        /// Shortest suspension at a further breach.
        FrSanctionRepeatMin = "FR_SANCTION_REPEAT_MIN" ("nouveau manquement, au moins", "nieuwe tekortkoming, minstens", "further breach, at least"),
        /// Longest suspension at a further breach.
        FrSanctionRepeatMax = "FR_SANCTION_REPEAT_MAX" ("nouveau manquement, au plus", "nieuwe tekortkoming, hoogstens", "further breach, at most"),
        /// Most of the aid of a family that is suspended.
        FrSanctionFamily = "FR_SANCTION_FAMILY" ("plafond pour une famille", "plafond voor een gezin", "ceiling for a family"),
        /// Length of a PASS IAE, its first day counted.
        PassLength = "PASS_LENGTH" ("durée du PASS IAE", "duur van de PASS IAE", "length of the PASS IAE"),
        /// Time before another pass, the same day inclusive.
        PassWaiting = "PASS_WAITING" ("délai de carence", "wachttijd", "waiting period"),
        /// Longest single suspension of a pass.
        PassSuspension = "PASS_SUSPENSION" ("suspension, au plus", "schorsing van de pass, hoogstens", "suspension of the pass, at most"),
        /// How far back a suspension may begin.
        PassRetroactive = "PASS_RETROACTIVE" ("suspension rétroactive", "schorsing met terugwerking", "retroactive suspension"),
        /// How long before its last day a prolongation may be asked for.
        PassWindowBefore = "PASS_WINDOW_BEFORE" ("prolongation demandée avant la fin", "verlenging gevraagd voor het einde", "prolongation asked before the end"),
        /// How long after its last day a prolongation may be asked for.
        PassWindowAfter = "PASS_WINDOW_AFTER" ("prolongation demandée après la fin", "verlenging gevraagd na het einde", "prolongation asked after the end"),
        /// One prolongation to complete a training; it may be renewed.
        PassTraining = "PASS_TRAINING" ("prolongation, formation", "verlenging, opleiding", "prolongation, training"),
        /// One prolongation for a recognised disability or particular difficulties.
        PassDifficulties = "PASS_DIFFICULTIES" ("prolongation, RQTH ou difficultés", "verlenging, RQTH of moeilijkheden", "prolongation, RQTH or difficulties"),
        /// All prolongations for it together.
        PassDifficultiesMax = "PASS_DIFFICULTIES_MAX" ("prolongations, RQTH ou difficultés, en tout", "verlengingen, RQTH of moeilijkheden, samen", "prolongations, RQTH or difficulties, in all"),
        /// All prolongations of somebody of 50 and over.
        PassSenior = "PASS_SENIOR" ("prolongation, 50 ans et plus", "verlenging, 50 jaar en ouder", "prolongation, aged 50 and over"),
        /// Prolongation of a CDI inclusion, aged 57 and over.
        PassSeniorCdi = "PASS_SENIOR_CDI" ("prolongation, CDI inclusion", "verlenging, CDI inclusion", "prolongation, CDI inclusion"),
        /// A fixed-term contract longer than this is a durable exit.
        FrDurableExit = "FR_DURABLE_EXIT" ("sortie durable au-delà de", "duurzame uitstroom boven", "durable exit above"),
    }
}

codes! {
    /// What the parameter of a rule is counted in.
    RuleUnit {
        /// Every day of the calendar.
        CalendarDays = "CALENDAR_DAYS" ("jours calendrier", "kalenderdagen", "calendar days"),
        /// Monday to Friday without the legal holidays.
        WorkingDays = "WORKING_DAYS" ("jours ouvrables (lundi à vendredi)", "werkdagen (maandag tot vrijdag)", "working days"),
        /// Days of work, as the unemployment office counts them.
        DaysOfWork = "DAYS_OF_WORK" ("journées de travail", "arbeidsdagen", "days of work"),
        /// To the same day of a later month, or its last day.
        Months = "MONTHS" ("mois", "maanden", "months"),
        /// To the same day of a later year.
        Years = "YEARS" ("ans", "jaren", "years"),
        /// Hours.
        Hours = "HOURS" ("heures", "uren", "hours"),
        /// Years of age, by birthday.
        Age = "AGE" ("ans d'âge", "jaar oud", "years of age"),
        /// How often, or how many times as much.
        Times = "TIMES" ("fois", "keer", "times"),
        /// Euros.
        Euros = "EUROS" ("euros", "euro", "euros"),
        /// Per cent.
        Percent = "PERCENT" ("pour cent", "procent", "per cent"),
        /// Yes (1) or no (0).
        Holds = "HOLDS" ("oui (1) ou non (0)", "ja (1) of nee (0)", "yes (1) or no (0)"),
    }
}

codes! {
    /// How sure the value of a rule is.
    Confidence {
        /// Told by the authority itself: the text or its administration.
        Certain = "CERTAIN" ("certain", "zeker", "certain"),
        /// Told by a source of the field that was read.
        Verified = "VERIFIED" ("vérifié", "nagegaan", "verified"),
        /// Known, but not read at the source: check it before relying on it.
        NotRead = "NOT_READ" ("non lu à la source", "niet gelezen bij de bron", "not read at the source"),
        /// Chosen by this program where the law leaves it open.
        Chosen = "CHOSEN" ("choix du programme", "keuze van het programma", "choice of the program"),
        /// Set by the organisation in its own rules.
        House = "HOUSE" ("règle de la maison", "huisregel", "rule of the house"),
    }
}

codes! {
    /// What starts the clock of a rule.
    ClockStart {
        /// Nothing: it is a limit, not a period.
        None = "NONE" ("aucun", "geen", "none"),
        /// The request for aid.
        Request = "REQUEST" ("demande", "aanvraag", "request"),
        /// The decision.
        Decision = "DECISION" ("décision", "beslissing", "decision"),
        /// The notification of the decision.
        Notification = "NOTIFICATION" ("notification", "kennisgeving", "notification"),
        /// The departure abroad.
        Departure = "DEPARTURE" ("départ à l'étranger", "vertrek naar het buitenland", "departure abroad"),
        /// The grant of integration income.
        Grant = "GRANT" ("octroi", "toekenning", "grant"),
        /// The handing over of the project.
        HandedOver = "HANDED_OVER" ("remise du projet", "overhandiging van het project", "handing over of the project"),
        /// The request of the person to be heard.
        InterviewRequest = "INTERVIEW_REQUEST" ("demande d'entretien", "vraag om een gesprek", "request for an interview"),
        /// The signature, or the last evaluation.
        SignatureOrEvaluation = "SIGNATURE_OR_EVALUATION" ("signature ou dernière évaluation", "ondertekening of laatste evaluatie", "signature or last evaluation"),
        /// The start of the engagement.
        EngagementStart = "ENGAGEMENT_START" ("début du contrat", "begin van de overeenkomst", "start of the engagement"),
        /// The end of the engagement.
        EngagementEnd = "ENGAGEMENT_END" ("fin du contrat", "einde van de overeenkomst", "end of the engagement"),
        /// The application for unemployment benefit; the period reaches back from it.
        Application = "APPLICATION" ("demande d'allocations", "uitkeringsaanvraag", "application for benefit"),
        /// The decision before.
        EarlierDecision = "EARLIER_DECISION" ("décision précédente", "vorige beslissing", "earlier decision"),
        /// The first day of the suspension.
        SuspensionStart = "SUSPENSION_START" ("début de la suspension", "begin van de schorsing", "start of the suspension"),
        /// The last day on which the post was filled.
        LastDayFilled = "LAST_DAY_FILLED" ("dernier jour occupé", "laatste ingevulde dag", "last day filled"),
        /// The judgment that became final.
        FinalJudgment = "FINAL_JUDGMENT" ("jugement définitif", "definitief vonnis", "final judgment"),
        /// The first day of the pass.
        PassStart = "PASS_START" ("début du PASS", "begin van de pass", "start of the pass"),
        /// The last day of the pass.
        PassEnd = "PASS_END" ("fin du PASS", "einde van de pass", "end of the pass"),
        /// The first day out of an operation.
        OperationLeft = "OPERATION_LEFT" ("sortie de l'opération", "uitstroom uit de operatie", "leaving of the operation"),
        /// The event that the house chose.
        HouseEvent = "HOUSE_EVENT" ("événement choisi", "gekozen gebeurtenis", "event of the house"),
    }
}
