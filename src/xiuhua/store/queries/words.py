"""What was said when each of several subjects began; nothing where it was erased."""

from collections.abc import Sequence

from xiuhua.store.models import TextRow


def descriptions(kind: str, numbers: Sequence[str]) -> dict[str, str]:
    rows = TextRow.objects.filter(kind=kind, number__in=numbers, sequence=1, field="description")
    return {number: text or "" for number, text in rows.values_list("number", "text")}
