"""Every display rule with the printed forms of the field's figures table."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.wording import NOTHING, Measure, Quantity, Wording, chinese, half_up, plain
from xiuhua.domain.words import Words, Wrong

PRINTED = [
    # (id in the figures table, rule, value, of, unit, printed)
    ("A03", "exact", "19", "", "个", "19个"),
    ("A06", "exact", "291", "", "个", "291个"),
    ("A07", "exact", "335464", "", "件", "335464件"),
    ("A08", "exact", "246834", "", "件", "246834件"),
    ("A09", "exact", "87962", "", "件", "87962件"),
    ("A12", "exact", "10", "", "件", "10件"),
    ("A15", "pct2", "319462", "335464", "", "95.23%"),
    ("A15 lowest", "pct2", "319446", "335464", "", "95.23%"),
    ("A15 below", "pct2", "319445", "335464", "", "95.22%"),
    ("A15 highest", "pct2", "319479", "335464", "", "95.23%"),
    ("A15 above", "pct2", "319480", "335464", "", "95.24%"),
    ("A17", "pct2", "231500", "247502", "", "93.53%"),
    ("A18", "pct2", "262", "335464", "", "0.08%"),
    ("A19", "score2", "108.40", "", "", "108.40"),
    ("A20", "ordinal_zh", "3", "", "", "第三位"),
    ("B03", "all", "14982", "14982", "", "100%"),
    ("B03 one open", "all", "14981", "14982", "", "99.99%"),
    ("C05", "over(100)", "3128", "", "家", "3100余家"),
    ("C06", "over_wan", "10360", "", "份", "1万余份"),
    ("D01", "over_wan", "10815", "", "份", "1万余份"),
    ("D02", "over(10)", "23", "", "次", "20余次"),
    ("D03", "pct0", "540", "600", "", "90%"),
    ("D08", "indefinite", "420", "", "位", "数百位"),
    ("E06", "over(10)", "33", "", "人", "30余人"),
    ("F13", "exact", "2542", "", "米", "2542米"),
    ("G03", "about_wan(0.1)", "23040", "", "平方米", "约2.3万平方米"),
    ("G04", "about(100)", "8912", "", "平方米", "约8900平方米"),
    ("G05", "about(10)", "631", "", "平方米", "约630平方米"),
    ("G06", "about_wan(0.1)", "68120", "", "平方米", "约6.8万平方米"),
    ("G07", "about_wan(1)", "2510600", "", "株", "约251万株"),
    ("H04", "over(100)", "306.4", "", "吨", "300余吨"),
    ("H07", "all", "3941", "3941", "", "100%"),
    ("I01", "over_wan", "30645", "", "辆", "3万余辆"),
    ("I04", "over_wan", "80420", "", "米", "8万余米"),
    ("I05", "over(10)", "5486", "", "起", "5480余起"),
    ("I07", "over(10)", "214", "", "处", "210余处"),
    ("I08", "over(10)", "186", "", "处", "180余处"),
    # ours: where the wording would say something untrue
    ("a whole by rounding", "pct2", "99999", "100000", "", "99.99%"),
    ("a whole by rounding, no places", "pct0", "999", "1000", "", "99%"),
    ("a whole", "pct2", "5", "5", "", "100.00%"),
    ("more than a whole", "pct2", "100001", "100000", "", "100.00%"),
    ("exactly half rounds up", "pct2", "125", "1000000", "", "0.01%"),
    ("half of the last place", "pct2", "50005", "1000000", "", "5.00%"),
    ("half up", "pct2", "50050", "1000000", "", "5.01%"),
    ("nothing of nothing", "pct2", "0", "0", "", "–"),
    ("all of nothing", "all", "0", "0", "", "–"),
    ("not over", "over(100)", "3100", "", "家", "3100家"),
    ("below the step", "over(100)", "99", "", "家", "99家"),
    ("just one wan", "over_wan", "10000", "", "份", "1万份"),
    ("below one wan", "over_wan", "9999", "", "份", "9999份"),
    ("about nothing", "about(10)", "4", "", "个", "4个"),
    ("about less than a tenth of a wan", "about_wan(0.1)", "300", "", "个", "300个"),
    ("a round number of wan", "about_wan(0.1)", "20010", "", "个", "约2万个"),
    ("about rounds half up", "about(10)", "635", "", "个", "约640个"),
    ("too few for dozens", "indefinite", "19", "", "位", "19位"),
    ("dozens", "indefinite", "20", "", "位", "数十位"),
    ("between the words", "indefinite", "150", "", "位", "150位"),
    ("hundreds at least", "indefinite", "200", "", "位", "数百位"),
    ("hundreds at most", "indefinite", "999", "", "位", "数百位"),
    ("one thousand", "indefinite", "1000", "", "位", "1000位"),
    ("thousands", "indefinite", "2000", "", "位", "数千位"),
    ("wan", "indefinite", "30000", "", "位", "数万位"),
]


def zh(rule: str, value: str, of: str, unit: str) -> str:
    whole = Fraction(of) if of else None
    return Wording.parse(rule).of(Quantity(Fraction(value), Measure(unit), whole)).zh


@pytest.mark.parametrize(
    ("rule", "value", "of", "unit", "printed"), [row[1:] for row in PRINTED], ids=[row[0] for row in PRINTED]
)
def test_printed_in_chinese(rule: str, value: str, of: str, unit: str, printed: str) -> None:
    assert zh(rule, value, of, unit) == printed


@pytest.mark.parametrize(
    ("rule", "value", "printed"),
    [
        ("exact", "335464", "335464 cases"),
        ("exact", "1", "1 case"),
        ("exact", "0", "0 cases"),
        ("over(100)", "3128", "over 3100 cases"),
        ("over_wan", "10360", "over 10000 cases"),
        ("over_wan", "10000", "10000 cases"),
        ("about(10)", "631", "about 630 cases"),
        ("about_wan(0.1)", "23040", "about 23000 cases"),
        ("about_wan(1)", "2510600", "about 2510000 cases"),
        ("indefinite", "420", "hundreds of cases"),
    ],
)
def test_printed_in_english(rule: str, value: str, printed: str) -> None:
    assert Wording.parse(rule).of(Quantity(Fraction(value), Measure("件", "case", "cases"))).en == printed


@pytest.mark.parametrize(
    ("rank", "zh", "en"),
    [
        (1, "第一位", "1st"), (2, "第二位", "2nd"), (3, "第三位", "3rd"), (10, "第十位", "10th"),
        (11, "第十一位", "11th"), (12, "第十二位", "12th"), (20, "第二十位", "20th"), (21, "第二十一位", "21st"),
        (99, "第九十九位", "99th"), (113, "第113位", "113th"),
    ],
)  # fmt: skip
def test_ranks(rank: int, zh: str, en: str) -> None:
    assert Wording("ordinal_zh").of(Quantity(Fraction(rank))) == Words(zh, en)


def test_an_enumeration_prints_the_names_and_checks_the_count() -> None:
    levels = (Words("市级", "city"), Words("区级", "district"))
    assert Wording("enumeration").of(Quantity(Fraction(2), names=levels)) == Words(
        "市级、区级", "city, district"
    )
    with pytest.raises(Wrong, match="3 names are needed, there are 2"):
        Wording("enumeration").of(Quantity(Fraction(3), names=levels))


def test_a_nominal_figure_is_its_registered_text() -> None:
    text = Words("首届", "the first")
    assert Wording("nominal").of(Quantity(Fraction(1), names=(text,))) == text
    with pytest.raises(Wrong):
        Wording("nominal").of(Quantity(Fraction(1)))


def test_a_rank_is_whole() -> None:
    with pytest.raises(Wrong):
        Wording("ordinal_zh").of(Quantity(Fraction(5, 2)))


@pytest.mark.parametrize(
    "text", ["exact", "pct0", "pct2", "all", "over(10)", "over(100)", "about_wan(0.1)", "score2"]
)
def test_a_wording_is_written_as_it_is_read(text: str) -> None:
    assert str(Wording.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "pct3", "over", "over(7)", "exact(10)", "over(10", "EXACT", "about_wan(2)"]
)
def test_an_unknown_wording_is_refused(text: str) -> None:
    with pytest.raises(Wrong):
        Wording.parse(text)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("0.125", 2, "0.13"), ("0.135", 2, "0.14"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3"), ("3.5", 0, "4"),
     ("108.4", 2, "108.40"), ("1/3", 4, "0.3333"), ("2/3", 4, "0.6667")],
)  # fmt: skip
def test_half_up(value: str, places: int, rounded: str) -> None:
    assert str(half_up(Fraction(value), places)) == rounded


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_off_by_half_a_step_at_most(value: Fraction, places: int) -> None:
    assert abs(Fraction(half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_hundred_percent_means_all(over: int, under: int) -> None:
    text = zh("all", str(over), str(under), "")
    assert (text == "100%") == (over == under)
    assert over >= under or Fraction(text.rstrip("%")) < 100


@given(st.integers(0, 10**7), st.sampled_from(["10", "100"]))
def test_over_is_below_and_within_a_step(number: int, step: str) -> None:
    text = zh(f"over({step})", str(number), "", "")
    if text.endswith("余"):
        assert 0 < number - int(text[:-1]) < int(step)
    else:
        assert int(text) == number


def test_plain_numbers_and_nothing() -> None:
    assert (plain(Fraction("306.40")), plain(Fraction(7)), plain(Fraction(1, 3))) == (
        "306.4",
        "7",
        "0.333333",
    )
    assert chinese(0) == "零"
    assert Words("–", "–") == NOTHING
    assert half_up(Fraction(7)) == Decimal(7)
