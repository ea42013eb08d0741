"""Addresses of answers."""

from django.urls import URLPattern, path

from learnin.assessment.views import answers

urlpatterns: list[URLPattern] = [
    path("rounds/<int:pk>/answers/", answers.answers, name="answers"),
    path("rounds/<int:pk>/answers/approve/", answers.approve_answers, name="approve_answers"),
    path("rounds/<int:pk>/answers/check/", answers.check_answers, name="check_answers"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("answers/<int:pk>/correct/<path:question>/", answers.correct_answer, name="correct_answer"),
    path("answers/<int:pk>/mark/", answers.mark_answer, name="mark_answer"),
    path("answer-flags/<int:pk>/", answers.settle_flag, name="settle_flag"),
    path("answer-files/<int:pk>/", answers.answer_file, name="answer_file"),
]
