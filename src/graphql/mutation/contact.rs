//! Contacts and appointments (entretiens, rendez-vous / gesprekken, afspraken).

use super::declare::mutations;
use crate::graphql::codes::Code;
use crate::graphql::scalars::Date;
use async_graphql::ID;
use domain::contact::{ContactMode, ContactTopic};

mutations! {
    /// The commands of contacts and appointments.
    ContactMutations;

    /// Records a contact. Entretien / gesprek.
    recordContact(RecordContactInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// In which pathway, if in one.
        pathway: Option<ID>,
        /// The day, today at the latest.
        on: Date,
        /// How.
        mode: Code<ContactMode>,
        /// About what.
        topic: Code<ContactTopic>,
        /// The appointment that it keeps, if one.
        appointment: Option<ID>,
        /// The request for an interview that it answers, if one; then it is spoken.
        interview: Option<ID>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Plans an appointment. Rendez-vous fixé / afspraak gemaakt.
    planAppointment(PlanAppointmentInput) -> ParticipantPayload {
        /// With whom.
        participant: ID,
        /// In which pathway, if in one.
        pathway: Option<ID>,
        /// The appointment; chosen by the server if left out.
        appointment: Option<ID>,
        /// The day for which it is planned, at most 366 days ahead.
        on: Date,
        /// How.
        mode: Code<ContactMode>,
        /// About what.
        topic: Code<ContactTopic>,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that the person did not come. Rendez-vous manqué / gemiste afspraak.
    missAppointment(MissAppointmentInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// The appointment.
        appointment: ID,
        /// The day for which it was planned.
        on: Date,
        /// True if the person was excused.
        excused: bool,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }

    /// Records that the person asks for an interview, which is owed within five working days. Entretien demandé / gesprek
    /// gevraagd.
    requestInterview(RequestInterviewInput) -> ParticipantPayload {
        /// Who.
        participant: ID,
        /// In which pathway, if in one.
        pathway: Option<ID>,
        /// The request; chosen by the server if left out.
        interview: Option<ID>,
        /// Day of the request, today at the latest.
        on: Date,
        /// A note; sealed.
        #[graphql(secret)]
        note: Option<String>,
    }
}
