"""Addresses of regional activities: of the region, of a country, and out of a letter."""

from django.urls import path

from learnin.taskforce.views import activities, activities_workbook, region_activities

urlpatterns = [
    path("region/activities/", region_activities.activities, name="region_activities"),
    path("region/activities/write/", region_activities.write, name="write_activity"),
    path("region/activities/matrix.xlsx", activities_workbook.workbook_file, name="activities_file"),
    path("region/activities/import/", activities_workbook.workbook_import, name="activities_import"),
    path("region/activities/<int:pk>/", region_activities.activity, name="region_activity"),
    path("region/activities/<int:pk>/change/", region_activities.correct, name="correct_activity"),
    path("region/activities/<int:pk>/send/", region_activities.send, name="send_activity"),
    path("region/activities/<int:pk>/cancel/", region_activities.cancel, name="cancel_activity"),
    path("c/<str:code>/activities/", activities.activities, name="activities"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/answer/", activities.answer, name="answer_activity"),
    path("activities/<int:pk>/adapt/", activities.adapt, name="adapt_activity"),
    path("activities/<int:pk>/attended/", activities.attend, name="attend_activity"),
    path("activities/<int:pk>/evidence/", activities.evidence, name="activity_evidence"),
    path("activities/<int:pk>/publish/", activities.publish, name="publish_activity"),
    path("activities/<int:pk>/withdraw/", activities.withdraw, name="withdraw_activity"),
    path("activities/<int:pk>/reopen/", activities.reopen, name="reopen_activity"),
    path("answer-activity/<str:token>/", activities.by_link, name="activity_answer"),
]
