"""Addresses of agreements."""

from django.urls import path

from learnin.initiatives.views import agreements

urlpatterns = [
    path("c/<str:code>/initiatives/agreements/", agreements.agreements, name="agreements"),
    path("c/<str:code>/initiatives/agreements/propose/", agreements.propose, name="propose_agreement"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/text/", agreements.rewrite, name="rewrite_agreement"),
    path("agreements/<int:pk>/withdraw/", agreements.withdraw, name="withdraw_agreement"),
    path("agreements/<int:pk>/docx/", agreements.paper, {"form": "docx"}, name="agreement_docx"),
    path("agreements/<int:pk>/pdf/", agreements.paper, {"form": "pdf"}, name="agreement_pdf"),
    path("parties/<int:pk>/answer/", agreements.answer, name="answer_agreement"),
    path("answer-agreement/<str:token>/", agreements.by_link, name="agreement_answer"),
]
