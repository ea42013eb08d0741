"""Addresses of the needs assessment, room by room."""

from learnin.assessment.urls import (
    enumerators,
    evidence,
    exports,
    findings,
    indicators,
    instruments,
    open_data,
    openrosa,
    plan,
    reading,
    reports,
    rounds,
    samples,
    submissions,
    web_form,
    weights,
)

app_name = "assessment"
urlpatterns = [
    *plan.urlpatterns,
    *evidence.urlpatterns,
    *instruments.urlpatterns,
    *samples.urlpatterns,
    *rounds.urlpatterns,
    *submissions.urlpatterns,
    *exports.urlpatterns,
    *indicators.urlpatterns,
    *reading.urlpatterns,
    *findings.urlpatterns,
    *reports.urlpatterns,
    *open_data.urlpatterns,
    *enumerators.urlpatterns,
    *openrosa.urlpatterns,
    *web_form.urlpatterns,
    *weights.urlpatterns,
]
