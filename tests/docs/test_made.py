"""What is made from the code is in step with it."""

from docs.made import MAKERS, ROOT, stale


def test_no_page_is_behind_the_code() -> None:
    assert [page.name for page in stale()] == []


def test_every_maker_has_its_place_in_a_page() -> None:
    pages = [page.read_text(encoding="utf-8") for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))]
    assert [name for name in MAKERS if not any(f"<!-- made: {name} -->" in page for page in pages)] == []
