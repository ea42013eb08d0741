"""Addresses of the mandate, the hand-over and the links."""

from django.urls import path

from learnin.taskforce.views import hand_over, links, mandate

urlpatterns = [
    path("c/<str:code>/taskforce/mandate/", mandate.mandate, name="mandate"),
    path("c/<str:code>/taskforce/mandate/owners/", mandate.mandate_owners, name="mandate_owners"),
    path("evidence/<int:pk>/remove/", mandate.remove_evidence, name="remove_evidence"),
    path("c/<str:code>/taskforce/hand-over/", hand_over.hand_over, name="hand_over"),
    path("c/<str:code>/taskforce/hand-over/end/", hand_over.end_task_force, name="end_task_force"),
    path("hand-over/<int:pk>/", hand_over.hand_over_task, name="hand_over_task"),
    path("hand-over/<int:pk>/met/", hand_over.hand_over_met, name="hand_over_met"),
    path("hand-over/<int:pk>/back/", hand_over.hand_over_back, name="hand_over_back"),
    path("hand-over/<int:pk>/remove/", hand_over.hand_over_remove, name="hand_over_remove"),
    path("c/<str:code>/taskforce/links/", links.links, name="links"),
]
