"""The table of moves of a grid change: proposed, reckoned, consulted, approved, scheduled, effective, verified.

What is decided here is who may do what and when; shapes and numbers come as facts (`operations.change_grids`). Source:
processes clause 17 (states; source). Who holds which step, the street as unit and the two limits are ours.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from xiuhua.domain.flow_facts import told_to, unit_desk
from xiuhua.domain.grid import ROLE_WORDS
from xiuhua.domain.grid_change import CHANGE_KINDS, ChangeKind, plan_of
from xiuhua.domain.grid_change_refused import refuse_day, refuse_stale
from xiuhua.domain.grid_change_roles import ended_since
from xiuhua.domain.guards import GENERIC
from xiuhua.domain.moves import FactRule, Field, FieldKind, Group, Move, Rules, Situation, Stage, Start, Table
from xiuhua.domain.people import Post as P
from xiuhua.domain.words import Refusal, Words

KIND: Final = "grid-change"
PARTIES: Final[Mapping[str, Words]] = {
    "street": Words("街道", "street"), "police": Words("公安", "police"), "community": Words("社区", "community"),
}  # fmt: skip
OPINIONS: Final = (
    ("agree", Words("同意", "agrees")),
    ("agree-if", Words("有条件同意", "agrees on a condition")),
    ("object", Words("不同意", "objects")),
)

_K = FieldKind


def _stage(name: str, zh: str, en: str, group: Group = Group.OPEN, *, end: bool = False) -> Stage:
    return Stage(name, Words(zh, en), group, end)


STAGES: Final = {
    stage.name: stage
    for stage in (
        _stage("proposed", "提出", "proposed"),
        _stage("reckoned", "已测算", "load reckoned"),
        _stage("consulting", "征求意见", "consulting"),
        _stage("consulted", "已征求意见", "consulted"),
        _stage("approved", "批准", "approved"),
        _stage("scheduled", "待生效", "scheduled"),
        _stage("effective", "已生效", "effective"),
        _stage("verified", "已核验", "verified", Group.CLOSED, end=True),
        _stage("rejected", "不予批准", "rejected", Group.REFUSED, end=True),
        _stage("withdrawn", "撤回", "withdrawn", Group.VOID, end=True),
    )
}
EFFECTIVE: Final = frozenset({"effective", "verified"})  # stages in which it has taken effect, and can be undone
IN_FORCE: Final = frozenset({"scheduled", "effective", "verified"})  # stages in which it is in the data
NOT_YET: Final = ("proposed", "reckoned", "consulting", "consulted", "approved")  # stages in which it is not
CLOCKS: Final = {
    "consulting": Words("征求意见时限", "consultation"),
    "taking-effect": Words("生效时间", "taking effect"),
    "verifying": Words("核验时限", "verification"),
}

WHY: Final = Field("reason", _K.LINE, Words("理由", "reason"), sets="why")
REASON: Final = Field("reason", _K.LINE, Words("理由", "reason"))
CHANGE: Final = Field(
    "change", _K.CHOICE, Words("调整类型", "kind of change"), sets="change",
    choices=tuple((kind.value, words) for kind, words in CHANGE_KINDS.items() if kind is not ChangeKind.UNDO),
)  # fmt: skip
GRIDS: Final = Field(
    "grids", _K.LINE, Words("原网格编码（分号分开）", "codes of the grids, parted by “;”"), sets="grids"
)
DRAWING: Final = Field(
    "drawing", _K.DRAWING, Words("新边界（分界线或各新网格）", "new border (a line, or the new grids)"),
    required=False, sets="drawing",
)  # fmt: skip
ROAD: Final = Field(
    "along", _K.LINE, Words("或沿道路（道路编码）", "or along a road (its code)"), required=False, sets="along"
)
NAMES: Final = Field(
    "names", _K.LINE, Words("新网格名称（中文/英文，分号分开）", "names of the new grids: 中文/English, parted by “;”"),
    required=False, sets="names",
)  # fmt: skip
CUT: Final = Field(
    "cut_units", _K.YES, Words("切分被边界穿过的单元网格", "cut unit grids that the border runs through"),
    required=False, sets="cut_units",
)  # fmt: skip
STREET: Final = Field(
    "unit", _K.OFFICE, Words("征求意见的街道（空：网格所属）", "street office to consult (empty: the grids' own)"),
    required=False, sets="unit",
)  # fmt: skip
OF: Final = Field("of", _K.LINE, Words("要恢复的调整编号", "number of the change to undo"), sets="undoes")
DAY: Final = Field("day", _K.DAY, Words("生效日（00:00 起）", "first day, from 00:00"), sets="day")
OPINION: Final = Field("opinion", _K.CHOICE, Words("意见", "opinion"), choices=OPINIONS)
SAID: Final = Field("said", _K.LINE, Words("意见内容", "what was said"), required=False)
LETTER: Final = Field("said", _K.LINE, Words("意见内容及来文编号", "what was said, and the letter's number"))
ANSWER: Final = Field(
    "answer", _K.LINE, Words("对不同意见的处理", "how objections were met"), required=False, sets="answer"
)
PHOTOS: Final = Field("photos", _K.PHOTOS, Words("来文照片", "photos of the letter"), required=False)
FOUND: Final = Field("found", _K.LINE, Words("核验情况", "what was found"), required=False, sets="found")
HOLDER: Final = (  # never who: a person lies in the district's data, where it can be erased
    Field("grid", _K.LINE, Words("网格编码", "code of the grid")),
    Field("role", _K.CHOICE, Words("岗位", "role"), choices=tuple((r.value, words) for r, words in ROLE_WORDS.items())),
    Field("day", _K.DAY, Words("自", "from")),
    Field("held", _K.YES, Words("有人担任", "somebody holds it")),
)

NOT_ANSWERED = Words("还未收到意见：{zh}", "not answered yet: {en}")
ANSWER_NEEDED = Words(
    "有过不同意见（后来改为同意的也算），请写明如何处理",
    "somebody objected, though he may have agreed later; say how that was met",
)
STREET_ANSWERED = Words(
    "街道已在线答复，不能代为登记；意见有变由街道再次答复",
    "the street has answered at its own desk; should its opinion change, it answers again itself",
)
NOTHING_DRAWN = Words(
    "请给出分界线或新网格（GeoJSON），或填写道路编码", "draw the new border (GeoJSON) or name a road"
)


def _move(name: str, zh: str, en: str, sources: str, to: str, by: tuple[P, ...], **more: object) -> Move:
    return Move(name, Words(zh, en), frozenset(sources.split()), to, frozenset(by), **more)  # type: ignore[arg-type]


_OFFICE: Final = (P.DISPATCHER, P.SHIFT_LEADER)
_SILENT: Final = {"street": ("street-silent",)}  # of a party that answers itself, only what came by letter is recorded

MOVES: Final = (
    _move("propose", "提出网格调整", "propose a grid change", "", "proposed", _OFFICE,
          fields=(CHANGE, GRIDS, DRAWING, ROAD, NAMES, CUT, STREET, WHY), checks=("something-drawn",),
          tells=("shift-leaders",)),
    _move("propose-undo", "提出恢复原划分", "propose to undo a change", "", "proposed", _OFFICE,
          fields=(OF, WHY), facts=("undo",), tells=("shift-leaders",)),
    _move("reckon", "测算", "reckon the load", "proposed reckoned", "reckoned", _OFFICE, key="r",
          guards=("grids-as-proposed",)),
    _move("consult", "征求意见", "consult", "reckoned", "consulting", _OFFICE, key="c",
          guards=("grids-as-proposed",), starts=(Start("consulting", "10 working-day"),), tells=("unit",)),
    _move("answer-street", "在线答复", "answer for the street", "consulting", "", (P.UNIT_DESK,), key="a",
          fields=(OPINION, SAID), guards=("of-the-unit",), facts=("street",), tells=("shift-leaders",), awaited=True),
    *(
        _move(f"record-{party}", f"登记{words.zh}意见", f"record the {words.en}'s answer", "consulting", "", _OFFICE,
              fields=(OPINION, LETTER, PHOTOS), facts=(party,), guards=_SILENT.get(party, ()))
        for party, words in PARTIES.items()
    ),
    _move("conclude", "汇总意见", "conclude the consultation", "consulting", "consulted", _OFFICE, key="s",
          fields=(ANSWER,), guards=("grids-as-proposed", "all-answered"), checks=("objections-met",),
          ends=("consulting",), tells=("leaders",)),
    _move("approve", "批准", "approve", "consulted", "approved", (P.LEADER,), key="p",
          guards=("grids-as-proposed", "other-person-than propose propose-undo"), facts=("approved",),
          tells=("administrators", "unit")),
    _move("reject", "不予批准", "reject", "consulted", "rejected", (P.LEADER,), key="x",
          fields=(REASON,), drops=("*",), tells=("shift-leaders", "unit")),
    _move("schedule", "排期", "schedule", "approved", "scheduled", (P.ADMINISTRATOR,), key="d",
          fields=(DAY,), guards=("grids-as-proposed",), checks=("day-ahead",),
          starts=(Start("taking-effect", "first-day", then="take-effect"),), tells=("shift-leaders", "unit")),
    _move("call-off", "取消排期", "call off", "scheduled", "approved", (P.ADMINISTRATOR, P.LEADER), key="o",
          fields=(REASON,), guards=("before-due taking-effect",), facts=("called-off",), drops=("taking-effect",),
          tells=("shift-leaders", "unit")),
    _move("carry-holder", "责任人随之变更", "carry a holder over", "scheduled", "", (P.SYSTEM,),
          fields=HOLDER, facts=("holder",)),
    _move("take-effect", "生效", "take effect", "scheduled", "effective", (P.SYSTEM,),
          facts=("effective",), drops=("taking-effect",), starts=(Start("verifying", "10 working-day"),),
          tells=("shift-leaders", "unit", "evaluators")),
    _move("verify", "核验", "verify", "effective", "verified", (P.EVALUATOR,), key="v",
          fields=(FOUND,), ends=("verifying",), tells=("leaders",)),
    _move("withdraw", "撤回", "withdraw", " ".join(NOT_YET), "withdrawn", _OFFICE, key="w",
          fields=(REASON,), drops=("*",), tells=("unit",)),
)  # fmt: skip


# the rules it names


def something_drawn(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """A merge needs no new border."""
    if s.asked("change") == ChangeKind.MERGE or s.given.get("drawing") or s.given.get("along"):
        return None
    return Refusal("nothing-drawn", NOTHING_DRAWN, "drawing")


def grids_as_proposed(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """Said at every step on the way: nobody should answer, or approve, what cannot take effect any more."""
    plan: Any = s.subject.facts["plan"]
    return refuse_stale(plan_of(plan), s.book.grids, s.book.day_of(s.at))


def all_answered(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    missing = [words for party, words in PARTIES.items() if f"opinion_{party}" not in s.subject.facts]
    if not missing:
        return None
    zh, en = "、".join(w.zh for w in missing), ", ".join(w.en for w in missing)
    return Refusal("not-answered", NOT_ANSWERED.filled(zh=zh, en=en))


def street_silent(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """What the street said itself, nobody says otherwise for it."""
    return Refusal("street-answered", STREET_ANSWERED) if "answer-street" in s.subject.did else None


def objections_met(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    """Of any party at any time: a later consent does not make an objection unsaid."""
    objected = s.subject.facts.get("objected")
    return Refusal("answer-missing", ANSWER_NEEDED, "answer") if objected and not s.asked("answer") else None


def day_ahead(s: Situation, _: tuple[str, ...]) -> Refusal | None:
    return refuse_day(date.fromisoformat(s.asked("day")), s.book.day_of(s.at))


def first_day(s: Situation) -> datetime:
    """00:00 of the day, on the wall clock of the district."""
    day = date.fromisoformat(s.asked("day"))
    return datetime.combine(day, time(), tzinfo=s.book.time_zone).astimezone(UTC)


def _answer(party: str) -> FactRule:
    """`opinion_…` is the party's last one; `opinion` and `said` are this move's own, which its step shows."""
    return lambda s: {
        f"opinion_{party}": s.asked("opinion"), "opinion": s.asked("opinion"), "said": s.asked("said") or None,
        "objected": s.asked("opinion") == "object" or s.subject.facts.get("objected"),
    }  # fmt: skip


FACTS: Final[Mapping[str, FactRule]] = {
    "undo": lambda s: {"change": ChangeKind.UNDO.value},
    **{party: _answer(party) for party in PARTIES},
    "approved": lambda s: {"approved_at": s.at.isoformat()},
    "holder": lambda s: {
        "roles_ended": ended_since(
            s.subject.list_fact("roles_ended"), s.asked("grid"), s.asked("role"), s.asked("day"),
            held=bool(s.given["held"]),
        )
    },
    "called-off": lambda s: {"day": None},
    "effective": lambda s: {"effective_at": s.at.isoformat()},
}

GRID_CHANGE: Final = Table(
    kind=KIND,
    words=Words("网格调整", "grid change"),
    stages=STAGES,
    moves={m.name: m for m in MOVES},
    clocks=CLOCKS,
    requests={},
    rules=Rules(
        guards={
            **GENERIC,
            "something-drawn": something_drawn,
            "grids-as-proposed": grids_as_proposed,
            "all-answered": all_answered,
            "objections-met": objections_met,
            "street-silent": street_silent,
            "day-ahead": day_ahead,
        },
        limits={"first-day": first_day},
        facts=FACTS,
        addressees={
            "unit": unit_desk,
            "shift-leaders": told_to("shift-leader"),
            "leaders": told_to("leader"),
            "administrators": told_to("administrator"),
            "evaluators": told_to("evaluator"),
        },
    ),
)
