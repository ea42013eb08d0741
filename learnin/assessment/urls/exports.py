"""Addresses of data that leave."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
