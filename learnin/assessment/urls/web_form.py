"""Addresses of the web form: for anyone with the link."""

from django.urls import path

from learnin.assessment.views import plain_form, web_form

urlpatterns = [
    path("form/worker.js", web_form.worker, name="web_form_worker"),
    path("form/<str:door>/", web_form.form, name="web_form"),
    path("form/<str:door>/submission", web_form.submission, {"kind": "open"}, name="web_form_submission"),
    path("form/<str:door>/plain/", plain_form.plain, name="plain_form"),
    path("form/<str:door>/plain/later/", plain_form.plain_later, name="plain_form_later"),
    path("form/<str:door>/plain/sent/", plain_form.plain_sent, name="plain_form_sent"),
]
