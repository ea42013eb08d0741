"""Addresses of other evidence."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
