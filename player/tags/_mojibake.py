"""Texts that were read in the wrong encoding, repaired where that is certain and otherwise left alone.

Old taggers wrote the bytes of their system's code page into fields declared as Latin-1. All such texts of one file, and
most often of one folder, come from one program, so they are judged together. A Latin reading is kept unless the bytes
are plainly words of another script: nearly all letters accented, and the letters of that script as frequent as its
language has them; or words of Central Europe or Turkey, whose letters read as signs that stand in no Western word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CP1252 = {bytes([code]).decode("cp1252", "replace"): code for code in range(0x80, 0xA0)}
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_MIN_LETTERS = 8
_DENSE = 0.8
"""Share of bytes above 0x7f in words that hold one; Western languages stay below."""


def encoding_of(texts: Sequence[str]) -> str | None:
    """The undeclared encoding of texts that were read as Latin-1; None where it is not certain, or Western.

    Args:
        texts: Of one file, or of all files of a folder: the more, the surer.
    """
    blob = b"\n".join(raw for text in texts if _twice_encoded(text) is None and (raw := _bytes(text)))
    return _encoding(blob) or _european(blob.decode("cp1252", "replace"))


def needs_others(texts: Sequence[str]) -> bool:
    """Whether texts of a file may be in an encoding that only its folder tells: plainly Western ones are not."""
    blob = b"\n".join(raw for text in texts if _twice_encoded(text) is None and (raw := _bytes(text)))
    words = [word for word in _WORD.findall(blob) if not word.isascii()]
    return bool(words) and _encoding(blob) is None and (_is_dense(words) or _SUSPECT.search(blob) is not None)


def repaired(texts: Sequence[str], *, legacy: bool, of_folder: str | None = None) -> list[str]:
    """The texts, each repaired if its true encoding is certain.

    Args:
        texts: Texts of one file.
        legacy: Whether they were stored in an undeclared 8-bit encoding and read as Latin-1; otherwise only UTF-8 that
            was encoded twice is looked for.
        of_folder: The encoding of all files of its folder (`encoding_of`); used for a file that may be in it.
    """
    results = [_twice_encoded(text) for text in texts]
    if not legacy:
        return [text if result is None else result for text, result in zip(texts, results, strict=True)]
    raws = [None if result is not None else _bytes(text) for text, result in zip(texts, results, strict=True)]
    blob = b"\n".join(raw for raw in raws if raw)
    encoding = _encoding(blob) or (of_folder if of_folder and _may_be(blob, of_folder) else None) or "cp1252"
    return [
        result if result is not None else _decoded(raw, encoding, text)
        for text, raw, result in zip(texts, raws, results, strict=True)
    ]


def _decoded(raw: bytes | None, encoding: str, text: str) -> str:
    if raw is None or (encoding == "cp1252" and not any(0x80 <= byte < 0xA0 for byte in raw)):
        return text
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return text


def _bytes(text: str) -> bytes | None:
    """The bytes behind a text read as Latin-1 or Windows-1252; None where it cannot have been."""
    codes = [ord(char) if ord(char) < 0x100 else _CP1252.get(char, 0x100) for char in text]
    return bytes(codes) if max(codes, default=0) < 0x100 else None


def _twice_encoded(text: str) -> str | None:
    """The text that `text` is the UTF-8 of; None if it is not."""
    raw = _bytes(text)
    if raw is None or raw.isascii():
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _encoding(blob: bytes) -> str | None:
    """The one encoding that fits all the bytes, None unless exactly one does."""
    if any(_looks_shift_jis(part) for part in blob.split(b"\n")) and _decodes(blob, "cp932"):
        return "cp932"
    words = [word for word in _WORD.findall(blob) if not word.isascii()]
    letters = sum(map(len, words))
    if letters < 4 or not _is_dense(words):
        return None
    fitting = [script.encoding for script in _ALPHABETS if letters >= _MIN_LETTERS and script.fits(words)]
    fitting += [encoding for encoding, test in _SYLLABARIES.items() if _decodes(blob, encoding) and test(blob)]
    return fitting[0] if len(fitting) == 1 else None


def _is_dense(words: Sequence[bytes]) -> bool:
    """Whether nearly all letters of words that hold a byte above 0x7f are such bytes."""
    return sum(byte >= 0x80 for word in words for byte in word) >= _DENSE * sum(map(len, words))


def _may_be(blob: bytes, encoding: str) -> bool:
    """Whether texts may be in an encoding that was found for their folder."""
    words = [word for word in _WORD.findall(blob) if not word.isascii()]
    return _decodes(blob, encoding) and (encoding in _EUROPEAN or _is_dense(words))


_SUSPECT = re.compile("[ÐÝÞðýþ¹³¿£¥¯ìøò¾õ\x8a\x8c-\x8f\x9a\x9c-\x9f]".encode("latin-1"))
"""Bytes that are seldom in Western names, and often in Central European and Turkish ones."""
_EUROPEAN = ("cp1250", "cp1254")
_INSIDE = re.compile(r"[A-Za-z][³¹¿¯][A-Za-z]|[a-z]³|£[a-z]|[A-Za-z]\u0178[a-z]?")
"""Signs of Latin-1 that are Polish letters in cp1250, where only letters stand."""


def _european(text: str) -> str | None:
    """The encoding of a Latin alphabet other than the Western one; `text` is read as cp1252."""
    high = [char for char in text if char > "\x7f"]
    found = set(high)
    icelandic = found & set("áéíóúæÁÉÍÓÚÆåøÅØ")
    if sum(char in "ÐÝÞðýþ" for char in high) >= 3 and not icelandic and found <= set("ÐÝÞðýþöüçÖÜÇâîûÂÎÛ’–"):
        return "cp1254"
    polish = len(_INSIDE.findall(text)) >= 2
    northern = found & set("ðþæåÐÞÆÅ")
    czech = len(found & set("ìøùèò¾ï")) >= 2 and found & set("ýšžÝŠŽ") and not northern and len(high) >= 4
    hungarian = "õ" in found and found & set("áéöü") and not found & set("ãçäêÃÇÄ")
    return "cp1250" if polish or czech or hungarian else None


def _decodes(blob: bytes, encoding: str) -> bool:
    try:
        blob.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """One 8-bit alphabet with capitals: its most frequent letters, and how many of all letters they are at least."""

    encoding: str
    frequent: str
    share: float
    letters: str = ""
    """All letters of an alphabet without capitals, as a character class."""
    never_first: str = ""
    """Those of them that begin no word, likewise."""

    def fits(self, words: list[bytes]) -> bool:
        """Whether the words read well: frequent letters frequent, capitals only where capitals stand."""
        text = b" ".join(words).decode(self.encoding, "replace")
        letters = [char for char in text if char != " "]
        common = sum(char in self.frequent for char in text.lower())
        read = text.split()
        if self.letters:
            known = re.fullmatch(f"[A-Za-z {self.letters}]+", text) is not None
            begun = not self.never_first or re.search(f"(?:^| )[{self.never_first}]", text) is None
            return known and begun and common >= self.share * len(letters)
        if not all(char.isalpha() for char in letters):
            return False
        shaped = sum(word.islower() or word.isupper() or word.istitle() for word in read)
        return (
            common >= self.share * len(letters)
            and shaped >= 0.9 * len(read)
            and any(word[0].isupper() for word in read)
        )


_ALPHABETS = (
    _Alphabet("cp1251", "оеаинт", 0.36),
    _Alphabet("koi8-r", "оеаинт", 0.36),
    _Alphabet("cp1253", "αάοόιίετσςνη", 0.5),
    _Alphabet("cp1255", "יוהלארמתבש", 0.55, "א-ת"),
    _Alphabet("cp1256", "اليمنرتبوة", 0.55, "ء-غف-ي"),
    _Alphabet("cp874", "านรอกเงมยล", 0.4, "ก-ฺเ-๎", "ะ-ฺๅ-๎"),
)


def _pairs(blob: bytes, first: range, second: Callable[[int], bool]) -> list[tuple[int, int]]:
    """Double-byte characters of a blob whose lead bytes lie in `first`; empty if a high byte stands alone."""
    pairs: list[tuple[int, int]] = []
    position = 0
    while position < len(blob):
        lead = blob[position]
        if lead < 0x80:
            position += 1
            continue
        if position + 1 >= len(blob) or lead not in first or not second(blob[position + 1]):
            return []
        pairs.append((lead, blob[position + 1]))
        position += 2
    return pairs


def _share(pairs: list[tuple[int, int]], leads: range) -> float:
    return sum(lead in leads for lead, _ in pairs) / len(pairs) if pairs else 0.0


def _looks_gbk(blob: bytes) -> bool:
    """Nearly all characters of GB 2312's first, frequent plane, some beyond the Hangul of EUC-KR, no kana."""
    pairs = _pairs(blob, range(0x81, 0xFF), lambda byte: byte >= 0xA1)
    return len(pairs) >= 3 and _share(pairs, range(0xB0, 0xD8)) >= 0.9 and _share(pairs, range(0xC9, 0xD8)) >= 0.1


