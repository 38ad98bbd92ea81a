"""The case's table of moves: from notice to archive, and everything that lies beside the way.

Sources: processes Appendix A; workflow sections 3-6. Where they differ: the unit desk's `confirm` ends the
handling time; `send-check`, `check-*` and `close` are separate moves with clocks of their own; the handling clock
starts at dispatch; requests lie beside the stage and stop no clock until granted. Stage limits are pack data.
"""

from typing import Final

from xiuhua.domain import check, handling
from xiuhua.domain.case import CLOCKS, KIND, OPEN, REQUESTS, STAGES, UNIT_CLOCKS, WITH_UNIT
from xiuhua.domain.flow_facts import ADDRESSEES, FACTS, stage_limits
from xiuhua.domain.flow_forms import (
    ADOPT_FIELDS,
    AFTER,
    CAUSES,
    COLLECTOR,
    COMPONENT,
    FILING,
    GROUND,
    HANDLER,
    LEVEL,
    MET,
    NOTE,
    NOTICE_FIELDS,
    PHOTOS,
    QUICK_FIELDS,
    REASON,
    REGRID_FIELDS,
    REJECT_REASON,
    REWORK_REASON,
    RULING,
    SELF_FIELDS,
    SHOWN,
    SUBJECT,
    UNIT,
    UNTIL,
    WHY,
    WHY_OTHER,
)  # fmt: skip
from xiuhua.domain.guards import GENERIC
from xiuhua.domain.moves import Move, Rules, Start, Table
from xiuhua.domain.people import Post as P
from xiuhua.domain.words import Words


def _move(name: str, zh: str, en: str, sources: str, to: str, by: tuple[P, ...], **more: object) -> Move:
    listed = frozenset(_SETS.get(sources, frozenset(sources.split())))
    return Move(name, Words(zh, en), listed, to, frozenset(by), **more)  # type: ignore[arg-type]


_SETS: Final = {"any-open": OPEN, "with-unit": WITH_UNIT}
_CENTRE: Final = (P.ACCEPTOR, P.SHIFT_LEADER, P.DISPATCHER, P.SUPERVISING_OFFICER)
_HANDLING: Final = Start("handling", "condition-limit")
_SIGNING: Final = Start("signing", "signing", then="sign-silently")
_ACCEPTANCE: Final = Start("acceptance", "acceptance")
_FILING: Final = Start("filing", "filing")
_DISPATCHING: Final = Start("dispatching", "dispatching")
_SENDING: Final = Start("sending", "sending")
_ARCHIVING: Final = Start("archiving", "archiving", then="archive")
_ARCHIVING_OWN: Final = Start("archiving", "archiving-own", then="archive")
_LAPSE: Final = ("extension", "suspension", "return", "objection", "void", "more")
_UNIT_ASKS: Final = ("extension", "suspension", "return", "objection")

_BEGIN: Final = (
    _move("report", "上报", "report", "", "reported",
          (P.COLLECTOR, P.ACCEPTOR, P.CITIZEN, P.MACHINE_SOURCE, P.SUPERVISING_OFFICER, P.LEADER),
          fields=NOTICE_FIELDS, facts=("notice",), starts=(_ACCEPTANCE,), tells=("acceptors",)),
    _move("report-quick", "快速上报", "report as handled at once", "", "quick-reported", (P.COLLECTOR,),
          fields=QUICK_FIELDS, facts=("notice",), starts=(Start("review", "review", then="pass-quick"),)),
    _move("report-self", "自查上报", "report own finding", "", "reported", (P.HANDLER, P.UNIT_DESK),
          fields=SELF_FIELDS, facts=("notice", "self-found"), starts=(_ACCEPTANCE,), tells=("acceptors",)),
    _move("adopt", "接入", "adopt", "", "adopted", (P.ADMINISTRATOR, P.MACHINE_SOURCE, P.SYSTEM),
          fields=ADOPT_FIELDS, facts=("notice",), starts=(Start("handling", "given-due"),)),
)  # fmt: skip

