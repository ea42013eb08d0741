"""What a SPEC asks for, as the engine takes it: design, items, contrasts; every column looked for first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from learnin.compute import survey
from learnin.compute.commands.spec import Spec, written
from learnin.compute.commands.wrong import DATA_WRONG, Wrong, meant
from learnin.compute.survey import Brewer, Design, Item, Stage
from learnin.compute.survey.calibration import written as as_word
from learnin.compute.survey.replicates import Made, Read

Asked = Mapping[str, Any]
Place = tuple[str | int, ...]


def design(spec: Spec) -> Design:
    """How the sample was drawn and weighted; calibration comes later, once there are weights."""
    told = spec.asked["design"]
    plain = {key: told[key] for key in ("nested", "lonely", "lonely_domains", "population", "strata") if key in told}
    stages = tuple(
        Stage(one.get("unit"), fpc=one.get("fpc"), fraction=one.get("fraction")) for one in told.get("stages", [])
    )
    pps = Brewer() if told.get("brewer") else None
    try:
        return Design(told["weight"], stages=stages, pps=pps, replicates=_replicates(spec), **plain)
    except survey.CannotEstimate as refusal:
        raise Wrong("replicates" if refusal.code == "replicate_shape" else "design", f"{refusal} ({refusal.code})")


def _replicates(spec: Spec) -> Made | Read | None:
    told = spec.asked.get("replicates")
    if not told:
        return None
    if "calibration" in spec.asked:
        raise Wrong("replicates", "weights that are calibrated here have no replicates here; leave out one of them")
    is_mse = told.get("mse", False)
    if "kind" in told:
        kind, goes = told["kind"], _GOES.get(told["kind"], ())
        if stray := [key for key in ("count", "seed", "fay", *_READ) if key in told and key not in goes]:
            raise Wrong(f"replicates.{stray[0]}", f"this does not go with {kind}")
        plain = {"replicates": told.get("count"), "seed": told.get("seed"), "fay": told.get("fay")}
        return Made(told["kind"], is_mse=is_mse, **{key: value for key, value in plain.items() if value is not None})
    return Read(tuple(told["columns"]), told["scale"], tuple(told.get("rscales", ())), is_mse)


_GOES = {"Fay": ("fay",), "Rao-Wu": ("count", "seed"), "Canty-Davison": ("count", "seed")}
"""What replicates that are made here may be told, by kind."""
_READ = ("columns", "scale", "rscales")

_KINDS: Mapping[str, Callable[[Asked], Item]] = {
    "mean": lambda one: survey.Mean(one["item"], one.get("name", "")),
    "total": lambda one: survey.Total(one["item"], one.get("name", "")),
    "variance": lambda one: survey.Variance(one["item"], one.get("name", "")),
    "proportion": lambda one: survey.Proportion(one["item"], one.get("name", "")),
    "count": lambda one: survey.Count(one.get("item"), one.get("name", "")),
    "shares": lambda one: survey.Shares(
        one["item"], tuple(one.get("levels", ())), one.get("name", ""), one.get("counts", False)
    ),
    "ratio": lambda one: survey.Ratio(one["item"], one["below"], one.get("name", "")),
    "quantile": lambda one: survey.Quantile(
        one["item"], tuple(one.get("at", (0.5,))), one.get("rule", "math"), one.get("name", "")
    ),
    "multi": lambda one: survey.Multi(tuple(one["items"]), one.get("name", "")),
    "index": lambda one: survey.Index(tuple(one["items"]), one.get("least"), one.get("name", "")),
}


def items(spec: Spec) -> list[Item]:
    """What to estimate, in order. Raises Wrong where two have the same name."""
    for at, one in enumerate(spec.each("estimates")):
        if one.get("least", 1) > len(one.get("items", [0])):
            raise Wrong(f"estimates[{at}].least", f"there are {len(one['items'])} questions only")
    found = [_KINDS[one["kind"]](one) for one in spec.each("estimates")]
    names = [item.label for item in found]
    for at, name in enumerate(names):
        if name in names[:at]:
            raise Wrong(f"estimates[{at}].name", f'"{name}" stands twice; give one of them another name')
    return found


def groups(totals: Any, above: tuple[str, ...] = ()) -> dict[tuple[str, ...], float]:
    """People of each group of a margin; one word for each level of keys.

    >>> groups({"north": {"f": 3, "m": 2}})
    {('north', 'f'): 3, ('north', 'm'): 2}
    """
    if not isinstance(totals, Mapping):
        return {above: totals}
    found: dict[tuple[str, ...], float] = {}
    for word, inner in totals.items():
        found |= groups(inner, (*above, as_word(word)))
    return found


def looked_for(spec: Spec, columns: list[str]) -> None:
    """Raise Wrong at the first key that names a column which the data do not have."""
    for path, column in named(spec):
        if column not in columns:
            words = f'there is no column "{column}"; {meant(column, columns)}'
            raise Wrong(written(path), words, DATA_WRONG)


def named(spec: Spec) -> Iterator[tuple[Place, str]]:
    """Every column the SPEC names, with its key."""
    design, calibration = spec.asked["design"], spec.asked.get("calibration", {})
    yield from _under(("design",), {key: design[key] for key in ("weight", "strata") if key in design})
    for at, stage in enumerate(design.get("stages", [])):
        yield from _under(("design", "stages", at), stage)
    for at, one in enumerate(calibration.get("margins", [])):
        yield from _listed(("calibration", "margins", at, "by"), one["by"])
    yield from _under(("calibration", "totals"), {name: name for name in calibration.get("totals", {})})
    yield from _listed(("replicates", "columns"), spec.asked.get("replicates", {}).get("columns", []))
    for at, columns in enumerate(spec.domains):
        yield from _listed(("domains", at), columns)
    for at, one in enumerate(spec.each("estimates")):
        yield from _under(("estimates", at), {key: one[key] for key in ("item", "below") if key in one})
        yield from _listed(("estimates", at, "items"), one.get("items", []))
    for at, one in enumerate(spec.each("tests")):
        yield from _under(("tests", at), one)


def _under(place: Place, columns: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    yield from (((*place, key), column) for key, column in columns.items())


def _listed(place: Place, columns: Sequence[str]) -> Iterator[tuple[Place, str]]:
    yield from (((*place, at), column) for at, column in enumerate(columns))
