"""Addresses of pairs of initiatives to judge, of merges, and of the check while somebody types."""

from django.urls import URLPattern, path

from learnin.initiatives.views import likely, merging, pairs

urlpatterns: list[URLPattern] = [
    path("c/<str:code>/initiatives/likely/", likely.likely, name="likely"),
    path("c/<str:code>/initiatives/pairs/", pairs.pairs, name="pairs"),
    path("c/<str:code>/initiatives/pairs/find/", pairs.find, name="find_pairs"),
    path("initiatives/pairs/<int:pk>/", pairs.pair, name="pair"),
    path("initiatives/pairs/<int:pk>/take-back/", pairs.take_back, name="take_back_verdict"),
    path("initiatives/pairs/<int:pk>/merge/", merging.merge, name="merge_pair"),
    path("initiatives/merges/<int:pk>/undo/", merging.undo, name="undo_merge"),
]
