"""IATI activities (International Aid Transparency Initiative): read versions 1.0x and 2.0x, write 2.03."""

from learnin.initiatives.formats.iati.doubts import Doubt
from learnin.initiatives.formats.iati.fitting import unwritable
from learnin.initiatives.formats.iati.reading import read
from learnin.initiatives.formats.iati.writing import write

__all__ = ["Doubt", "read", "unwritable", "write"]
