"""How many years of school a reader of a campaign's words needs."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from shared.contracts.notifications.campaigns import Words

_SENTENCE: Final = re.compile(r"[.:?!]+(?:\s|$)|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ENGLISH: Final = re.compile(r"[aeiouy]+")
# A weak vowel beside a strong one is one syllable with it; one with an accent is its own.
_SPANISH: Final = re.compile(r"[íú]|[iuüy]?[aeoáéó][iuüy]?|[iuü]+")


def grade(words: Words, language: str) -> float | None:
    """The school grade; None for a language there is no formula for, or without any word.

    English: Flesch and Kincaid (Kincaid et al. 1975). Spanish: Crawford (Hispania 67, 1984).
    """
    text = f"{words.title}\n{words.text}\n{words.how_to_join or ''}".lower()
    sentences = [found for one in _SENTENCE.split(text) if (found := _WORD.findall(one))]
    spoken = [word for sentence in sentences for word in sentence]
    if not spoken:
        return None
    if language == "en":
        return round(0.39 * len(spoken) / len(sentences) + 11.8 * _mean(spoken, _english) - 15.59, 1)
    if language == "es":
        return round(-0.205 * 100 * len(sentences) / len(spoken) + 0.049 * 100 * _mean(spoken, _spanish) - 3.407, 1)
    return None


def _english(word: str) -> int:
    groups = len(_ENGLISH.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def _spanish(word: str) -> int:
    return max(1, len(_SPANISH.findall(word)))


def _mean(words: Sequence[str], syllables: Callable[[str], int]) -> float:
    return sum(map(syllables, words)) / len(words)
