"""Addresses of coverage and gaps."""

from django.urls import path

from learnin.initiatives.views import coverage

urlpatterns = [
    path("c/<str:code>/coverage/", coverage.coverage, name="coverage"),
    path("c/<str:code>/coverage.xlsx", coverage.coverage_xlsx, name="coverage_xlsx"),
    path("c/<str:code>/coverage.pdf", coverage.coverage_pdf, name="coverage_pdf"),
    path("c/<str:code>/coverage/rates/", coverage.rates, name="rates"),
    path("c/<str:code>/coverage/gaps/", coverage.gaps, name="gaps"),
    path("c/<str:code>/coverage/gaps/take-up/", coverage.introduce, name="introduce"),
    path("gaps/<int:pk>/", coverage.gap, name="gap"),
    path("gaps/<int:pk>/concept-note.docx", coverage.concept_note, {"form": "docx"}, name="concept_note_docx"),
    path("gaps/<int:pk>/concept-note.pdf", coverage.concept_note, {"form": "pdf"}, name="concept_note_pdf"),
]
