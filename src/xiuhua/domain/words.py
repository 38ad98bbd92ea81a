"""Text for people in both languages, and the two ways of saying no.

A `Refusal` is a normal answer of a rule. A `Wrong` is raised where an input cannot be read at all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Chinese and English."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def filled(self, **given: object) -> "Words":
        return Words(self.zh.format(**given), self.en.format(**given))


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a rule will not do. `code` is kebab-case, `field` names the input that has to change, if one does."""

    code: str
    words: Words
    field: str = ""


class Wrong(Exception):  # noqa: N818 - reads as a sentence: raise CodeWrong(...)
    """An input that cannot be read or a fact that is not known; caught at the edge, shown as words."""

    def __init__(self, code: str, words: Words, field: str = "") -> None:
        super().__init__(words.en)
        self.code = code
        self.words = words
        self.field = field

    def refusal(self) -> Refusal:
        return Refusal(self.code, self.words, self.field)
