"""What is kept, in which order it is listed, and how it changes shape."""

from functools import partial

from tests.house.rules import Rule, code, files, migrations, planted

QUERIES = partial(
    files, "learnin/*/*.py", "learnin/*/queries/*.py", "learnin/*/access/*.py", "learnin/*/operations/*.py"
)
MODELS = partial(files, "learnin/*/models.py", "learnin/*/models/**/*.py")
MIGRATIONS = partial(files, "learnin/*/migrations/0*.py", without=())
py = partial(planted, "learnin/planted/queries.py")
ONE_EACH = "one of each in what is listed"

RULES = (
    Rule(
        code.lists_end_with_something_unique,
        QUERIES,
        py("def people(): return Person.objects.order_by('name')", "def f(): return rows.order_by('pk', '-at')"),
        py("def people(): return Person.objects.order_by('name', 'pk')", "def f(): return rows.order_by()"),
        stands={
            "learnin/people/queries.py: levels orders by language at the end": ONE_EACH,
            "learnin/people/queries.py: own_data orders by language at the end": ONE_EACH,
            "learnin/people/queries.py: public_text orders by language at the end": ONE_EACH,
            "learnin/people/queries.py: public_texts orders by language at the end": ONE_EACH,
            "learnin/programme/queries.py: _missing orders by field.name at the end": ONE_EACH,
            "learnin/taskforce/queries/composition.py: seats_of orders by seat__number at the end": ONE_EACH,
        },
    ),
    Rule(
        code.constraints_are_declared_one_by_one,
        MODELS,
        py("class Meta:\n    unique_together = [('a', 'b')]", "class Meta:\n    ordering = ['name']"),
        py("class Meta:\n    constraints = [UniqueConstraint(fields=['a', 'b'], name='one_a_b')]"),
    ),
    Rule(
        migrations.migrations_import_no_app_code,
        MIGRATIONS,
        py("from learnin.people.models import Role", "import learnin.people.roles", "from ..models import Role"),
        py("import learnin.programme.fields", "from django.db import migrations"),
        stands={
            "learnin/journal/migrations/0001_initial.py: imports learnin.journal.models.files": (
                "Django names the function that names a file"
            ),
            "learnin/assessment/migrations/0001_initial.py: imports learnin.assessment.models.submissions": (
                "Django names the function that names a file"
            ),
        },
    ),
    Rule(
        migrations.schema_and_data_stand_apart,
        MIGRATIONS,
        py("operations = [migrations.AddField('a', 'b', c), migrations.RunPython(fill, empty)]"),
        py(
            "operations = [migrations.AddField('a', 'b', c)]",
            "dependencies = [migrations.swappable_dependency(x)]\noperations = [migrations.RunPython(fill, empty)]",
        ),
    ),
    Rule(
        migrations.migrations_can_go_back,
        MIGRATIONS,
        py("x = migrations.RunPython(fill)", "x = migrations.RunSQL('DROP TABLE x')"),
        py(
            "x = migrations.RunPython(fill, empty)",
            '"""It cannot go back: the column held nothing."""\nx = migrations.RunPython(fill)',
        ),
    ),
)
