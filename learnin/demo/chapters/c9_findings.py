"""Ninth chapter: what the task force makes of it. Some findings are published, and under one a number changed."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnin.assessment.formats import entry_workbook
from learnin.assessment.models import Assessment, Estimate, Fact, Finding, Resource, Round, Statement
from learnin.assessment.operations import estimates, findings, reviews
from learnin.assessment.queries import estimates as results
from learnin.assessment.queries import questionnaire
from learnin.kit import written

if TYPE_CHECKING:
    from learnin.demo.story import Story

DRAFT, AGREED, PUBLISHED = Finding.State.DRAFT, Finding.State.AGREED, Finding.State.PUBLISHED
MISTYPED, COUNTED_AGAIN = "tbln_time", 12  # a question, and how many answers to it the analysts read again


@dataclass(frozen=True)
class Told:
    """A finding: its words, with `value` where the number stands; the indicator and its value; how far it is."""

    text: str
    dimension: str
    state: str
    indicator: str = ""
    level: str = ""
    fact: str = ""
    statement: str = ""
    with_resource: bool = False
    ru: str = ""
    objection: str = ""


FINDINGS = (
    Told(
        "About %(value)s of 100 teachers need training to assess what students learn online.",
        "needs", PUBLISHED, "tgro_need_assess", statement="Nobody ever showed me",
        ru="Примерно %(value)s из 100 учителей нужно обучение тому, как оценивать то, чему ученики учатся онлайн.",
    ),
    Told(
        "In the online lessons of about %(value)s of 100 teachers, students often talk with each other.",
        "culture", PUBLISHED, "tonl_talk",
    ),
    Told(
        "About %(value)s of 100 teachers feel able to judge an answer from an artificial intelligence tool.",
        "expertise", PUBLISHED, "tcon_ai",
    ),
    Told(
        "About %(value)s of 100 teachers have enough time in their working hours to plan blended learning.",
        "resources", PUBLISHED, MISTYPED, statement="I plan at night",
    ),
    Told(
        "Small schools lack connections before they lack devices.",
        "resources", AGREED, fact="One school in nine", with_resource=True,
    ),
    Told(
        "For about %(value)s of 100 teachers, training partly online and partly in person suits best.",
        "priorities", DRAFT, "tgro_form", "blended",
    ),
    Told(
        "To about %(value)s of 100 teachers the rules on blended learning are clear.",
        "needs", DRAFT, "tbln_rules", objection="The new order came after we asked. Ask again first.",
    ),
)  # fmt: skip


def tell(story: "Story") -> None:
    """Write, judge, agree, publish; then some answers are corrected, and the results computed again."""
    found = story.country.assessments.filter(runs__isnull=False).distinct().order_by("pk")[0]
    for told in FINDINGS:
        _found(told, found, story)
    _corrected(found.rounds.filter(runs__isnull=False).distinct().get(), story)
    run = estimates.begin(found, by=story.people["tomas"], now=story.ago(2))
    estimates.compute(run.pk, by=story.people["tomas"], now=story.ago(2))


def _found(told: Told, assessment: Assessment, story: "Story") -> None:
    number = _number(told, assessment)
    places = {"value": written.number(round(100 * (number.estimate or 0))) if number else ""}
    made = findings.write(
        assessment,
        text=told.text % places,
        language="en",
        dimension=told.dimension,
        theme=number.indicator.theme if number else "",
        component=number.indicator.component if number else "technology",
        population=number.indicator.population if number else "",
        numbers=[number] if number else [],
        by=story.people["tomas"],
        now=story.ago(5),
    )
    there = story.country
    facts = Fact.objects.filter(source__assessment__country=there, text__startswith=told.fact or "?").order_by("pk")
    said = Statement.objects.filter(conversation__assessment__country=there, text__startswith=told.statement or "?")
    findings.cite(
        made,
        facts=facts,
        statements=said.order_by("pk"),
        resources=there.resources.filter(kind=Resource.Kind.CONNECTIVITY).order_by("pk")[: int(told.with_resource)],
        by=story.people["tomas"],
        now=story.ago(5),
    )
    if told.ru:
        findings.translate(made, language="ru", text=told.ru % places, by=story.people["olena"], now=story.ago(4))
    _judged(told, made, story)


def _number(told: Told, assessment: Assessment) -> Estimate | None:
    run = results.current(assessment)
    if run is None or not told.indicator:
        return None
    return run.estimates.select_related("indicator").get(indicator__code=told.indicator, level=told.level, key="")


def _judged(told: Told, made: Finding, story: "Story") -> None:
    if told.objection:
        findings.judge(made, stance="objects", reason=told.objection, by=story.people["petra"], now=story.ago(4))
    if told.state == DRAFT:
        return
    for name in ("davit", "petra"):
        findings.judge(made, stance="agrees", by=story.people[name], now=story.ago(4))
    findings.agree(made, by=story.people["ana"], now=story.ago(3))
    if told.state == PUBLISHED:
        findings.publish(made, by=story.people["ana"], now=story.ago(3))


def _corrected(asked: Round, story: "Story") -> None:
    """Some answers to one question were typed in wrongly."""
    version = asked.instrument.versions.exclude(published_at=None).get()
    of = questionnaire.of_version(version)
    question = next(one for one in entry_workbook.columns(of) if one.name == MISTYPED)
    best = of.choices(question)[-1].name
    for answer in asked.submissions.filter(is_current=True).order_by("pk")[:COUNTED_AGAIN]:
        with suppress(reviews.NotAValue):  # who said so already was typed in well
            reviews.correct(
                answer, path=question.path, after=best, reason="Read again from the paper", by=story.people["tomas"],
                now=story.ago(3),
            )  # fmt: skip
