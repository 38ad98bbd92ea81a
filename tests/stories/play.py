"""Playing a case through the real operations: who does what, and what stands there afterwards."""

from dataclasses import dataclass, field
from itertools import count

from tests.cast import CAI, CAI_ER, COVER, EAST, GONG_DESK, GONG_HAND, PAI, SHOU, ZHI, Time, tiny_world
from xiuhua.domain.case import KIND
from xiuhua.domain.moves import Table
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import By, Json, Subject
from xiuhua.domain.words import Refusal
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.report import Sent, report
from xiuhua.operations.world import World
from xiuhua.store.loading import load
from xiuhua.store.models import PhotoRow

SHOWING = ("verify-true", "verify-false", "check-pass")  # a story need not say that a photo was taken

# One whole life, as (who, move, what is given); a story may stop after any of them.
HAPPY: tuple[tuple[By, str, dict[str, Json]], ...] = (
    (SHOU, "accept", {}),
    (ZHI, "file", {"met": True}),
    (PAI, "dispatch", {"unit": "works"}),
    (GONG_DESK, "sign", {}),
    (GONG_DESK, "assign", {"handler": "gong-hand"}),
    (GONG_HAND, "feed-back", {"photos": ["after"]}),
    (GONG_DESK, "confirm", {}),
    (SHOU, "send-check", {"collector": "cai2"}),
    (CAI_ER, "check-pass", {"photos": ["as it is"]}),
    (ZHI, "close", {"met": True}),
)


@dataclass
class Play:
    """A little district with one clock. `number` is the case that moves speak of."""

    time: Time = field(default_factory=Time)
    tables: tuple[Table, ...] = ()
    number: str = ""
    kind: str = KIND
    _photos: "count[int]" = field(default_factory=count)

    @property
    def world(self) -> World:
        return tiny_world(self.time, *self.tables)

    def photo(self, by: By) -> str:
        name = f"photo{next(self._photos):027d}"
        PhotoRow.objects.create(
            id=name, received="0" * 64, stored="0" * 64, size=1, width=1, height=1, person=by.person, at=self.time.now
        )
        return name

    def sends(
        self, by: By = CAI, *, channel: Channel = Channel.COLLECTOR, place: Wgs84 = EAST, class_key: str = COVER,
        condition: str = "broken", photos: int = 1, **more: object,
    ) -> Done | Refusal:  # fmt: skip
        sent = Sent(
            channel=channel, place=place, noticed_at=self.time.now, class_key=class_key, condition=condition,
            photos=tuple(self.photo(by) for _ in range(photos)), **more,  # type: ignore[arg-type]
        )  # fmt: skip
        answer = report(sent, by, self.world)
        if isinstance(answer, Done):
            self.number = answer.number
        return answer

    def tries(self, by: By, move: str, **given: Json) -> Done | Refusal:
        """Photos may be named by any word: they are stored first."""
        if move in SHOWING:
            given.setdefault("photos", ["as it is"])
        if isinstance(given.get("photos"), list):
            given["photos"] = [self.photo(by) for _ in given["photos"]]  # type: ignore[union-attr]
        return make_move(Asked(self.kind, self.number, move, by, given), self.world)

    def does(self, by: By, move: str, **given: Json) -> Subject:
        answer = self.tries(by, move, **given)
        assert isinstance(answer, Done), answer
        return self.case

    def refused(self, by: By, move: str, **given: Json) -> str:
        answer = self.tries(by, move, **given)
        assert isinstance(answer, Refusal), answer
        return answer.code

    def until(self, last: str) -> Subject:
        """The happy life up to and with that move; five minutes pass before each."""
        if not self.number:
            self.sends()
        for by, move, given in HAPPY:
            self.time.later(minutes=5)
            self.does(by, move, **given)
            if move == last:
                break
        return self.case

    @property
    def case(self) -> Subject:
        loaded = load(self.kind, self.number)
        assert loaded is not None
        return loaded.subject
