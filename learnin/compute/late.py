"""Packages that offer names whose modules, and the large libraries these need, are loaded once somebody uses them."""

from collections.abc import Callable, Sequence
from importlib import import_module


def late(package: str, **offers: Sequence[str]) -> Callable[[str], object]:
    """The `__getattr__` of a package that has not loaded some of its modules.

    Args:
        package: its full name.
        offers: the names that each of these modules adds to the package.

    Returns:
        A function from a name to what it stands for; it raises AttributeError where no module offers it.

    Raises:
        ValueError: a name is that of one of the modules, which would hide it as soon as it is loaded.

    Source: PEP 562, Module __getattr__ and __dir__.

    >>> late("collections", abc=["Sized"])("Sized").__name__
    'Sized'
    """
    places = {name: module for module, names in offers.items() for name in names}
    if hidden := offers.keys() & places.keys():
        raise ValueError(f"{package} has modules of the same name: {sorted(hidden)}")

    def found(name: str) -> object:
        if name not in places:
            raise AttributeError(f"{package} has no {name}")
        return getattr(import_module(f"{package}.{places[name]}"), name)

    return found
