"""What a command needs before it can do anything: Django with our settings, and the database in step."""

import os

import click

from xiuhua.shell.speaking import text


def begin() -> None:
    """Raises SystemExit with a sentence where a setting is wrong."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.shell.settings")
    django.setup()
    from django.conf import settings

    settings.XIUHUA_HOME.mkdir(parents=True, exist_ok=True)


def begin_in_step() -> None:
    """The same, and bring the tables up to this version of the program."""
    begin()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        click.echo(text("正在更新数据表 …", "bringing the tables up to date …"), err=True)
        call_command("migrate", verbosity=0, interactive=False)