_ACCEPT: Final = (
    _move("accept", "受理", "accept", "reported", "accepted", (P.ACCEPTOR,), key="a",
          fields=(*FILING, COMPONENT), guards=("no-request more",), checks=("classified",), ends=("acceptance",),
          starts=(_FILING,), tells=("shift-leaders",)),
    _move("accept-handled", "按已处置受理", "accept as handled", "reported", "handled", (P.ACCEPTOR,), key="h",
          fields=FILING, guards=("fact-is self_handled true", "no-request more"), checks=("classified",),
          facts=("handled",), ends=("acceptance",), starts=(_SENDING,)),
    _move("ask-more", "退回补充", "ask for more", "reported", "", (P.ACCEPTOR,), key="m",
          fields=(WHY, NOTE), asks="more", pauses=("acceptance",),
          starts=(Start("completion", "completion", then="expire"),), tells=("reporter",)),
    _move("complete", "补充", "complete", "reported", "",
          (P.COLLECTOR, P.CITIZEN, P.ACCEPTOR, P.HANDLER, P.UNIT_DESK, P.SUPERVISING_OFFICER, P.LEADER), key="c",
          fields=(NOTE, PHOTOS), guards=("of-the-reporter",), grants="more", resumes=("acceptance",),
          drops=("completion",), tells=("acceptors",)),
    _move("expire", "逾期未补充", "expire", "reported", "rejected", (P.SYSTEM,),
          grants="more", facts=("expired",), drops=("*",), lapses=_LAPSE, tells=("reporter",)),
    _move("reject", "不受理", "reject", "reported accepted", "rejected", (P.ACCEPTOR,), key="x",
          fields=(REJECT_REASON, NOTE), ends=("acceptance",), drops=("*",), lapses=_LAPSE, tells=("reporter",)),
    _move("merge", "并案", "merge", "reported accepted filed", "merged", (P.ACCEPTOR,), key="g",
          fields=(SUBJECT,), checks=("other-subject",), drops=("*",), lapses=_LAPSE, tells=("reporter",)),
    _move("unmerge", "撤销并案", "undo the merge", "merged", "reported", (P.ACCEPTOR, P.SHIFT_LEADER), key="u",
          fields=(WHY,), facts=("unmerged",), starts=(_ACCEPTANCE,), tells=("acceptors",)),
    _move("request-verify", "派发核实", "request verification", "accepted verifying", "verifying", (P.ACCEPTOR,),
          key="v", fields=(COLLECTOR,), facts=("verifier",), ends=("verifying",), drops=("filing",),
          starts=(Start("verifying", "verifying"),), tells=("collectors",)),
    _move("verify-true", "核实属实", "verified: true", "verifying", "accepted", (P.COLLECTOR,), key="t",
          fields=(SHOWN, NOTE), guards=("task-of verifier",), facts=("verified",), ends=("verifying",),
          starts=(_FILING,), tells=("shift-leaders",)),
    _move("verify-false", "核实不属实", "verified: not so", "verifying", "rejected", (P.COLLECTOR,), key="f",
          fields=(SHOWN, NOTE), guards=("task-of verifier",), ends=("verifying",), drops=("*",), lapses=_LAPSE,
          tells=("reporter",)),
    _move("file", "立案", "file", "accepted", "filed", (P.SHIFT_LEADER,), key="l",
          fields=(MET,), guards=("verified", "no-request void"), checks=("classified", "condition-met"),
          facts=("filed",), ends=("filing",), starts=(_DISPATCHING,), tells=("dispatchers",)),
    _move("refuse-filing", "不立案", "refuse to file", "accepted", "rejected", (P.SHIFT_LEADER,), key="n",
          fields=(REJECT_REASON, NOTE), ends=("filing",), drops=("*",), lapses=_LAPSE, tells=("reporter",)),
)  # fmt: skip

_DISPATCH: Final = (
    _move("dispatch", "派遣", "dispatch", "filed", "dispatched", (P.DISPATCHER,), key="d",
          fields=(UNIT, WHY_OTHER),
          checks=("known-unit", "reason-where-other"), facts=("dispatched",), ends=("dispatching",),
          starts=(_HANDLING, _SIGNING), tells=("unit",)),
    _move("hand-back", "退回受理", "hand back to the acceptor", "filed", "reported", (P.DISPATCHER,), key="b",
          fields=(WHY,), drops=("dispatching",), starts=(_ACCEPTANCE,), tells=("acceptors",)),
    _move("take-over", "转本平台办理", "take over", "adopted", "filed", (P.DISPATCHER, P.SHIFT_LEADER), key="t",
          fields=FILING, checks=("classified",), facts=("taken-over",), drops=("*",), starts=(_DISPATCHING,),
          tells=("dispatchers",)),
    _move("sign", "签收", "sign", "dispatched", "received", (P.UNIT_DESK,), key="s",
          guards=("of-the-unit",), drops=("signing",)),
    _move("sign-silently", "自动签收", "sign silently", "dispatched", "received", (P.SYSTEM,), drops=("signing",)),
    _move("assign", "分派处置人", "assign a handler", "dispatched received handling", "handling", (P.UNIT_DESK,),
          key="a", fields=(HANDLER,), guards=("of-the-unit",), facts=("assigned",), drops=("signing",),
          tells=("handler",)),
    _move("start", "开始处置", "start", "received", "handling", (P.HANDLER, P.UNIT_DESK), key="t",
          guards=("of-the-unit",)),
    _move("feed-back", "处置反馈", "feed back", "handling", "fed-back", (P.HANDLER, P.UNIT_DESK), key="f",
          fields=(AFTER, NOTE), guards=("of-the-unit", "no-request return objection"), tells=("unit",)),
    _move("send-again", "退回处置人", "send back to the handler", "fed-back", "handling", (P.UNIT_DESK,), key="b",
          fields=(WHY,), guards=("of-the-unit",), tells=("handler",)),
    _move("confirm", "确认反馈", "confirm", "fed-back", "handled", (P.UNIT_DESK,), key="c",
          guards=("of-the-unit",), facts=("confirmed",), ends=("handling",), lapses=_UNIT_ASKS,
          starts=(_SENDING,), lowers="urged", tells=("acceptors",)),
)  # fmt: skip

