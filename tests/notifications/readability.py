"""How hard a text is to read: English by Flesch and Kincaid (1975), Spanish by Szigriszt on the scale INFLESZ.

Kincaid et al., Derivation of new readability formulas, Research Branch Report 8-75, 1975. Szigriszt Pazos, Sistemas
predictivos de legibilidad del mensaje escrito, 1993; Barrio-Cantalejo et al., An Sist Sanit Navar 2008;31(2):135-152:
below 40 very hard, to 55 somewhat hard, to 65 normal, to 80 quite easy, above very easy.
"""

import re

# What a grade of 6 and a value of 65 mean: a pupil of the sixth grade reads it; "quite easy" begins.
GRADE = 6.0
EASE = 65.0


def grade(text: str) -> float:
    """The school grade of English: 0.39 words per sentence + 11.8 syllables per word - 15.59."""
    sentences, words = _counted(text, r"[a-z']+")
    return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def ease(text: str) -> float:
    """The value of Spanish on INFLESZ, higher is easier: 206.835 - 62.3 syllables per word - words per sentence."""
    sentences, words = _counted(text, r"[a-záéíóúüñ]+")
    return 206.835 - 62.3 * sum(map(_silabas, words)) / len(words) - len(words) / sentences


def _counted(text: str, word: str) -> tuple[int, list[str]]:
    """Number of sentences and all words; a colon and the end of a paragraph end a sentence as well."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    sentences = [part for paragraph in paragraphs for part in re.split(r"[.:?!]\s", paragraph + " ")]
    counted = [words for sentence in sentences if (words := re.findall(word, sentence.lower()))]
    return len(counted), [each for sentence in counted for each in sentence]


def _syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end does not count."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def _silabas(word: str) -> int:
    """Groups of vowels, two strong vowels, or a weak one with an accent, apart; u of qu, gue and gui is silent."""
    heard = re.sub(r"qu|gu(?=[eiéí])", "g", word)
    heard = re.sub(r"y\b", "i", heard)
    return max(1, len(re.findall(r"[iuü]?[aeoáéó][iuü]?(?![íú])|[aeoáéó]|[íú]|[iuü]+", heard)))
