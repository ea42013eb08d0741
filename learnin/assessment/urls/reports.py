"""Addresses of reports and of files that are made of results."""

from django.urls import path

from learnin.assessment.views import reports

urlpatterns = [
    path("assessments/<int:pk>/report/", reports.report, name="report"),
    path("assessments/<int:pk>/report.docx", reports.paper, {"form": "docx"}, name="report_docx"),
    path("assessments/<int:pk>/report.pdf", reports.paper, {"form": "pdf"}, name="report_pdf"),
    path("assessments/<int:pk>/report.pptx", reports.presentation, name="report_pptx"),
    path("assessments/<int:pk>/results.xlsx", reports.tables, name="results_xlsx"),
]
