"""Every component, under one name. Settings make it known to all templates."""

from django.template import Library

from learnin.kit.components import charts, fields, frame, islands, lists, messages, next_steps, states, tables, words

register = Library()
for room in (words, states, frame, next_steps, lists, tables, messages, fields, islands, charts):
    register.tags.update(room.register.tags)
    register.filters.update(room.register.filters)
