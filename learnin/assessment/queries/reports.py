"""The report of an assessment: what people stand behind, with its numbers, its evidence and its method."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.assessment import finding_words
from learnin.assessment.models import Assessment, Finding, Report, Run
from learnin.assessment.queries import estimates, report_method
from learnin.assessment.queries import findings as known
from learnin.assessment.queries.findings import Found
from learnin.assessment.queries.marked import Marked, of
from learnin.kit import written
from learnin.kit.charts import Unit
from learnin.kit.documents import Bar, Block, Clause, Document, Facts, Figure, Heading, Heads, Items, Paragraph, Table
from learnin.kit.documents.content import Slide, Slides
from learnin.programme import reader
from learnin.programme.formats.items import Kind

STANDING = (Finding.State.AGREED, Finding.State.PUBLISHED)


def offered(assessment: Assessment) -> list[Finding]:
    """The findings a report can hold: all but withdrawn ones, by dimension as the programme orders them."""
    places = {one.id: at for at, one in enumerate(reader.current().items(Kind.DIMENSION))}
    found = assessment.findings.exclude(state=Finding.State.WITHDRAWN).order_by("written_at", "pk")
    return sorted(found, key=lambda one: places.get(one.dimension, len(places)))


def agreed(findings: Iterable[Finding]) -> list[Finding]:
    """Those that people stand behind."""
    return [one for one in findings if one.state in STANDING]


def chosen(assessment: Assessment, wanted: Collection[str]) -> list[Found]:
    """The findings with these keys, with everything under them; without keys all that are agreed."""
    every = offered(assessment)
    kept = [one for one in every if str(one.pk) in wanted] if wanted else agreed(every)
    return known.with_evidence(kept)


def taken(assessment: Assessment) -> QuerySet[Report]:
    """Who took which report along, the latest first."""
    return assessment.reports.select_related("made_by").order_by("-made_at", "-pk")


def is_fresh(report: Report, now: datetime, seconds: int) -> bool:
    """Whether it was taken a moment ago, so that its file may still be made."""
    return (now - report.made_at).total_seconds() <= seconds


def report(assessment: Assessment, findings: list[Found], *, today: date) -> Document:
    """The report in the reader's language."""
    return Document(
        title=_("Needs assessment: findings"),
        subtitle=assessment.title,
        place=str(assessment.country),
        body=_("National Task Force"),
        date=written.day(today),
        blocks=tuple(_blocks(assessment, findings)),
    )


def _blocks(assessment: Assessment, findings: list[Found]) -> Iterator[Block]:
    run = estimates.current(assessment)
    yield Heading(_("Summary"))
    yield Facts(_("The report"), tuple(_facts(assessment, findings, run)))
    if any(not one.number.is_probability for found in findings for one in numbers(found)):
        yield Paragraph(
            _("Some numbers are not of a probability sample. They speak for those who answered, and for nobody else.")
        )
    yield (
        Items(tuple(one.finding.text() for one in findings)) if findings else Paragraph(_("No finding is agreed yet."))
    )
    yield Heading(_("Findings"))
    dimension = None
    for at, found in enumerate(findings, start=1):
        if found.finding.dimension != dimension:
            dimension = found.finding.dimension
            yield Heading(str(found.finding.get_dimension_display()), level=2)
        yield from _finding(at, found)
    if run is not None:
        yield from report_method.blocks(run)


def _facts(assessment: Assessment, findings: list[Found], run: Run | None) -> Iterator[tuple[str, str]]:
    yield _("Purpose"), assessment.purpose
    yield _("Findings"), written.number(len(findings))
    if run is not None:
        yield _("Numbers computed"), written.day(run.finished_at) if run.finished_at else ""
        answers = sum(part.answers for part in estimates.rounds_of(run))
        yield _("Answers"), written.number(answers)


def numbers(found: Found) -> list[Marked]:
    """The numbers under a finding as they may be told."""
    return [of(one.number, one.reading) for one in found.cited]


def _finding(at: int, found: Found) -> Iterator[Block]:
    yield Clause(written.number(at), found.finding.text(), tuple(_notes(found)))
    told = numbers(found)
    for unit in Unit:
        if same := [one for one in told if one.unit is unit]:
            named = ", ".join(dict.fromkeys(one.number.indicator.label() for one in same))
            yield figure(same, caption=named)
    if told:
        yield _table(told)
    if found.pieces:
        yield Items(_pieces(found))


