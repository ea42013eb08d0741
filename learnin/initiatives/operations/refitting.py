"""The weights of relations, fitted to what reviewers of this installation decided."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from learnin.initiatives.queries import fitted
from learnin.initiatives.queries.verdicts import decisions, everything
from learnin.kit.refusal import Refusal


class TooFewVerdicts(Refusal):
    """Weights are fitted once there are enough verdicts of both kinds."""


def refit(*, now: datetime) -> int:
    """Fit the weights to all verdicts of the installation, and use them from now on. Returns how many there were.

    The weights that come with LearnIn hold where verdicts say little. `reset` goes back to them. Raises TooFewVerdicts.
    """
    from learnin.compute.relations import Register, shipped
    from learnin.compute.relations import refit as fit
    from learnin.compute.relations.fitting import TooFewDecisions

    told = decisions()
    register = Register.of(everything(), shipped())
    try:
        weights = fit(told, register)
    except TooFewDecisions as few:
        words = _("There are not enough verdicts yet: 200 are needed, 20 of them related and 20 not. %(told)s")
        raise TooFewVerdicts(words % {"told": few}) from few
    header = f"# Fitted on {now:%Y-%m-%d} to {len(told)} verdicts of this installation; docs/methods/relations.md.\n"
    text = weights.text(header)
    reset()
    default_storage.save(fitted.NAME, ContentFile(text.encode()))
    return len(told)


def reset() -> None:
    """Use the weights that come with LearnIn again."""
    default_storage.delete(fitted.NAME)
