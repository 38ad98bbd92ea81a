"""One table of a TOML file, read key by key; what cannot be read becomes a `Fault` with its line."""

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import MISSING
from xiuhua.domain.words import Words
from xiuhua.store.pack.toml_text import line_of

NOT_A_KEY = Words("没有这一项", "there is no such key")
NOT_TEXT = Words("应为文字", "must be text")
NOT_WHOLE = Words("应为正整数", "must be a whole number above zero")
NOT_A_TABLE = Words("应为一张表", "must be a table")
NOT_A_LIST = Words("应为文字的列表", "must be a list of texts")
NOT_A_ZONE = Words("没有时区“{text}”", "there is no time zone “{text}”")


class Keys:
    """`path` is the way to this table. Keys that nobody asked for are faults, found by `rest`."""

    def __init__(self, file: str, text: str, table: Mapping[str, Any], path: str = "") -> None:
        self.file, self.source, self.table, self.path = file, text, table, path
        self.faults: list[Fault] = []
        self.asked: set[str] = set()

    def wrong(self, key: str, words: Words) -> None:
        field = f"{self.path}.{key}" if self.path else key
        self.faults.append(Fault(self.file, line_of(self.source, field), field, words))

    def _value(self, key: str) -> Any:
        self.asked.add(key)
        return self.table.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._value(key)
        if value is None:
            if default is None:
                self.wrong(key, MISSING)
            return default or ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, NOT_TEXT)
            return default or ""
        return value

    def words(self, key: str) -> Words:
        return Words(self.text(f"{key}_zh"), self.text(f"{key}_en"))

    def whole(self, key: str, default: int) -> int:
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
            self.wrong(key, NOT_WHOLE)
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, NOT_A_LIST)
            return ()
        return tuple(value)

    def zone(self, key: str) -> ZoneInfo:
        text = self.text(key)
        try:
            return ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            if text:
                self.wrong(key, NOT_A_ZONE.filled(text=text))
            return ZoneInfo("UTC")

    def below(self, key: str) -> "Keys":
        value = self._value(key)
        if value is not None and not isinstance(value, Mapping):
            self.wrong(key, NOT_A_TABLE)
            value = None
        return Keys(self.file, self.source, value or {}, f"{self.path}.{key}" if self.path else key)

    def each(self) -> Iterator[str]:
        return iter(self.table)

    def rest(self) -> list[Fault]:
        for key in self.table:
            if key not in self.asked:
                self.wrong(key, NOT_A_KEY)
        return self.faults
