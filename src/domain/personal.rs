//! What must be sealed: names, contact and free text, each field with its class.
//!
//! Personal fields stand in [`Personal`] only: never in a fact, a view, a log line or an error.

use crate::codes::{CodeList, codes};
use crate::decision::Rule;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

codes! {
    /// The classes of personal data; each has a key of its own per person.
    FieldClass {
        /// Who the person is.
        Identifying = "IDENTIFYING" ("identification", "identificatie", "identifying"),
        /// How to reach the person.
        Contact = "CONTACT" ("contact", "contact", "contact"),
        /// Status towards social aid, under professional secrecy.
        SocialAid = "SOCIAL_AID" ("aide sociale", "maatschappelijke hulp", "social aid"),
        /// Health and disability (GDPR article 9).
        Health = "HEALTH" ("santé", "gezondheid", "health"),
        /// Judicial data (GDPR article 10).
        Judicial = "JUDICIAL" ("judiciaire", "gerechtelijk", "judicial"),
        /// Origin and minority (GDPR article 9).
        Origin = "ORIGIN" ("origine", "afkomst", "origin"),
        /// Free text, treated as the worst case: it may hold anything.
        FreeText = "FREE_TEXT" ("texte libre", "vrije tekst", "free text"),
    }
}

codes! {
    /// The personal fields, sealed under the key of their class.
    Field {
        /// Family name.
        FamilyName = "FAMILY_NAME" ("nom", "familienaam", "family name"),
        /// Given names.
        GivenName = "GIVEN_NAME" ("prénom", "voornaam", "given name"),
        /// Date of birth, `YYYY-MM-DD`.
        BirthDate = "BIRTH_DATE" ("date de naissance", "geboortedatum", "birth date"),
        /// National number (NISS / INSZ, NIR), without punctuation.
        NationalNumber = "NATIONAL_NUMBER" ("numéro national", "nationaal nummer", "national number"),
        /// Gender as the person gives it.
        Gender = "GENDER" ("genre", "gender", "gender"),
        /// Language of contact.
        Language = "LANGUAGE" ("langue", "taal", "language"),
        /// Postal address.
        Address = "ADDRESS" ("adresse", "adres", "address"),
        /// Telephone number.
        Phone = "PHONE" ("téléphone", "telefoon", "phone"),
        /// E-mail address.
        Email = "EMAIL" ("courriel", "e-mail", "e-mail"),
        /// A note of the case worker.
        Note = "NOTE" ("note", "nota", "note"),
        /// Why, in the words of the case worker.
        Motive = "MOTIVE" ("motif", "reden", "motive"),
        /// Objectives of an integration project.
        Objectives = "OBJECTIVES" ("objectifs", "doelstellingen", "objectives"),
        /// Why a PIIS is waived: equity or health.
        WaiverGround = "WAIVER_GROUND" ("motif de dispense", "grond van vrijstelling", "waiver ground"),
        /// Reference of a judicial mandate.
        MandateReference = "MANDATE_REFERENCE" ("référence du mandat", "referentie van het mandaat", "mandate reference"),
        /// Why payment is suspended: the project, undeclared means, fraud.
        SanctionGround = "SANCTION_GROUND" ("motif de sanction", "grond van de sanctie", "ground of the sanction"),
        /// Reference of the judgment or decision that annuls a sanction.
        JudgmentReference = "JUDGMENT_REFERENCE" ("référence du jugement", "referentie van het vonnis", "judgment reference"),
        /// Why an engagement is suspended.
        SuspensionMotive = "SUSPENSION_MOTIVE" ("motif de suspension", "reden van schorsing", "motive of the suspension"),
        /// Situation on the labour market at the entry.
        EmploymentStatus = "EMPLOYMENT_STATUS" ("statut sur le marché du travail", "arbeidsmarktstatus", "employment status"),
        /// First day without work, `YYYY-MM-DD`.
        UnemployedSince = "UNEMPLOYED_SINCE" ("au chômage depuis", "werkloos sinds", "unemployed since"),
        /// With whom the person lives.
        Household = "HOUSEHOLD" ("ménage", "huishouden", "household"),
        /// How the person is housed.
        Housing = "HOUSING" ("logement", "huisvesting", "housing"),
        /// Whether the person has a disability.
        Disability = "DISABILITY" ("handicap", "handicap", "disability"),
        /// Whether the person has a foreign background.
        ForeignBackground = "FOREIGN_BACKGROUND" ("origine étrangère", "buitenlandse herkomst", "foreign background"),
        /// The group of the person's nationality.
        NationalityGroup = "NATIONALITY_GROUP" ("groupe de nationalité", "nationaliteitsgroep", "nationality group"),
        /// Situation on leaving an operation.
        ExitSituation = "EXIT_SITUATION" ("situation à la sortie", "situatie bij uitstap", "exit situation"),
        /// Why the payment of aid is suspended; detention is among the motives.
        AidSuspensionMotive = "AID_SUSPENSION_MOTIVE" ("motif de suspension du paiement", "reden van schorsing van de betaling", "motive of the payment suspension"),
        /// First day of a stay abroad, `YYYY-MM-DD`; sealed like the motive, which it would tell.
        AbroadSince = "ABROAD_SINCE" ("à l'étranger depuis", "in het buitenland sinds", "abroad since"),
        /// Why a pathway is suspended; illness is among the motives.
        PathwaySuspensionMotive = "PATHWAY_SUSPENSION_MOTIVE" ("motif de suspension du parcours", "reden van schorsing van het traject", "motive of the pathway suspension"),
        /// The kind of an obstacle; health and addiction are among the kinds.
        BarrierKind = "BARRIER_KIND" ("type de frein", "soort hindernis", "kind of barrier"),
        /// What the person wishes for.
        Aspirations = "ASPIRATIONS" ("aspirations", "wensen", "aspirations"),
        /// What is to be done, in the words of those who agreed on it.
        ActionText = "ACTION_TEXT" ("démarche", "actie", "action"),
    }
}

