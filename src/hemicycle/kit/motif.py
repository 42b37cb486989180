"""The network motif: nodes and links for an edition without photos, drawn from its name and colours."""

import math
import random
from dataclasses import dataclass

from hemicycle.kit.colours import Theme, mix

WIDTH, HEIGHT = 1600, 760
MINT = "#5fd6b4"


@dataclass(frozen=True)
class Node:
    """A point of the network with its radius; big ones glow."""

    x: float
    y: float
    radius: float
    colour: str

    def distance(self, other: "Node") -> float:
        """Return how far two nodes are apart."""
        return math.hypot(self.x - other.x, self.y - other.y)


def _nodes(seed: str, theme: Theme, *, count: int) -> list[Node]:
    rng = random.Random(seed)  # noqa: S311 - a picture, not a secret
    nodes: list[Node] = []
    pale = mix(theme.brand, "#ffffff", 0.55)
    while len(nodes) < count:
        x, y = rng.uniform(430, WIDTH + 30), rng.uniform(-20, HEIGHT + 20)
        radius = rng.choice([3, 3, 4, 4, 5, 7, 10, 13])
        colour = rng.choice([pale, pale, pale, "#ffffff", theme.accent, MINT])
        node = Node(x, y, radius, colour)
        if all(node.distance(other) > 62 for other in nodes):  # noqa: PLR2004 - room between two nodes
            nodes.append(node)
    return nodes


def _links(nodes: list[Node]) -> list[tuple[Node, Node]]:
    """Return each node's links to its three nearest, once each."""
    pairs = set()
    for index, node in enumerate(nodes):
        near = sorted(range(len(nodes)), key=lambda other: node.distance(nodes[other]))[1:4]
        pairs |= {(min(index, other), max(index, other)) for other in near}
    return [(nodes[a], nodes[b]) for a, b in sorted(pairs)]


def _drawing(seed: str, theme: Theme, *, count: int) -> str:
    nodes = _nodes(seed, theme, count=count)
    line = mix(theme.brand, "#ffffff", 0.6)
    links = "".join(f"M{a.x:.0f} {a.y:.0f}L{b.x:.0f} {b.y:.0f}" for a, b in _links(nodes))
    halos = "".join(
        f'<circle cx="{n.x:.0f}" cy="{n.y:.0f}" r="{n.radius * 2.1:.0f}" fill="{n.colour}" fill-opacity=".2"/>'
        for n in nodes
        if n.radius >= 7  # noqa: PLR2004
    )
    dots = "".join(
        f'<circle cx="{n.x:.0f}" cy="{n.y:.0f}" r="{n.radius}" fill="{n.colour}" fill-opacity=".85"/>' for n in nodes
    )
    return f'<path d="{links}" stroke="{line}" stroke-opacity=".34" stroke-width="1.2" fill="none"/>{halos}{dots}'


def _background(theme: Theme, width: int, height: int) -> str:
    glow = mix(theme.brand, "#ffffff", 0.28)
    middle = mix(theme.hero_from, theme.hero_to, 0.42)
    return (
        '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">'
        f'<stop offset="0" stop-color="{theme.hero_from}"/><stop offset=".55" stop-color="{middle}"/>'
        f'<stop offset="1" stop-color="{theme.hero_to}"/></linearGradient>'
        '<radialGradient id="r" cx=".8" cy=".25" r=".6">'
        f'<stop offset="0" stop-color="{glow}" stop-opacity=".75"/><stop offset="1" stop-color="{glow}" stop-opacity="0"/>'
        f'</radialGradient></defs><rect width="{width}" height="{height}" fill="url(#g)"/>'
        f'<rect width="{width}" height="{height}" fill="url(#r)"/>'
    )


def hero(seed: str, theme: Theme) -> str:
    """Return the hero picture as SVG (1600 by 760, denser to the right), the same for the same seed and theme."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMaxYMid slice">'
        f"{_background(theme, WIDTH, HEIGHT)}{_drawing(seed, theme, count=74)}</svg>"
    )


def card(seed: str, theme: Theme) -> str:
    """Return the ground of the picture shown when the site is shared, as SVG of 1200 by 630; the words are set on it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630">'
        f"{_background(theme, 1200, 630)}"
        f'<svg viewBox="200 0 1400 760" width="1200" height="630" preserveAspectRatio="xMaxYMid slice">'
        f"{_drawing(seed, theme, count=44)}</svg></svg>"
    )
