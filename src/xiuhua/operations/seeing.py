"""What somebody may see: which subjects at all, and of each the post but not always the person.

Every face reads through here, so that a page, the interface and an export cannot differ. The rules are
`domain.people.sees` and `shows_person`. Names and phones of reporters are read by `look_at_persons` only, and each
look is in the journal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from xiuhua.domain.deciding import Possible, possible
from xiuhua.domain.journal import Journal
from xiuhua.domain.people import RIGHTS, Post, Right, Side, shows_person
from xiuhua.domain.subject import By, Json, Patch, Subject, Transition
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting
from xiuhua.operations.journal import record
from xiuhua.operations.move import NOT_FOUND, UNKNOWN_KIND
from xiuhua.operations.world import World
from xiuhua.store.loading import load, texts
from xiuhua.store.lock import writing
from xiuhua.store.models import Account
from xiuhua.store.queries import Scope, Step, in_scope, whole

# facts that are a person's username, with the move in which that person acts
PERSON_FACTS = {
    "verifier": "verify-true", "checker": "check-pass", "handler": "feed-back", "handlers": "feed-back",
    "surveyor": "survey",
}  # fmt: skip
# what happened, told by those at work; every other text beside a transition is a person's own
STORY_TEXTS = frozenset({"description", "note"})


@dataclass(frozen=True, slots=True)
class SeenStep:
    """A transition as this viewer may read it. `person` is a name, empty where it may not be known."""

    transition: Transition
    person: str = ""
    texts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    subject: Subject
    steps: tuple[SeenStep, ...]


@dataclass(frozen=True, slots=True)
class PersonText:
    """What a transition says of a person; `text` is None where it was erased."""

    sequence: int
    field: str
    text: str | None


def scope(acting: Acting) -> Scope:
    """`domain.people.sees`, as a filter of the database."""
    held, rights = acting.current, RIGHTS[acting.post]
    own = Scope(person=acting.username)
    if Right.SEE_ALL_CASES in rights:
        return Scope(everything=True)
    if Right.SEE_UNIT_CASES in rights:
        return replace(own, unit=held.organisation, grids=held.grids)
    if Right.SEE_OWN_GRID_CASES in rights:
        return replace(own, grids=held.grids, in_grids=True) if held.grids else Scope(everything=True)
    return own


def see(kind: str, number: str, acting: Acting) -> Seen | None:
    """None where there is none, or where it is not this viewer's to see."""
    found = whole(kind, number, scope(acting))
    if found is None:
        return None
    shown = {s.transition.by.person for s in found.steps if _shows(acting, s.transition)}
    names = _names_of(shown)
    steps = tuple(_step(step, acting, names) for step in found.steps)
    return Seen(_subject(found.subject, found.steps[0].transition.by.post, acting), steps)


def _names_of(usernames: Iterable[str]) -> dict[str, str]:
    found = Account.objects.filter(username__in=set(usernames)).values_list("username", "name")
    return {username: name or username for username, name in found}


def _shows(acting: Acting, t: Transition) -> bool:
    return t.by.person == acting.username or shows_person(acting.post, t.by.post, t.move)


def _step(step: Step, acting: Acting, names: Mapping[str, str]) -> SeenStep:
    t = step.transition
    shown = _shows(acting, t)
    by = t.by if shown else By("", t.by.post, t.by.organisation)
    masked = replace(t, by=by, told=(), patch=_patch(t, acting))
    person = names.get(t.by.person, t.by.person) if shown else ""
    return SeenStep(masked, person, {n: text for n, text in step.texts.items() if n in STORY_TEXTS})


def _patch(t: Transition, acting: Acting) -> Patch:
    requests = {name: _request(one, acting) if one else None for name, one in t.patch.requests.items()}
    return replace(t.patch, facts=_facts(t.patch.facts, t.by.post, acting), requests=requests)


def _subject(subject: Subject, reporter: Post, acting: Acting) -> Subject:
    requests = {name: _request(one, acting) for name, one in subject.requests.items()}
    return replace(subject, facts=_facts(subject.facts, reporter, acting), requests=requests, did={})


def _facts(facts: Mapping[str, Json], reporter: Post, acting: Acting) -> dict[str, Json]:
    return {name: value for name, value in facts.items() if _fact_shown(name, value, facts, reporter, acting)}


def _fact_shown(name: str, value: Json, facts: Mapping[str, Json], reporter: Post, acting: Acting) -> bool:
    """Somebody always sees that a task is his own."""
    if name not in PERSON_FACTS and name not in ("reporter", "assignee"):
        return True
    if value in (None, acting.username):
        return True
    if name == "reporter":
        return shows_person(acting.post, reporter, "report")
    if name == "assignee":
        return all(_task_shown(task, acting) for task in PERSON_FACTS if facts.get(task) == value)
    return _task_shown(name, acting)


def _task_shown(task: str, acting: Acting) -> bool:
    actor = Post.HANDLER if task == "handler" else Post.COLLECTOR
    return shows_person(acting.post, actor, PERSON_FACTS[task])


def _request(request: Mapping[str, Json], acting: Acting) -> dict[str, Json]:
    """Who asked and who endorsed are posts to the unit side; that somebody endorsed is no secret."""
    shown = dict(request)
    asked = By(str(request.get("person", "")), Post(str(request["post"])), "")
    if asked.person != acting.username and not shows_person(acting.post, asked.post, "ask"):
        shown["person"] = ""
    if acting.post.side is not Side.CENTRE and "endorsed" in request:
        shown["endorsed"] = ""
    return shown


def look_at_persons(kind: str, number: str, acting: Acting, world: World) -> tuple[PersonText, ...] | Refusal:
    """Names and phones of those who reported. The look is written down before anything is shown."""
    lacking = acting.lacks(Right.SEE_PERSONS)
    if lacking:
        return lacking
    if not in_view(kind, number, acting):
        return NOT_FOUND
    with writing():
        record(Journal.LOOK, number, "look-at-persons", acting.by, {"kind": kind}, world)
        found = texts(kind, number)
    return tuple(PersonText(s, name, text) for (s, name), text in sorted(found.items()) if name not in STORY_TEXTS)


@dataclass(frozen=True, slots=True)
class Offered:
    """What this viewer may do with a subject now, each move with what stands in its way."""

    version: int
    stage: str
    moves: tuple[Possible, ...]


def offered(kind: str, number: str, acting: Acting, world: World) -> Offered | Refusal:
    """Decided on the whole subject: who did what before counts, unseen."""
    table = world.table(kind)
    if table is None:
        return UNKNOWN_KIND
    loaded = load(kind, number) if in_view(kind, number, acting) else None
    if loaded is None:
        return NOT_FOUND
    subject = loaded.subject
    return Offered(subject.version, subject.stage, possible(table, subject, acting.by, world.now(), world.district))


def in_view(kind: str, number: str, acting: Acting) -> bool:
    return in_scope(kind, number, scope(acting))
