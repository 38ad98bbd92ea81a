"""Reading for faces: plain frozen rows, never models, and never outside a scope."""

from xiuhua.store.queries.counts import Question, figure_of, figures_of
from xiuhua.store.queries.inbox import Notification, classes_of, inbox, mark_read
from xiuhua.store.queries.lists import Cursor, Filter, Line, Page, cursor, page
from xiuhua.store.queries.scope import Scope
from xiuhua.store.queries.soon import soonest
from xiuhua.store.queries.whole import Step, Whole, in_scope, whole

__all__ = [
    "Cursor",
    "Filter",
    "Line",
    "Notification",
    "Page",
    "Question",
    "Scope",
    "Step",
    "Whole",
    "classes_of",
    "cursor",
    "figure_of",
    "figures_of",
    "in_scope",
    "inbox",
    "mark_read",
    "page",
    "soonest",
    "whole",
]
