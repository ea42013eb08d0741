"""Addresses that phones talk to: the same rooms behind four doors."""

from collections.abc import Iterator

from django.urls import URLPattern, include, path

from learnin.assessment.views import openrosa

DOORS = {
    "password": "",
    "open": "open/<str:door>/",
    "draft": "test/<str:door>/",
    "key": "<str:door>/",
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


urlpatterns = [path("collect/", include(list(_addresses())))]
