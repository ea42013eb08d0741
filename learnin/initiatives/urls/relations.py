"""Addresses of pairs of initiatives to judge."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
