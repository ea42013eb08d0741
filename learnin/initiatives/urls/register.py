"""Addresses of the register and the initiatives in it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
