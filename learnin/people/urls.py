"""Addresses of people and places."""

from django.urls import path

from learnin.people.views import country, erasures, invitations, me, sign_in

app_name = "people"
urlpatterns = [
    path("c/<str:code>/people/", country.people, name="people"),
    path("c/<str:code>/people/invite/", country.invite, name="invite"),
    path("c/<str:code>/people/<int:pk>/", country.person, name="person"),
    path("c/<str:code>/public/", country.public_text, name="public_text"),
    path("c/<str:code>/public/publish/", country.publish, name="publish"),
    path("region/people/", country.region_people, name="region_people"),
    path("region/people/invite/", country.region_invite, name="region_invite"),
    path("region/erasures/", erasures.erasures, name="erasures"),
    path("region/erasures/<int:pk>/", erasures.erase, name="erase"),
    path("roles/<int:pk>/end/", country.end_role, name="end_role"),
    path("invitations/<int:pk>/again/", country.send_again, name="send_again"),
    path("invitations/<int:pk>/revoke/", country.revoke, name="revoke"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("privacy/", me.privacy_notice, name="privacy"),
    path("me/", me.me, name="me"),
    path("me/details/", me.details, name="details"),
    path("me/roles/<int:pk>/leave/", me.leave, name="leave"),
    path("me/roles/<int:pk>/named/", me.be_named, name="be_named"),
    path("me/consent/", me.consent, name="consent"),
    path("me/data/", me.data, name="data"),
    path("me/data.json", me.data_file, name="data_file"),
    path("me/erasure/", me.erasure, name="erasure"),
    path("me/tokens/", me.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", me.revoke_token, name="revoke_token"),
    path("accounts/login/password/", sign_in.password, name="password"),
    path("accounts/organisation/<str:provider_id>/", sign_in.organisation, name="organisation"),
]
