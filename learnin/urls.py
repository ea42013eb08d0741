"""Every address of LearnIn. Each app lists its own; here they are only joined."""

from django.urls import include, path

from learnin.home import api
from learnin.people.views import me

handler400 = "learnin.kit.views.bad_request"
handler403 = "learnin.kit.views.forbidden"
handler404 = "learnin.kit.views.not_found"
handler500 = "learnin.kit.views.server_error"

urlpatterns = [
    path("", include("learnin.home.urls")),
    path("", include("learnin.people.urls")),
    path("", include("learnin.journal.urls")),
    path("", include("learnin.taskforce.urls")),
    path("", include("learnin.assessment.urls")),
    path("", include("learnin.initiatives.urls")),
    path("language/", me.choose_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("kit/", include("learnin.kit.urls")),
    path("api/", api.urls),
]
