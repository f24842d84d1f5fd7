//! The words of the page, in the three languages of the field.

use domain::deadline::Language;

/// The words of one language.
pub struct Words {
    pub tag: &'static str,
    pub title: &'static str,
    pub participant: &'static str,
    pub made_at: &'static str,
    pub as_of: &'static str,
    pub as_known_at: &'static str,
    pub records: &'static str,
    pub merged: &'static str,
    pub proof: &'static str,
    pub explained: &'static str,
    pub key: &'static str,
    pub growth: &'static str,
    pub timeline: &'static str,
    pub columns: [&'static str; 7],
    pub counts_on: &'static str,
    pub annulled_by: &'static str,
    pub corrected_by: &'static str,
    pub corrects: &'static str,
    /// Days later, days ahead.
    delay: [&'static str; 2],
    /// Sealed, erased, open.
    states: [&'static str; 3],
}

impl Words {
    /// The words of a language.
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Fr => &FR,
            Language::Nl => &NL,
            Language::En => &EN,
        }
    }

    /// How long after the fact it was recorded.
    pub fn delay(&self, days: i64) -> String {
        format!("{} {}", days.unsigned_abs(), self.delay[usize::from(days < 0)])
    }

    /// What became of a sealed part.
    pub fn state(&self, state: &str) -> &'static str {
        match state {
            "ERASED" => self.states[1],
            "OPEN" => self.states[2],
            _ => self.states[0],
        }
    }
}

const FR: Words = Words {
    tag: "fr",
    title: "Historique d'un dossier",
    participant: "Participant",
    made_at: "Établi le (UTC)",
    as_of: "Faits pris en compte jusqu'au (inclus)",
    as_known_at: "Tel que connu le (inclus, UTC)",
    records: "Enregistrements",
    merged: "Dossiers fusionnés dans celui-ci",
    proof: "Preuve",
    explained: "Chaque enregistrement ci-dessous se trouve, octet pour octet, dans le registre que ce point de contrôle signe. \
Le fichier JSON joint contient les octets et les preuves ; examples/verify_bundle.py les vérifie sans trajet.",
    key: "Clé de vérification. Comparez-la à celle que vous avez reçue par une autre voie.",
    growth: "Le fichier prouve que le registre n'a fait que croître depuis un point de contrôle antérieur, d'un nombre d'enregistrements de",
    timeline: "Enregistrements, dans l'ordre où ils ont été faits",
    columns: ["N°", "Date d'effet", "Enregistré le (UTC)", "Quoi", "Par", "Contenu", "Règles"],
    counts_on: "compte au",
    annulled_by: "annulé par",
    corrected_by: "corrigé par",
    corrects: "porte sur",
    delay: ["jour(s) après", "jour(s) avant"],
    states: ["scellé", "effacé", "ouvert à la demande ; non couvert par la preuve"],
};

const NL: Words = Words {
    tag: "nl",
    title: "Geschiedenis van een dossier",
    participant: "Deelnemer",
    made_at: "Opgemaakt op (UTC)",
    as_of: "Feiten die meetellen tot en met",
    as_known_at: "Zoals bekend op (inbegrepen, UTC)",
    records: "Registraties",
    merged: "Dossiers die hierin zijn samengevoegd",
    proof: "Bewijs",
    explained: "Elke registratie hieronder staat, byte voor byte, in het register dat dit controlepunt ondertekent. \
Het bijgevoegde JSON-bestand bevat de bytes en de bewijzen; examples/verify_bundle.py controleert ze zonder trajet.",
    key: "Verificatiesleutel. Vergelijk hem met de sleutel die u langs een andere weg kreeg.",
    growth: "Het bestand bewijst dat het register alleen is gegroeid sinds een eerder controlepunt, met als aantal registraties",
    timeline: "Registraties, in de volgorde waarin ze werden gemaakt",
    columns: ["Nr.", "Datum van het feit", "Geregistreerd op (UTC)", "Wat", "Door", "Inhoud", "Regels"],
    counts_on: "telt op",
    annulled_by: "geannuleerd door",
    corrected_by: "verbeterd door",
    corrects: "gaat over",
    delay: ["dag(en) later", "dag(en) vooraf"],
    states: ["verzegeld", "gewist", "op verzoek geopend; niet gedekt door het bewijs"],
};

const EN: Words = Words {
    tag: "en",
    title: "History of a file",
    participant: "Participant",
    made_at: "Made at (UTC)",
    as_of: "Facts that count up to (inclusive)",
    as_known_at: "As known at (inclusive, UTC)",
    records: "Records",
    merged: "Files merged into this one",
    proof: "Proof",
    explained: "Each record below stands, byte by byte, in the log that this checkpoint signs. \
The JSON file beside this page holds the bytes and the proofs; examples/verify_bundle.py checks them without trajet.",
    key: "Verifier key. Compare it with the one that you were given another way.",
    growth: "The file proves that the log has only grown since an earlier checkpoint, whose number of records is",
    timeline: "Records, in the order in which they were made",
    columns: ["No.", "Effective on", "Recorded at (UTC)", "What", "By", "Content", "Rules"],
    counts_on: "counts on",
    annulled_by: "annulled by",
    corrected_by: "corrected by",
    corrects: "answers",
    delay: ["day(s) later", "day(s) ahead"],
    states: ["sealed", "erased", "opened on request; not covered by the proof"],
};
