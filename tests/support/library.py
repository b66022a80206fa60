"""The content that we ship, read once a process."""

from __future__ import annotations

from handouts.app.layers import Layers

LIBRARY = Layers().library()
