"""The rules of the route for the stage of the needs assessment: docs/methods/route.md says them in words.

Each step has one small function from what is known to a state, a line of evidence and a link.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.assessment.models import Population
from learnin.assessment.queries import standing
from learnin.assessment.queries.standing import Standing
from learnin.kit import written
from learnin.kit.route import Progress, State, Steps, later, when_read, with_next
from learnin.people.models import Country
from learnin.programme import reader
from learnin.programme.formats.items import Dimension, Kind

STAGE = "assessment"


def progress(countries: Collection[Country], today: date) -> Mapping[str, Steps]:
    """How the steps of this stage stand in each country."""
    return {code: steps(found, today) for code, found in standing.of(countries).items()}


def steps(here: Standing, today: date) -> Steps:
    """How each step of this stage stands in one country; the first that has not begun is next."""
    return with_next({id: rule(here, today) for id, rule in RULES.items()})


def agree_questions(here: Standing, today: date) -> Progress:
    """Done when a published questionnaire asks about every dimension of the programme."""
    if not here.has_task_force:
        return later(_starts_with_task_force())
    url = _plans(here)
    if not here.assessments:
        return Progress(state=State.NONE, evidence=_none_planned(), url=url)
    missing = [one for one in reader.current().dimensions if one.id not in here.agreed]
    told = _published(missing)
    if not missing:
        return Progress(state=State.DONE, evidence=told, url=url)
    is_planned = here.planned.issuperset(one.id for one in missing)
    if is_planned and any(one.has_questionnaire for one in here.asked):  # it lacks questionnaires, not dimensions
        told = _published_for(here)
    return _due(here, State.DOING, told, url, today)


def draw_sample(here: Standing, today: date) -> Progress:
    """Done when a sample is drawn, or when everybody is asked."""
    if not here.assessments:
        return later(_starts_with_plan())
    url = _plans(here)
    if here.samples:
        return Progress(state=State.DONE, evidence=_drawn(here), url=url)
    methods = {one.method for one in here.asked}
    if methods == {Population.Method.CENSUS}:
        return Progress(state=State.DONE, evidence=_everybody_asked(), url=url)
    return _due(here, State.NONE, _no_sample(), url, today)


def collect_answers(here: Standing, today: date) -> Progress:
    """Done when every group that is asked by a questionnaire gave as many answers as were planned."""
    if not any(one.has_questionnaire for one in here.asked):
        return later(_starts_with_questionnaire())
    url, told = _plans(here), _answered(here)
    if all(one.is_reached for one in here.asked):
        return Progress(state=State.DONE, evidence=told, url=url)
    begun = State.DOING if here.answers or here.rounds else State.NONE
    return _due(here, begun, told, url, today)


def publish_findings(here: Standing, today: date) -> Progress:
    """Done when every dimension that is looked at has a published finding, and no number under one changed."""
    said = here.said
    if not said.findings and not any(one.answers for one in here.asked):
        return later(_starts_with_answers())
    url = reverse("assessment:findings", args=[here.country.pk])
    if not said.findings:
        return _due(here, State.NONE, _("No finding is written yet"), url, today)
    told = ngettext(
        "%(published)s of %(n)s finding published", "%(published)s of %(n)s findings published", said.findings
    ) % {"published": written.number(said.published), "n": written.number(said.findings)}
    if said.moved:
        told = _("%(told)s; numbers changed under %(moved)s") % {"told": told, "moved": written.number(said.moved)}
        return _due(here, State.DOING, told, url, today)
    missing = [one for one in reader.current().dimensions if one.id in here.planned - said.dimensions]
    if not missing and said.published:
        return Progress(state=State.DONE, evidence=told, url=url)
    if missing:
        names = ", ".join(str(one.name) for one in missing)
        told = _("%(told)s; missing: %(names)s") % {"told": told, "names": names}
    return _due(here, State.DOING, told, url, today)


def discuss_findings(here: Standing, today: date) -> Progress:
    """Done when people talked in an interview or a group since the first finding was published."""
    if not here.said.published:
        return later(_starts_with_findings())
    url = reverse("assessment:conversations", args=[here.country.pk])
    if here.said.is_discussed:
        return Progress(state=State.DONE, evidence=_("A conversation was held since findings are published"), url=url)
    told = _("No conversation is on record since findings are published")
    return _due(here, State.NONE, told, url, today)


RULES: dict[str, Callable[[Standing, date], Progress]] = {
    "agree-questions": agree_questions,
    "draw-sample": draw_sample,
    "collect-answers": collect_answers,
    "publish-findings": publish_findings,
    "discuss-findings": discuss_findings,
}


def _due(here: Standing, state: State, told: str, url: str, today: date) -> Progress:
    """The same step, overdue when the last day of every open assessment is over."""
    if here.ends_on is None or here.ends_on >= today:
        return Progress(state=state, evidence=told, url=url)
    return Progress(state=State.LATE, evidence=_was_to_end(told, here.ends_on), url=url)


# Words and addresses, for who reads them.


@when_read
def _plans(here: Standing) -> str:
    return reverse("assessment:assessments", args=[here.country.pk])


@when_read
def _starts_with_task_force() -> str:
    return _("Starts when the task force is named")


@when_read
def _starts_with_plan() -> str:
    return _("Starts when an assessment is planned")


@when_read
def _starts_with_questionnaire() -> str:
    return _("Starts when a questionnaire is published")


@when_read
def _starts_with_answers() -> str:
    return _("Starts when answers are in")


@when_read
def _starts_with_findings() -> str:
    return _("Starts when findings are published")


@when_read
def _none_planned() -> str:
    return _("No assessment is planned yet")


@when_read
def _no_sample() -> str:
    return _("No sample yet")


@when_read
def _everybody_asked() -> str:
    return _("Everybody is asked: no sample is needed")


@when_read
def _published(missing: Sequence[Dimension]) -> str:
    every = len(reader.current().dimensions)
    told = ngettext(
        "Questions published for %(done)d of %(all)d dimension",
        "Questions published for %(done)d of %(all)d dimensions",
        every,
    ) % {"done": every - len(missing), "all": every}
    if not missing:
        return told
    names = ", ".join(str(one.name) for one in missing)
    return _("%(told)s; missing: %(names)s") % {"told": told, "names": names}


@when_read
def _published_for(here: Standing) -> str:
    known = {one.id: str(one.name) for one in reader.current().items(Kind.AUDIENCE)}
    done = sum(one.has_questionnaire for one in here.asked)
    told = ngettext(
        "Questionnaires published for %(done)s of %(all)s group; missing: %(names)s",
        "Questionnaires published for %(done)s of %(all)s groups; missing: %(names)s",
        len(here.asked),
    )
    names = ", ".join(known.get(one, one) for one in here.unasked)
    return told % {"done": written.number(done), "all": written.number(len(here.asked)), "names": names}


@when_read
def _drawn(here: Standing) -> str:
    return _("Drawn: %(samples)s") % {"samples": ", ".join(here.samples)}


@when_read
def _answered(here: Standing) -> str:
    count = ngettext("%(n)s answer", "%(n)s answers", here.answers) % {"n": written.number(here.answers)}
    target = sum(one.target for one in here.asked)
    if not target:
        return count
    return _("%(answers)s; %(target)s are wanted") % {"answers": count, "target": written.number(target)}


@when_read
def _was_to_end(told: str, day: date) -> str:
    return _("%(told)s. The assessment was to end on %(day)s.") % {"told": told, "day": written.day(day)}
