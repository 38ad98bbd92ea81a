"""One subject with all that ever happened to it. Nothing is masked here: `operations.seeing` decides who reads what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xiuhua.domain.subject import Subject, Transition
from xiuhua.store.loading import load, texts, transitions
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.scope import Scope


@dataclass(frozen=True, slots=True)
class Step:
    """A transition with the texts beside it; None where a text was erased."""

    transition: Transition
    texts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whole:
    subject: Subject
    steps: tuple[Step, ...]


def in_scope(kind: str, number: str, scope: Scope) -> bool:
    return SubjectRow.objects.filter(scope.filter, kind=kind, number=number).exists()


def whole(kind: str, number: str, scope: Scope) -> Whole | None:
    """None where there is no such subject, or it lies outside the scope: the two look the same from outside."""
    if not in_scope(kind, number, scope):
        return None
    loaded = load(kind, number)
    if loaded is None:
        return None
    beside: dict[int, dict[str, str | None]] = {}
    for (sequence, name), text in texts(kind, number).items():
        beside.setdefault(sequence, {})[name] = text
    steps = tuple(Step(t, beside.get(t.sequence, {})) for t in transitions(kind, number))
    return Whole(loaded.subject, steps)
