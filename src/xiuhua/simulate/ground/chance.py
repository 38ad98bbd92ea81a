"""Chance that comes out the same every time: for a purpose, or for a place, whatever was drawn before it.

A part of the ground is therefore the same whether the rest is made or not. PCG64 is named because numpy may change its
default; words are hashed by hand because Python's own hash changes from run to run.
"""

import hashlib
from typing import Any, Final

import numpy as np

ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # SplitMix64's constants (Steele, Lea, Flood 2014)
MIX: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def chance(seed: int, *purpose: object) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(_number(seed, *purpose)))


def at_places(seed: int, purpose: str, points: Any) -> Any:
    """A number in [0, 1) for each point (metres), the same for the same half metre."""
    with np.errstate(over="ignore"):
        cells = np.floor(np.asarray(points) * 2).astype(np.int64).astype(np.uint64)
        mixed = _mix(cells[:, 0] * ODD + np.uint64(_number(seed, purpose)))
        mixed = _mix(mixed + cells[:, 1] * ODD)
    return (mixed >> np.uint64(11)).astype(float) / 2.0**53


def _mix(bits: Any) -> Any:
    bits = (bits ^ (bits >> np.uint64(30))) * MIX[0]
    bits = (bits ^ (bits >> np.uint64(27))) * MIX[1]
    return bits ^ (bits >> np.uint64(31))


def _number(seed: int, *purpose: object) -> int:
    words = ":".join(str(word) for word in (seed, *purpose)).encode()
    return int.from_bytes(hashlib.sha256(words).digest()[:8], "big")
