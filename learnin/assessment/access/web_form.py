"""Who may answer on the web: anyone with the link of a round that has an open one, and who was invited."""

from django.http import Http404

from learnin.assessment.access.collection import INVITED_SIGN, Door, invited
from learnin.assessment.models import Round


def door(key: str) -> Door:
    """The round behind an open link, or behind the link of an invitation. Raises Http404."""
    if INVITED_SIGN in key:
        return invited(key)
    found = Round.objects.select_related("instrument", "country").filter(key=key, kind=Round.Kind.OPEN).first()
    if found is None:
        raise Http404
    return Door("open", key, found.instrument, round=found)
