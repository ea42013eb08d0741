"""Addresses that phones talk to: the same rooms behind four doors."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from learnin.assessment.views import openrosa

DOORS = {
    "password": "collect/",
    "open": "collect/open/<str:door>/",
    "draft": "collect/test/<str:door>/",
    "key": "collect/<str:door>/",
}
ROOMS = {
    "form_list": ("formList", openrosa.form_list),
    "form": ("forms/<int:version>.xml", openrosa.form),
    "manifest": ("forms/<int:version>/manifest", openrosa.manifest),
    "medium": ("forms/<int:version>/media/<int:medium>", openrosa.medium),
    "entities": ("forms/<int:version>/entities", openrosa.entities),
    "submission": ("submission", openrosa.submission),
}


def _addresses() -> Iterator[URLPattern]:
    for kind, way in DOORS.items():
        for room, (end, view) in ROOMS.items():
            yield path(way + end, view, {"kind": kind}, name=f"collect_{kind}_{room}")


urlpatterns = list(_addresses())