impl FieldClass {
    /// The number under which its keys stand in the vault. Never reused.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Identifying => 1,
            Self::Contact => 2,
            Self::SocialAid => 3,
            Self::Health => 4,
            Self::Judicial => 5,
            Self::Origin => 6,
            Self::FreeText => 7,
        }
    }
}

impl FieldClass {
    /// The class with this number.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        Self::all().iter().copied().find(|class| class.number() == number)
    }
}

impl Field {
    /// The class whose key seals it.
    #[must_use]
    pub const fn class(self) -> FieldClass {
        match self {
            Self::NationalNumber
            | Self::FamilyName
            | Self::GivenName
            | Self::BirthDate
            | Self::Gender
            | Self::Language => FieldClass::Identifying,
            Self::Address | Self::Phone | Self::Email => FieldClass::Contact,
            Self::SanctionGround
            | Self::EmploymentStatus
            | Self::UnemployedSince
            | Self::Household
            | Self::Housing
            | Self::ExitSituation => FieldClass::SocialAid,
            Self::Note | Self::Motive | Self::Objectives | Self::Aspirations | Self::ActionText => FieldClass::FreeText,
            Self::WaiverGround
            | Self::SuspensionMotive
            | Self::Disability
            | Self::PathwaySuspensionMotive
            | Self::BarrierKind => FieldClass::Health,
            Self::MandateReference | Self::JudgmentReference | Self::AidSuspensionMotive | Self::AbroadSince => {
                FieldClass::Judicial
            }
            Self::ForeignBackground | Self::NationalityGroup => FieldClass::Origin,
        }
    }
}

/// Longest personal value, in bytes: a note of some pages.
pub const VALUE_BYTES_MAX: usize = 16 * 1024;

/// A personal value on its way from a command to the sealed part. Neither it nor a mistake in it is ever printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T = String>(T);

impl<T> Secret<T> {
    /// The value, for the sealed part and for rules about it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl From<Secret> for String {
    fn from(secret: Secret) -> Self {
        secret.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own message would quote the value.
        T::deserialize(deserializer)
            .map(Self)
            .map_err(|_| serde::de::Error::custom("not a value that this field takes"))
    }
}

/// A personal text is not kept as it is given. Says which field, never what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// It is longer than [`VALUE_BYTES_MAX`].
    #[error("{field} has {bytes} bytes, at most {VALUE_BYTES_MAX} can be kept")]
    TooLong {
        /// The field of the command.
        field: &'static str,
        /// How long it is.
        bytes: usize,
    },
    /// Somewhere in it stands what no reader sees, or what makes it read otherwise than it is written.
    #[error("{field} has control characters other than tab and newline, or turns the direction of writing")]
    Unprintable {
        /// The field of the command.
        field: &'static str,
    },
}

impl Rule for NotKept {
    fn rule(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::TooLong { field, .. } => ("VALUE_TOO_LONG", Some(field)),
            Self::Unprintable { field } => ("TEXT_UNPRINTABLE", Some(field)),
        }
    }
}

/// True if each character is shown where it stands: no control character but tab and newline (LF or CR LF), and no
/// override of the direction (U+202D, U+202E), by which a name reads backwards and a note hides its end.
///
/// Marks of direction (U+200E, U+200F, U+061C) stay: names in Arabic and Hebrew need them.
fn is_printable(text: &str) -> bool {
    let is_allowed = |one: char| matches!(one, '\t' | '\n') || !(one.is_control() || is_override(one));
    text.replace("\r\n", "\n").chars().all(is_allowed)
}

