"""What begins like a label is found by an index: PostgreSQL needs one that ignores the order of a language."""

from typing import Any

from django.db import migrations

POSTGRESQL = (
    "CREATE INDEX component_label_begins ON component (label text_pattern_ops) WHERE label <> ''"
)


def index(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0004_ground_boxes")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
