"""Pictures of invented products, drawn as vector art: each kind has a drawer, and a look has everything it needs.

    jpeg = draw_picture(look)

The drawers lie in a module a department; all draw with ``easel.Easel``.
"""

from __future__ import annotations

from bowerbird.demo.draw.drawers import DRAWERS, draw_picture

__all__ = ["DRAWERS", "draw_picture"]
