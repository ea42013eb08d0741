"""Addresses of actions."""

from django.urls import path

from learnin.taskforce.views import actions

urlpatterns = [
    path("c/<str:code>/actions/", actions.actions, name="actions"),
    path("c/<str:code>/actions.xlsx", actions.actions_file, name="actions_file"),
    path("c/<str:code>/actions/add/", actions.add, name="add_action"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/begin/", actions.begin, name="begin_action"),
    path("actions/<int:pk>/complete/", actions.complete, name="complete_action"),
    path("actions/<int:pk>/drop/", actions.drop, name="drop_action"),
    path("actions/<int:pk>/change/", actions.change, name="change_action"),
]
