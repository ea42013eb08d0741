"""Addresses of frames and samples."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