_CHECK: Final = (
    _move("send-check", "派发核查", "send the check", "handled checking", "checking", (P.ACCEPTOR,), key="k",
          fields=(COLLECTOR,), checks=("named-checker",), facts=("checker",), ends=("sending", "checking"),
          starts=(Start("checking", "checking"),), tells=("collectors",)),
    _move("close-self", "自查结案", "close own finding", "handled", "closed", (P.SHIFT_LEADER,), key="j",
          fields=(MET,), guards=("fact-is self_handled true",), checks=("closing-met",), facts=("closed",),
          ends=("sending",), starts=(_ARCHIVING,), lapses=("void",), tells=("unit",)),
    _move("check-pass", "核查通过", "check: passed", "checking", "checked", (P.COLLECTOR,), key="p",
          fields=(SHOWN, NOTE), guards=("task-of checker", "not-the-handler"), ends=("checking",),
          starts=(Start("closing", "closing"),), tells=("shift-leaders",)),
    _move("check-fail", "核查不通过", "check: failed", "checking", "received", (P.COLLECTOR,), key="r",
          fields=(REWORK_REASON, SHOWN, NOTE), guards=("task-of checker", "not-the-handler"), facts=("reworked",),
          ends=("checking",), starts=(Start("handling", "half-limit"),), next_round=True, tells=("unit",)),
    _move("check-again", "重新核查", "have it checked again", "checked", "handled", (P.SHIFT_LEADER,), key="g",
          fields=(WHY,), ends=("closing",), starts=(_SENDING,), tells=("acceptors",)),
    _move("close", "结案", "close", "checked adopted", "closed", (P.SHIFT_LEADER, P.ADMINISTRATOR, P.MACHINE_SOURCE),
          key="j", fields=(MET, NOTE), guards=("centre-closes",), checks=("closing-met",), facts=("closed",),
          ends=("closing", "handling"), starts=(_ARCHIVING_OWN,), lapses=("void",), lowers="urged",
          tells=("who-waits",)),
    _move("archive", "归档", "archive", "closed", "archived", (P.SYSTEM,), drops=("archiving",)),
    _move("reopen", "复开", "reopen", "closed archived", "received", (P.CITIZEN, P.EVALUATOR), key="o",
          fields=(WHY, SHOWN), guards=("reopen-window", "of-the-reporter", "has-unit"), facts=("reopened",),
          drops=("archiving",), starts=(_HANDLING,), next_round=True, lapses=("appeal",),
          tells=("unit", "shift-leaders")),
)  # fmt: skip

