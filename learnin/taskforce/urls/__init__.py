"""Addresses of the task force, room by room."""

from learnin.taskforce.urls import actions, activities, composition, mandate, meetings, minutes

app_name = "taskforce"
urlpatterns = [
    *composition.urlpatterns,
    *mandate.urlpatterns,
    *meetings.urlpatterns,
    *minutes.urlpatterns,
    *actions.urlpatterns,
    *activities.urlpatterns,
]