def _looks_big5(blob: bytes) -> bool:
    """Nearly all of Big5's frequent plane, and trail bytes that GB 2312 has not."""
    pairs = _pairs(blob, range(0xA1, 0xFA), lambda byte: 0x40 <= byte < 0x7F or byte >= 0xA1)
    low = sum(trail < 0x7F for _, trail in pairs)
    return len(pairs) >= 3 and _share(pairs, range(0xA4, 0xC7)) >= 0.9 and low >= 0.2 * len(pairs)


def _looks_euc_kr(blob: bytes) -> bool:
    """Hangul only; many, since the same bytes may be Chinese characters."""
    pairs = _pairs(blob, range(0xA1, 0xFF), lambda byte: byte >= 0xA1)
    return len(pairs) >= 10 and _share(pairs, range(0xB0, 0xC9)) >= 0.98


def _looks_euc_jp(blob: bytes) -> bool:
    """Kana, which no Chinese or Korean text has."""
    pairs = _pairs(blob, range(0xA1, 0xFF), lambda byte: byte >= 0xA1)
    return len(pairs) >= 3 and _share(pairs, range(0xA4, 0xA6)) >= 0.25


_SYLLABARIES: dict[str, Callable[[bytes], bool]] = {
    "gbk": _looks_gbk,
    "big5": _looks_big5,
    "euc_kr": _looks_euc_kr,
    "euc_jp": _looks_euc_jp,
}


_SJIS_RUN = re.compile(
    rb"(?:\x82[\x9f-\xf1]|\x83[\x40-\x96]|\x81[\x40-\x7e\x80-\xac]|[\x88-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc])+"
)
_SJIS_KANA = re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]")


def _looks_shift_jis(blob: bytes) -> bool:
    """Runs of kana and kanji that leave no other high byte, with enough lead bytes that Latin-1 leaves unused."""
    runs = _SJIS_RUN.findall(blob)
    if not _SJIS_RUN.sub(b"", blob).isascii() or not runs:
        return False
    longest = max(map(len, runs)) // 2
    unused = sum(0x80 <= byte < 0xA0 for byte in blob)
    kana = len(_SJIS_KANA.findall(b"".join(runs)))
    return unused >= 2 and (longest >= 4 or (longest >= 2 and kana >= 2))
