"""How a number is put into words: exact, rounded half-up, "over", "about", in wan, as a rank; in both languages.

Exact fractions only, never a float. A wording that would say something untrue falls back to the exact number: "over
3100" is not said of 3100, "100%" is not reached by rounding. Source: the display rules of the field's figures table;
the fall-backs are ours.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xiuhua.domain.words import Words, Wrong

WAN = 10_000
NOTHING = Words("–", "–")  # a rate of nothing; source: indicators clause 1, choice documented there as open


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: 件, "case", "cases". A rate has none."""

    zh: str = ""
    one: str = ""
    many: str = ""

    def after(self, zh: str, en: str, *, single: bool = False) -> Words:
        unit = self.one if single else self.many
        return Words(f"{zh}{self.zh}", f"{en} {unit}".rstrip())


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a wording is given. `names` are those of an enumeration or the constant of a nominal figure."""

    value: Fraction
    measure: Measure = Measure()
    whole: Fraction | None = None
    names: Sequence[Words] = ()


def half_up(value: Fraction, places: int = 0) -> Decimal:
    """Rounded half away from zero, with its trailing zeros."""
    scaled = abs(value) * 10**places
    steps = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{steps if value >= 0 else -steps}e{-places}")  # exact, however many digits


def plain(value: Fraction) -> str:
    """All digits where the number has an end; where it has none, six places."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{half_up(value, 6):f}".rstrip("0").rstrip(".")


def _exact(it: Quantity, step: Fraction) -> Words:
    text = plain(it.value)
    return it.measure.after(text, text, single=it.value == 1)


def _percent(it: Quantity, places: int) -> Words:
    """Never rounded up to 100: 99.999 % of a whole is printed 99.99%."""
    if not it.whole:
        return NOTHING
    share = it.value / it.whole * 100
    rounded = half_up(share, places)
    if share < 100 <= rounded:
        rounded = 100 - Decimal(1).scaleb(-places)
    return Words(f"{rounded:f}%", f"{rounded:f}%")


def _all(it: Quantity, step: Fraction) -> Words:
    return Words("100%", "100%") if it.whole and it.value == it.whole else _percent(it, 2)


def _over(it: Quantity, step: Fraction) -> Words:
    lower = it.value // step * step
    if lower == 0 or lower == it.value:
        return _exact(it, step)
    return it.measure.after(f"{plain(Fraction(lower))}余", f"over {plain(Fraction(lower))}")


def _over_wan(it: Quantity, step: Fraction) -> Words:
    wan, rest = divmod(it.value, WAN)
    if wan == 0:
        return _exact(it, step)
    if rest == 0:
        return it.measure.after(f"{wan}万", str(wan * WAN))
    return it.measure.after(f"{wan}万余", f"over {wan * WAN}")


def _about(it: Quantity, step: Fraction) -> Words:
    near = half_up(it.value / step) * int(step)
    return it.measure.after(f"约{near:f}", f"about {near:f}") if near else _exact(it, step)


def _about_wan(it: Quantity, step: Fraction) -> Words:
    wan = Fraction(half_up(it.value / WAN, 0 if step == 1 else 1))
    return it.measure.after(f"约{plain(wan)}万", f"about {plain(wan * WAN)}") if wan else _exact(it, step)


def _score(it: Quantity, step: Fraction) -> Words:
    points = half_up(it.value, 2)
    return it.measure.after(f"{points:f}", f"{points:f}")


def _ordinal(it: Quantity, step: Fraction) -> Words:
    rank = _whole(it.value)
    return Words(f"第{chinese(rank)}位", f"{rank}{_english_ending(rank)}")


_HUNDREDS: tuple[tuple[int, Words], ...] = (
    (WAN, Words("数万", "tens of thousands of")),
    (1000, Words("数千", "thousands of")),
    (100, Words("数百", "hundreds of")),
    (10, Words("数十", "dozens of")),
)


def _indefinite(it: Quantity, step: Fraction) -> Words:
    """ "Hundreds" from two hundred to below a thousand, and so for tens, thousands and wan."""
    for size, words in _HUNDREDS:
        if size * 2 <= it.value < size * 10:
            return it.measure.after(words.zh, words.en)
    return _exact(it, step)


def _enumeration(it: Quantity, step: Fraction) -> Words:
    if len(it.names) != it.value:
        counted, named = plain(it.value), len(it.names)
        words = Words(
            f"应列 {counted} 个名称，实有 {named} 个", f"{counted} names are needed, there are {named}"
        )
        raise Wrong("names-differ", words)
    return Words("、".join(n.zh for n in it.names), ", ".join(n.en for n in it.names))


def _nominal(it: Quantity, step: Fraction) -> Words:
    if len(it.names) != 1:
        raise Wrong("nominal-missing", Words("应有一个登记的文字", "one registered text is needed"))
    return it.names[0]


_RULES: Mapping[str, Callable[[Quantity, Fraction], Words]] = {
    "exact": _exact,
    "pct0": lambda it, step: _percent(it, 0),
    "pct2": lambda it, step: _percent(it, 2),
    "all": _all,
    "over": _over,
    "over_wan": _over_wan,
    "about": _about,
    "about_wan": _about_wan,
    "score2": _score,
    "ordinal_zh": _ordinal,
    "indefinite": _indefinite,
    "enumeration": _enumeration,
    "nominal": _nominal,
}
_WITH_STEP = {"over": ("10", "100"), "about": ("10", "100"), "about_wan": ("1", "0.1")}
_WRITTEN = re.compile(r"([a-z_0-9]+)(?:\(([0-9.]+)\))?")


@dataclass(frozen=True, slots=True)
class Wording:
    """A display rule as the figures table writes it: "exact", "pct2", "over(100)", "about_wan(0.1)"."""

    rule: str
    step: str = ""

    @classmethod
    def parse(cls, text: str) -> "Wording":
        found = _WRITTEN.fullmatch(text)
        rule, step = found.groups(default="") if found else (text, "")
        if rule not in _RULES or step not in _WITH_STEP.get(rule, ("",)):
            raise Wrong(
                "wording-unknown", Words(f"没有“{text}”这种表述", f"there is no wording “{text}”"), "wording"
            )
        return cls(rule, step)

    def __str__(self) -> str:
        return f"{self.rule}({self.step})" if self.step else self.rule

    def of(self, quantity: Quantity) -> Words:
        return _RULES[self.rule](quantity, Fraction(self.step or 1))


_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A rank in Chinese numerals up to ninety-nine; beyond that digits, which nobody reads out."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def _english_ending(rank: int) -> str:
    return "th" if rank % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise Wrong("rank-not-whole", Words("名次应为整数", "a rank is a whole number"))
    return value.numerator
