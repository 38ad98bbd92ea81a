"""The commands, a file for each group of them."""

import click

from xiuhua.shell.speaking import text

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=text("text 供人阅读，json 供程序读取", "text for people, json for programs"),
)