_REQUESTS: Final = (
    _move("ask-extension", "申请延期", "ask for an extension", "with-unit", "", (P.UNIT_DESK,), key="e",
          fields=(REASON,), guards=("of-the-unit", "before-due handling", "extensions-left"), asks="extension",
          tells=("dispatchers",)),
    _move("endorse-extension", "延期初审同意", "endorse the extension", "with-unit", "", (P.DISPATCHER,),
          guards=("two-persons extension",), endorses="extension", tells=("shift-leaders",)),
    _move("grant-extension", "批准延期", "grant the extension", "with-unit", "", (P.SHIFT_LEADER,),
          guards=("endorsed extension", "two-persons extension"), facts=("extended",), grants="extension",
          extends=(("handling", "first-limit"),), tells=("unit",)),
    _move("refuse-extension", "不同意延期", "refuse the extension", "with-unit", "", (P.DISPATCHER, P.SHIFT_LEADER),
          fields=(WHY,), refuses="extension", tells=("unit",)),
    _move("ask-suspension", "申请挂账", "ask for a suspension", "with-unit", "", (P.UNIT_DESK,), key="p",
          fields=(CAUSES, UNTIL, NOTE, PHOTOS), guards=("of-the-unit", "not-suspended-before"), checks=("plan-date",),
          asks="suspension", tells=("dispatchers",)),
    _move("endorse-suspension", "挂账初审同意", "endorse the suspension", "with-unit", "", (P.DISPATCHER,),
          guards=("two-persons suspension",), endorses="suspension", tells=("leaders",)),
    _move("grant-suspension", "批准挂账", "grant the suspension", "with-unit", "suspended", (P.LEADER,),
          guards=("endorsed suspension", "two-persons suspension"), facts=("suspended",), grants="suspension",
          pauses=("handling",), drops=("signing",), starts=(Start("suspension", "until", then="wake"),),
          tells=("unit",)),
    _move("refuse-suspension", "不同意挂账", "refuse the suspension", "with-unit", "", (P.DISPATCHER, P.LEADER),
          fields=(WHY,), refuses="suspension", tells=("unit",)),
    _move("wake", "恢复处置", "resume", "suspended", "received", (P.SYSTEM, P.DISPATCHER, P.SHIFT_LEADER), key="w",
          resumes=("handling",), drops=("suspension",), tells=("unit",)),
    _move("ask-return", "申请回退", "ask to return it", "with-unit", "", (P.UNIT_DESK,), key="r",
          fields=(UNIT, GROUND, NOTE, PHOTOS), guards=("of-the-unit", "first-return", "in-return-window"),
          checks=("another-unit",), facts=("returning",), asks="return", tells=("dispatchers",)),
    _move("agree-return", "同意回退", "agree to the return", "with-unit", "filed", (P.DISPATCHER,),
          facts=("returned",), grants="return", drops=("*",), lapses=_LAPSE, starts=(_DISPATCHING,), tells=("asker",)),
    _move("refuse-return", "驳回回退", "refuse the return", "with-unit", "", (P.SHIFT_LEADER,),
          fields=(WHY,), refuses="return", tells=("unit",)),
    _move("object", "提出异议", "object", "with-unit", "", (P.UNIT_DESK,), key="o",
          fields=(UNIT, GROUND, NOTE), guards=("of-the-unit", "return-was-refused", "no-request return"),
          checks=("another-unit",), asks="objection", tells=("dispatchers",)),
    _move("to-dispute", "提交裁决", "bring to a ruling", "with-unit", "disputed", (P.DISPATCHER,),
          fields=(WHY,), guards=("return-or-objection",), pauses=("handling",), drops=("signing",),
          lapses=_UNIT_ASKS, starts=(Start("ruling", "ruling"),), tells=("shift-leaders",)),
    _move("rule", "裁决", "rule", "disputed", "dispatched", (P.SHIFT_LEADER,), key="j",
          fields=(UNIT, RULING), checks=("known-unit",), facts=("ruled",), ends=("ruling",), resumes=("handling",),
          starts=(Start("handling", "ruled-limit"), _SIGNING), tells=("unit",)),
    _move("ask-void", "申请作废", "ask to void it", "any-open", "", (P.ACCEPTOR, P.DISPATCHER),
          fields=(REASON,), asks="void", tells=("shift-leaders",)),
    _move("grant-void", "批准作废", "void it", "any-open", "void", (P.SHIFT_LEADER,),
          guards=("two-persons void",), grants="void", drops=("*",), lapses=_LAPSE, tells=("unit", "reporter")),
    _move("refuse-void", "不同意作废", "refuse to void it", "any-open", "", (P.SHIFT_LEADER,),
          fields=(WHY,), refuses="void", tells=("asker",)),
    _move("appeal", "超时申诉", "appeal the timeout", "closed archived", "", (P.UNIT_DESK,), key="e",
          fields=(REASON, NOTE, PHOTOS), guards=("of-the-unit", "late-once"), facts=("appealed",), asks="appeal",
          tells=("dispatchers",)),
    _move("endorse-appeal", "申诉初审同意", "endorse the appeal", "closed archived", "", (P.DISPATCHER,),
          guards=("two-persons appeal",), endorses="appeal", tells=("acceptors",)),
    _move("grant-appeal", "批准申诉", "grant the appeal", "closed archived", "", (P.ACCEPTOR,),
          guards=("endorsed appeal", "two-persons appeal"), facts=("exempted",), grants="appeal", tells=("unit",)),
    _move("refuse-appeal", "驳回申诉", "refuse the appeal", "closed archived", "", (P.DISPATCHER, P.ACCEPTOR),
          fields=(WHY,), refuses="appeal", tells=("unit",)),
)  # fmt: skip

