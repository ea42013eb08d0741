"""Addresses of what everybody may read."""

from django.urls import URLPattern, path

from learnin.initiatives.views import published as views

urlpatterns: list[URLPattern] = [
    path("public/<str:code>/initiatives/", views.published, name="published"),
    path("public/<str:code>/initiatives/<int:pk>/", views.published_initiative, name="published_initiative"),
]
