"""Addresses of instruments."""

from django.urls import URLPattern, path

from learnin.assessment.views import building, instruments, picking, questionnaire_papers, translations, versions

urlpatterns: list[URLPattern] = [
    path("c/<str:code>/questionnaires/", instruments.instruments, name="instruments"),
    path("c/<str:code>/questionnaires/add/", instruments.add_instrument, name="add_instrument"),
    path("c/<str:code>/questionnaires/pick/", picking.pick_questions, name="pick_questions"),
    path("questionnaires/<int:pk>/", instruments.instrument, name="instrument"),
    path("questionnaires/<int:pk>/dimensions/", instruments.dimensions, name="instrument_dimensions"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("versions/<int:pk>/problems/", instruments.problems, name="version_problems"),
    path("versions/<int:pk>/repair/", instruments.repair_draft, name="repair_draft"),
    path("versions/<int:pk>/replace/", instruments.replace_draft, name="replace_draft"),
    path("versions/<int:pk>/draft/", instruments.begin_draft, name="begin_draft"),
    path("versions/<int:pk>/publish/", versions.publish_version, name="publish_version"),
    path("versions/<int:pk>/differences/", versions.version_differences, name="version_differences"),
    path("versions/<int:pk>/validate/", versions.ask_validator, name="ask_validator"),
    path("versions/<int:pk>/workbook.xlsx", versions.workbook, name="version_workbook"),
    path("versions/<int:pk>/form.xml", versions.xform, name="version_xform"),
    path("versions/<int:pk>/files/add/", versions.add_medium, name="add_medium"),
    path("version-files/<int:pk>/remove/", versions.remove_medium, name="remove_medium"),
    path("versions/<int:pk>/translate/", translations.translate, name="translate"),
    path("versions/<int:pk>/translate/words.xlsx", translations.words_file, {"form": "xlsx"}, name="words_xlsx"),
    path("versions/<int:pk>/translate/words.po", translations.words_file, {"form": "po"}, name="words_po"),
    path("versions/<int:pk>/translate/import/", translations.words_import, name="words_import"),
    path("versions/<int:pk>/paper.docx", questionnaire_papers.paper, {"form": "docx"}, name="paper_docx"),
    path("versions/<int:pk>/paper.pdf", questionnaire_papers.paper, {"form": "pdf"}, name="paper_pdf"),
    path("versions/<int:pk>/bank/", picking.add_from_bank, name="add_from_bank"),
    path("versions/<int:pk>/builder/", building.builder, name="builder"),
    path("versions/<int:pk>/builder/add/", building.add_question, name="builder_add"),
    path("versions/<int:pk>/builder/languages/", building.languages, name="builder_languages"),
    path("versions/<int:pk>/builder/languages/remove/", building.remove_language, name="builder_remove_language"),
    path("versions/<int:pk>/builder/<int:row>/", building.question, name="builder_question"),
    path("versions/<int:pk>/builder/<int:row>/move/", building.move_question, name="builder_move"),
    path("versions/<int:pk>/builder/<int:row>/place/", building.place_question, name="builder_place"),
    path("versions/<int:pk>/builder/<int:row>/group/", building.make_group, name="builder_group"),
    path("versions/<int:pk>/builder/<int:row>/open/", building.open_group, name="builder_open_group"),
    path("versions/<int:pk>/builder/<int:row>/remove/", building.remove_question, name="builder_remove"),
    path("versions/<int:pk>/builder/<int:row>/choices/", building.choices, name="builder_choices"),
]
