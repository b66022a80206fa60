"""Personal physiotherapy handouts and a patient-education site, from one tree of text files.

    library = handouts.load_library()
    patient = handouts.Patient.from_dict({"id": "L-0042", "condition": "lumbar", "phase": "subacute"})
    pdf = handouts.plan(patient, library, date(2026, 11, 20)).to_pdf()

docs/library.md shows all of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handouts.app.public import Library as Library
    from handouts.app.public import Plan as Plan
    from handouts.app.public import check as check
    from handouts.app.public import load_library as load_library
    from handouts.app.public import plan as plan
    from handouts.errors import HandoutsError as HandoutsError
    from handouts.errors import Problem as Problem
    from handouts.errors import ProblemsError as ProblemsError
    from handouts.model import Patient as Patient

    __version__: str

# Each name is imported when it is first used: `handouts --help` must not wait for the libraries behind it.
_HOMES = {
    "HandoutsError": "handouts.errors",
    "Library": "handouts.app.public",
    "Patient": "handouts.model",
    "Plan": "handouts.app.public",
    "Problem": "handouts.errors",
    "ProblemsError": "handouts.errors",
    "check": "handouts.app.public",
    "load_library": "handouts.app.public",
    "plan": "handouts.app.public",
}
__all__ = [
    "HandoutsError",
    "Library",
    "Patient",
    "Plan",
    "Problem",
    "ProblemsError",
    "__version__",
    "check",
    "load_library",
    "plan",
]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that defines it."""
    if name == "__version__":
        from importlib.metadata import version

        return version("handouts")
    if name not in _HOMES:
        raise AttributeError(f"module 'handouts' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, for completion in a shell."""
    return sorted(__all__)
