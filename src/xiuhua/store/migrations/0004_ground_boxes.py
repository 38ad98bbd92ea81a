"""Boxes of components and features, kept in step by the database itself; past versions of components written once.

SQLite: R*Tree tables with triggers. PostgreSQL: GiST on an expression over its own `point` and `box`, no extension.
"""

from typing import Any

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE component_box USING rtree(id, west, east, south, north)",
    "CREATE VIRTUAL TABLE feature_box USING rtree(id, west, east, south, north)",
    "CREATE TRIGGER component_boxed AFTER INSERT ON component BEGIN INSERT INTO component_box "
    "VALUES (NEW.id, NEW.longitude, NEW.longitude, NEW.latitude, NEW.latitude); END",
    "CREATE TRIGGER component_moved AFTER UPDATE OF longitude, latitude ON component BEGIN UPDATE component_box "
    "SET west = NEW.longitude, east = NEW.longitude, south = NEW.latitude, north = NEW.latitude WHERE id = NEW.id; END",
    "CREATE TRIGGER component_gone AFTER DELETE ON component BEGIN DELETE FROM component_box WHERE id = OLD.id; END",
    "CREATE TRIGGER feature_boxed AFTER INSERT ON feature BEGIN INSERT INTO feature_box "
    "VALUES (NEW.id, NEW.west, NEW.east, NEW.south, NEW.north); END",
    "CREATE TRIGGER feature_moved AFTER UPDATE OF west, east, south, north ON feature BEGIN UPDATE feature_box "
    "SET west = NEW.west, east = NEW.east, south = NEW.south, north = NEW.north WHERE id = NEW.id; END",
    "CREATE TRIGGER feature_gone AFTER DELETE ON feature BEGIN DELETE FROM feature_box WHERE id = OLD.id; END",
] + [
    f"CREATE TRIGGER component_past_{verb.lower()}_refused BEFORE {verb} ON component_past "
    "BEGIN SELECT RAISE(ABORT, 'component_past is written once'); END"
    for verb in ("UPDATE", "DELETE")
]

POSTGRESQL = [
    "CREATE INDEX component_point ON component USING gist (point(longitude, latitude))",
    "CREATE INDEX feature_box ON feature USING gist (box(point(west, south), point(east, north)))",
    "CREATE TRIGGER component_past_written_once BEFORE UPDATE OR DELETE ON component_past "
    "FOR EACH ROW EXECUTE FUNCTION written_once()",
    "CREATE TRIGGER component_past_not_emptied BEFORE TRUNCATE ON component_past "
    "FOR EACH STATEMENT EXECUTE FUNCTION written_once()",
]


def index(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0003_ground")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
