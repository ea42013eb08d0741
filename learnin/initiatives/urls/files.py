"""Addresses of files of initiatives, in and out."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
