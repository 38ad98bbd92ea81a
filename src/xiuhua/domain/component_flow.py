"""A component that was met and is not in the register: asked for, looked at on the spot, added or declined.

Source: "unidentified" components of the field (grid_and_codes clause 3; the classes 不明井盖, 不明立杆 are source); the
stages and limits are ours. What adding does to the register is an effect of the move (`operations`).
"""

from typing import Final

from xiuhua.domain.flow_facts import ADDRESSEES
from xiuhua.domain.guards import GENERIC
from xiuhua.domain.moves import Field, FieldKind, Group, Move, Rules, Situation, Stage, Start, Table
from xiuhua.domain.people import Post as P
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Words

KIND: Final = "component-request"
K: Final = FieldKind


def _sets(name: str, kind: FieldKind, zh: str, en: str, *, required: bool = False) -> Field:
    return Field(name, kind, Words(zh, en), required=required, sets=name)


_LABEL: Final = _sets("label", K.LINE, "标识（杆号等）", "what is written on it, such as a pole number")
_CODE: Final = _sets("component", K.LINE, "编码（空：下一个序号）", "code (empty: the next number)")
_PHOTOS: Final = Field("photos", K.PHOTOS, Words("照片", "photos"), required=False)
_NOTE: Final = Field("note", K.TEXT, Words("说明", "note"), required=False)
_REASON: Final = Field("reason", K.LINE, Words("理由", "reason"))
_SURVEYING: Final = Start("surveying", "5 working-day")  # ours: a week until somebody has been there
_DECIDING: Final = Start("deciding", "2 working-day")  # ours


def _move(name: str, zh: str, en: str, sources: str, to: str, by: tuple[P, ...], **more: object) -> Move:
    return Move(name, Words(zh, en), frozenset(sources.split()), to, frozenset(by), **more)  # type: ignore[arg-type]


def _surveyor(s: Situation) -> dict[str, Json]:
    return {"surveyor": s.given.get("collector"), "assignee": s.given.get("collector")}


def _asked(s: Situation) -> dict[str, Json]:
    photos = s.given.get("photos")
    return {"reporter": s.by.person, "photo": photos[0] if isinstance(photos, list) and photos else None}


_MOVES: Final = (
    _move("request", "申请登记", "ask for a component", "", "requested", (P.COLLECTOR, P.ACCEPTOR, P.UNIT_DESK),
          fields=(_sets("class", K.CLASS, "部件类别", "class of component", required=True),
                  _sets("place", K.PLACE, "位置", "place", required=True),
                  _sets("place_text", K.LINE, "地点描述", "where"), _LABEL,
                  _sets("case", K.LINE, "相关案件", "case that it is about"), _PHOTOS, _NOTE),
          facts=("asked",), starts=(_SURVEYING,), tells=("acceptors",)),
    _move("ask-survey", "派人勘查", "send somebody to look", "requested surveying", "surveying",
          (P.ACCEPTOR, P.SHIFT_LEADER), key="s",
          fields=(Field("collector", K.PERSON, Words("监督员", "collector"), required=False),),
          facts=("surveyor",), tells=("collectors",)),
    _move("survey", "勘查", "look at it on the spot", "requested surveying", "surveyed", (P.COLLECTOR,), key="v",
          fields=(_sets("place", K.PLACE, "实测位置", "place as surveyed"), _LABEL,
                  Field("photos", K.PHOTOS, Words("现场照片", "photos of the spot")), _NOTE),
          ends=("surveying",), starts=(_DECIDING,), tells=("shift-leaders",)),
    _move("add", "登记入库", "add to the register", "surveyed", "added", (P.SHIFT_LEADER, P.ADMINISTRATOR), key="a",
          fields=(_CODE, _sets("component_name", K.LINE, "名称", "name"), _sets("owner", K.LINE, "权属单位", "owner"),
                  _sets("keeper", K.LINE, "养护单位", "keeper")),
          guards=("other-person-than request survey",), ends=("deciding",), tells=("reporter",)),
    _move("find-known", "认定为已有部件", "say which component it is", "requested surveying surveyed", "known",
          (P.ACCEPTOR, P.SHIFT_LEADER, P.ADMINISTRATOR), key="k",
          fields=(_sets("component", K.COMPONENT, "部件编码", "code of the component", required=True),),
          drops=("*",), tells=("reporter",)),
    _move("decline", "不予登记", "decline", "requested surveying surveyed", "declined",
          (P.SHIFT_LEADER, P.ADMINISTRATOR), key="x", fields=(_REASON, _NOTE), drops=("*",), tells=("reporter",)),
)  # fmt: skip

COMPONENT_REQUEST: Final = Table(
    kind=KIND,
    words=Words("部件登记申请", "component request"),
    stages={
        stage.name: stage
        for stage in (
            Stage("requested", Words("待勘查", "requested"), Group.OPEN),
            Stage("surveying", Words("勘查中", "being surveyed"), Group.OPEN),
            Stage("surveyed", Words("已勘查", "surveyed"), Group.OPEN),
            Stage("added", Words("已入库", "added"), Group.CLOSED, end=True),
            Stage("known", Words("已有部件", "known already"), Group.CLOSED, end=True),
            Stage("declined", Words("不予登记", "declined"), Group.REFUSED, end=True),
        )
    },
    moves={move.name: move for move in _MOVES},
    clocks={
        "surveying": Words("勘查", "survey"),
        "deciding": Words("决定", "decision"),
    },
    requests={},
    rules=Rules(
        guards=GENERIC,
        facts={"asked": _asked, "surveyor": _surveyor},
        addressees={name: ADDRESSEES[name] for name in ("acceptors", "collectors", "shift-leaders", "reporter")},
    ),
)
