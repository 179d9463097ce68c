"""What every page behind a link has in common: its frame, its language, its headers; nothing comes from elsewhere."""

from html import escape
from typing import Final

from fastapi import Request, Response

# Each with the one to change to, and what it is called by those who read it.
OTHERS: Final = {"en": ("es", "Español"), "es": ("en", "English")}
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "vary": "accept-language",
}
TOO_OFTEN: Final = 429


def language(request: Request) -> str:
    """The language to answer in: the one that is asked for, else the first the header names; English where none is."""
    wanted = request.query_params.get("lang") or request.headers.get("accept-language", "")
    return first_spoken(wanted)


def first_spoken(wanted: str) -> str:
    """The first language that there is, of a language or an Accept-Language header (RFC 9110 12.5.4)."""
    ranked = sorted(wanted[:200].split(","), key=_quality, reverse=True)
    named = (one.partition(";")[0].strip().casefold()[:2] for one in ranked)
    return next((one for one in named if one in OTHERS), "en")


def framed(language: str, title: str, body: str) -> str:
    """The page; ``body`` is HTML, what stands below its heading."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title></head>\n<body><main>\n<h1>{escape(title)}</h1>\n"
        f"{body}</main></body>\n</html>\n"
    )


def to_other(language: str) -> str:
    """The link to the same page in the other language."""
    other, name = OTHERS[language]
    return f'<p><a href="?lang={other}" lang="{other}">{name}</a></p>\n'


def answer(language: str, text: str, status: int = 200) -> Response:
    """The page as it is sent."""
    headers = {**_HEADERS, "content-language": language}
    if status == TOO_OFTEN:
        headers["retry-after"] = "60"
    return Response(text, status, headers, "text/html; charset=utf-8")


async def whole_body(request: Request, longest: int) -> bytes | None:
    """The whole body; None for one that is longer."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            return None
    return body


def _quality(part: str) -> float:
    _, _, value = part.partition("q=")
    try:
        return float(value) if value else 1.0
    except ValueError:
        return 0.0
