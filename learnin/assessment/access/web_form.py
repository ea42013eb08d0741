"""Who may answer on the web: anyone with the open link of a round, whoever is invited, and who tries a draft."""

from django.http import Http404

from learnin.assessment.access.collection import DRAFT_SIGN, INVITED_SIGN, Door, drafted, invited
from learnin.assessment.models import Round


def door(key: str) -> Door:
    """The round behind an open link or the link of an invitation, or the draft behind its code. Raises Http404."""
    if DRAFT_SIGN in key:
        return drafted(key)
    if INVITED_SIGN in key:
        return invited(key)
    found = Round.objects.select_related("instrument", "country").filter(key=key, kind=Round.Kind.OPEN).first()
    if found is None:
        raise Http404
    return Door("open", key, found.instrument, round=found)
