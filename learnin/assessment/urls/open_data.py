"""Addresses of open data."""

from django.urls import path

from learnin.assessment.views import open_data

urlpatterns = [
    path("assessments/<int:pk>/open-data/", open_data.prepare, name="prepare_open_data"),
    path("open-data/<int:pk>/", open_data.open_data, name="open_data"),
    path("open-data/<int:pk>/file/", open_data.open_data_file, name="open_data_file"),
    path("open-data/<int:pk>/publish/", open_data.publish, name="publish_open_data"),
    path("open-data/<int:pk>/withdraw/", open_data.withdraw, name="withdraw_open_data"),
]
