"""Addresses of the pages above the stages."""

from django.urls import path

from learnin.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("c/<str:code>/", views.country, name="country"),
    path("region/", views.region, name="region"),
    path("region/countries.xlsx", views.region_file, name="region_file"),
    path("region/findings/", views.region_findings, name="region_findings"),
    path("region/initiatives/", views.region_initiatives, name="region_initiatives"),
    path("search/", views.search, name="search"),
    path("public/<str:code>/", views.public_country, name="public_country"),
    path("public/<str:code>/findings/", views.public_findings, name="public_findings"),
    path("public/<str:code>/findings.json", views.public_findings_json, name="public_findings_json"),
    path("public/<str:code>/data/<int:pk>/", views.public_data, name="public_data"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
