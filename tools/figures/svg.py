"""From a Matplotlib figure to SVG that can stand inside a Markdown page.

Inline SVG shares the page's ids and style sheets, so Matplotlib's output needs more than cutting:
its ids repeat from figure to figure, its style sheet would apply to the whole page, and its
colours would not follow the page's.
"""

import re
from io import StringIO
from xml.etree import ElementTree

from matplotlib.figure import Figure

from . import style

NAMESPACE = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = "xlink:href"
"""The old spelling, on purpose: Material assigns to whatever has a plain ``href``, and that of an
SVG element cannot be assigned to, which ends its script."""

GEOMETRY = {"d": 2, "points": 2, "x": 2, "y": 2, "width": 2, "height": 2, "transform": 4}
"""The attributes that hold coordinates, with the decimals worth keeping."""

NUMBER = re.compile(r"-?\d+\.\d+")
URL_REFERENCE = re.compile(r"url\(#(.+?)\)")

# Matplotlib's style sheet says this for everything; here the root does, and the rest inherits.
ROOT_STYLE = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


def inline(figure: Figure, *, name: str, title: str, description: str) -> str:
    """Return the figure as one ``<svg>`` element without blank lines, ending in a newline.

    Every id in it begins with ``name``. A screen reader announces the title and the description.

    Raises:
        ValueError: Something is drawn in a colour that is no role of ``style``.
    """
    buffer = StringIO()
    figure.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format")))
    drawing = ElementTree.fromstring(buffer.getvalue())

    root = ElementTree.Element("svg", {"xmlns": NAMESPACE, "viewBox": drawing.attrib["viewBox"]})
    root.attrib |= {"xmlns:xlink": XLINK, "width": "100%", "role": "img"}
    root.attrib |= {"aria-labelledby": f"{name}-title {name}-description"} | ROOT_STYLE
    ElementTree.SubElement(root, "title", id=f"{name}-title").text = title
    ElementTree.SubElement(root, "desc", id=f"{name}-description").text = description
    root.extend(_cleaned(drawing))
    _rename_ids(root, name)

    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _cleaned(parent: ElementTree.Element) -> list[ElementTree.Element]:
    """Return what is inside an element, with groups that say nothing taken apart."""
    kept = []
    for child in parent:
        tag = child.tag.removeprefix(f"{{{NAMESPACE}}}")
        if tag in ("metadata", "style"):
            continue
        children = _cleaned(child)
        attributes = _attributes(child)
        if tag == "g" and not attributes.keys() - {"id"}:
            kept += children
        elif (children or tag not in ("g", "defs")) and attributes.get("style") != "fill: none":
            element = ElementTree.Element(tag, attributes)
            element.extend(children)
            kept.append(element)
    return kept


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    attributes = {}
    for key, value in element.attrib.items():
        if key == "style":
            attributes["style"] = "; ".join(_themed(value))
        elif key == f"{{{XLINK}}}href":
            attributes[HREF] = value
        elif key in GEOMETRY:
            attributes[key] = _rounded(" ".join(value.split()), GEOMETRY[key])
        else:
            attributes[key] = value
    return attributes


def _themed(declarations: str) -> list[str]:
    """Return CSS declarations with the stand-in colours exchanged."""
    themed = []
    for declaration in declarations.strip(" ;").split(";"):
        key, value = (part.strip() for part in declaration.split(":"))
        if key in ("fill", "stroke") and value != "none":
            if value not in style.CSS:
                raise ValueError(f"{value} is not a colour of tools/figures/style.py")
            value = style.CSS[value]
        themed.append(f"{key}: {value}")
    return themed


def _rounded(text: str, decimals: int) -> str:
    return NUMBER.sub(lambda number: f"{round(float(number[0]), decimals) + 0.0:g}", text)


def _rename_ids(root: ElementTree.Element, name: str) -> None:
    """Drop the ids that nothing refers to, and count the others from 1 behind the name."""
    labels = root.attrib["aria-labelledby"].split()
    used = {element.attrib[HREF].removeprefix("#") for element in root.iter("use")}
    for element in root.iter():
        used |= set(URL_REFERENCE.findall(element.get("clip-path", "")))

    new = {label: label for label in labels}
    for element in root.iter():
        old = element.get("id")
        if old in used:
            new[old] = f"{name}-{len(new) - len(labels) + 1}"
        if old is not None:
            del element.attrib["id"]
            if old in new:
                element.attrib["id"] = new[old]
    for element in root.iter():
        if HREF in element.attrib:
            element.attrib[HREF] = "#" + new[element.attrib[HREF].removeprefix("#")]
        if "clip-path" in element.attrib:
            target = URL_REFERENCE.findall(element.attrib["clip-path"])[0]
            element.attrib["clip-path"] = f"url(#{new[target]})"
