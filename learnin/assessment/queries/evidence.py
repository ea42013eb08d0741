"""Evidence beside surveys: what documents say, what people said, who can do what, what there is, what must fit.

Each piece has an address of its own that stays, so that whatever is decided later can cite it.
"""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse

from learnin.assessment.models import (
    Assessment,
    Conversation,
    CultureProfile,
    Expert,
    Fact,
    Participants,
    Resource,
    Source,
    Statement,
)
from learnin.kit import languages
from learnin.people.models import Country

A_PAGE = 30
CULTURE = ("instruction_languages", "scripts", "grades", "calendar", "minorities", "norms")
Evidence = Source | Fact | Conversation | Statement | Expert | Resource | CultureProfile


@dataclass(frozen=True)
class Wanted:
    """Which evidence somebody wants to see; an empty word means every."""

    assessment: str = ""
    dimension: str = ""
    theme: str = ""
    component: str = ""

    @property
    def about(self) -> dict[str, str]:
        """What a piece must be about."""
        asked = {"dimension": self.dimension, "theme": self.theme, "component": self.component}
        return {key: value for key, value in asked.items() if value}


def address(one: Evidence) -> str:
    """Where this piece of evidence stands, for good."""
    if isinstance(one, Source):
        return reverse("assessment:source", args=[one.pk])
    if isinstance(one, Fact):
        return f"{reverse('assessment:source', args=[one.source_id])}#fact-{one.pk}"
    if isinstance(one, Conversation):
        return reverse("assessment:conversation", args=[one.pk])
    if isinstance(one, Statement):
        return f"{reverse('assessment:conversation', args=[one.conversation_id])}#statement-{one.pk}"
    if isinstance(one, CultureProfile):
        return reverse("assessment:culture", args=[one.country_id])
    room = "experts" if isinstance(one, Expert) else "resources"
    return f"{reverse(f'assessment:{room}', args=[one.country_id])}#{room[:-1]}-{one.pk}"


def all_assessments(country: Country) -> QuerySet[Assessment]:
    """Every assessment of the country, the newest first."""
    return country.assessments.order_by("-starts_on", "-pk")


def sources(country: Country, wanted: Wanted) -> QuerySet[Source]:
    """The documents of the desk review, by title, with the number of facts from each."""
    found = Source.objects.filter(assessment__country=country).select_related("assessment")
    if wanted.assessment:
        found = found.filter(assessment=int(wanted.assessment))
    return found.annotate(fact_count=Count("facts")).order_by("title", "pk")


def facts(country: Country, wanted: Wanted) -> QuerySet[Fact]:
    """What documents say about what somebody wants to know, the newest first."""
    found = Fact.objects.filter(source__assessment__country=country, **wanted.about).select_related("source")
    if wanted.assessment:
        found = found.filter(source__assessment=int(wanted.assessment))
    return found.order_by("-added_at", "-pk")


def facts_of(source: Source) -> QuerySet[Fact]:
    """What one document says, in the order it was written down, with the findings that rest on it."""
    return source.facts.prefetch_related("cited_by__finding").order_by("added_at", "pk")


def conversations(country: Country, wanted: Wanted) -> QuerySet[Conversation]:
    """Interviews and focus groups, the newest first, with the number of statements from each."""
    found = Conversation.objects.filter(assessment__country=country).select_related("assessment")
    if wanted.assessment:
        found = found.filter(assessment=int(wanted.assessment))
    return found.annotate(statement_count=Count("statements")).order_by("-held_on", "-pk")


def statements(country: Country, wanted: Wanted) -> QuerySet[Statement]:
    """What was said about what somebody wants to know, the newest first."""
    found = Statement.objects.filter(conversation__assessment__country=country, **wanted.about)
    if wanted.assessment:
        found = found.filter(conversation__assessment=int(wanted.assessment))
    return found.select_related("conversation").order_by("-added_at", "-pk")


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    """What was said in one conversation, in the order it was written down, with the findings that rest on it."""
    return conversation.statements.prefetch_related("cited_by__finding").order_by("added_at", "pk")


def participants_of(conversation: Conversation) -> QuerySet[Participants]:
    """Who took part, by group."""
    return conversation.participants.order_by("pk")


def experts(country: Country, theme: str = "") -> list[tuple[Expert, list[str], list[str]]]:
    """Who agreed to be found, by name, with their themes and languages in words."""
    found = country.experts.filter(withdrawn_at=None).prefetch_related("themes")
    if theme:
        found = found.filter(themes__theme=theme)
    return [
        (
            one,
            [str(known.get_theme_display()) for known in one.themes.all()],
            [languages.language_name(code) for code in one.languages],
        )
        for one in found.order_by("name", "pk")
    ]


def resources(country: Country, kind: str = "") -> QuerySet[Resource]:
    """What the country has, by kind and name, with the findings that rest on it."""
    found = country.resources.filter(kind=kind) if kind else country.resources.all()
    return found.prefetch_related("cited_by__finding").order_by("kind", "name", "pk")


def culture(country: Country) -> CultureProfile | None:
    """What any solution must fit, where it is written down."""
    return CultureProfile.objects.filter(country=country).select_related("written_by").first()
