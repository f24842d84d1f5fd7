//! Invented people: names made of syllables, so that they are nobody's.

use super::story::Story;
use chrono::{Days, NaiveDate};
use serde_json::json;

const FAMILY_BEGINNINGS: &[&str] =
    &["Zor", "Vel", "Tarn", "Quil", "Mord", "Brev", "Osk", "Plen", "Drav", "Yst", "Narv", "Gild", "Hesp", "Klor"];
const FAMILY_ENDINGS: &[&str] =
    &["avin", "omber", "eskar", "ulion", "andrel", "ivost", "erune", "abrix", "oleth", "imund"];
const GIVEN_BEGINNINGS: &[&str] = &["Ba", "Lo", "Mi", "Ra", "Ve", "Zu", "Ke", "Na", "Ti", "So", "Pe", "Du"];
const GIVEN_ENDINGS: &[&str] = &["lixa", "vorn", "mirel", "dessa", "tarik", "zune", "braya", "jolan"];
const LANGUAGES: &[&str] = &["fr", "fr", "fr", "nl", "ar", "en"];
/// The youngest and the oldest at registration, in days.
const AGE_DAYS: (u64, u64) = (6_700, 20_500);

/// Registers the person of a story with an organisation.
pub(super) fn register(story: &mut Story, organisation: &str, on: NaiveDate) {
    let random = &mut story.random;
    let family = format!("{}{}", random.pick(FAMILY_BEGINNINGS), random.pick(FAMILY_ENDINGS));
    let given = format!("{}{}", random.pick(GIVEN_BEGINNINGS), random.pick(GIVEN_ENDINGS));
    let birth = on - Days::new(random.between(AGE_DAYS.0, AGE_DAYS.1));
    let gender = *random.pick(&["F", "M"]);
    let language = *random.pick(LANGUAGES);
    let input = json!({"organisation": organisation, "familyName": family, "givenName": given,
        "birthDate": birth, "gender": gender, "language": language});
    story.add(on, "registerParticipant", input);
}
