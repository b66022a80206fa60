"""An address as a QR code, by segno."""

from __future__ import annotations

import io

QUIET = 4  # modules of white around the code (ISO/IEC 18004); without them many phones do not see it


def qr_svg(address: str) -> str:
    """Return the address as one black `<svg>` on white, a module a unit, with its quiet zone; error level M."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=QUIET, light="#fff", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, nl=False
    )
    return out.getvalue().decode()
