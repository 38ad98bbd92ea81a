"""What still names a grid that ends: roles nobody took over, posts held in it, duties, border rules.

Nothing of this is changed by itself: who answers for ground is said by somebody, so people get it as a list.
"""

from collections.abc import Iterator
from datetime import date

from xiuhua.domain.district import District
from xiuhua.domain.grid import ROLE_WORDS, Role
from xiuhua.domain.grid_change import Plan
from xiuhua.domain.grid_change_roles import roles_applied
from xiuhua.domain.validity import those_valid_on
from xiuhua.domain.words import Words
from xiuhua.store.holdings import held_in

ROLE = Words("{grid}：{role_zh}待指定", "{grid}: the {role_en} has to be named")
HELD = Words(
    "账号 {person} 的岗位“{post_zh}”仍写着网格 {grid}",
    "the post {post_en} of the account {person} names the grid {grid}",
)
DUTY = Words("权责清单第 {id} 条写着网格 {grid}", "row {id} of the duty list names the grid {grid}")
BORDER = Words("边界规定仍写着网格 {grid}（与 {other}）", "a border rule names the grid {grid} (beside {other})")


def named_anew(plan: Plan, district: District, day: date) -> tuple[Words, ...]:
    return (*_roles(plan, district, day), *_posts(plan, day), *_rows(plan, district, day))


def _roles(plan: Plan, district: District, day: date) -> Iterator[Words]:
    """Of a grid that begins: what its predecessors had and it has not, and always a collector A and B."""
    after = those_valid_on(roles_applied(district.grid_roles, plan, day), day)
    for one in plan.new:
        had = {r.role for r in district.grid_roles if r.grid in one.follows}
        has = {r.role for r in after if r.grid == one.code}
        for role in Role:
            if role in (had | {Role.COLLECTOR_A, Role.COLLECTOR_B}) - has:
                words = ROLE_WORDS[role]
                yield ROLE.filled(grid=one.code, role_zh=words.zh, role_en=words.en.lower())


def _posts(plan: Plan, day: date) -> Iterator[Words]:
    for person, post, grid in held_in(plan.ends, day):
        yield HELD.filled(person=person, post_zh=post.words.zh, post_en=post.words.en.lower(), grid=grid)


def _rows(plan: Plan, district: District, day: date) -> Iterator[Words]:
    for row in those_valid_on(district.duty.rows, day):
        if row.area in plan.ends:
            yield DUTY.filled(id=row.id, grid=row.area)
    for rule in those_valid_on(district.boundary_rules, day):
        for grid in sorted(rule.pair & set(plan.ends)):
            other = next(iter(rule.pair - {grid}))
            yield BORDER.filled(grid=grid, other=other)
