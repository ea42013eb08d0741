"""Addresses of rounds."""

from django.urls import path

from learnin.assessment.views import answering, entry, follow_up, invitations, rounds

urlpatterns = [
    path("c/<str:code>/collection/", rounds.rounds, name="rounds"),
    path("c/<str:code>/collection/plan/", rounds.plan, name="plan_round"),
    path("rounds/<int:pk>/", rounds.round, name="round"),
    path("rounds/<int:pk>/change/", rounds.change, name="change_round"),
    path("rounds/<int:pk>/words/", rounds.letters, name="round_letters"),
    path("rounds/<int:pk>/close/", rounds.close, name="close_round"),
    path("rounds/<int:pk>/invitations/", invitations.invitations, name="invitations"),
    path("rounds/<int:pk>/invitations/make/", invitations.make, name="make_invitations"),
    path("rounds/<int:pk>/invitations/list/", invitations.list_people, name="list_people"),
    path("rounds/<int:pk>/invitations/send/", invitations.send, name="send_letters"),
    path("rounds/<int:pk>/assign/", invitations.assign, name="assign_invitations"),
    path("rounds/<int:pk>/sms.csv", invitations.sms, name="round_sms"),
    path("rounds/<int:pk>/letters-<int:start>.pdf", invitations.printed, name="printed_letters"),
    path("rounds/<int:pk>/units.xlsx", invitations.units, {"form": "xlsx"}, name="round_units_xlsx"),
    path("rounds/<int:pk>/units.pdf", invitations.units, {"form": "pdf"}, name="round_units_pdf"),
    path("rounds/<int:pk>/follow-up/", follow_up.follow_up, name="follow_up"),
    path("rounds/<int:pk>/without-answer/", follow_up.waiting, name="without_answer"),
    path("rounds/<int:pk>/calls/", follow_up.calls, name="calls"),
    path("rounds/<int:pk>/entry/", entry.entry, name="round_entry"),
    path("rounds/<int:pk>/entry/answers.xlsx", entry.workbook, name="entry_workbook"),
    path("enumerators/<int:pk>/units.xlsx", invitations.units_of, {"form": "xlsx"}, name="enumerator_units_xlsx"),
    path("enumerators/<int:pk>/units.pdf", invitations.units_of, {"form": "pdf"}, name="enumerator_units_pdf"),
    path("asked/<int:pk>/contact/", invitations.contact, name="contact"),
    path("asked/<int:pk>/attempt/", follow_up.attempt, name="attempt"),
    path("asked/<int:pk>/replace/", follow_up.replace, name="replace_invitation"),
    path("asked/<int:pk>/call/", follow_up.call, name="call"),
    path("a/", answering.by_letter, name="answer_by_letter"),
    path("a/<str:token>/", answering.invited, name="invited"),
    path("a/<str:token>/stop/", answering.stop, name="stop_letters"),
    path("a/<str:token>/draft", answering.draft, name="answer_draft"),
]
