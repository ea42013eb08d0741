"""Addresses of frames and samples."""

from django.urls import path

from learnin.assessment.views import frames, samples

urlpatterns = [
    path("c/<str:code>/samples/", frames.frames, name="frames"),
    path("c/<str:code>/samples/size/", samples.size, name="sample_size"),
    path("c/<str:code>/samples/bring-in/", frames.add, name="add_frame"),
    path("frames/<int:pk>/", frames.frame, name="frame"),
    path("frames/<int:pk>/columns/", frames.columns, name="frame_columns"),
    path("frames/<int:pk>/units/", frames.units, name="frame_units"),
    path("frames/<int:pk>/draw/", samples.design, name="sample_design"),
    path("samples/<int:pk>/", samples.sample, name="sample"),
    path("samples/<int:pk>/units.xlsx", samples.units_file, {"form": "xlsx"}, name="sample_xlsx"),
    path("samples/<int:pk>/units.docx", samples.units_file, {"form": "docx"}, name="sample_docx"),
    path("samples/<int:pk>/units.pdf", samples.units_file, {"form": "pdf"}, name="sample_pdf"),
    path("samples/units/<int:pk>/reserve/", samples.reserve, name="put_in_reserve"),
    path("samples/units/<int:pk>/people/", samples.people, name="sampled_people"),
]
