"""Addresses of files of initiatives, in and out."""

from django.urls import URLPattern, path

from learnin.initiatives.views import files, taking

urlpatterns: list[URLPattern] = [
    path("c/<str:code>/initiatives/imports/", files.imports, name="imports"),
    path("c/<str:code>/initiatives/imports/add/", files.add_import, name="add_import"),
    path("c/<str:code>/initiatives/imports/template.xlsx", files.import_template, name="import_template"),
    path("c/<str:code>/initiatives/take-along/", taking.take_initiatives, name="take_initiatives"),
    path("initiative-imports/<int:pk>/", files.import_page, name="import"),
    path("initiative-imports/<int:pk>/columns/", files.import_columns, name="import_columns"),
    path("initiative-imports/<int:pk>/differences/", files.import_conflicts, name="import_conflicts"),
    path("initiative-imports/<int:pk>/problems.xlsx", files.import_problems_xlsx, name="import_problems_xlsx"),
    path("initiative-imports/<int:pk>/apply/", files.apply_import, name="apply_import"),
    path("initiative-imports/<int:pk>/regions/", files.import_regions, name="import_regions"),
    path("initiative-imports/<int:pk>/drop/", files.drop_import, name="drop_import"),
]
