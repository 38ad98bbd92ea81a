"""What may be wrong with a layer file, in words: what was found, where, and what to do about it."""

from collections.abc import Iterable, Sequence
from typing import Final

from xiuhua.domain.words import Words, Wrong

NAMED: Final = 5  # features that a sentence names; the others are counted

WORDS: Final = {
    "no-file": Words("没有此文件：{path}", "there is no file {path}"),
    "not-local": Words(
        "“{path}”不是本机文件；只读取本机上的图层文件",
        "“{path}” is not a file of this machine; only such are read",
    ),
    "empty-file": Words("文件是空的：{path}", "the file is empty: {path}"),
    "not-a-layer": Words(
        "{path} 不是可用的图层文件；可用 GeoPackage（.gpkg）、GeoJSON（.geojson、.json）、"
        "Shapefile（.shp 或 .zip）和带经纬度列的 CSV",
        "{path} is no layer file that is read here; take GeoPackage (.gpkg), GeoJSON (.geojson, .json), "
        "Shapefile (.shp, or .zip of one) or CSV with columns of longitude and latitude",
    ),
    "not-that-format": Words(
        "{path} 的内容不是 {format}（扩展名说是）；请核对文件",
        "{path} is called a {format}, but its content is not; look at the file",
    ),
    "not-plain": Words(
        "{path} 含有“{what}”，可能引用其他数据，不予读取；请导出为普通要素表",
        "{path} holds “{what}”, which may reach for other data, and is not read; export it as plain feature tables",
    ),
    "broken": Words("{path} 读不出来：{error}", "{path} cannot be read: {error}"),
    "shape-unreadable": Words(
        "{path} 中要素 {feature} 的图形读不出来；请在原软件中修正后重新导出",
        "{path}: the shape of feature {feature} cannot be read; put it right where it was drawn and export it again",
    ),
    "part-missing": Words(
        "Shapefile 不完整：缺少 {part}；请把 .shp、.shx、.dbf、.prj 一起放好",
        "the Shapefile is not whole: {part} is missing; keep .shp, .shx, .dbf and .prj together",
    ),
    "zip-shapes": Words(
        "{path} 中应有且只有一个 .shp，现有 {count} 个", "{path} must hold exactly one .shp; it holds {count}"
    ),
    "zip-size": Words(
        "{path} 解压后超过 {gb} GB，不予读取", "{path} would unpack to more than {gb} GB and is not read"
    ),
    "no-such-layer": Words(
        "没有图层“{layer}”；文件中有：{names}", "there is no layer “{layer}”; there are: {names}"
    ),
    "which-layer": Words(
        "文件中有多个图层，请用 --layer 指明：{names}",
        "the file has several layers; name one with --layer: {names}",
    ),
    "no-layer": Words("{path} 中没有图层", "there is no layer in {path}"),
    "no-feature": Words("图层“{layer}”没有要素", "the layer “{layer}” has no features"),
    "no-crs": Words(
        "{path} 没有写明坐标系；请用 --crs 说明，例如 --crs EPSG:4490（CGCS2000 经纬度）、"
        "--crs EPSG:4548（CGCS2000 三度带，中央经线 117°）或 --crs gcj02",
        "{path} does not say its coordinate system; give it with --crs, such as --crs EPSG:4490 (CGCS2000 degrees), "
        "--crs EPSG:4548 (CGCS2000 3-degree zone of 117°E) or --crs gcj02",
    ),
    "unknown-crs": Words(
        "不认识坐标系“{crs}”；可用 EPSG:4490、EPSG:4513 至 4554、EPSG:4326、gcj02、bd09 等",
        "“{crs}” is no coordinate system that is known here; take EPSG:4490, EPSG:4513 to 4554, EPSG:4326, gcj02, bd09 "
        "or the like",
    ),
    "odd-crs": Words(
        "{path} 的 crs 成员写着“{crs}”，无法识别；请核实后用 --crs 说明",
        "the crs member of {path} says “{crs}”, which cannot be understood; find out and give it with --crs",
    ),
    "other-datum": Words(
        "坐标系“{crs}”的基准“{datum}”与 WGS 84 相差数米至百余米，公开参数不足以准确转换；"
        "请先用当地参数转为 CGCS2000（EPSG:4490）",
        "“{crs}” stands on the datum “{datum}”, metres to a hundred metres away from WGS 84, and the published "
        "parameters are not exact; turn it into CGCS2000 (EPSG:4490) with the parameters of the place first",
    ),
    "metres-not-degrees": Words(
        "坐标系写的是经纬度（{crs}），但坐标超出 ±180/±90：要素 {feature} 为 {x}, {y}，像是米；"
        "请用 --crs 说明投影坐标系，例如 {hint}",
        "the coordinate system is one of degrees ({crs}), but there are coordinates outside ±180/±90: feature "
        "{feature} has {x}, {y}, which looks like metres; give the projected system with --crs, such as {hint}",
    ),
    "turned": Words(
        "经纬度颠倒：要素 {feature} 为 {x}, {y}，应先经度后纬度；请交换两列后再导入",
        "longitude and latitude are turned round: feature {feature} has {x}, {y}; longitude comes first; swap them",
    ),
    "degrees-not-metres": Words(
        "坐标系写的是投影坐标（{crs}，单位米），但全部坐标都在 ±180/±90 之内：要素 {feature} 为 {x}, {y}，像是经纬度；"
        "请用 --crs 说明，例如 --crs EPSG:4490 或 --crs EPSG:4326",
        "the coordinate system is a projected one in metres ({crs}), but all coordinates lie within ±180/±90: feature "
        "{feature} has {x}, {y}, which looks like degrees; give --crs EPSG:4490 or --crs EPSG:4326",
    ),
    "outside-crs": Words(
        "坐标落在坐标系 {crs} 的使用范围之外：要素 {feature} 为 {x}, {y}；请核对带号或中央经线，"
        "用 --crs 说明，例如 {hint}",
        "there are coordinates outside the area of {crs}: feature {feature} has {x}, {y}; look at the zone or the "
        "central meridian and give --crs, such as {hint}",
    ),
    "not-numbers": Words(
        "要素 {feature} 的坐标不是有限的数", "feature {feature} has coordinates that are not finite numbers"
    ),
    "no-shape": Words(
        "图层“{layer}”有 {count} 个要素没有图形：{features}",
        "the layer “{layer}” has features without a shape: {count} ({features})",
    ),
    "wrong-kind": Words(
        "图层“{layer}”应只含{wanted_zh}，但有 {count} 个要素不是：{features}",
        "the layer “{layer}” must hold {wanted_en} only, but {count} features are something else: {features}",
    ),
    "no-column": Words(
        "图层“{layer}”没有列“{column}”；各列为：{names}",
        "the layer “{layer}” has no column “{column}”; it has: {names}",
    ),
    "no-code": Words(
        "图层“{layer}”有 {count} 个要素的“{column}”是空的：{features}",
        "the layer “{layer}” has features whose “{column}” is empty: {count} ({features})",
    ),
    "code-twice": Words(
        "图层“{layer}”的“{column}”重复：{codes}",
        "the layer “{layer}” has the same “{column}” more than once: {codes}",
    ),
    "encoding": Words(
        "{path} 的文字不是 {encoding} 编码；请用 --encoding 说明，例如 --encoding GBK 或 --encoding UTF-8",
        "the text of {path} is not in {encoding}; give it with --encoding, such as GBK or UTF-8",
    ),
    "unknown-encoding": Words("没有编码“{encoding}”", "there is no encoding “{encoding}”"),
    "no-lon-lat": Words(
        "{path} 没有经纬度列；应有 {names} 之一对",
        "{path} has no columns of longitude and latitude; one pair is needed: {names}",
    ),
    "not-a-number": Words(
        "{path} 第 {line} 行“{column}”不是数：{it}", "{path} line {line}: “{column}” is no number: {it}"
    ),
    "cells": Words(
        "{path} 第 {line} 行应有 {wanted} 栏，现有 {found} 栏",
        "{path} line {line}: {wanted} cells are expected, there are {found}",
    ),
    "too-many": Words(
        "{path} 有 {count} 个要素，多于 {most} 个；请按区域分开",
        "{path} has {count} features, more than {most}; split it by area",
    ),
    "one-layer": Words(
        "{format} 一个文件只能存一个图层，现有 {count} 个；请改用 .gpkg 或分开导出",
        "a {format} file holds one layer, there are {count}; take .gpkg or write them one by one",
    ),
    "no-folder": Words("没有文件夹 {folder}", "there is no folder {folder}"),
    "out-format": Words(
        "不知道要写成哪种格式：{path}；请用 .gpkg、.geojson、.shp 或 .zip（Shapefile）结尾",
        "{path} does not say which format to write; end it in .gpkg, .geojson, .shp or .zip (a Shapefile)",
    ),
    "far-from-crs": Words(
        "图层不在坐标系 {crs} 的使用范围内，写出的坐标会失真；请换一个，例如 {hint}",
        "the layer does not lie in the area of {crs} and would be distorted; take another, such as {hint}",
    ),
    "not-writable": Words("{path} 写不进去：{error}", "{path} cannot be written: {error}"),
    "nowhere": Words("没有坐标，无法选择投影", "there are no coordinates to choose a projection by"),
}


class LayerWrong(Wrong):
    """A layer that cannot be read or written as asked."""


def wrong(code: str, field: str = "", **given: object) -> LayerWrong:
    return LayerWrong(f"layer-{code}", WORDS[code].filled(**given), field)


def named(items: Iterable[object]) -> str:
    """The first few, and that there are more."""
    several: Sequence[object] = list(items)
    shown = ", ".join(str(item) for item in several[:NAMED])
    return f"{shown}, …" if len(several) > NAMED else shown