const fn is_override(one: char) -> bool {
    matches!(one, '\u{202d}' | '\u{202e}')
}

/// The personal part of an event. Prints its fields, never their values.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal(BTreeMap<Field, String>);

impl Personal {
    /// With this field as well, if there is a value for it.
    #[must_use]
    pub fn with(mut self, field: Field, value: Option<impl Into<String>>) -> Self {
        if let Some(value) = value {
            self.0.insert(field, value.into());
        }
        self
    }

    /// With this text as well, if it was given; `name` is the command's field.
    ///
    /// # Errors
    /// [`NotKept`] beyond [`VALUE_BYTES_MAX`], or if it cannot be printed as it is written.
    pub fn sealing(self, field: Field, name: &'static str, text: Option<&Secret>) -> Result<Self, NotKept> {
        match text.map(Secret::reveal) {
            Some(text) if text.len() > VALUE_BYTES_MAX => Err(NotKept::TooLong { field: name, bytes: text.len() }),
            Some(text) if !is_printable(text) => Err(NotKept::Unprintable { field: name }),
            text => Ok(self.with(field, text.cloned())),
        }
    }

    /// A command's `note`, which most of them take, and nothing else.
    ///
    /// # Errors
    /// [`NotKept`], as [`Personal::sealing`].
    pub fn note(note: Option<&Secret>) -> Result<Self, NotKept> {
        Self::default().sealing(Field::Note, "note", note)
    }

    /// With this code as well, if it was given: where a code alone tells of health, justice or origin, it is sealed.
    #[must_use]
    pub fn coded<C: CodeList>(self, field: Field, code: Option<&Secret<C>>) -> Self {
        self.with(field, code.map(|code| code.reveal().code()))
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// The fields and their values, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, value)| (*field, value.as_str()))
    }

    /// True if it holds no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The part of each class that occurs, in the order of the classes.
    #[must_use]
    pub fn by_class(&self) -> Vec<(FieldClass, Self)> {
        let mut parts: BTreeMap<FieldClass, Self> = BTreeMap::new();
        for (field, value) in &self.0 {
            parts.entry(field.class()).or_default().0.insert(*field, value.clone());
        }
        parts.into_iter().collect()
    }

    /// Takes over the fields of another part.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_values_are_never_printed() {
        let personal = Personal::default().with(Field::FamilyName, Some("Invented"));
        assert_eq!(format!("{personal:?}"), "{FamilyName}");
    }

    #[test]
    fn a_mistake_in_a_personal_value_is_not_quoted() {
        for json in ["{\"x\": 19900101}", "{\"x\": [\"Invented\"]}"] {
            let error = serde_json::from_str::<BTreeMap<String, Secret>>(json).unwrap_err().to_string();
            assert!(error.starts_with("not a value that this field takes"), "{error}");
        }
        let secret: Secret = serde_json::from_str("\"Invented\"").unwrap();
        assert_eq!((format!("{secret:?}").as_str(), secret.reveal().as_str()), ("…", "Invented"));
    }

    #[test]
    fn a_value_is_kept_up_to_its_longest_length() {
        let of = |bytes: usize| Secret("x".repeat(bytes));
        assert!(Personal::note(Some(&of(VALUE_BYTES_MAX))).is_ok());
        let bytes = VALUE_BYTES_MAX + 1;
        assert_eq!(Personal::note(Some(&of(bytes))), Err(NotKept::TooLong { field: "note", bytes }));
    }

    #[test]
    fn a_text_is_kept_if_it_reads_as_it_is_written() {
        let kept = |text: &str| Personal::note(Some(&Secret(text.to_owned()))).is_ok();
        for text in ["Ünlü-O'Brien", "a\tb\nc\r\nd", "محمد\u{200f}", "n\u{200d}m", "👩\u{200d}🔧", ""] {
            assert!(kept(text), "{text:?}");
        }
        for text in ["a\u{0}", "\u{1b}[31m", "a\rb", "\u{7f}", "\u{85}", "\u{202d}a", "a\u{202e}b"] {
            assert!(!kept(text), "{text:?}");
        }
        let refusal = Personal::note(Some(&Secret("Invented\u{0}".to_owned()))).unwrap_err();
        assert_eq!(refusal.rule(), ("TEXT_UNPRINTABLE", Some("note")));
        assert!(!refusal.to_string().contains("Invented"));
    }

    #[test]
    fn fields_part_by_their_class() {
        let personal = Personal::default().with(Field::FamilyName, Some("Invented")).with(Field::Note, Some("a note"));
        let classes: Vec<_> = personal.by_class().into_iter().map(|(class, _)| class).collect();
        assert_eq!(classes, [FieldClass::Identifying, FieldClass::FreeText]);
    }
}
