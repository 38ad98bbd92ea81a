"""A district as one book: everything the rules ask about the place where they are applied. It is data, never code.

Answers from dictionaries, because every move asks. Leaves out: where a point lies (`space`), how a pack is read
(`store.pack`), and rulings made since, which come in by `with_precedents`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from xiuhua.domain.base_map import BaseMap
from xiuhua.domain.boundary import BoundaryRule
from xiuhua.domain.catalog import Catalog, Confidence
from xiuhua.domain.clock import Calendar, Limit
from xiuhua.domain.codes import ClassKey
from xiuhua.domain.dispatch import Asked, Assigned, Unclear, Where, assign
from xiuhua.domain.duty import DutyList, DutyRow
from xiuhua.domain.former_grid import FormerGrid
from xiuhua.domain.grid import GridRole, Grids, Organisation, OrganisationKind
from xiuhua.domain.intake import IntakeRules
from xiuhua.domain.moves import Table
from xiuhua.domain.people import Person
from xiuhua.domain.subject import Json
from xiuhua.domain.validity import Dated, those_valid_on
from xiuhua.domain.words import Refusal, Words, Wrong

Facts = Mapping[str, Json]

OFF_PLATFORM = "off-platform"  # an organisation that is known here but cannot be sent a case
MOST_REMEMBERED = 50_000  # ours: answers of the duty list kept; a district asks for far fewer in one period

NO_CLASS = Words("请选择类别", "the class is missing")
CLASS_UNKNOWN = Words("没有类别“{it}”", "there is no class “{it}”")
NO_CONDITION = Words("请选择立案条件", "the filing condition is missing")
CONDITION_UNKNOWN = Words("类别“{key}”没有立案条件“{it}”", "class “{key}” has no filing condition “{it}”")
NO_STAGE_LIMIT = Words("区配置没有时限“{it}”", "the district has no limit “{it}”")


@dataclass(frozen=True, slots=True)
class Settings:
    """`edition` empty: the one in force on the day. `calendar` holds for organisations without one of their own.

    `ground` "invented": every map says that its outlines are. `regrid_stages`: cases in these go over to the new grid
    when a grid change takes effect; all others keep theirs.
    """

    division: str
    name: Words
    time_zone: ZoneInfo
    centre: str
    calendar: str
    calendar_of: Mapping[str, str] = field(default_factory=dict)
    bases: tuple[str, ...] = ()
    language: str = "zh-hans"
    edition: str = ""
    ground: str = ""
    regrid_stages: tuple[str, ...] = ()
    base_map: BaseMap = field(default_factory=BaseMap)


@dataclass(frozen=True, slots=True)
class Road:
    code: str
    name: Words
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageLimit:
    """How long a stage may take, and how sure that is."""

    clock: str
    limit: Limit
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """Classes whose unit is not settled, as the district says itself: a person decides, and check-pack warns."""

    classes: str
    reason: Words


@dataclass(frozen=True)
class District:
    id: str
    version: str
    settings: Settings
    catalog: Catalog
    organisations: tuple[Organisation, ...]
    grids: Grids
    calendars: Mapping[str, Calendar]
    duty: DutyList
    stage_limits: Mapping[str, StageLimit]
    intake: IntakeRules = field(default_factory=IntakeRules)
    former_grids: tuple[FormerGrid, ...] = ()
    boundary_rules: tuple[BoundaryRule, ...] = ()
    roads: tuple[Road, ...] = ()
    people: tuple[Person, ...] = ()
    grid_roles: tuple[GridRole, ...] = ()
    open_duties: tuple[OpenDuty, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    # answers that were given before
    _limits: dict[tuple[str, str, str], Limit] = field(default_factory=dict, init=False, repr=False, compare=False)
    _editions: dict[date, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _assigned: dict[tuple[str, str, str, str, int], Assigned | Unclear] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def division(self) -> str:
        return self.settings.division

    @property
    def time_zone(self) -> ZoneInfo:
        return self.settings.time_zone

    def day_of(self, at: datetime) -> date:
        """The day on the wall calendar of the district."""
        return at.astimezone(self.settings.time_zone).date()

    # calendars and limits

    def calendar_of(self, organisation: str) -> Calendar:
        return self._calendar_of.get(organisation or self.settings.centre, self._default_calendar)

    def stage_limit(self, name: str) -> Limit:
        found = self.stage_limits.get(name)
        if found is None:
            raise Wrong("stage-limit-unknown", NO_STAGE_LIMIT.filled(it=name), name)
        return found.limit

    def limit(self, class_key: str, condition: str, area_class: str) -> Limit | Refusal:
        asked = (class_key, condition, area_class)
        found = self._limits.get(asked)
        if found is not None:
            return found
        fresh = self._limit(*asked)
        if isinstance(fresh, Limit):  # refusals name what somebody typed; they are not kept
            self._limits[asked] = fresh
        return fresh

    def _limit(self, class_key: str, condition: str, area_class: str) -> Limit | Refusal:
        unknown = self._unknown(class_key, condition)
        if unknown:
            return unknown
        try:
            return self.catalog.condition(self._keys[class_key], condition, area_class or None).limit
        except Wrong as wrong:  # the condition holds in other area classes only
            return wrong.refusal()

    # catalogue

    def edition_on(self, at: datetime) -> str:
        day = self.day_of(at)
        found = self._editions.get(day)
        if found is None:
            found = self._editions[day] = self._edition(day)
        return found

    def _edition(self, day: date) -> str:
        chosen = self.settings.edition
        if chosen and any(edition.id == chosen for edition in self.catalog.editions_on(day)):
            return chosen
        return self.catalog.edition_on(day).id

    def classified(self, class_key: str, condition: str, at: datetime) -> Refusal | None:
        """Class of an edition in force on the day, and a condition of that class."""
        unknown = self._unknown(class_key, condition)
        if unknown:
            return unknown
        usable = self.catalog.usable(self._keys[class_key], self.day_of(at))
        return usable if isinstance(usable, Refusal) else None

    def key_of(self, class_key: str) -> ClassKey | None:
        return self._keys.get(class_key)

    def _unknown(self, class_key: str, condition: str) -> Refusal | None:
        if not class_key:
            return Refusal("class-missing", NO_CLASS, "class")
        if class_key not in self._keys:
            return Refusal("class-unknown", CLASS_UNKNOWN.filled(it=class_key), "class")
        if not condition:
            return Refusal("condition-missing", NO_CONDITION, "condition")
        if condition not in self._conditions[class_key]:
            words = CONDITION_UNKNOWN.filled(key=class_key, it=condition)
            return Refusal("condition-unknown", words, "condition")
        return None

    # dispatch

    def handles(self, organisation: str) -> bool:
        """Whether a case can be sent there."""
        found = self._organisation.get(organisation)
        return (
            found is not None
            and found.kind is not OrganisationKind.CENTRE
            and OFF_PLATFORM not in found.attributes
        )

    def offices_of(self, street: str, day: date) -> tuple[str, ...]:
        """The street's own offices that can be asked here: those of that kind that the duty list names for it."""
        named = {row.organisation for row in those_valid_on(self.duty.rows, day) if row.area == street}
        return tuple(sorted(c for c in named if self._organisation[c].kind is OrganisationKind.STREET))

    def proposal(self, facts: Facts, at: datetime) -> Assigned | None:
        found = self.dispatch_of(facts, at)
        return found if isinstance(found, Assigned) else None

    def dispatch_of(self, facts: Facts, at: datetime) -> Assigned | Unclear:
        """Remembered for each period in which neither the duty list nor a grid changes."""
        day = self.day_of(at)
        class_key, road, owner = (str(facts.get(name) or "") for name in ("class", "road", "owner"))
        grid = str(facts.get("grid") or facts.get("responsibility_grid") or facts.get("street") or "")
        asked = (class_key, grid, road, owner, bisect_right(self._changes, day))
        found = self._assigned.get(asked)
        if found is None:
            if len(self._assigned) >= MOST_REMEMBERED:
                self._assigned.clear()
            found = self._assigned[asked] = self._assign(class_key, grid, road, owner, day)
        return found

    def _assign(self, class_key: str, grid: str, road: str, owner: str, day: date) -> Assigned | Unclear:
        key = self._keys.get(class_key)
        if key is None:
            return Unclear("no-row", (), ())
        where = Where.of(self.grids.chain(grid, day))
        return assign(Asked(key, self.catalog.case_class(key).major, where, road, owner, day), self.duty)

    def with_precedents(self, rows: Iterable[DutyRow]) -> "District":
        """The same district after rulings; a ruling with the id of a row replaces it."""
        rulings = {row.id: row for row in rows}
        kept = tuple(row for row in self.duty.rows if row.id not in rulings)
        return replace(self, duty=DutyList((*kept, *rulings.values())))

    # names

    def organisation(self, code: str) -> Organisation | None:
        return self._organisation.get(code)

    def words(self, kind: str, code: str) -> Words | None:
        """`kind`: organisation, grid, class, edition, road, calendar. A grid that has gone keeps its name."""
        return self._names.get((kind, code))

    def name(self, kind: str, code: str, language: str) -> str:
        """The name in that language, or the code where there is none."""
        found = self.words(kind, code)
        return found.text(language) if found else code

    def condition_words(self, class_key: str, condition: str) -> Words | None:
        return self._conditions.get(class_key, {}).get(condition)

    # indexes

    @cached_property
    def _organisation(self) -> dict[str, Organisation]:
        return {organisation.code: organisation for organisation in self.organisations}

    @cached_property
    def _default_calendar(self) -> Calendar:
        return self.calendars[self.settings.calendar]

    @cached_property
    def _calendar_of(self) -> dict[str, Calendar]:
        """An organisation without a calendar has that of the one above it."""
        return {code: self.calendars[self._calendar_name(code)] for code in self._organisation}

    def _calendar_name(self, code: str) -> str:
        for _ in self.organisations:  # never walk round a circle
            if code in self.settings.calendar_of:
                return self.settings.calendar_of[code]
            above = self._organisation.get(code)
            if above is None or not above.parent:
                break
            code = above.parent
        return self.settings.calendar

    @cached_property
    def _keys(self) -> dict[str, ClassKey]:
        return {str(one.key): one.key for one in self.catalog.classes}

    @cached_property
    def _conditions(self) -> dict[str, dict[str, Words]]:
        """The filing conditions of each class, in any area class; those of its component where it names one."""
        own: dict[ClassKey, dict[str, Words]] = {}
        for condition in self.catalog.conditions:
            own.setdefault(condition.key, {})[condition.id] = condition.words
        return {
            str(c.key): {**(own.get(c.component, {}) if c.component else {}), **own.get(c.key, {})}
            for c in self.catalog.classes
        }

    @cached_property
    def _changes(self) -> list[date]:
        """The days on which another row or grid begins to hold."""
        facts: tuple[Dated, ...] = (*self.duty.rows, *self.grids.grids)
        begins = {fact.valid_from for fact in facts}
        after = {fact.valid_to + timedelta(days=1) for fact in facts if fact.valid_to}
        return sorted(begins | after)

    @cached_property
    def _names(self) -> dict[tuple[str, str], Words]:
        grids: dict[tuple[str, str], Words] = {("grid", g.code): g.name for g in self.grids.grids}
        return {
            **grids,
            **{("organisation", o.code): o.name for o in self.organisations},
            **{("class", str(c.key)): c.name for c in self.catalog.classes},
            **{("edition", e.id): e.name for e in self.catalog.editions},
            **{("road", r.code): r.name for r in self.roads},
            **{("calendar", c.name): c.title for c in self.calendars.values()},
        }
