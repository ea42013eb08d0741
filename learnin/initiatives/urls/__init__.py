"""Addresses of the initiatives, room by room."""

from django.urls import URLPattern

from learnin.initiatives.urls import agreements, coverage, files, organisations, published, register, relations

app_name = "initiatives"
urlpatterns: list[URLPattern] = [
    *register.urlpatterns,
    *organisations.urlpatterns,
    *files.urlpatterns,
    *relations.urlpatterns,
    *agreements.urlpatterns,
    *coverage.urlpatterns,
    *published.urlpatterns,
]
