"""The centre's screens. A kind is a register; a case is one of them."""

from django.urls import path

from xiuhua.web import components, grids, listing, map_page, one_grid, pictures, subject

urlpatterns = [
    path("", listing.home),
    path("map/", map_page.whole),
    path("map/at", map_page.at),
    path("map/grid/<str:code>", map_page.grid),
    path("map/component/<str:code>", map_page.component),
    path("map/case/<str:number>", map_page.case),
    path("grids/", grids.listed),
    path("grids/<str:code>", one_grid.opened),
    path("grids/<str:code>/name", one_grid.named),
    path("photo/<str:photo>", pictures.whole),
    path("photo/<str:photo>/small", pictures.small),
    path("part/conditions", subject.conditions),
    path("part/components", subject.components),
    path("components/", components.listed),
    path("components/classes", components.classes),
    path("components/<str:code>", components.opened),
    path("components/<str:code>/change", components.changed),
    path("<slug:kind>/", listing.listed),
    path("<slug:kind>/counts", listing.counted),
    path("<slug:kind>/soon", listing.soon),
    path("<slug:kind>/new/<slug:move>", subject.begun),
    path("<slug:kind>/<str:number>", subject.opened),
    path("<slug:kind>/<str:number>/persons", subject.persons),
    path("<slug:kind>/<str:number>/<slug:move>", subject.moved),
]
