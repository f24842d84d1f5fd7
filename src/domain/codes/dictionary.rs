//! Every list of codes by the name under which the world knows it: what is told, and what is published.

use super::{AidKind, Cell, CodeList, ContractKind, Labels, Measure};
use crate::law::register;
use crate::personal::FieldClass;
use crate::{
    access, action, aid, application, appraisal, assessment, barrier, contact, contract, correction, course, deadline,
    erasure, hiring, identifier, law, operation, organisation, orientation, pathway, personal, piis, sanction,
    situation, training,
};

/// A list of codes, with all that it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicList {
    /// Its name, such as `Measure`: no other list bears it.
    pub name: &'static str,
    /// Every code, in the order in which people read them.
    pub codes: Vec<CodeEntry>,
}

/// One code of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeEntry {
    /// The name of its list.
    pub list: &'static str,
    /// The stored code, such as `ART60`.
    pub code: &'static str,
    /// What it means, in a sentence.
    pub description: &'static str,
    /// What people read.
    pub labels: Labels,
}

/// The name of a list: its own, except where that would say nothing outside its own file.
#[must_use]
pub fn list_name<T: CodeList>() -> &'static str {
    match T::NAME {
        "Field" => "PersonalField",
        "Origin" => "PathwayOrigin",
        "Outcome" => "PathwayOutcome",
        "Decision" => "OrientationDecision",
        "EndCause" => "EngagementEndCause",
        "Party" => "PiisParty",
        "Confidence" => "RuleConfidence",
        "ClockStart" => "RuleClockStart",
        "SuspensionMotive" => "PathwaySuspensionMotive",
        "Severity" => "BarrierSeverity",
        name => name,
    }
}

/// Every list of codes, in the order in which people read them.
#[must_use]
pub fn dictionary() -> Vec<PublicList> {
    macro_rules! lists {
        ($($list:ty),* $(,)?) => { vec![$(list_of::<$list>()),*] };
    }
    lists!(
        Measure,
        Cell,
        AidKind,
        ContractKind,
        aid::AidCategory,
        aid::AidEndMotive,
        aid::PaymentSuspensionMotive,
        situation::EmploymentStatus,
        situation::IscedLevel,
        situation::Household,
        situation::Housing,
        situation::Declared,
        situation::NationalityGroup,
        operation::ExitSituation,
        pathway::Origin,
        pathway::CellMotive,
        pathway::Readiness,
        pathway::Outcome,
        pathway::MemberRole,
        pathway::SuspensionMotive,
        barrier::BarrierKind,
        barrier::Severity,
        assessment::OccupationScheme,
        contact::ContactMode,
        contact::ContactTopic,
        action::ActionParty,
        orientation::Decision,
        piis::PiisKind,
        piis::PiisEnd,
        piis::Party,
        identifier::IdentifierKind,
        identifier::ReplacementReason,
        contract::EndCause,
        contract::AbsenceReason,
        contract::ReplanReason,
        contract::EngagementSuspensionMotive,
        contract::BenefitBasis,
        contract::EngagementWarning,
        sanction::SanctionFamily,
        sanction::SanctionGround,
        sanction::AnnulledBy,
        application::RejectionReason,
        appraisal::EvaluationResult,
        training::TestResult,
        course::ActivityKind,
        hiring::Situation,
        hiring::FollowUpSource,
        organisation::OrganisationKind,
        correction::CorrectionReason,
        deadline::DeadlineKind,
        deadline::DeadlineStatus,
        deadline::PeriodUnit,
        law::Country,
        law::RuleCode,
        register::RuleUnit,
        register::Confidence,
        register::ClockStart,
        FieldClass,
        personal::Field,
        erasure::ErasureRequester,
        erasure::ErasureGround,
        erasure::ErasureRefusalGround,
        access::CallerRole,
        access::Purpose,
        access::AccessWay,
    )
}

fn list_of<T: CodeList>() -> PublicList {
    let list = list_name::<T>();
    let entry =
        |code: &T| CodeEntry { list, code: code.code(), description: code.description(), labels: code.labels() };
    PublicList { name: list, codes: T::all().iter().map(entry).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_lists_share_a_name_and_none_is_empty() {
        let lists = dictionary();
        assert_eq!(lists.iter().map(|list| list.name).collect::<HashSet<_>>().len(), lists.len());
        assert!(lists.iter().all(|list| !list.codes.is_empty()));
    }
}
