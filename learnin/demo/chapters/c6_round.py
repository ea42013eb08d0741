"""Sixth chapter: a list of sixty schools, a sample of twelve, and a round in which five have answered. All invented."""

from io import BytesIO
from typing import TYPE_CHECKING

from learnin.assessment.formats import entry_workbook
from learnin.assessment.formats.entry_workbook import Row
from learnin.assessment.formats.workbook import Book, Sheet
from learnin.assessment.models import Attempt, Instrument, Invitation, Round, Sample, Submission
from learnin.assessment.operations import frames, instruments, invitations, rounds, samples, submissions
from learnin.assessment.queries.samples import Design

if TYPE_CHECKING:
    from learnin.demo.story import Story

AREAS = ("Uplands", "Lakes", "Harbour")
SCHOOLS, SEED = 60, 20261123
MEANINGS = {
    "name": "School", "code": "Code", "size": "Pupils", "seconds": "Teachers", "area": "Area", "email": "E-mail",
    "phone": "Phone",
}  # fmt: skip
PUPILS_FOR_A_TEACHER = 12
SCALE = (("never", "Never"), ("sometimes", "Sometimes"), ("weekly", "Every week"))
# internet, lessons online, teachers
ANSWERS = (("yes", "weekly", 24), ("yes", "sometimes", 11), ("no", "never", 6), ("yes", "weekly", 31),
           ("yes", "sometimes", 17))  # fmt: skip


def tell(story: "Story") -> None:
    """Ask twelve schools; five answer, one says no, one is not reached."""
    sample, asked = _sample(story), _questionnaire(story)
    by = story.people["marko"]
    made = rounds.plan_round(
        story.country,
        title="Schools and the net, first round",
        instrument=asked,
        sample=sample,
        kind=Round.Kind.SAMPLE,
        naming=Round.Naming.LINKED,
        opens_at=story.ago(9),
        closes_at=story.ago(-19),
        target=10,
        reminder_days=[7, 14],
        by=by,
        now=story.ago(12),
    )
    people = invitations.make_from_sample(made, by=by, now=story.ago(10))
    for at, (one, answer) in enumerate(zip(people, ANSWERS, strict=False)):
        _answer(one, answer, story, days=8 - at)
    refused, not_reached = people[len(ANSWERS) : len(ANSWERS) + 2]
    for one, outcome, note in (
        (refused, Invitation.Disposition.REFUSAL, "No time before the holidays"),
        (not_reached, Invitation.Disposition.NON_CONTACT, "Nobody answers in the morning"),
    ):
        invitations.note_attempt(
            one, channel=Attempt.Channel.PHONE, outcome=outcome, note=note, by=by, now=story.ago(2)
        )


def _sample(story: "Story") -> Sample:
    """The list, and twelve of it."""
    lines = ["School,Code,Area,Pupils,Teachers,E-mail,Phone"]
    for number in range(1, SCHOOLS + 1):
        area, pupils = AREAS[number % len(AREAS)], story.chance.randrange(40, 640)
        teachers = 3 + pupils // PUPILS_FOR_A_TEACHER
        lines.append(
            f"School No {number},S{number:02},{area},{pupils},{teachers},school{number}@arvenia.example,"
            f"+000 56 {number:04}"
        )
    by, file = story.people["marko"], BytesIO("\n".join(lines).encode())
    frame = frames.add_list(
        story.country, title="Register of schools", file=file, file_name="schools.csv", by=by, now=story.ago(48)
    )
    frames.say_columns(frame, mapping=MEANINGS, strata=["Area"], by=by, now=story.ago(48))
    frame = frames.import_units(frame, closed=[], groups={}, by=by, now=story.ago(48))
    design = Design(method="pps_systematic", size=12, allocation="proportional", strata=("Area",), reserves=1)
    return samples.draw(
        frame, title="Twelve schools", assessment=None, design=design, seed=SEED, by=by, now=story.ago(18)
    )


def _sheet(name: str, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Sheet:
    return Sheet(name, columns, tuple(dict(zip(columns, row, strict=True)) for row in rows))


def _questionnaire(story: "Story") -> Instrument:
    """Three questions, published."""
    choices = [("net", "yes", "Yes"), ("net", "no", "No"), *(("often", name, label) for name, label in SCALE)]
    book = Book(
        {
            "survey": _sheet(
                "survey",
                ("type", "name", "label"),
                ("select_one net", "internet", "Does a video call work in every classroom?"),
                ("select_one often", "online", "How often are lessons given online?"),
                ("integer", "teachers", "How many teachers work in the school?"),
            ),
            "choices": _sheet("choices", ("list_name", "name", "label"), *choices),
            "settings": _sheet("settings", ("form_title", "form_id"), ("Schools and the net", "schools-net")),
        }
    )
    by = story.people["marko"]
    made = instruments.add_instrument(story.country, book=book, by=by, now=story.ago(16))
    instruments.publish_version(made.versions.get(), name="1", by=by, now=story.ago(15))
    return made


def _answer(invitation: Invitation, answer: tuple[str, str, int], story: "Story", *, days: int) -> None:
    """An answer as the web form sends it."""
    internet, online, teachers = answer
    row = Row(1, "", {"internet": internet, "online": online, "teachers": str(teachers)})
    (id_,) = entry_workbook.instance_ids([row], place=f"story-{invitation.number}")
    version = invitation.round.instrument.versions.get()
    submissions.receive(
        invitation.round,
        xml=entry_workbook.xml(version.xform, row, instance_id=id_),
        channel=Submission.Channel.WEB,
        invitation=invitation,
        now=story.ago(days),
    )
