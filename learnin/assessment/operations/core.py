"""What the region asks everywhere stays what it is, whoever changes the questionnaire and however."""

from django.utils.translation import gettext as _

from learnin.assessment.formats import editing
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Instrument
from learnin.kit.refusal import Refusal


class CoreQuestion(Refusal):
    """The region asks this question everywhere: it may be translated, nothing else."""


def require_core(instrument: Instrument, old: Book, new: Book) -> None:
    """Raises CoreQuestion where a question of the region is gone, or asks something else."""
    changed = editing.changed_core(definition(old), definition(new), instrument.core_names)
    if changed:
        names = ", ".join(changed)
        raise CoreQuestion(
            _("The region asks this everywhere, so it can only be translated: %(names)s") % {"names": names}
        )
