"""Who may answer on the web: anyone with the link of a round that has an open one."""

from django.http import Http404

from learnin.assessment.access.collection import Door
from learnin.assessment.models import Round


def door(key: str) -> Door:
    """The round behind an open link. Raises Http404."""
    found = Round.objects.select_related("instrument", "country").filter(key=key, kind=Round.Kind.OPEN).first()
    if found is None:
        raise Http404
    return Door("open", key, found.instrument, round=found)
