"""What a person was told."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from learnin.journal import kinds
from learnin.journal.models import Notice, NoticePreference
from learnin.kit.readings import reading
from learnin.people.models import Person


@dataclass(frozen=True)
class News:
    """A notice in words."""

    notice: Notice
    sentence: str


def notices_to(person: Person) -> QuerySet[Notice]:
    """Everything the person was told, newest first."""
    return Notice.objects.filter(person=person).order_by("-at", "-pk")


def told(notices: Iterable[Notice]) -> list[News]:
    """The notices in the reader's language."""
    notices = list(notices)
    sentences = kinds.say_all((notice.kind, notice.params) for notice in notices)
    return [News(notice, sentence) for notice, sentence in zip(notices, sentences, strict=True)]


def unseen_count(person: Person) -> int:
    """How many things are new to the person."""
    return _unseen.first(person.pk) or 0


@reading
def _unseen(person: int) -> QuerySet[Notice, int]:
    new = Notice.objects.filter(person=person, seen_at=None).order_by()
    return new.values("person").annotate(n=Count("pk")).values_list("n", flat=True)


def chosen_digest(person: Person) -> str:
    """How often the person wants letters; daily for who never chose."""
    wish = NoticePreference.objects.filter(person=person).first()
    return wish.digest if wish else NoticePreference.Digest.DAILY
