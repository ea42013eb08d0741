"""A round with a questionnaire as people write it, and answers that came in the way answers come."""

from datetime import datetime, timedelta
from typing import Any

from django.test import TestCase

from learnin.assessment.formats import convert
from learnin.assessment.models import Instrument, Invitation, Round, Submission, Version
from learnin.assessment.operations import answers
from learnin.assessment.operations.submissions import receive
from tests.assessment import books, made_answers, made_frames
from tests.cast import NOW, Cast

EN, SR = "English (en)", "Српски (sr)"
BOOK = books.book(
    "start|start||",
    "end|end||",
    "text|name|Your name|Ваше име",
    "begin group|school|School|Школа",
    "integer|size|Pupils|Ученици|. > 0 and . < 5000",
    "select_one place|kind|Where is it?|Где је?",
    "end group||",
    "select_multiple tools|tools|Tools|Алати",
    *(f"select_one agree|belief_{n}|I am sure of this {n}|Сигуран сам {n}" for n in range(1, 7)),
    "geopoint|where|Place|Место",
    "begin repeat|lesson|Lesson|Час",
    "text|subject|Subject|Предмет",
    "end repeat||",
    columns=f"type|name|label::{EN}|label::{SR}|constraint",
    choices=(
        "place|town|Town|Град",
        "place|village|Village|Село",
        "tools|book|Book|Књига",
        "tools|tablet|Tablet|Таблет",
        "agree|1|No|Не",
        "agree|2|Partly|Делимично",
        "agree|3|Yes|Да",
    ),
    choice_columns=f"list_name|name|label::{EN}|label::{SR}",
    settings={"form_title": "Teachers", "form_id": "staff", "version": "1", "default_language": EN},
)
BELIEFS = "".join(f"<belief_{n}>{1 + n % 3}</belief_{n}>" for n in range(1, 7))


def instrument(cast: Cast, *, personal: tuple[str, ...] = ("name",)) -> Instrument:
    """A questionnaire with one published version."""
    made = Instrument.objects.create(
        country=cast.home, title="Teachers", form_id="staff", personal_names=list(personal), added_by=cast.chair,
        added_at=NOW,
    )  # fmt: skip
    Version.objects.create(
        instrument=made,
        number=1,
        version="1",
        book=BOOK.as_json(),
        xform=convert.convert(BOOK, form_id="staff", version="1", title="Teachers").xform,
        changed_by=cast.chair,
        changed_at=NOW,
        published_by=cast.chair,
        published_at=NOW,
    )
    return made


def round_(cast: Cast, **details: Any) -> Round:
    """An open round of it."""
    return made_answers.round_of(instrument(cast), by=cast.chair, **details)


def sampled_round(cast: Cast, **details: Any) -> tuple[Round, Invitation]:
    """A round that asks a sample, and the invitation of its first unit."""
    sample = made_frames.sample(cast)
    asked = round_(cast, kind=Round.Kind.SAMPLE, sample=sample, **details)
    invitation = made_answers.invitation(asked)
    invitation.unit = sample.units.filter(reserve_for=None).order_by("order")[0]
    invitation.save()
    return asked, invitation


def xml(
    id_: str = "uuid:1",
    *,
    name: str = "Ана",
    size: str = "120",
    kind: str = "village",
    tools: str = "tablet book",
    beliefs: str = BELIEFS,
    where: str = "44.8 20.5 0 5",
    subjects: tuple[str, ...] = ("Art", "Математика"),
    seconds: int = 600,
    begun: datetime = NOW,
) -> bytes:
    """An answer as Collect writes it."""
    ended = begun + timedelta(seconds=seconds)
    lessons = "".join(f"<lesson><subject>{one}</subject></lesson>" for one in subjects)
    return (
        '<data id="staff" version="1" xmlns:orx="http://openrosa.org/xforms">'
        f"<start>{begun.isoformat()}</start><end>{ended.isoformat()}</end><name>{name}</name>"
        f"<school><size>{size}</size><kind>{kind}</kind></school><tools>{tools}</tools>{beliefs}"
        f"<where>{where}</where>{lessons}<orx:meta><orx:instanceID>{id_}</orx:instanceID></orx:meta></data>"
    ).encode()


def answer(
    of: Round, id_: str = "uuid:1", *, now: datetime = NOW, is_worked_out: bool = True, **said: Any
) -> Submission:
    """An answer that came in, and was worked out."""
    coming = {key: said.pop(key) for key in ("invitation", "by_enumerator", "device", "channel") if key in said}
    made = receive(of, xml=xml(id_, **said), now=now, **{"channel": "web", **coming}).submission
    if is_worked_out:
        with TestCase.captureOnCommitCallbacks(execute=True):  # whoever listens hears of it
            answers.work_out(by=None, now=now)
        made.refresh_from_db()
    return made
