"""Facts, statements and resources of a country, as the sheets of one workbook, in the reader's language."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from learnin.assessment.formats.evidence_workbook import Cell, Table
from learnin.assessment.models import Fact, Statement
from learnin.assessment.queries import evidence
from learnin.people.models import Country

EVERY = evidence.Wanted()


def sheets(country: Country) -> Iterator[Table]:
    """One sheet for facts, one for statements, one for resources; each row with the address where it stands."""
    about = ((_("Dimension"), 16), (_("Theme"), 24), (_("Component"), 24))
    ends = ((_("Added on"), 12), (_("Address"), 40))
    facts = ((_("Fact"), 60), (_("Document"), 36), (_("Publisher"), 24), (_("Year"), 8), (_("Page"), 10))
    yield Table(_("Facts"), (*facts, *about, *ends), tuple(map(_fact, evidence.facts(country, EVERY))))
    said = ((_("Statement"), 60), (_("Who said it"), 24), (_("Conversation"), 36), (_("Kind"), 24), (_("Held"), 12))
    yield Table(_("Statements"), (*said, *about, *ends), tuple(map(_statement, evidence.statements(country, EVERY))))
    columns = (
        (_("Kind"), 16),
        (_("What"), 36),
        (_("Description"), 48),
        (_("Who has it"), 24),
        (_("How much"), 12),
        (_("Unit or currency"), 16),
        (_("Known on"), 12),
        (_("Source"), 36),
        (_("Address"), 40),
    )
    rows = tuple(
        (
            str(one.get_kind_display()),
            one.name,
            one.description,
            one.owner,
            one.quantity,
            one.unit,
            one.as_of,
            one.source,
            _address(one),
        )
        for one in evidence.resources(country)
    )
    yield Table(_("Resources"), columns, rows)


def _address(one: evidence.Evidence) -> str:
    return settings.SITE_URL + evidence.address(one)


def _fact(one: Fact) -> tuple[Cell, ...]:
    source = one.source
    return (one.text, source.title, source.publisher, source.year, one.page, *_about(one))


def _statement(one: Statement) -> tuple[Cell, ...]:
    talk = one.conversation
    kind = str(talk.get_kind_display())
    return (one.text, str(one.get_audience_display()), talk.title, kind, talk.held_on, *_about(one))


def _about(one: Fact | Statement) -> tuple[Cell, ...]:
    words = (one.get_dimension_display(), one.get_theme_display(), one.get_component_display())
    return (*map(str, words), timezone.localdate(one.added_at), _address(one))
