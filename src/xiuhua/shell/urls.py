"""Where the faces meet. The list is the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("xiuhua.api.urls")),
    path("", include("xiuhua.look.urls")),
    path("", include("xiuhua.web.urls")),  # last: its first word is any register
]

handler400 = "xiuhua.look.problems.bad_request"
handler403 = "xiuhua.look.problems.forbidden"
handler404 = "xiuhua.look.problems.not_found"
handler500 = "xiuhua.look.problems.broken"
