"""Addresses of those who collect answers."""

from django.urls import path

from learnin.assessment.views import enumerators as views

urlpatterns = [
    path("rounds/<int:pk>/enumerators/", views.enumerators, name="enumerators"),
    path("rounds/<int:pk>/enumerators/cards/", views.enumerator_cards, name="enumerator_cards"),
    path("enumerators/<int:pk>/", views.enumerator, name="enumerator"),
    path("enumerators/<int:pk>/revoke/", views.revoke_enumerator, name="revoke_enumerator"),
    path("enumerators/<int:pk>/renew/", views.renew_enumerator, name="renew_enumerator"),
    path("enumerators/<int:pk>/password/", views.enumerator_password, name="enumerator_password"),
]
