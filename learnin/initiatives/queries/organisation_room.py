"""The organisations of a country as a list, and one with what it does."""

from django.db.models import Q, QuerySet

from learnin.initiatives.models import Initiative, Organisation, OrganisationMerge, Partner, Representative
from learnin.kit.sorting import in_order
from learnin.people.models import Country, Person, Role
from learnin.people.queries import matching
from learnin.people.roles import POWERS, Can, current

REGISTERS = [kind.value for kind, powers in POWERS.items() if Can.REGISTER_INITIATIVES in powers.can]


def narrowed(organisations: QuerySet[Organisation], *, words: str, type: str) -> QuerySet[Organisation]:
    """Organisations that stand for themselves, by name."""
    found = organisations.filter(merged_into=None)
    if words:
        found = found.filter(matching(words) | Q(identifier__iexact=words.strip()))
    if type:
        found = found.filter(type=type)
    return found.order_by("search_keys", "pk")


def numbers(organisations: list[Organisation], seen: QuerySet[Initiative]) -> dict[int, int]:
    """In how many of these initiatives each organisation takes part, as reporter or partner."""
    pks = [one.pk for one in organisations]
    here = seen.filter(withdrawn_at=None, merged_into=None, is_draft=False).order_by()
    pairs = set(here.filter(reporter__in=pks).values_list("reporter", "pk"))
    parts = Partner.objects.filter(organisation__in=pks, initiative__in=here.values("pk"))
    pairs |= set(parts.values_list("organisation", "initiative"))
    found: dict[int, int] = dict.fromkeys(pks, 0)
    for organisation, _initiative in pairs:
        found[organisation] += 1
    return found


def initiatives_of(one: Organisation, seen: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """The initiatives in which it takes part, of those the reader sees, by title."""
    parts = Partner.objects.filter(organisation=one).values("initiative")
    here = seen.filter(withdrawn_at=None, merged_into=None)
    return here.filter(Q(reporter=one) | Q(pk__in=parts)).order_by("search_keys", "pk")


def representatives(one: Organisation) -> QuerySet[Representative]:
    """Who looks after its initiatives now."""
    return one.representatives.filter(ended_at=None).select_related("person").order_by("person__name", "pk")


def merges(one: Organisation) -> QuerySet[OrganisationMerge]:
    """Organisations that were merged into this one and still are."""
    return one.took_in.filter(undone_at=None).select_related("gone").order_by("-merged_at", "-pk")


def merge_of(one: Organisation) -> OrganisationMerge | None:
    """How this one was merged into another, where it still is."""
    return one.went_into.filter(undone_at=None).order_by("pk").first()


def parts(one: Organisation) -> QuerySet[Organisation]:
    """Organisations that are part of it."""
    return one.parts.filter(merged_into=None).order_by("search_keys", "pk")


def who_can_represent(country: Country) -> list[Person]:
    """People of the country who may register initiatives, by name."""
    here = Role.objects.filter(current(), country=country, kind__in=REGISTERS)
    return in_order(Person.objects.filter(pk__in=here.values("person")).order_by("pk"), key=lambda one: one.name)


def others(one: Organisation, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Organisations it could be part of, or turn out to be."""
    return organisations.filter(merged_into=None).exclude(pk=one.pk).order_by("search_keys", "pk")
