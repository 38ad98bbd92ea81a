"""Settings of this installation by name: kept with the data, changed inside the caller's transaction."""

import json

from xiuhua.domain.subject import Json, canonical
from xiuhua.store.models import SettingRow


def setting(name: str) -> Json:
    """None where it was never set."""
    row = SettingRow.objects.filter(name=name).first()
    found: Json = json.loads(row.body) if row else None
    return found


def set_setting(name: str, value: Json) -> None:
    SettingRow.objects.update_or_create(name=name, defaults={"body": canonical(value)})
