"""What a title says of the recording: its plain title, and whether it is a live, remixed, acoustic … version of it.

Two recordings of one piece share the plain title and differ in the kind of version, or in whose or where it is.
Editions of one recording (remastered, deluxe, bonus track, mono) do not tell recordings apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w]+")
_GUESTS = re.compile(
    r"[\(\[]\s*(?:feat|ft|featuring)\b\.?[^\)\]]*[\)\]]|\s(?:feat|ft|featuring)\b\.?\s(?:(?!\s[-–—]\s)[^\(\[])*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\(\[]([^\)\]]*)[\)\]]")
_DASH = re.compile(r"\s+[-–—]\s+")
_PART = re.compile(
    r"\b(?:part|pt|vol|volume|no|chapter|act|movement|disc)\b\.?\s*(?:\d|[ivx]+\b|one|two|three|four|five|six)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:[,;/&+]|\b(?:and|und|et|feat|ft|featuring)\b\.?)\s*", re.IGNORECASE)

_KINDS: dict[str, str] = {
    "live": r"live|in concert|unplugged|sessions?",
    "remix": r"remix(?:ed)?|rmx|mix|dub|bootleg|vip|rework(?:ed)?|mashup|flip",
    "acoustic": r"acoustic",
    "cover": r"cover(?:ed)?|tribute|originally performed|made famous|in the style of",
    "extended": r"extended|12 ?inch|12|long version",
    "edit": r"edit(?:ed)?|radio (?:version|mix)|short version",
    "karaoke": r"karaoke|backing track|sing ?along",
    "demo": r"demos?",
    "instrumental": r"instrumentals?|inst",
    "a cappella": r"a ?cappella|acapella",
    "alternate": r"alternat(?:e|ive)|outtake|take \d+|early version|rehearsal|rough",
    "reprise": r"reprise",
    "speed": r"sped up|slowed|nightcore",
}
_KIND = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _KINDS.items()}
_EDITION = re.compile(
    r"\b(?:remaster(?:ed)?|mono|stereo|deluxe|bonus|explicit|clean|edition|anniversary|reissue|soundtrack"
    r"|original (?:mix|version|score)|(?:album|single|lp|main|standard|original)(?: version| mix)?"
    r"|hidden track|from the .*|theme from .*)\b|^from\b.*|^\d{4}(?: (?:version|mix))?$"
)
_VERSION = re.compile(r"\b(?:version|ver)\b")
_NOISE = re.compile(
    r"the|a|at|in|on|from|by|of|with|version|ver|mix|remix|rmx|remixed|live|edit|edited|demo|cover|extended|acoustic"
    r"|instrumental|radio|original|album|single|remaster|remastered|mono|stereo|digital|(?:19|20)\d\d"
)
"""Words that say neither whose a version is nor where it was made."""
_ALBUM_KINDS = {
    "live": re.compile(
        r"\blive (?:at|in|from|on|with|\d{4})\b|\bunplugged\b|\bin concert\b|[\(\[]live[\)\]]|[-–—:] live\b|^live$",
        re.IGNORECASE,
    ),
    "remix": re.compile(r"\bremix(?:es|ed)\b", re.IGNORECASE),
    "acoustic": re.compile(r"\bacoustic\b", re.IGNORECASE),
    "karaoke": re.compile(r"\bkaraoke\b", re.IGNORECASE),
    "demo": re.compile(r"\bdemos\b", re.IGNORECASE),
    "instrumental": re.compile(r"\binstrumentals?\b", re.IGNORECASE),
    "cover": re.compile(r"\btribute to\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Version:
    """What a title says.

    Attributes:
        title: The plain title, folded.
        bare: That without what else stands in brackets, folded.
        kinds: What kind of version it is; empty for the recording that is meant without a word more.
        of: Whose version it is, or where it was made: folded words.
    """

    title: str
    bare: str
    kinds: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()

    def agrees(self, other: Version) -> bool:
        """Whether both may be the same recording, their bare titles being the same."""
        subtitled = self.title != self.bare and other.title not in (other.bare, self.title)
        if self.kinds != other.kinds or subtitled:
            return False
        if "remix" in self.kinds and bool(self.of) != bool(other.of):
            return False
        return self.of <= other.of or other.of <= self.of


def folded(name: str) -> str:
    """Case, accents, width and punctuation removed; letters of all scripts kept."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", plain.replace("&", " and ")).replace("_", " ").strip() or name.casefold().strip()


def folded_artist(name: str) -> str:
    """`folded`, with all that joins artists made one word: "A feat. B", "A & B" and "A, B" are the same."""
    return folded(_JOINED.sub(" and ", name))


def first_artist(name: str) -> str:
    """The artist before "feat.", folded."""
    return folded_artist(_GUESTS.sub("", f" {name}") or name)


@lru_cache(maxsize=200_000)
def version_of(title: str, album: str = "") -> Version:
    """What a title says of the recording; where it says nothing of the version, what the album's title says."""
    text = _GUESTS.sub(" ", title)
    kinds: set[str] = set()
    of: set[str] = set()
    kept = ""
    bare = ""
    position = 0
    head, *suffixes = _DASH.split(text)
    for bracket in _BRACKETED.finditer(head):
        before = head[position : bracket.start()]
        said = "" if _takes(bracket[1], kinds, of) else f" {bracket[1]} "
        kept += before + said
        bare += before + (said if _PART.search(said) else " ")
        position = bracket.end()
    kept, bare = kept + head[position:], bare + head[position:]
    for suffix in suffixes:
        if not _takes(_BRACKETED.sub(r" \1 ", suffix), kinds, of):
            kept, bare = f"{kept} {suffix}", f"{bare} {suffix}"
    if not kinds and album:
        kinds |= {kind for kind, pattern in _ALBUM_KINDS.items() if pattern.search(album)}
    plain = folded(kept) if kept.strip() else folded(title)
    return Version(plain, folded(bare) if bare.strip() else plain, frozenset(kinds), frozenset(of))


def _takes(segment: str, kinds: set[str], of: set[str]) -> bool:
    """Whether a part of a title speaks of its version or edition; its words are added to `kinds` and `of`."""
    words = folded(segment)
    found = {kind for kind, pattern in _KIND.items() if pattern.search(words)}
    edition = _EDITION.sub(" ", words)
    if found == {"remix"} and not _KIND["remix"].search(edition):
        found = set()
    if not found and _VERSION.search(edition):
        found = {"version"}
    if not found:
        return _EDITION.search(words) is not None
    kinds |= found
    rest = edition
    for kind in found & _KIND.keys():
        rest = _KIND[kind].sub(" ", rest)
    of |= {word for word in rest.split() if not _NOISE.fullmatch(word)}
    return True
