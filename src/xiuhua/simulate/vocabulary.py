"""What people write: matters with their words, places, reasons. The lists are data, in words.toml."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

SMALL: Final = range(2, 9)  # the {n} of a sentence
NO_SUCH_PHONE: Final = 10_000_000_000  # no mobile number begins with 10: nobody can be called


@dataclass(frozen=True, slots=True)
class Matter:
    """`machine`: a camera sees it. `public`: the public reports it rather than collectors."""

    names: tuple[str, ...]
    weight: float
    says: tuple[str, ...]
    done: tuple[str, ...]
    machine: bool = False
    public: bool = False
    quick: bool = False


@dataclass(frozen=True)
class Vocabulary:
    landmarks: tuple[str, ...]
    sides: tuple[str, ...]
    surnames: tuple[str, ...]
    manners: tuple[str, ...]
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    reasons: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, tuple[str, ...]]
    default: Matter
    matters: Mapping[str, Matter]

    def matter(self, name: str) -> Matter:
        """By the Chinese name of a class; the default for a class that has no words of its own."""
        return self.matters.get(name, self.default)

    def reason(self, of: str, rng: random.Random) -> str:
        return rng.choice(self.reasons[of])

    def note(self, of: str, rng: random.Random) -> str:
        return rng.choice(self.notes[of])

    def person(self, rng: random.Random) -> tuple[str, str]:
        """A name and a telephone number that nobody has."""
        return f"{rng.choice(self.surnames)}{rng.choice(self.manners)}", str(NO_SUCH_PHONE + rng.randrange(10**8))


@cache
def vocabulary() -> Vocabulary:
    given: dict[str, Any] = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    default = _matter({"names": [], "weight": 1, **given.pop("default")})
    matters = [_matter(one) for one in given.pop("matter")]
    reasons, notes = given.pop("reasons"), given.pop("notes")
    return Vocabulary(
        **{name: tuple(words) for name, words in given.items()},
        reasons={name: tuple(words) for name, words in reasons.items()},
        notes={name: tuple(words) for name, words in notes.items()},
        default=default,
        matters={name: matter for matter in matters for name in matter.names},
    )


def _matter(given: dict[str, Any]) -> Matter:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Matter(**fields)
