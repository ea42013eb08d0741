"""What we know about letters we sent."""

from django.db.models import Q, QuerySet

from learnin.journal.models import Mail


def letters(*, state: str = "", words: str = "") -> QuerySet[Mail]:
    """The outbox, newest first, never with what a letter says."""
    found = Mail.objects.order_by("-created_at", "-pk")
    if state in Mail.State.values:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(to__icontains=words) | Q(subject__icontains=words))
    return found
