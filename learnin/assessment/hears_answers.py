"""What hears of answers once they are safe: the checks of quality, and programs outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from learnin.assessment import notices
from learnin.assessment.models import Submission
from learnin.assessment.operations import flags, webhooks


@receiver(notices.worked_out)
def look_for_flags(sender: type, submissions: Sequence[Submission], now: datetime, **kwargs: Any) -> None:
    """What may be wrong with an answer is flagged as soon as it can be read."""
    flags.check(submissions, by=None, now=now)


@receiver(notices.worked_out)
def tell_programs(sender: type, submissions: Sequence[Submission], now: datetime, **kwargs: Any) -> None:
    """Programs outside are told once the answers can be fetched."""
    webhooks.queue(submissions, by=None, now=now)
