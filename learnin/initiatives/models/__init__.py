"""Tables of the initiatives."""

from learnin.initiatives.models.agreements import Agreement, Party
from learnin.initiatives.models.coverage import Asked, Gap, Rate
from learnin.initiatives.models.imports import ExportFormat, HeadingMemory, Import, ImportedRecord
from learnin.initiatives.models.initiatives import (
    Initiative,
    InitiativeAudience,
    InitiativeComponent,
    InitiativeTheme,
    Link,
    Money,
    Partner,
    PeopleReached,
    Place,
    Sector,
    Status,
)
from learnin.initiatives.models.organisations import Organisation, OrganisationMerge, OrganisationType, Representative
from learnin.initiatives.models.relations import Merge, Pair, Relation

__all__ = [
    "Agreement",
    "Asked",
    "ExportFormat",
    "Gap",
    "HeadingMemory",
    "Import",
    "ImportedRecord",
    "Initiative",
    "InitiativeAudience",
    "InitiativeComponent",
    "InitiativeTheme",
    "Link",
    "Merge",
    "Money",
    "Organisation",
    "OrganisationMerge",
    "OrganisationType",
    "Pair",
    "Partner",
    "Party",
    "PeopleReached",
    "Place",
    "Rate",
    "Relation",
    "Representative",
    "Sector",
    "Status",
]
