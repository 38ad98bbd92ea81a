"""The centre's screens. A kind is a register; a case is one of them."""

from django.urls import path

from xiuhua.web import grids, listing, one_grid, pictures, subject, terrain

urlpatterns = [
    path("", listing.home),
    path("ground/grids.geojson", terrain.grids),
    path("grids/", grids.listed),
    path("grids/<str:code>", one_grid.opened),
    path("grids/<str:code>/name", one_grid.named),
    path("photo/<str:photo>", pictures.whole),
    path("photo/<str:photo>/small", pictures.small),
    path("part/conditions", subject.conditions),
    path("<slug:kind>/", listing.listed),
    path("<slug:kind>/counts", listing.counted),
    path("<slug:kind>/soon", listing.soon),
    path("<slug:kind>/new/<slug:move>", subject.begun),
    path("<slug:kind>/<str:number>", subject.opened),
    path("<slug:kind>/<str:number>/persons", subject.persons),
    path("<slug:kind>/<str:number>/<slug:move>", subject.moved),
]
