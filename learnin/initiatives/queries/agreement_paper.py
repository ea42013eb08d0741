"""An agreement as a paper to sign and file, in the language that is active."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from learnin.initiatives.models import Agreement
from learnin.initiatives.queries.agreements import answer_of, state_of
from learnin.kit import documents, written
from learnin.taskforce.queries import papers


def paper(agreement: Agreement, today: date) -> documents.Document:
    """What the parties agree on, about which initiatives, who answered, and lines to sign. Needs `with_parties`."""
    return documents.Document(
        title=_("Agreement on initiatives"),
        subtitle=str(agreement.get_kind_display()),
        place=agreement.country.name,
        body=papers.body(),
        date=written.day(today),
        blocks=tuple(_blocks(agreement)),
    )


def _blocks(agreement: Agreement) -> Iterator[documents.Block]:
    yield documents.Facts(_("What it is"), tuple(_facts(agreement)))
    yield documents.Heading(_("What the parties agree on"))
    for words in agreement.text.splitlines():
        if words.strip():
            yield documents.Paragraph(words.strip())
    rows = [(one.title(), one.reporter.name(), one.identifier or "–") for one in agreement.initiatives.all()]
    columns = (_("Initiative"), _("Organisation"), _("Identifier"))
    yield documents.Heading(_("Initiatives"))
    yield documents.Table(_("Initiatives it is about"), columns, tuple(rows), shares=(46, 30, 24))
    yield documents.Heading(_("Parties"))
    yield documents.Table(_("What each party said"), _heads(), tuple(_answers(agreement)), shares=(28, 24, 26, 22))
    yield documents.Heading(_("Signatures"))
    yield documents.SignatureLines(
        tuple(documents.Signature(one.organisation.name(), one.name) for one in agreement.parties.all())
    )


def _facts(agreement: Agreement) -> Iterator[tuple[str, str]]:
    yield _("What to do"), str(agreement.get_kind_display())
    yield _("State"), str(state_of(agreement).label)
    if agreement.begins_on:
        yield _("From"), written.day(agreement.begins_on)
    yield _("Done by"), written.day(agreement.due_on)
    yield _("Who sees to it"), agreement.owner.title
    if agreement.action:
        yield _("Action of the task force"), agreement.action.full_number


def _heads() -> tuple[str, ...]:
    return (_("Organisation"), _("Who speaks for it"), _("Answer"), _("Reason"))


def _answers(agreement: Agreement) -> Iterator[tuple[str, ...]]:
    for one in agreement.parties.all():
        said = answer_of(one, agreement)
        day = f"\n{written.day(one.answered_at)}" if said and one.answered_at else ""
        yield one.organisation.name(), one.name or "–", f"{said.label}{day}", one.reason or "–"
