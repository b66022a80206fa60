"""The addresses that a sheet may name: our own files, which are given and not fetched, and links for people."""

from __future__ import annotations

FONT_SCHEME = "handouts:font/"
PICTURE_SCHEME = "handouts:picture/"
PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
LINK_SCHEMES = ("https:", "http:", "mailto:", "tel:")
