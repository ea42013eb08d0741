"""The sets of weights of a round, the one in use, and the weight it gives each answer."""

from django.db.models import QuerySet

from learnin.assessment.formats import weight_file
from learnin.assessment.models import Round, WeightSet


def sets(round: Round) -> QuerySet[WeightSet]:
    """The sets of a round, the one in use first, then the newest."""
    return round.weight_sets.select_related("made_by", "file").order_by("-is_in_use", "-number", "pk")


def in_use(round: Round) -> WeightSet | None:
    """The set that estimates and exports of this round take."""
    return round.weight_sets.filter(is_in_use=True).select_related("file").order_by("pk").first()


def weights_of(of: WeightSet) -> dict[str, float]:
    """The weight of each answer by its instance id."""
    with of.file.file.open("rb") as file:
        table = weight_file.read(file.read())
    return dict(zip(table["answer"].to_list(), table["weight"].to_list(), strict=True))