def _notes(found: Found) -> Iterator[str]:
    """Its state where nobody agreed yet, how much it rests on, who agrees, and whether a number moved."""
    if found.finding.state not in STANDING:
        yield str(found.finding.get_state_display())
    yield strength(found)
    if found.agree:
        names = ", ".join(str(one.person) for one in found.agree)
        yield _("Agreed by: %(names)s") % {"names": names}
    if found.object:
        count = len(found.object)
        said = ngettext("%(count)s person objects.", "%(count)s people object.", count)
        yield said % {"count": written.number(count)}
    if found.moved:
        yield _("A number under it changed in a later run.")


def strength(found: Found) -> str:
    """How much it rests on, and why."""
    return f"{finding_words.STRENGTHS[found.strength]}: {finding_words.WHY[found.ground]}"


def labelled(one: Marked) -> str:
    """What a number is of: indicator, value, group."""
    return finding_words.name(one.number)


def figure(told: list[Marked], *, caption: str) -> Figure:
    """The numbers of one unit as a figure, the largest first as charts have them; what is not shown last."""
    ordered = sorted(told, key=lambda one: (one.mark.value is None, -(one.mark.value or 0.0)))
    bars = tuple(Bar(labelled(one), one.said, one.mark.value, one.low, one.high) for one in ordered)
    heads = Heads(_("Indicator"), _("Estimate"), _("Interval from"), _("Interval to"))
    alt = "; ".join(written.named(bar.label, bar.said) for bar in bars)
    return Figure(caption, alt, bars, heads, is_share=told[0].unit is Unit.SHARE)


def _table(told: list[Marked]) -> Table:
    """The same numbers as a table."""
    caption, heads = _("Numbers under the finding"), (_("Indicator"), _("Estimate"), _("Interval, 95%"), _("Answers"))
    rows = tuple(
        (labelled(one), one.value, one.interval, written.number(one.number.n or 0) if one.mark.is_seen else "")
        for one in told
    )
    if not any(one.notes for one in told):
        return Table(caption, heads, rows, shares=(42, 22, 20, 16))
    noted = tuple((*row, " ".join(one.notes)) for row, one in zip(rows, told, strict=True))
    return Table(caption, (*heads, _("Note")), noted, shares=(26, 19, 17, 14, 24))


def slides(assessment: Assessment, findings: list[Found], *, today: date) -> Slides:
    """The findings as slides, one on each; the last one tells the method."""
    return Slides(
        title=_("Needs assessment: findings"),
        subtitle=f"{assessment.title}\n{written.day(today)}",
        place=str(assessment.country),
        slides=(*(_slide(found) for found in findings), _last(assessment)),
    )


def _slide(found: Found) -> Slide:
    told = numbers(found)
    spoken = (written.named(labelled(one), " ".join((one.said, *one.notes))) for one in told)
    shares = [one for one in told if one.unit is Unit.SHARE]
    shown = shares or told
    pieces = _pieces(found)
    return Slide(
        title=found.finding.text(),
        text="\n".join((strength(found) + _not_of_a_sample(shown), *_signs(shown))),
        figure=figure(shown, caption=_("Numbers under the finding")) if shown else None,
        notes="\n".join([*spoken, *pieces, *_notes(found)]),
        points=pieces,
    )


def _pieces(found: Found) -> tuple[str, ...]:
    """Other evidence, and where it comes from."""
    return tuple(": ".join(filter(None, (one.whence, one.text))) for one in found.pieces)


def _signs(told: list[Marked]) -> list[str]:
    """What the signs mean that stand before these numbers."""
    return list(dict.fromkeys(f"{one.mark.sign} {one.mark.note}" for one in told if one.mark.sign))


def _not_of_a_sample(told: list[Marked]) -> str:
    """What must stand beside numbers of an open link."""
    if all(one.number.is_probability for one in told):
        return ""
    return "\n" + _("Not a probability sample: the numbers speak for those who answered, and for nobody else.")


def _last(assessment: Assessment) -> Slide:
    run = estimates.current(assessment)
    said = [
        _("%(round)s: %(answers)s answers") % {"round": part.round.title, "answers": written.number(part.answers)}
        for part in (estimates.rounds_of(run) if run else ())
    ]
    how = _("Each number stands with its interval. In 95 of 100 such surveys the truth lies in it.")
    return Slide(title=_("How these numbers were made"), points=(*said, how), notes=how)
