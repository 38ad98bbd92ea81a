"""The district as data, and who one is."""

from datetime import datetime

from ninja import Schema

from xiuhua.api.answers.nouns import Named, W


class BasisOut(W):
    confidence: str
    confirmed: bool
    source: str


class EditionOut(Schema):
    id: str
    names: W
    standard: str
    valid_from: str
    valid_to: str | None
    basis: BasisOut


class ConditionOut(Schema):
    id: str
    area_class: str | None
    words: W
    limit: W
    closing: W
    basis: BasisOut


class ClassOut(Schema):
    key: str
    names: W
    major: Named
    geometry: str
    component: str | None
    successors: list[str]
    basis: BasisOut
    conditions: list[ConditionOut]


class CatalogueOut(Schema):
    """`current` is the edition of new cases today. Limits and names that no source confirms say so in their basis."""

    current: str
    editions: list[EditionOut]
    classes: list[ClassOut]


class OrganisationOut(Schema):
    code: str
    names: W
    kind: Named
    parent: str
    attributes: list[str]
    handles: bool


class OrganisationsOut(Schema):
    items: list[OrganisationOut]


class PostOut(Schema):
    """`name` goes into the header Xiuhua-Post to act in this post."""

    name: str
    post: Named
    organisation: str
    grids: list[str]
    rights: list[str]
    current: bool


class MeOut(Schema):
    """`now` is the moment here, in a demo that of its own clock: what is noticed later is refused."""

    now: datetime
    username: str
    name: str
    language: str
    posts: list[PostOut]
