"""Addresses of minutes, their seal, and the papers of a meeting and of the task force."""

from django.urls import path

from learnin.taskforce.views import minutes, papers

urlpatterns = [
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:pk>/minutes/send/", minutes.send, name="send_minutes"),
    path("meetings/<int:pk>/minutes/take-back/", minutes.take_back, name="take_back_minutes"),
    path("meetings/<int:pk>/minutes/object/", minutes.object_to, name="object_to_minutes"),
    path("meetings/<int:pk>/minutes/approve/", minutes.approve, name="approve_minutes"),
    path("meetings/<int:pk>/minutes/shelf/", minutes.shelve, name="shelve_minutes"),
    path("meetings/<int:pk>/seal/", minutes.seal, name="seal"),
    path("objections/<int:pk>/answer/", minutes.answer, name="answer_objection"),
    path("meetings/<int:pk>/minutes.docx", papers.minutes, {"form": "docx"}, name="minutes_docx"),
    path("meetings/<int:pk>/minutes.pdf", papers.minutes, {"form": "pdf"}, name="minutes_pdf"),
    path("meetings/<int:pk>/agenda.docx", papers.agenda, {"form": "docx"}, name="agenda_docx"),
    path("meetings/<int:pk>/agenda.pdf", papers.agenda, {"form": "pdf"}, name="agenda_pdf"),
    path("meetings/<int:pk>/attendance.docx", papers.attendance, {"form": "docx"}, name="attendance_docx"),
    path("meetings/<int:pk>/attendance.pdf", papers.attendance, {"form": "pdf"}, name="attendance_pdf"),
    path("c/<str:code>/taskforce/terms/", papers.choose_terms, name="terms"),
    path("c/<str:code>/taskforce/terms.docx", papers.terms, {"form": "docx"}, name="terms_docx"),
    path("c/<str:code>/taskforce/terms.pdf", papers.terms, {"form": "pdf"}, name="terms_pdf"),
]
