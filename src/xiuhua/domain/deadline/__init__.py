"""When a limit runs out, how much of it is used, and why.

`due` moments · `pieces` the stretches of time between them · `wording` the same in sentences · `why` both together.
Leaves out: which limit applies (`catalog`) and who may pause or extend it (`moves`).
"""

from xiuhua.domain.deadline.due import Pause, Paused, due, due_with, warn_at, worked
from xiuhua.domain.deadline.pieces import Kind, Piece
from xiuhua.domain.deadline.why import Why, provisional, why

__all__ = [
    "Kind",
    "Pause",
    "Paused",
    "Piece",
    "Why",
    "due",
    "due_with",
    "provisional",
    "warn_at",
    "why",
    "worked",
]
