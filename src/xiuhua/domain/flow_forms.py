"""What the case's moves ask for: the fields of their forms, as data for the interface and the pages."""

from typing import Final

from xiuhua.domain.moves import Field, FieldKind
from xiuhua.domain.notice import CHANNELS
from xiuhua.domain.words import Words

K = FieldKind


def _choices(*rows: tuple[str, str, str]) -> tuple[tuple[str, Words], ...]:
    return tuple((code, Words(zh, en)) for code, zh, en in rows)


def _sets(name: str, kind: FieldKind, zh: str, en: str, *, required: bool = False) -> Field:
    return Field(name, kind, Words(zh, en), required=required, sets=name)


NOTE: Final = Field("note", K.TEXT, Words("说明", "note"), required=False)
WHY: Final = Field("reason", K.LINE, Words("理由", "reason"))
REASON: Final = WHY
WHY_OTHER: Final = Field(
    "reason", K.LINE, Words("与建议不同的理由", "reason for another unit"), required=False
)
PHOTOS: Final = Field("photos", K.PHOTOS, Words("照片", "photos"), required=False)
AFTER: Final = Field("photos", K.PHOTOS, Words("处置后照片", "photos after"))
SHOWN: Final = Field("photos", K.PHOTOS, Words("现场照片", "photos of the spot"))
UNIT: Final = Field("unit", K.ORGANISATION, Words("处置单位", "unit"))
COLLECTOR: Final = Field("collector", K.PERSON, Words("监督员", "collector"), required=False)
HANDLER: Final = Field("handler", K.PERSON, Words("处置人", "handler"))
SUBJECT: Final = Field("into", K.SUBJECT, Words("并入案件", "case to merge into"), sets="merged_into")
UNTIL: Final = Field("until", K.MOMENT, Words("计划恢复时间", "planned moment to resume"))
RULING: Final = Field(
    "ruling",
    K.LINE,
    Words("裁决依据（成为先例）", "ground of the ruling (becomes a precedent)"),
    sets="ruling",
)
MET: Final = Field("met", K.YES, Words("条件符合", "condition met"))
LEVEL: Final = Field(
    "level",
    K.CHOICE,
    Words("督办级别", "level"),
    choices=_choices(
        ("overdue", "超时", "overdue"), ("leader", "领导交办", "by order"), ("key", "重点案件", "key case")
    ),
    sets="supervision",
)
CAUSES: Final = Field(
    "reason",
    K.CHOICE,
    Words("挂账原因", "cause"),
    choices=_choices(("engineering", "工程原因", "engineering"), ("season", "季节原因", "season")),
)
GROUND: Final = Field(
    "reason",
    K.CHOICE,
    Words("依据", "ground"),
    choices=_choices(
        ("owner", "权属不属本单位", "owned by another"),
        ("area", "不在本单位辖区", "outside our area"),
        ("duty", "不属本单位职责", "not our duty"),
    ),
)
REJECT_REASON: Final = Field(
    "reason",
    K.CHOICE,
    Words("不受理理由", "reason"),
    choices=_choices(
        ("out-of-scope", "不属管理范围", "out of scope"),
        ("out-of-district", "不在本辖区", "outside the district"),
        ("not-found", "现场未发现", "not found on the spot"),
        ("condition-not-met", "不符合立案条件", "filing condition not met"),
        ("already-known", "已有案件", "already known"),
        ("evidence", "证据不足", "evidence not sufficient"),
    ),
)
REWORK_REASON: Final = Field(
    "reason",
    K.CHOICE,
    Words("返工理由", "reason for rework"),
    choices=_choices(
        ("not-done", "未处置", "not done"),
        ("partly-done", "处置不彻底", "done in part"),
        ("wrong-place", "地点不符", "another place"),
        ("evidence", "照片不能证明", "the photos do not prove it"),
    ),
)
CLASS: Final = _sets("class", K.CLASS, "类别", "class")
CONDITION: Final = _sets("condition", K.CONDITION, "立案条件", "filing condition")
FILING: Final = (CLASS, CONDITION)
COMPONENT: Final = _sets("component", K.COMPONENT, "部件编码", "component")
_WHERE: Final = (
    _sets("place", K.PLACE, "位置", "place", required=True),
    _sets("place_text", K.LINE, "地点描述", "where"),
    _sets("grid", K.LINE, "网格", "grid"),
    _sets("responsibility_grid", K.LINE, "责任网格", "responsibility grid"),
    _sets("street", K.LINE, "街道", "street"),
    _sets("area_class", K.LINE, "区域类别", "area class"),
    _sets("road", K.LINE, "道路", "road"),
    COMPONENT,
    _sets("owner", K.LINE, "权属单位", "owner"),
)
_WHAT: Final = (
    CLASS,
    CONDITION,
    Field(
        "channel",
        K.CHOICE,
        Words("渠道", "channel"),
        choices=tuple((channel.value, words) for channel, words in CHANNELS.items()),
        sets="channel",
    ),
    _sets("noticed_at", K.MOMENT, "发现时间", "noticed at"),
    _sets("external", K.LINE, "外部编号", "reference elsewhere"),
    _sets("duplicate_of", K.SUBJECT, "疑似重复", "seems to be a duplicate of"),
    Field("description", K.TEXT, Words("问题描述", "description"), required=False),
    Field("reporter_name", K.TEXT, Words("反映人", "reporter"), required=False),
    Field("reporter_phone", K.TEXT, Words("联系电话", "phone"), required=False),
    PHOTOS,
)
_MACHINE: Final = (
    _sets("confidence", K.NUMBER, "置信度（‰）", "confidence (per mille)"),
    Field("frames", K.PHOTOS, Words("证据帧", "evidence frames"), required=False),
    _sets("model", K.LINE, "算法版本", "model version"),
)
NOTICE_FIELDS: Final = (*_WHAT, *_WHERE, *_MACHINE)
QUICK_FIELDS: Final = (
    *_WHAT[:-1],
    *_WHERE,
    Field("before", K.PHOTOS, Words("处置前照片", "photo before"), sets="before"),
    Field("photos", K.PHOTOS, Words("处置后照片", "photo after")),
)
SELF_FIELDS: Final = (
    *_WHAT[:-1],
    *_WHERE,
    Field("before", K.PHOTOS, Words("处置前照片", "photo before"), required=False, sets="before"),
    Field("photos", K.PHOTOS, Words("处置后照片", "photo after"), required=False),
)
ADOPT_FIELDS: Final = (
    *_WHAT,
    *_WHERE,
    _sets("unit", K.ORGANISATION, "处置单位", "unit"),
    Field("due", K.MOMENT, Words("原定期限", "due elsewhere"), required=False),
)
REGRID_FIELDS: Final = (
    Field("grid", K.LINE, Words("网格", "grid"), sets="grid"),
    Field("responsibility_grid", K.LINE, Words("责任网格", "responsibility grid"), required=False,
          sets="responsibility_grid"),
    Field("change", K.LINE, Words("网格调整编号", "number of the grid change"), sets="regridded_by"),
)  # fmt: skip
