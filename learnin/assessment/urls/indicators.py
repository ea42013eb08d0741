"""Addresses of indicators and results."""

from django.urls import path

from learnin.assessment.views import indicator_files, indicators, results

urlpatterns = [
    path("assessments/<int:pk>/indicators/", indicators.indicators, name="indicators"),
    path("assessments/<int:pk>/indicators/add/", indicators.add, name="add_indicator"),
    path("assessments/<int:pk>/indicators/import/", indicator_files.take_in, name="import_indicators"),
    path("assessments/<int:pk>/indicators.xlsx", indicator_files.workbook, name="indicators_xlsx"),
    path("assessments/<int:pk>/indicators/bank/", indicators.add_from_bank, name="indicators_from_bank"),
    path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicators/<int:pk>/retire/", indicators.retire, name="retire_indicator"),
    path("indicators/<int:pk>/bring-back/", indicators.bring_back, name="bring_back_indicator"),
    path("assessments/<int:pk>/groups/add/", indicators.add_grouping, name="add_grouping"),
    path("groups/<int:pk>/remove/", indicators.remove_grouping, name="remove_grouping"),
    path("assessments/<int:pk>/results/", results.results, name="results"),
    path("assessments/<int:pk>/results/compute/", results.compute, name="compute_results"),
]
