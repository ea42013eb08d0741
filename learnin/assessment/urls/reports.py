"""Addresses of reports and of files that are made of results."""

from django.urls import path

from learnin.assessment.views import reports

urlpatterns = [
    path("assessments/<int:pk>/report/", reports.report, name="report"),
    path("assessments/<int:pk>/tables/", reports.tables, name="take_tables"),
    path("reports/<int:pk>/file/", reports.report_file, name="report_file"),
]
