"""The terms of reference of a task force, from its data, in the language that is active."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit import documents, written
from learnin.programme import reader
from learnin.taskforce.models import Post, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.queries import composition, papers


def terms(task_force: TaskForce, today: date) -> documents.Document:
    """What the task force is for, who sits on it, how it works, and when it ends."""
    here = composition.composition(task_force, today)
    return documents.Document(
        title=_("Terms of reference"),
        subtitle=_("National Task Force: %(country)s") % {"country": task_force.country.name},
        place=task_force.country.name,
        body=papers.body(),
        date=written.day(today),
        blocks=tuple(_blocks(here)),
    )


def _blocks(here: composition.Composition) -> Iterator[documents.Block]:
    force, rule = here.task_force, reader.current().task_force
    held = sorted(here.posts, key=lambda post: (list(PostKind).index(PostKind(post.kind)), post.component))
    yield documents.Facts(_("What it rests on"), tuple(_basis(force)))
    yield documents.Heading(_("Mandate"))
    for at, point in enumerate(reader.current().mandate_points, start=1):
        yield documents.Clause(f"{at}. {point.name}", str(point.description or ""), ())
    yield documents.Heading(_("Members"))
    yield documents.Paragraph(
        _("The task force has %(least)d to %(most)d members. Each speaks for a constituency.")
        % {"least": rule.members_least, "most": rule.members_most}
    )
    yield from _seats(here)
    yield documents.Heading(_("Chair and coordinators"))
    yield _posts(held)
    yield documents.Heading(_("How it works"))
    yield documents.Items(tuple(_rules(here)))
    yield documents.Heading(_("When it ends"))
    yield from _ending(force)
    yield documents.Heading(_("Signatures"))
    chairs = [post.name for post in held if post.kind == PostKind.CHAIR]
    chair = documents.Signature(str(PostKind.CHAIR.label), chairs[0] if chairs else "")
    yield documents.SignatureLines((documents.Signature(_("For the ministry")), chair))


def _basis(force: TaskForce) -> Iterator[tuple[str, str]]:
    yield _("Country"), force.country.name
    yield _("Established by"), force.established_by
    yield _("Established on"), written.day(force.established_on)
    yield _("Mandate until"), written.day(force.mandate_ends_on) if force.mandate_ends_on else ""


def _seats(here: composition.Composition) -> Iterator[documents.Block]:
    rows = [
        (
            str(one.name),
            place.seat.title,
            place.seat.institution or "–",
            place.member.name if place.member and place.is_filled else _("Open"),
        )
        for one in here.constituencies
        for place in one.places
    ]
    columns = (_("Constituency"), _("Seat"), _("Nominated by"), _("Member"))
    yield documents.Table(_("Seats by constituency"), columns, tuple(rows), shares=(32, 26, 22, 20))


def _posts(held: list[Post]) -> documents.Block:
    rows = tuple(
        (
            f"{post}: {post.get_component_display()}" if post.component else str(post),
            post.name,
            post.mandate or "–",
            written.day(post.ends_on) if post.ends_on else "–",
        )
        for post in held
    )
    if not rows:
        return documents.Paragraph(_("Nobody is appointed yet."))
    columns = (_("Post"), _("Name"), _("Mandate"), _("Until"))
    return documents.Table(_("Who leads"), columns, rows, shares=(30, 24, 28, 18))


def _rules(here: composition.Composition) -> Iterator[str]:
    days = here.task_force.objection_days
    yield _("A meeting has a quorum when more than half of the filled seats come. Today that is %(needed)d.") % {
        "needed": here.quorum
    }
    yield _("The task force decides by consent, or by vote. The minutes give the count and any dissent.")
    yield ngettext(
        "Draft minutes go to all members. They can object within %(days)d day.",
        "Draft minutes go to all members. They can object within %(days)d days.",
        days,
    ) % {"days": days}
    yield _("The chair approves the minutes once every objection is answered. Then they are sealed.")
    yield _("Every action point has one owner and a day. Who does it says what was done.")
    if here.task_force.interpreter_plan:
        yield _("Interpreting: %(plan)s") % {"plan": here.task_force.interpreter_plan}


def _ending(force: TaskForce) -> Iterator[documents.Block]:
    tasks = list(force.hand_over_tasks.order_by("pk"))
    yield documents.Paragraph(_("The task force ends when permanent structures have taken over its tasks."))
    if tasks:
        rows = tuple((one.text, one.goes_to, one.condition) for one in tasks)
        columns = (_("Task"), _("Goes to"), _("What must be true first"))
        yield documents.Table(_("Tasks to hand over"), columns, rows, shares=(34, 30, 36))
