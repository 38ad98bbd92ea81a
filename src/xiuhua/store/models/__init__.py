"""The rows. Only `store` and `operations` touch them; everybody else gets plain frozen values."""

from xiuhua.store.models.account import Account, HoldingRow, TokenRow
from xiuhua.store.models.desk import CounterRow, KeyRow, OutboxRow
from xiuhua.store.models.ground import ComponentPastRow, ComponentRow, FeatureRow, NamedPlaceRow
from xiuhua.store.models.past import SealRow, TextRow, TransitionRow
from xiuhua.store.models.photo import PhotoMetaRow, PhotoRow
from xiuhua.store.models.position import PositionRow
from xiuhua.store.models.reference import ReferenceFileRow, ReferenceRow
from xiuhua.store.models.setting import SettingRow
from xiuhua.store.models.subject import SubjectRow, TermRow

__all__ = [
    "Account",
    "ComponentPastRow",
    "ComponentRow",
    "CounterRow",
    "FeatureRow",
    "HoldingRow",
    "KeyRow",
    "NamedPlaceRow",
    "OutboxRow",
    "PhotoMetaRow",
    "PhotoRow",
    "PositionRow",
    "ReferenceFileRow",
    "ReferenceRow",
    "SealRow",
    "SettingRow",
    "SubjectRow",
    "TermRow",
    "TextRow",
    "TokenRow",
    "TransitionRow",
]
