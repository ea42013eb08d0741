"""Addresses of seats, sittings and posts."""

from django.urls import path

from learnin.taskforce.views import composition

urlpatterns = [
    path("c/<str:code>/taskforce/", composition.composition, name="composition"),
    path("c/<str:code>/taskforce/establish/", composition.establish, name="establish"),
    path("c/<str:code>/taskforce/about/", composition.describe, name="describe"),
    path("c/<str:code>/taskforce/composition.xlsx", composition.workbook_file, name="workbook_file"),
    path("c/<str:code>/taskforce/import/", composition.workbook_import, name="workbook_import"),
    path("c/<str:code>/taskforce/seats/add/", composition.add_seat, name="add_seat"),
    path("c/<str:code>/taskforce/posts/appoint/", composition.appoint_post, name="appoint_post"),
    path("seats/<int:pk>/", composition.seat, name="seat"),
    path("seats/<int:pk>/close/", composition.close_seat, name="close_seat"),
    path("seats/<int:pk>/nominate/", composition.nominate, name="nominate"),
    path("sittings/<int:pk>/appoint/", composition.appoint, name="appoint"),
    path("sittings/<int:pk>/end/", composition.end_sitting, name="end_sitting"),
    path("sittings/<int:pk>/letter/", composition.letter, name="letter"),
    path("posts/<int:pk>/end/", composition.end_post, name="end_post"),
]