_BESIDE: Final = (
    _move("supervise", "督办", "supervise", "any-open", "", (P.SUPERVISING_OFFICER, P.LEADER),
          fields=(LEVEL, REASON), raises="supervised", tells=("unit", "shift-leaders")),
    _move("answer-supervision", "答复督办", "answer the supervision", "any-open", "", (P.UNIT_DESK,),
          fields=(NOTE,), guards=("of-the-unit", "flagged supervised"), lowers="supervised", tells=("supervisors",)),
    _move("urge", "催办", "urge", "any-open", "", (P.DISPATCHER, P.SUPERVISING_OFFICER, P.SHIFT_LEADER),
          fields=(NOTE,), raises="urged", tells=("unit",)),
    _move("note", "备注", "note", " ".join(STAGES), "", (*_CENTRE, P.EVALUATOR, P.LEADER), fields=(NOTE,)),
    _move("regrid", "随网格调整", "go over to the new grid", "any-open", "", (P.SYSTEM,), fields=REGRID_FIELDS),
    _move("pass-quick", "快速上报通过", "pass the quick report", "quick-reported", "closed", (P.SYSTEM, P.ACCEPTOR),
          key="p", facts=("closed",), drops=("review",), starts=(_ARCHIVING,), lapses=("void",)),
    _move("sample", "抽查", "sample", "quick-reported closed", "sampled", (P.EVALUATOR, P.SYSTEM), key="s",
          guards=("fact-is channel quick-report",), facts=("sampling",), drops=("*",),
          starts=(Start("sampling", "sampling"),)),
    _move("confirm-sample", "抽查属实", "sample confirmed", "sampled", "closed", (P.EVALUATOR,), key="t",
          fields=(NOTE,), facts=("sampled",), ends=("sampling",), starts=(_ARCHIVING,), lapses=("void",)),
    _move("invalidate", "抽查无效", "sample invalid", "sampled quick-reported", "invalid", (P.EVALUATOR, P.ACCEPTOR),
          key="x", fields=(WHY, NOTE), drops=("*",), lapses=_LAPSE, tells=("reporter",)),
    _move("convert", "转普通案件", "convert to a case", "quick-reported", "reported", (P.COLLECTOR, P.ACCEPTOR),
          key="c", fields=(WHY,), facts=("converted",), drops=("*",), starts=(_ACCEPTANCE,), tells=("acceptors",)),
)  # fmt: skip

RULES: Final = Rules(
    guards={
        **GENERIC,
        "classified": check.classified,
        "condition-met": check.condition_met,
        "closing-met": check.closing_met,
        "verified": check.verified,
        "task-of": check.task_of,
        "not-the-handler": check.not_the_handler,
        "named-checker": check.named_checker,
        "centre-closes": check.centre_closes,
        "has-unit": check.has_unit,
        "other-subject": check.other_subject,
        "known-unit": handling.known_unit,
        "another-unit": handling.another_unit,
        "reason-where-other": handling.reason_where_other,
        "extensions-left": handling.extensions_left,
        "first-return": handling.first_return,
        "return-was-refused": handling.return_was_refused,
        "return-or-objection": handling.return_or_objection,
        "in-return-window": handling.in_return_window,
        "plan-date": handling.plan_date,
        "not-suspended-before": handling.not_suspended_before,
        "late-once": handling.late_once,
        "reopen-window": handling.reopen_window,
    },
    limits={
        **stage_limits(CLOCKS),
        "condition-limit": handling.full_limit,
        "half-limit": handling.half_limit,
        "first-limit": handling.first_limit,
        "ruled-limit": handling.ruled_limit,
        "until": handling.until,
        "given-due": handling.given_due,
        "archiving-own": handling.archiving_own,
    },
    facts=FACTS,
    addressees=ADDRESSEES,
)

CASE: Final = Table(
    kind=KIND,
    words=Words("案件", "case"),
    stages=STAGES,
    moves={m.name: m for m in (*_BEGIN, *_ACCEPT, *_DISPATCH, *_CHECK, *_REQUESTS, *_BESIDE)},
    clocks=CLOCKS,
    requests=REQUESTS,
    rules=RULES,
    unit_clocks=UNIT_CLOCKS,
)
