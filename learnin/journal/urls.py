"""Addresses of the journal."""

from django.urls import path

from learnin.journal.views import documents, entries, jobs, mail, notices

app_name = "journal"
urlpatterns = [
    path("c/<str:code>/journal/", entries.country, name="entries"),
    path("c/<str:code>/journal.xlsx", entries.country_file, name="entries_file"),
    path("region/journal/", entries.region, name="region_entries"),
    path("region/journal.xlsx", entries.region_file, name="region_entries_file"),
    path("journal/<slug:app>/<slug:model>/<str:pk>/", entries.on_object, name="entries_on"),
    path("c/<str:code>/documents/", documents.documents, name="documents"),
    path("c/<str:code>/documents/add/", documents.add, name="document_add"),
    path("documents/<int:pk>/publish/", documents.publish, name="document_publish"),
    path("documents/<int:pk>/withdraw/", documents.withdraw, name="document_withdraw"),
    path("documents/<int:pk>/file/", documents.public_file, name="public_file"),
    path("files/<int:pk>/", documents.file, name="file"),
    path("me/notices/", notices.notices, name="notices"),
    path("me/notices/seen/", notices.all_seen, name="notices_seen"),
    path("me/notices/<int:pk>/seen/", notices.seen, name="notice_seen"),
    path("me/notices/preferences/", notices.preferences, name="notice_preferences"),
    path("news/stop/<str:token>/", notices.stop_digest, name="stop_digest"),
    path("office/jobs/", jobs.every, name="jobs"),
    path("jobs/<uuid:pk>/", jobs.one, name="job"),
    path("office/jobs/<uuid:pk>/again/", jobs.run_again, name="job-again"),
    path("office/mail/", mail.outbox, name="mail"),
    path("office/mail/<int:pk>/again/", mail.send_again, name="mail-again"),
]
