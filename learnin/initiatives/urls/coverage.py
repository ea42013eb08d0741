"""Addresses of what is covered and what is not."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
