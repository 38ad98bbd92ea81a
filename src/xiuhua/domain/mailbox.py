"""Where what is told goes: to a person, to a post, to a post at an organisation, or to a post in a grid."""


def of_person(username: str) -> str:
    return f"person:{username}"


def of_post(post: str) -> str:
    return f"post:{post}"


def of_post_at(post: str, organisation: str) -> str:
    return f"post:{post}@{organisation}"


def of_post_in(post: str, grid: str) -> str:
    return f"post:{post}#{grid}"
