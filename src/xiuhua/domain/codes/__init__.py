"""The coded numbers of the field; each can parse, check and format.

`classes` class keys and components · `numbers` unit grids, cases, organisations · `coded` what they share. Leaves out:
whether a division, street or class of that code exists (`grid`, `catalog`).
"""

from xiuhua.domain.codes.classes import GBT30428, GBT47678, NATIONAL, ClassKey, ComponentCode, Kind
from xiuhua.domain.codes.coded import CodeWrong
from xiuhua.domain.codes.numbers import CaseNumber, OrganisationCode, UnitGridCode

__all__ = [
    "GBT30428",
    "GBT47678",
    "NATIONAL",
    "CaseNumber",
    "ClassKey",
    "CodeWrong",
    "ComponentCode",
    "Kind",
    "OrganisationCode",
    "UnitGridCode",
]
