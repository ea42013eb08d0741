"""Addresses of data that leave."""

from django.urls import URLPattern, path

from learnin.assessment.views import exports

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/exports/", exports.exports, name="exports"),
    path("rounds/<int:pk>/programs/", exports.webhooks, name="webhooks"),
    path("programs/<int:pk>/stop/", exports.stop_webhook, name="stop_webhook"),
    path("exports/<int:pk>/file/", exports.export_file, name="export_file"),
]
