"""Addresses of plans, of a country and of the whole region."""

from django.urls import path

from learnin.assessment.views import papers, plan, plan_parts, regional

urlpatterns = [
    path("c/<str:code>/assessments/", plan.assessments, name="assessments"),
    path("c/<str:code>/assessments/plan/", plan.plan, name="plan_assessment"),
    path("assessments/<int:pk>/", plan.assessment, name="assessment"),
    path("assessments/<int:pk>/change/", plan.correct, name="correct_assessment"),
    path("assessments/<int:pk>/protection/", plan.protect, name="protect_assessment"),
    path("assessments/<int:pk>/close/", plan.close, name="close_assessment"),
    path("assessments/<int:pk>/reopen/", plan.reopen, name="reopen_assessment"),
    path("assessments/<int:pk>/populations/add/", plan_parts.add_population, name="add_population"),
    path("populations/<int:pk>/", plan_parts.population, name="population"),
    path("populations/<int:pk>/remove/", plan_parts.remove_population, name="remove_population"),
    path("assessments/<int:pk>/calendar/add/", plan_parts.add_milestone, name="add_milestone"),
    path("milestones/<int:pk>/", plan_parts.milestone, name="milestone"),
    path("milestones/<int:pk>/done/", plan_parts.finish_milestone, name="finish_milestone"),
    path("milestones/<int:pk>/remove/", plan_parts.remove_milestone, name="remove_milestone"),
    path("assessments/<int:pk>/consents/write/", plan_parts.write_consent, name="write_consent"),
    path("consents/<int:pk>/remove/", plan_parts.remove_consent, name="remove_consent"),
    path("assessments/<int:pk>/terms/", papers.choose_terms, name="assessment_terms"),
    path("assessments/<int:pk>/terms.docx", papers.terms, {"form": "docx"}, name="assessment_terms_docx"),
    path("assessments/<int:pk>/terms.pdf", papers.terms, {"form": "pdf"}, name="assessment_terms_pdf"),
    path("region/assessments/", regional.regional_assessments, name="regional_assessments"),
    path("region/assessments/write/", regional.write, name="write_regional"),
    path("region/assessments/<int:pk>/", regional.regional, name="regional"),
    path("region/assessments/<int:pk>/change/", regional.correct, name="correct_regional"),
    path("region/assessments/<int:pk>/core/", regional.core, name="regional_core"),
    path("region/assessments/<int:pk>/core/repair/", regional.repair_core, name="repair_core"),
    path("region/assessments/<int:pk>/core/workbook/", regional.core_workbook, name="core_workbook"),
    path("region/assessments/<int:pk>/send/", regional.send, name="send_regional"),
]
