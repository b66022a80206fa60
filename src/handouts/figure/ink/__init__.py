"""From a solved pose to lines: outlines, marks, arrows, SVG."""
