"""What a sheet would print in another language than its patient's."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.errors import Problem
from handouts.locales import language_name
from handouts.model import Plan


def missing_words(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each content page that the sheet would print in another language than the patient's."""
    language, name = plan.patient.language, language_name(plan.patient.language)
    for page in plan.pages:
        if page.language != language:
            path = page.document.path
            message = f"has no {name} text that fits: type 'handouts translate {path} --language {language}'"
            yield Problem(path, 1, 1, message, "translation")
    if not plan.clinic.speaks(language):
        message = f"the clinic's hours have no {name} text: add 'translations: {{{language}: {{hours: ...}}}}' to clinic.yaml"
        yield plan.patient.document.problem(message, "translation", ("language",))
