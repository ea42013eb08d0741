"""Addresses of findings."""

from django.urls import path

from learnin.assessment.views import findings, needs, profile

urlpatterns = [
    path("c/<str:code>/findings/", findings.findings, name="findings"),
    path("assessments/<int:pk>/findings/add/", findings.add, name="add_finding"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/reword/", findings.reword, name="reword_finding"),
    path("findings/<int:pk>/translate/", findings.translate, name="translate_finding"),
    path("findings/<int:pk>/evidence/", findings.cite, name="cite_in_finding"),
    path("findings/numbers/<int:pk>/let-go/", findings.let_go_number, name="let_go_number"),
    path("findings/evidence/<int:pk>/let-go/", findings.let_go_evidence, name="let_go_evidence"),
    path("findings/<int:pk>/opinion/", findings.judge, name="judge_finding"),
    path("findings/<int:pk>/agree/", findings.agree, name="agree_finding"),
    path("findings/<int:pk>/publish/", findings.publish, name="publish_finding"),
    path("findings/<int:pk>/confirm/", findings.confirm, name="confirm_finding"),
    path("findings/<int:pk>/withdraw/", findings.withdraw, name="withdraw_finding"),
    path("c/<str:code>/needs/", needs.needs, name="needs"),
    path("c/<str:code>/needs.xlsx", needs.needs_file, name="needs_file"),
    path("c/<str:code>/profile/", profile.profile, name="profile"),
]
