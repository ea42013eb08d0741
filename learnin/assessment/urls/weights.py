"""Addresses of weights."""

from django.urls import path

from learnin.assessment.views import weighting, weights

urlpatterns = [
    path("rounds/<int:pk>/weights/", weights.weight_sets, name="weight_sets"),
    path("rounds/<int:pk>/weights/begin/", weights.begin, name="begin_weights"),
    path("weights/<int:pk>/", weights.weight_set, name="weight_set"),
    path("weights/<int:pk>/use/", weights.use, name="use_weights"),
    path("weights/<int:pk>/begin/", weights.begin_like, name="begin_weights_like"),
    path("weighting/<int:pk>/base/", weighting.step, {"name": "base"}, name="weighting_base"),
    path("weighting/<int:pk>/non-response/", weighting.step, {"name": "response"}, name="weighting_response"),
    path("weighting/<int:pk>/totals/", weighting.step, {"name": "totals"}, name="weighting_totals"),
    path("weighting/<int:pk>/totals/file/", weighting.totals, name="weighting_totals_file"),
    path("weighting/<int:pk>/totals/file.xlsx", weighting.totals_workbook, name="weighting_totals_xlsx"),
    path("weighting/<int:pk>/limit/", weighting.step, {"name": "limit"}, name="weighting_limit"),
    path("weighting/<int:pk>/finish/", weighting.finish, name="weighting_finish"),
    path("weighting/<int:pk>/give-up/", weights.give_up, name="give_up_weights"),
]
