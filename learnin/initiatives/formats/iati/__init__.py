"""IATI activities (International Aid Transparency Initiative): read versions 1.0x and 2.0x, write 2.03."""

from learnin.initiatives.formats.iati.reading import read

__all__ = ["read"]
