"""Who plays: the people of the pack by post, unit and ground."""

import random
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from xiuhua.domain.district import District
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By
from xiuhua.domain.words import Words, Wrong


class NobodyThere(Wrong):
    """A pack without the people whom the invented operations need."""

    def __init__(self, post: Post) -> None:
        words = post.words
        zh, en = f"配置包中没有“{words.zh}”，无法演示", f"the pack has no {words.en.lower()} to play with"
        super().__init__("nobody-there", Words(zh, en))


@dataclass
class Cast:
    """`by_post` all who hold a post; `units` the desks and handlers of each organisation."""

    by_post: dict[Post, list[By]] = field(default_factory=dict)
    units: dict[tuple[Post, str], list[By]] = field(default_factory=dict)
    persons: dict[str, list[By]] = field(default_factory=dict)
    grounds: dict[str, frozenset[str]] = field(default_factory=dict)

    def one(self, post: Post, rng: random.Random, but: Collection[str] = ()) -> By:
        """Anybody with the post; somebody else than `but` where there is one."""
        every = self.by_post.get(post)
        if not every:
            raise NobodyThere(post)
        others = [by for by in every if by.person not in but] if but else every
        return rng.choice(others or every)

    def of_unit(self, post: Post, organisation: str, rng: random.Random) -> By | None:
        there = self.units.get((post, organisation))
        return rng.choice(there) if there else None

    def collector(self, areas: Collection[str], rng: random.Random, but: Collection[str] = ()) -> By:
        """Whoever collects in one of these grids, otherwise somebody who collects everywhere."""
        every = self.by_post.get(Post.COLLECTOR, [])
        near = [b for b in every if b.person not in but and not self.grounds[b.person].isdisjoint(areas)]
        roaming = [b for b in every if b.person not in but and not self.grounds[b.person]]
        return rng.choice(near or roaming) if near or roaming else self.one(Post.COLLECTOR, rng, but)

    def known(self, person: str, post: Post | None = None) -> By | None:
        """In that post, or in the first one held."""
        held = self.persons.get(person, [])
        return next((by for by in held if post in (None, by.post)), None)


def cast_of(district: District, day: date) -> Cast:
    cast = Cast()
    for person in sorted(district.people, key=lambda p: p.username):
        for holding in person.holdings_on(day):
            by = By(person.username, holding.post, holding.organisation)
            cast.by_post.setdefault(holding.post, []).append(by)
            cast.persons.setdefault(by.person, []).append(by)
            cast.units.setdefault((holding.post, holding.organisation), []).append(by)
            if holding.post is Post.COLLECTOR:
                cast.grounds[person.username] = holding.grids
    return cast
