"""Text search on any database: single characters and bigrams in a table of our own.

One- and two-character Chinese words are found by one look-up, longer ones by all their bigrams together. Letters
and digits are folded to lower case and half width, so that both databases answer the same.
"""

import unicodedata

MOST_TERMS = 200  # ours: a description of 4,000 characters is found by its beginning


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def terms(text: str) -> set[str]:
    """All single characters and bigrams of a text's words; nothing spans a space or punctuation."""
    found: dict[str, None] = {}
    for word in _words(text):
        for index, character in enumerate(word):
            found[character] = None
            if index:
                found[word[index - 1] + character] = None
            if len(found) >= MOST_TERMS:
                return set(found)
    return set(found)


def wanted(text: str) -> set[str]:
    """The terms that all have to be there: a word's bigrams, or its one character."""
    found: set[str] = set()
    for word in _words(text):
        found |= {word[i : i + 2] for i in range(len(word) - 1)} if len(word) > 1 else {word}
    return found


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in folded(text)).split()
