"""What the schema found wrong with an input, as a field and a sentence in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from xiuhua.domain.words import Words

OUTER: Final = frozenset({"body", "query", "path", "header", "form", "file", "cookie"})
OTHERWISE: Final = Words("“{field}”不正确", "“{field}” is not right")
SENTENCES: Final[Mapping[str, Words]] = {
    "missing": Words("缺少“{field}”", "“{field}” is missing"),
    "extra_forbidden": Words("没有“{field}”这一项", "there is no field “{field}”"),
    "string_type": Words("“{field}”应为文字", "“{field}” must be text"),
    "string_too_long": Words("“{field}”超过{max_length}字", "“{field}” is longer than {max_length} characters"),
    "string_too_short": Words("“{field}”过短", "“{field}” is too short"),
    "string_pattern_mismatch": Words("“{field}”含有不允许的字符", "“{field}” has characters that are not allowed"),
    "enum": Words("“{field}”只能是：{expected}", "“{field}” must be one of: {expected}"),
    "literal_error": Words("“{field}”只能是：{expected}", "“{field}” must be one of: {expected}"),
    "int_parsing": Words("“{field}”应为整数", "“{field}” must be a whole number"),
    "int_type": Words("“{field}”应为整数", "“{field}” must be a whole number"),
    "float_parsing": Words("“{field}”应为数字", "“{field}” must be a number"),
    "float_type": Words("“{field}”应为数字", "“{field}” must be a number"),
    "finite_number": Words("“{field}”应为有限的数字", "“{field}” must be a finite number"),
    "bool_parsing": Words("“{field}”应为是或否", "“{field}” must be true or false"),
    "bool_type": Words("“{field}”应为是或否", "“{field}” must be true or false"),
    "list_type": Words("“{field}”应为列表", "“{field}” must be a list"),
    "dict_type": Words("“{field}”应为对象", "“{field}” must be an object"),
    "model_attributes_type": Words("“{field}”应为对象", "“{field}” must be an object"),
    "too_long": Words("“{field}”超过{max_length}项", "“{field}” has more than {max_length} items"),
    "greater_than_equal": Words("“{field}”不能小于{ge}", "“{field}” must not be less than {ge}"),
    "less_than_equal": Words("“{field}”不能大于{le}", "“{field}” must not be more than {le}"),
    "timezone_aware": Words("“{field}”应带时区", "“{field}” needs a time zone"),
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "datetime_object_invalid"),
        Words("“{field}”应为带时区的时间", "“{field}” must be a moment with a time zone"),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    field: str
    code: str
    words: Words


def fault_of(error: Mapping[str, Any]) -> Fault:
    """`loc` begins with where it was found and the parameter's name; the rest is the field."""
    loc = [str(part) for part in error["loc"]]
    inner = loc[1:] if loc and loc[0] in OUTER else loc
    if loc and loc[0] == "body" and len(inner) > 1:
        inner = inner[1:]
    field = ".".join(inner)
    known = {"field": field, **error.get("ctx", {})}
    words = SENTENCES.get(error["type"], OTHERWISE)
    try:
        return Fault(field, error["type"].replace("_", "-"), words.filled(**known))
    except KeyError:  # a sentence that needs what this error does not tell
        return Fault(field, error["type"].replace("_", "-"), OTHERWISE.filled(field=field))
