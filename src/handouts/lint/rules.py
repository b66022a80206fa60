"""All rules, and the run over them. There is no configuration: a rule with false alarms is corrected, not switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from handouts.content.translations import in_language
from handouts.errors import Problem
from handouts.lint.markdown import inch_mark, list_without_blank_line, loose_list, raw_html, shallow_nesting
from handouts.lint.steps import dose_in_steps, no_verb_first, passive_voice, side_words, too_many_steps, two_actions
from handouts.lint.structure import (
    missing_caption,
    missing_figure,
    missing_source,
    one_way_link,
    overdue_review,
    stale_review,
    thin_phase,
    unreachable_exercise,
    unreachable_question,
    unreachable_red_flag,
    unreachable_topic,
)
from handouts.lint.text import Reading, read
from handouts.lint.translation import changed_number, stale_translation
from handouts.lint.wording import (
    bare_number,
    clinical_word,
    hard_to_read,
    long_average,
    long_sentence,
    number_shorthand,
    surgeons_number,
    unprintable_letter,
)
from handouts.model import Library

Rule = Callable[[Reading], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    hard_to_read, long_sentence, long_average, clinical_word, bare_number, number_shorthand, surgeons_number,
    unprintable_letter, too_many_steps, no_verb_first, two_actions, passive_voice, dose_in_steps, side_words,
    list_without_blank_line, shallow_nesting, loose_list, raw_html, inch_mark,
    missing_figure, missing_caption, missing_source,
    one_way_link, unreachable_exercise, thin_phase, unreachable_red_flag, unreachable_topic,
    unreachable_question, overdue_review, stale_review, stale_translation, changed_number,
)  # fmt: skip
# The rules that know no English words: they also hold for pages in any other language.
TRANSLATED: tuple[Rule, ...] = (
    hard_to_read, long_sentence, long_average, surgeons_number, unprintable_letter, too_many_steps,
    list_without_blank_line, shallow_nesting, loose_list, raw_html, inch_mark,
)  # fmt: skip


def name_of(rule: Rule) -> str:
    """Return the name of a rule, which stands in brackets at the end of its problems."""
    return rule.__name__.replace("_", "-")


def lint(library: Library, today: date) -> list[Problem]:
    """Return the problems that all rules find in a library, in all its languages."""
    english = read(library, today)
    problems = [problem for rule in RULES for problem in rule(english)]
    for language in sorted({address.language for address in library.translations}):
        reading = read(in_language(library, language), today, language)
        problems.extend(problem for rule in TRANSLATED for problem in rule(reading))
    return problems
