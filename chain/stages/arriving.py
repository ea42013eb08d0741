"""Where the country stands on its route: each step, its state, its evidence."""

from django.utils import timezone, translation

from chain.stages.taskforce import CHAIR
from chain.walk import Made, Walk
from learnin.home import route
from learnin.people.models import Country


def arrive(walk: Walk) -> Made:
    """The route as its chair reads it."""
    country = Country.objects.get(pk=walk.country.pk)  # fresh: what is known of it was read before the walk ended
    with translation.override("en"):
        found = route.of(walk.people[CHAIR], country, timezone.localdate())
        lines = [
            {"step": str(step.name), "state": str(step.word), "evidence": str(step.progress.evidence)}
            for stage in found.stages
            for step in stage.steps
        ]
    return {"steps done": found.done, "steps": found.length, "route": lines}
