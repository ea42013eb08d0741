"""How the journal and the notices tell what happened to plans."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Consent, Population
from learnin.programme.formats.items import Kind

VERBS: dict[str, str | Promise] = {
    "assessment.closed": _("%(by)s closed the assessment “%(what)s”"),
    "assessment.corrected": _("%(by)s changed the plan of the assessment “%(what)s”"),
    "assessment.planned": _("%(by)s planned the assessment “%(what)s”"),
    "assessment.reopened": _("%(by)s opened the assessment “%(what)s” again"),
    "consent_text.removed": _("%(by)s took a consent text away: %(what)s"),
    "consent_text.written": _("%(by)s wrote a consent text: %(what)s"),
    "milestone.added": _("%(by)s put “%(what)s” into the calendar of an assessment"),
    "milestone.corrected": _("%(by)s changed “%(what)s” in the calendar of an assessment"),
    "milestone.done": _("%(by)s noted that “%(what)s” is done"),
    "milestone.removed": _("%(by)s took “%(what)s” out of the calendar of an assessment"),
    "milestone.reopened": _("%(by)s noted that “%(what)s” is not done yet"),
    "population.added": _("%(by)s put a group into the plan of an assessment: %(what)s"),
    "population.corrected": _("%(by)s changed a group in the plan of an assessment: %(what)s"),
    "population.removed": _("%(by)s took a group out of the plan of an assessment: %(what)s"),
    "regional_assessment.core-repaired": _("%(by)s repaired the core questionnaire of “%(what)s”"),
    "regional_assessment.corrected": _("%(by)s changed the regional assessment “%(what)s”"),
    "regional_assessment.received": _("%(by)s gave the country its own copy of “%(what)s”"),
    "regional_assessment.sent": _("%(by)s sent the regional assessment “%(what)s” to countries"),
    "regional_assessment.written": _("%(by)s wrote the regional assessment “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {
    "assessment.given": _("You coordinate the assessment “%(assessment)s”."),
    "assessment.received": _("The region asks your country to carry out “%(assessment)s” until %(day)s."),
}
PLACES: dict[str, str | Promise] = {
    "assessment": _("Assessment"),
    "audience": _("Population"),
    "component": _("Component"),
    "coordinator": _("Coordinator"),
    "core_questions": _("Questions that every country asks"),
    "dimension": _("Dimension"),
    "dimensions": _("Dimensions"),
    "done_on": _("Done"),
    "ends_on": _("Ends on"),
    "ethics": _("How people are protected"),
    "keep_answers_until": _("Answers are kept until"),
    "keep_contacts_until": _("Contact details are kept until"),
    "mandate_points": _("Mandate points"),
    "population_age": _("For whom"),
    "population_method": _("How it is found out"),
    "purpose": _("Purpose"),
    "starts_on": _("Begins on"),
    "target": _("How many"),
    "theme": _("Theme"),
}
CODES: dict[str, type[TextChoices]] = {
    "population_age": Consent.Age,
    "population_method": Population.Method,
}
ITEMS: dict[str, Kind] = {
    "audience": Kind.AUDIENCE,
    "component": Kind.COMPONENT,
    "dimension": Kind.DIMENSION,
    "dimensions": Kind.DIMENSION,
    "mandate_points": Kind.MANDATE_POINT,
    "theme": Kind.THEME,
}
