"""Tables of the needs assessment."""

from learnin.assessment.models.estimates import Estimate, Run, RunRound
from learnin.assessment.models.evidence import (
    Conversation,
    CultureProfile,
    Expert,
    ExpertTheme,
    Fact,
    Participants,
    Resource,
    Source,
    Statement,
)
from learnin.assessment.models.exports import Delivery, Export, Webhook
from learnin.assessment.models.findings import Finding, FindingEstimate, FindingEvidence, FindingOpinion
from learnin.assessment.models.indicators import Grouping, Indicator
from learnin.assessment.models.instruments import Instrument, InstrumentDimension, Medium, Version, WordState
from learnin.assessment.models.open_data import OpenData
from learnin.assessment.models.plan import (
    Assessment,
    AssessmentDimension,
    AssessmentMandatePoint,
    Consent,
    Milestone,
    Population,
    RegionalAssessment,
)
from learnin.assessment.models.reading import ReadingRules
from learnin.assessment.models.reports import Report
from learnin.assessment.models.rounds import Attempt, Enumerator, Invitation, Round
from learnin.assessment.models.samples import (
    ColumnMemory,
    Frame,
    FrameUnit,
    Sample,
    SampledPerson,
    SampledUnit,
    SampleStratum,
)
from learnin.assessment.models.submissions import Correction, Flag, Review, Submission, SubmissionFile
from learnin.assessment.models.weights import Weighting, WeightSet

__all__ = [
    "Assessment",
    "AssessmentDimension",
    "AssessmentMandatePoint",
    "Attempt",
    "ColumnMemory",
    "Consent",
    "Conversation",
    "Correction",
    "CultureProfile",
    "Delivery",
    "Enumerator",
    "Estimate",
    "Expert",
    "ExpertTheme",
    "Export",
    "Fact",
    "Finding",
    "FindingEstimate",
    "FindingEvidence",
    "FindingOpinion",
    "Flag",
    "Frame",
    "FrameUnit",
    "Grouping",
    "Indicator",
    "Instrument",
    "InstrumentDimension",
    "Invitation",
    "Medium",
    "Milestone",
    "OpenData",
    "Participants",
    "Population",
    "ReadingRules",
    "RegionalAssessment",
    "Report",
    "Resource",
    "Review",
    "Round",
    "Run",
    "RunRound",
    "Sample",
    "SampleStratum",
    "SampledPerson",
    "SampledUnit",
    "Source",
    "Statement",
    "Submission",
    "SubmissionFile",
    "Version",
    "Webhook",
    "WeightSet",
    "Weighting",
    "WordState",
]
