"""A second register, as a pack would write it: hoardings, from discovery to writing off."""

import tomllib

from xiuhua.domain.moves import Table
from xiuhua.domain.table_file import table_from

HOARDING = """
kind = "hoarding"
zh = "围挡台账"
en = "hoarding"

[stages.discovered]
zh = "发现"
en = "discovered"
[stages.registered]
zh = "在册"
en = "registered"
[stages.written-off]
zh = "销号"
en = "written off"
group = "closed"
end = true

[clocks.permit]
zh = "查验手续时限"
en = "permit check"

[requests.renewal]
zh = "续期"
en = "renewal"

[[moves]]
name = "discover"
zh = "发现"
en = "discover"
to = "discovered"
by = ["collector", "acceptor"]
tells = ["acceptor"]
starts = [{ clock = "permit", limit = "2 working-day" }]
fields = [
  { name = "place", kind = "place", zh = "位置", en = "place", sets = "place" },
  { name = "place_text", kind = "line", zh = "地点描述", en = "where", sets = "place_text" },
  { name = "owner_phone", kind = "text", zh = "业主电话", en = "owner's phone", required = false },
]

[[moves]]
name = "register"
zh = "登记"
en = "register"
from = ["discovered"]
to = "registered"
by = ["acceptor"]
ends = ["permit"]
fields = [
  { name = "unit", kind = "organisation", zh = "责任单位", en = "unit", sets = "unit" },
  { name = "use", kind = "choice", zh = "用途", en = "use", sets = "use", choices = [
    { value = "works", zh = "施工", en = "works" },
    { value = "vacant", zh = "待建地块", en = "vacant land" },
  ] },
]

[[moves]]
name = "ask-renewal"
zh = "申请续期"
en = "ask for renewal"
from = ["registered"]
by = ["unit-desk"]
guards = ["of-the-unit"]
asks = "renewal"

[[moves]]
name = "grant-renewal"
zh = "同意续期"
en = "grant the renewal"
from = ["registered"]
by = ["shift-leader"]
guards = ["two-persons renewal"]
grants = "renewal"

[[moves]]
name = "write-off"
zh = "销号"
en = "write off"
from = ["registered"]
to = "written-off"
by = ["acceptor", "shift-leader"]
guards = ["other-person-than register"]
fields = [{ name = "photos", kind = "photos", zh = "拆除后照片", en = "photo after removal" }]
"""


def hoarding() -> Table:
    table, faults = table_from(tomllib.loads(HOARDING), "hoarding.toml")
    assert table is not None, faults
    return table
