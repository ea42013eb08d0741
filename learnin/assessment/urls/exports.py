"""Addresses of data that leave."""

from django.urls import URLPattern, path

from learnin.assessment.views import exports

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/exports/", exports.exports, name="exports"),
    path("exports/<int:pk>/file/", exports.export_file, name="export_file"),
]
