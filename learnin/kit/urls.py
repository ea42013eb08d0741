"""Addresses of the kit."""

from django.urls import path

from learnin.kit import views

app_name = "kit"
urlpatterns = [path("", views.components, name="components")]
