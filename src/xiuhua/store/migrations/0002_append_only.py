"""The past is written once: the database itself refuses UPDATE and DELETE on transitions and seals.

A text beside a transition can only be erased. On SQLite the terms lie in their key (WITHOUT ROWID), half the size.
"""

from typing import Any

from django.db import migrations

SQLITE = [
    f"CREATE TRIGGER {table}_{verb.lower()}_refused BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
    for table in ("transition", "seal")
    for verb in ("UPDATE", "DELETE")
] + [
    "CREATE TRIGGER text_delete_refused BEFORE DELETE ON text "
    "BEGIN SELECT RAISE(ABORT, 'text can only be erased'); END",
    "CREATE TRIGGER text_update_refused BEFORE UPDATE ON text "
    "WHEN NEW.text IS NOT NULL OR NEW.salt <> OLD.salt OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind "
    "OR NEW.sequence <> OLD.sequence OR NEW.field <> OLD.field "
    "BEGIN SELECT RAISE(ABORT, 'text can only be erased'); END",
    "DROP TABLE term",
    "CREATE TABLE term (term varchar(2) NOT NULL, subject_id bigint NOT NULL, PRIMARY KEY (term, subject_id)) "
    "WITHOUT ROWID",
]

POSTGRESQL = [
    "CREATE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is written once', TG_TABLE_NAME; END $$",
    "CREATE FUNCTION only_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'DELETE' OR NEW.text IS NOT NULL OR (NEW.kind, NEW.number, NEW.sequence, NEW.field, NEW.salt) "
    "IS DISTINCT FROM (OLD.kind, OLD.number, OLD.sequence, OLD.field, OLD.salt) "
    "THEN RAISE EXCEPTION 'text can only be erased'; END IF; RETURN NEW; END $$",
] + [
    f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION written_once()"
    for table in ("transition", "seal")
] + [
    f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION written_once()"
    for table in ("transition", "seal")
] + [
    "CREATE TRIGGER text_only_erased BEFORE UPDATE OR DELETE ON text FOR EACH ROW EXECUTE FUNCTION only_erased()",
]


def refuse_changes(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)  # None: a % is a %


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
