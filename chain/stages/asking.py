"""A real XLSForm goes through the import doctor, gets the words it lacks, and is published."""

from chain.stages.planning import AUDIENCE
from chain.stages.taskforce import ANALYST, COORDINATOR
from chain.walk import Made, Walk
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.words import words
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version
from learnin.assessment.operations import instruments, translations
from learnin.programme import reader

FORM = "correlaid-en-de.xlsx"


def publish(walk: Walk) -> Made:
    """Read, examine, mend, translate, publish."""
    path, by = walk.data / "forms" / FORM, walk.people[ANALYST]
    with path.open("rb") as file:
        book = instruments.read(file, path.name)
        file.seek(0)
        walk.instrument = instruments.add_instrument(
            walk.country,
            book=book,
            audience=AUDIENCE,
            dimensions=[one.id for one in reader.current().dimensions],
            assessment=walk.assessment,
            file=file,
            name=path.name,
            by=by,
            now=walk.ago(14),
        )
    draft = walk.instrument.versions.get()
    found = len(draft.problems)
    draft = instruments.repair_draft(draft, by=by, now=walk.ago(14))
    left = len(draft.problems)
    added = _translate(walk, draft)
    draft.refresh_from_db()
    published = instruments.publish_version(draft, name="1", by=by, now=walk.ago(12))
    asked = definition(Book.from_json(published.book))
    return {
        "form": FORM,
        "questions": len(asked.questions),
        "languages": len(asked.languages),
        "problems named by the doctor": found,
        "mended": found - left,
        "texts translated": added,
    }


def _translate(walk: Walk, draft: Version) -> int:
    """Give every language the texts it lacks: here they are taken over as they are, and marked as unchecked."""
    asked = definition(Book.from_json(draft.book))
    source, *others = asked.languages
    added = 0
    for language in others:
        lacking = {one.key: one.texts[source] for one in words(asked) if one.texts.get(source) and
                   not one.texts.get(language)}  # fmt: skip
        if lacking:
            translations.translate(
                draft, language=language, source=source, texts=lacking, was={}, by=walk.people[COORDINATOR],
                now=walk.ago(13),
            )  # fmt: skip
            added += len(lacking)
    return added
