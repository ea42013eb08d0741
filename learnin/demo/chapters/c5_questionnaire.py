"""Fifth chapter: a questionnaire for teachers out of the question bank, in two languages, published. All invented."""

from typing import TYPE_CHECKING

from learnin.assessment import bank_reader
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.words import words
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Instrument, Version
from learnin.assessment.operations import assembling, building, instruments, translations

if TYPE_CHECKING:
    from learnin.demo.story import Story

MODULES = ("teach_online", "teach_blended", "teach_confidence", "teach_growth", "background")
LANGUAGES = ("en", "ro")
OWN = ("wish", "What would help you most to teach well online?", "Ce v-ar ajuta cel mai mult să predați bine online?")
LATER = ("village", "How do you get to school in winter?")
TITLE = "Teachers and digital learning"


def tell(story: "Story") -> None:
    """Pick, add a question of one's own, translate it, check it, publish; then begin the next draft."""
    draft = _assembled(story)
    building.add_question(
        draft, kind="text", name=OWN[0], label=OWN[1], after=0, seen_at=building.seen(draft),
        by=story.people["tomas"], now=story.ago(58),
    )  # fmt: skip
    _translated(story, draft)
    draft.refresh_from_db()
    instruments.publish_version(draft, name=f"{story.ago(50):%Y%m%d}01", by=story.people["tomas"], now=story.ago(50))
    _next_draft(story, draft)


def _assembled(story: "Story") -> Version:
    """The items for teachers, as a draft."""
    fit = bank_reader.current().items(population="teachers")
    made: Instrument = assembling.assemble_instrument(
        story.country,
        title=TITLE,
        item_ids=[item.id for module in MODULES for item in fit if item.module == module],
        languages=LANGUAGES,
        audience="teachers",
        assessment=story.country.assessments.filter(closed_at=None).order_by("pk").first(),
        by=story.people["tomas"],
        now=story.ago(60),
    )
    return made.versions.get()


def _translated(story: "Story", draft: Version) -> None:
    """What the bank does not have is translated by one person and checked by another."""
    draft.refresh_from_db()
    source, target = definition(Book.from_json(draft.book)).languages
    (key,) = [one.key for one in words(definition(Book.from_json(draft.book))) if one.place == OWN[0]]
    translations.translate(
        draft, language=target, source=source, texts={key: OWN[2]}, was={}, by=story.people["mira"], now=story.ago(55)
    )
    translations.check_words(
        draft, language=target, source=source, keys=[key], by=story.people["tomas"], now=story.ago(54)
    )


def _next_draft(story: "Story", published: Version) -> None:
    """The next version has a question that nobody has translated yet."""
    draft = instruments.begin_draft_from(published, by=story.people["tomas"], now=story.ago(5))
    building.add_question(
        draft, kind="text", name=LATER[0], label=LATER[1], after=0, seen_at=building.seen(draft),
        by=story.people["tomas"], now=story.ago(4),
    )  # fmt: skip
