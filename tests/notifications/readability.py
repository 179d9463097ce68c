"""How hard a text is to read, by the formula of Flesch and Kincaid (Kincaid et al. 1975)."""

import re


def _syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end does not count."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """The school grade: 0.39 words per sentence + 11.8 syllables per word - 15.59; a line end ends a sentence."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    sentences = [part for paragraph in paragraphs for part in re.split(r"[.:?!]\s", paragraph + " ")]
    counted = [words for sentence in sentences if (words := re.findall(r"[a-z']+", sentence.lower()))]
    words = [word for sentence in counted for word in sentence]
    return 0.39 * len(words) / len(counted) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59
