"""The case: its stages, their groups, and the names of its facts.

Stage names follow Appendix A of the processes; `fed-back` and `checked` stand between the handler's answer and
the desk's confirmation, and between the check and the shift leader's closing, because those are decided apart.
"""

from typing import Final

from xiuhua.domain.moves import Group, Stage
from xiuhua.domain.words import Words

KIND: Final = "case"


def _stage(name: str, zh: str, en: str, group: Group = Group.OPEN, *, end: bool = False) -> Stage:
    return Stage(name, Words(zh, en), group, end)


STAGES: Final = {
    stage.name: stage
    for stage in (
        _stage("reported", "上报", "reported"),
        _stage("quick-reported", "快速上报", "quick-reported"),
        _stage("sampled", "抽查", "sampled"),
        _stage("adopted", "接入", "adopted"),
        _stage("accepted", "受理", "accepted"),
        _stage("verifying", "核实", "verifying"),
        _stage("filed", "立案", "filed"),
        _stage("dispatched", "派遣", "dispatched"),
        _stage("received", "签收", "received"),
        _stage("handling", "处置", "handling"),
        _stage("fed-back", "待确认", "fed back"),
        _stage("handled", "处置反馈", "handled"),
        _stage("checking", "核查", "checking"),
        _stage("checked", "待结案", "checked"),
        _stage("disputed", "争议裁决", "disputed"),
        _stage("suspended", "挂账", "suspended", Group.PAUSED),
        _stage("closed", "结案", "closed", Group.CLOSED),
        _stage("archived", "归档", "archived", Group.CLOSED),
        _stage("rejected", "不受理", "rejected", Group.REFUSED, end=True),
        _stage("invalid", "无效", "invalid", Group.VOID, end=True),
        _stage("merged", "已并案", "merged", Group.VOID),
        _stage("void", "作废", "void", Group.VOID, end=True),
    )
}

OPEN: Final = frozenset(s.name for s in STAGES.values() if s.group.is_open)
WITH_UNIT: Final = frozenset({"dispatched", "received", "handling"})
CLOCKS: Final = {
    "acceptance": Words("受理时限", "acceptance"),
    "completion": Words("补充时限", "completion"),
    "verifying": Words("核实时限", "verification"),
    "filing": Words("立案时限", "filing"),
    "dispatching": Words("派遣时限", "dispatching"),
    "signing": Words("签收时限", "signing"),
    "handling": Words("处置时限", "handling"),
    "sending": Words("核查派发时限", "sending of the check"),
    "checking": Words("核查时限", "check"),
    "closing": Words("结案时限", "closing"),
    "ruling": Words("裁决时限", "ruling"),
    "suspension": Words("挂账期限", "suspension"),
    "review": Words("快速上报审核时限", "review of a quick report"),
    "sampling": Words("抽查时限", "sampling"),
    "archiving": Words("归档期限", "archiving"),
}
UNIT_CLOCKS: Final = frozenset({"handling", "signing"})
REQUESTS: Final = {
    "more": Words("补充材料", "more information"),
    "extension": Words("延期", "extension"),
    "suspension": Words("挂账", "suspension"),
    "return": Words("回退", "return"),
    "objection": Words("异议", "objection"),
    "void": Words("作废", "voiding"),
    "appeal": Words("超时申诉", "timeout appeal"),
}
