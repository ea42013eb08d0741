"""Addresses of the pages where results are read, and of the rules by which they are."""

from django.urls import path

from learnin.assessment.views import explorer, reading

urlpatterns = [
    path("assessments/<int:pk>/explorer/", explorer.explorer, name="explorer"),
    path("assessments/<int:pk>/explorer.xlsx", explorer.explorer_xlsx, name="explorer_xlsx"),
    path("assessments/<int:pk>/compare/", explorer.compare, name="compare"),
    path("c/<str:code>/reading-rules/", reading.reading_rules, name="reading_rules"),
    path("c/<str:code>/reading-rules/change/", reading.change_reading_rules, name="change_reading_rules"),
]
