"""Addresses of meetings, their agenda, decisions and calendars."""

from django.urls import path

from learnin.taskforce.views import agenda, calendars, decisions, meetings

urlpatterns = [
    path("c/<str:code>/meetings/", meetings.meetings, name="meetings"),
    path("c/<str:code>/meetings/plan/", meetings.plan, name="plan_meeting"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/change/", meetings.change, name="change_meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/invite/", meetings.invite, name="invite_to_meeting"),
    path("meetings/<int:pk>/answer/", meetings.answer, name="answer_meeting"),
    path("meetings/<int:pk>/hold/", meetings.hold, name="hold_meeting"),
    path("meetings/<int:pk>/publish/", meetings.publish, name="publish_meeting"),
    path("meetings/<int:pk>/withdraw/", meetings.withdraw, name="withdraw_meeting"),
    path("meetings/<int:pk>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<int:pk>/agenda/", agenda.add_item, name="add_item"),
    path("meetings/<int:pk>/take-over/", agenda.take_over, name="take_over"),
    path("meetings/<int:pk>/decisions/", decisions.record, name="record_decision"),
    path("meetings/<int:pk>/actions/", meetings.add_action, name="add_meeting_action"),
    path("agenda/<int:pk>/", agenda.item, name="item"),
    path("agenda/<int:pk>/move/", agenda.move_item, name="move_item"),
    path("agenda/<int:pk>/remove/", agenda.remove_item, name="remove_item"),
    path("agenda/<int:pk>/paper/", agenda.add_paper, name="add_paper"),
    path("agenda/<int:pk>/paper/remove/", agenda.remove_paper, name="remove_paper"),
    path("agenda/<int:pk>/notes/", agenda.notes, name="notes"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/correct/", decisions.correct, name="correct_decision"),
    path("answer/<str:token>/", calendars.answer, name="answer"),
    path("calendar/<str:token>.ics", calendars.calendar, name="calendar"),
    path("me/calendar/", calendars.calendars, name="calendars"),
    path("me/calendar/renew/", calendars.renew, name="renew_calendars"),
]
