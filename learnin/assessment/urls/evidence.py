"""Addresses of other evidence."""

from django.urls import path

from learnin.assessment.views import conversations, inventory, sources

urlpatterns = [
    path("c/<str:code>/sources/", sources.sources, name="sources"),
    path("c/<str:code>/sources/add/", sources.add_source, name="add_source"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/change/", sources.correct_source, name="correct_source"),
    path("sources/<int:pk>/remove/", sources.remove_source, name="remove_source"),
    path("sources/<int:pk>/facts/add/", sources.add_fact, name="add_fact"),
    path("facts/<int:pk>/", sources.fact, name="fact"),
    path("facts/<int:pk>/remove/", sources.remove_fact, name="remove_fact"),
    path("c/<str:code>/conversations/", conversations.conversations, name="conversations"),
    path("c/<str:code>/conversations/add/", conversations.add_conversation, name="add_conversation"),
    path("conversations/<int:pk>/", conversations.conversation, name="conversation"),
    path("conversations/<int:pk>/change/", conversations.correct_conversation, name="correct_conversation"),
    path("conversations/<int:pk>/remove/", conversations.remove_conversation, name="remove_conversation"),
    path("conversations/<int:pk>/participants/", conversations.note_participants, name="note_participants"),
    path("participants/<int:pk>/", conversations.participants, name="participants"),
    path("participants/<int:pk>/remove/", conversations.remove_participants, name="remove_participants"),
    path("conversations/<int:pk>/statements/add/", conversations.add_statement, name="add_statement"),
    path("statements/<int:pk>/", conversations.statement, name="statement"),
    path("statements/<int:pk>/remove/", conversations.remove_statement, name="remove_statement"),
    path("c/<str:code>/experts/", inventory.experts, name="experts"),
    path("c/<str:code>/experts/add/", inventory.add_expert, name="add_expert"),
    path("experts/<int:pk>/", inventory.expert, name="expert"),
    path("experts/<int:pk>/withdraw/", inventory.withdraw_expert, name="withdraw_expert"),
    path("c/<str:code>/resources/", inventory.resources, name="resources"),
    path("c/<str:code>/resources/add/", inventory.add_resource, name="add_resource"),
    path("resources/<int:pk>/", inventory.resource, name="resource"),
    path("resources/<int:pk>/remove/", inventory.remove_resource, name="remove_resource"),
    path("c/<str:code>/culture/", inventory.culture, name="culture"),
    path("c/<str:code>/culture/write/", inventory.write_culture, name="write_culture"),
    path("c/<str:code>/evidence.xlsx", inventory.evidence_file, name="evidence_file"),
]
