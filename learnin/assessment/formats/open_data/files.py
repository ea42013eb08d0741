"""All files in one."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

Files = Mapping[str, bytes]


def zipped(files: Files, *, day: date) -> bytes:
    """The ZIP. The same files of the same day give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            into.writestr(entry, content)
    return out.getvalue()
