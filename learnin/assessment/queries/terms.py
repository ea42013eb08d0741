"""The terms of reference of an assessment, from its plan, in the language that is active."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from learnin.assessment.queries.plan import Plan
from learnin.kit import documents, written


def terms(plan: Plan) -> documents.Document:
    """Why a country assesses its needs, whom it asks, how, until when, and how people are protected."""
    country = plan.assessment.country
    return documents.Document(
        title=_("Terms of reference"),
        subtitle=plan.assessment.title,
        place=country.name,
        body=_("National Task Force"),
        date=written.day(plan.today),
        blocks=tuple(_blocks(plan)),
    )


def _blocks(plan: Plan) -> Iterator[documents.Block]:
    yield documents.Facts(_("The assessment"), tuple(_facts(plan)))
    yield documents.Heading(_("Purpose"))
    yield documents.Paragraph(plan.assessment.purpose or _("The purpose is not written down yet."))
    if plan.mandate_points:
        yield documents.Heading(_("Mandate points it serves"))
        yield documents.Items(tuple(str(one.name) for one in plan.mandate_points))
    yield documents.Heading(_("What it looks at"))
    yield from _dimensions(plan)
    yield documents.Heading(_("Whom it asks, and how"))
    yield from _populations(plan)
    yield documents.Heading(_("Calendar"))
    yield from _calendar(plan)
    yield documents.Heading(_("How people are protected"))
    yield from _protection(plan)
    yield documents.Heading(_("Signatures"))
    coordinator = plan.assessment.coordinator
    yield documents.SignatureLines(
        (
            documents.Signature(_("For the task force")),
            documents.Signature(_("Needs assessment coordinator"), coordinator.name if coordinator else ""),
        )
    )


def _facts(plan: Plan) -> Iterator[tuple[str, str]]:
    found = plan.assessment
    yield _("Country"), found.country.name
    yield _("Begins"), written.day(found.starts_on)
    yield _("Ends"), written.day(found.ends_on)
    yield _("Coordinator"), found.coordinator.name if found.coordinator else ""
    yield _("Part of the regional assessment"), found.regional.title if found.regional else ""


def _dimensions(plan: Plan) -> Iterator[documents.Block]:
    if not plan.dimensions:
        yield documents.Paragraph(_("No dimension is chosen yet."))
    for one in plan.dimensions:
        yield documents.Clause(str(one.name), str(one.description or ""))


def _populations(plan: Plan) -> Iterator[documents.Block]:
    rows = tuple(
        (
            line.population.get_audience_display(),
            line.population.get_method_display(),
            written.number(line.population.target) if line.population.target else "–",
            line.population.note or "–",
        )
        for line in plan.lines
    )
    if not rows:
        yield documents.Paragraph(_("Nobody is in the plan yet."))
        return
    columns = (_("Population"), _("Method"), _("How many"), _("Note"))
    yield documents.Table(_("Whom it asks, and how"), columns, rows, shares=(28, 28, 14, 30))


def _calendar(plan: Plan) -> Iterator[documents.Block]:
    rows = tuple((one.text, written.day(one.due_on)) for one in plan.milestones)
    if not rows:
        yield documents.Paragraph(_("The calendar is empty yet."))
        return
    yield documents.Table(_("Calendar"), (_("What"), _("Until")), rows, shares=(70, 30))


def _protection(plan: Plan) -> Iterator[documents.Block]:
    found = plan.assessment
    yield documents.Paragraph(found.ethics or _("Not written down yet."))
    days = (
        (_("Answers are kept until"), found.keep_answers_until),
        (_("Contact details are kept until"), found.keep_contacts_until),
    )
    yield documents.Facts(_("What is kept"), tuple((name, written.day(day)) for name, day in days if day))
