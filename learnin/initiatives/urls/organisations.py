"""Addresses of organisations."""

from django.urls import URLPattern, path

from learnin.initiatives.views import organisations as views

urlpatterns: list[URLPattern] = [
    path("c/<str:code>/organisations/", views.organisations, name="organisations"),
    path("c/<str:code>/organisations/add/", views.add_organisation, name="add_organisation"),
    path("c/<str:code>/organisations/<int:pk>/", views.organisation, name="organisation"),
    path("c/<str:code>/organisations/<int:pk>/change/", views.change_organisation, name="change_organisation"),
    path("c/<str:code>/organisations/<int:pk>/merge/", views.merge_organisation, name="merge_organisation"),
    path("c/<str:code>/organisations/<int:pk>/people/add/", views.add_representative, name="add_representative"),
    path("c/<str:code>/representatives/<int:pk>/end/", views.end_representative, name="end_representative"),
    path("organisation-merges/<int:pk>/undo/", views.undo_organisation_merge, name="undo_organisation_merge"),
]
