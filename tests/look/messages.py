"""What the pages and the code ask to be translated, read out of the templates' own parse and the code's own syntax."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template import Engine, Template
from django.template.base import Lexer, Node, NodeList, Token, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SOURCE = Path(__file__).resolve().parents[2] / "src" / "xiuhua"
TEMPLATES = sorted(path for part in ("look", "web") for path in (SOURCE / part / "templates").rglob("*.html"))
CODE = sorted(path for part in ("look", "web", "api", "shell") for path in (SOURCE / part).rglob("*.py"))
ASKING = {"_", "gettext", "gettext_noop", "gettext_lazy", "pgettext"}
SHOWN = {"title", "placeholder", "aria-label", "alt"}  # attributes that a reader meets
LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff]{2,}")
SAME_EVERYWHERE = {"EN", "English", "中文", "Enter"}  # names of languages and keys, in their own language


def msgids() -> set[str]:
    return {msgid for path in TEMPLATES for msgid in _in_template(path)} | {
        m for path in CODE for m in _in_code(path)
    }


def _in_template(path: Path) -> Iterator[str]:
    yield from _in_nodes(Template(path.read_text(), engine=Engine.get_default()).nodelist)


def _in_nodes(nodes: NodeList) -> Iterator[str]:
    for node in _all(nodes):
        if isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal)
        elif isinstance(node, BlockTranslateNode):
            yield node.render_token_list(node.singular)[0]


def _all(nodes: NodeList) -> Iterator[Node]:
    for node in nodes:
        yield node
        for name in ("nodelist", "nodelist_loop", "nodelist_empty"):
            yield from _all(getattr(node, name, None) or NodeList())
        for _, inner in getattr(node, "conditions_nodelists", ()):
            yield from _all(inner)


def _in_code(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ASKING:
            yield from _literal(node.args[-1])


def _literal(node: ast.expr) -> Iterator[str]:
    """Nothing for a name: it stands for what was marked where it was written."""
    if isinstance(node, ast.Constant):
        yield str(node.value)


class _Shown(HTMLParser):
    """Text and attributes of a template's HTML that a reader would see as they stand there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in SHOWN]


def unmarked(path: Path) -> list[str]:
    """Words that stand in a template outside any translation."""
    parser = _Shown()
    parser.feed("".join(_kept(Lexer(path.read_text()).tokenize())))
    words = {word for text in parser.found for word in LETTERS.findall(text)}
    return sorted(words - SAME_EVERYWHERE)


def _kept(tokens: list[Token]) -> Iterator[str]:
    inside = False
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.split_contents()[0].endswith("blocktranslate"):
            inside = not inside
        elif token.token_type is TokenType.TEXT and not inside:
            yield token.contents


__all__ = ["TEMPLATES", "msgids", "unmarked"]
