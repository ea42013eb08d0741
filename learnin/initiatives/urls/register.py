"""Addresses of the register and the initiatives in it."""

from django.urls import URLPattern, path

from learnin.initiatives.views import initiatives, register

urlpatterns: list[URLPattern] = [
    path("c/<str:code>/initiatives/", register.register, name="register"),
    path("c/<str:code>/initiatives/list.xlsx", register.register_xlsx, name="register_xlsx"),
    path("c/<str:code>/initiatives/list.pdf", register.register_pdf, name="register_pdf"),
    path("c/<str:code>/initiatives/add/", initiatives.add_initiative, name="add_initiative"),
    path("initiatives/<int:pk>/", initiatives.initiative, name="initiative"),
    path("initiatives/<int:pk>/change/", initiatives.change_initiative, name="change_initiative"),
    path("initiatives/<int:pk>/finish/", initiatives.finish_draft, name="finish_draft"),
    path("initiatives/<int:pk>/confirm/", initiatives.confirm_initiative, name="confirm_initiative"),
    path("initiatives/<int:pk>/publish/", initiatives.publish_initiative, name="publish_initiative"),
    path("initiatives/<int:pk>/unpublish/", initiatives.unpublish_initiative, name="unpublish_initiative"),
    path("initiatives/<int:pk>/withdraw/", initiatives.withdraw_initiative, name="withdraw_initiative"),
    path("initiatives/<int:pk>/bring-back/", initiatives.bring_back_initiative, name="bring_back_initiative"),
    path("initiatives/<int:pk>/papers/add/", initiatives.add_initiative_paper, name="add_initiative_paper"),
    path("initiatives/<int:pk>/papers/remove/", initiatives.remove_initiative_paper, name="remove_initiative_paper"),
]
