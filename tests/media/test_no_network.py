"""No file makes the player open a network connection, whatever it says and whatever it is called."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from player.audio._decoder import Decoder
from player.domain import FileError
from player.media import Media, open_file
from tests.audio.sounds import encode, music, noise

ROOT = Path(__file__).resolve().parent.parent.parent
PORT = 9
"""The "discard" service: nobody listens."""

URL = f"http://127.0.0.1:{PORT}/a"
SDP = f"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {PORT}998 RTP/AVP 0\r\n"
REFERENCE = b"""#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n"""
DASH = f"""<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"
 mediaPresentationDuration="PT10S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period>
 <AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1000"><BaseURL>{URL}.mp4</BaseURL>
 <SegmentBase indexRange="0-9"/></Representation></AdaptationSet></Period></MPD>"""

HOSTILE = {
    "hls": REFERENCE + f"#EXTINF:9,\n{URL}.ts\n#EXT-X-ENDLIST\n".encode(),
    "hls-live": REFERENCE + f"#EXTINF:9,\n{URL}.ts\n".encode(),
    "hls-key": REFERENCE + f'#EXT-X-KEY:METHOD=AES-128,URI="{URL}.key"\n#EXTINF:9,\n{URL}.ts\n'.encode(),
    "hls-map": REFERENCE + f'#EXT-X-MAP:URI="{URL}.mp4"\n#EXTINF:9,\n{URL}.ts\n#EXT-X-ENDLIST\n'.encode(),
    "hls-master": f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\n{URL}.m3u8\n".encode(),
    "hls-file": REFERENCE + b"#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    "hls-concat": REFERENCE + f"#EXTINF:9,\nconcat:{URL}|file:///etc/passwd\n#EXT-X-ENDLIST\n".encode(),
    "sdp": SDP.encode() + b"a=rtpmap:0 PCMU/8000\r\n",
    "sdp-multicast": SDP.replace("c=IN IP4 127.0.0.1", "c=IN IP4 239.1.2.3/5").encode(),
    "sdp-two": (SDP + f"m=audio {PORT}994 RTP/AVP 14\r\n").encode(),
    "ffconcat": f"ffconcat version 1.0\nfile {URL}.mp3\nfile udp://127.0.0.1:{PORT}\n".encode(),
    "ffconcat-local": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "dash": DASH.encode(),
    "asx": f'<asx version="3.0"><entry><ref href="{URL}.wma"/></entry></asx>'.encode(),
    "asf-reference": f"[Reference]\r\nRef1={URL}.wma?MSWMExt=.asf\r\n".encode(),
    "rtsp": f"RTSPtext\r\nrtsp://127.0.0.1:{PORT}/a\r\n".encode(),
    "rtsptext": f"rtsptextRTSP://127.0.0.1:{PORT}/a\r\n".encode(),
    "m3u": f"{URL}.mp3\nhttp://127.0.0.1:{PORT}/b.ogg\n".encode(),
    "pls": f"[playlist]\nFile1={URL}.mp3\nNumberOfEntries=1\nVersion=2\n".encode(),
    "xspf": f'<playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track><location>{URL}.mp3</location></track>'
    "</trackList></playlist>".encode(),
    "smil": f'<smil><body><audio src="{URL}.mp3"/></body></smil>'.encode(),
    "ram": f"rtsp://127.0.0.1:{PORT}/a.rm\n".encode(),
    "qt-reference": b"\0\0\0\x40moov\0\0\0\x38rmra\0\0\0\x30rmda\0\0\0\x28rdrf\0\0\0\0url \0\0\0\x14"
    + URL[:20].encode(),
    "avisynth": f'DirectShowSource("{URL}.avi")\n'.encode(),
    "image-sequence": f"{URL}%03d.png\n".encode(),
}
SUFFIXES = ("mp3", "mka", "aac", "ogg", "m4a", "flac", "wma", "m3u8")
NAMES = {"image-sequence": "a%03d", "rtsp": "rtsp:", "ram": "http:"}
"""Names that FFmpeg might take for an address or a pattern, without their suffix."""


def hostile_files(folder: Path) -> list[Path]:
    """Every hostile content under every suffix."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, content in HOSTILE.items():
        for suffix in SUFFIXES:
            (folder / f"{NAMES.get(kind, '')}{kind}.{suffix}").write_bytes(content)
    return sorted(folder.iterdir())


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_refers_to_something_else_is_no_sound_file(tmp_path, kind, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(HOSTILE[kind])
    with pytest.raises(FileError):
        Decoder(str(path), None)


def test_a_demuxer_that_asks_for_another_file_gets_none(tmp_path, monkeypatch):
    """Were a format allowed by mistake, its segments would still not be opened."""
    monkeypatch.setitem(Media.__init__.__globals__["_OPTIONS"], "format_whitelist", "hls")
    path = tmp_path / "a.m3u8"
    path.write_bytes(HOSTILE["hls"])
    with open_file(str(path)) as file, pytest.raises(PermissionError, match=re.escape(f"'{URL}.ts'")):
        Media(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "a.mp3")
    with pytest.raises(FileError, match="not an ordinary file"):
        open_file(str(tmp_path / "a.mp3"))


def _traced(tmp_path: Path, *words: str) -> tuple[list[str], str]:
    """Run the command and all its children under strace.

    Returns:
        Calls that make or name a socket which is not local, and the standard output.
    """
    log = tmp_path / "calls"
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", "trace=%network"]
    command += [sys.executable, "-m", "player", "--profile", str(tmp_path / "profile"), *words]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert ended.returncode in (0, 1), ended.stderr
    calls = log.read_text(errors="replace").splitlines()
    return [line for line in calls if re.search(r"AF_(INET|NETLINK|PACKET)", line)], ended.stdout


def _strace_works() -> bool:
    if shutil.which("strace") is None:
        return False
    trial = ["strace", "-f", "--seccomp-bpf", "-o", os.devnull, "true"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


needs_strace = pytest.mark.skipif(not _strace_works(), reason="strace is not installed, or may not trace here")


@needs_strace
def test_scanning_makes_no_network_call(tmp_path):
    files = hostile_files(tmp_path / "music")
    encode(tmp_path / "music" / "good.mp3", music(1.0))
    calls, out = _traced(tmp_path, "scan", str(tmp_path / "music"), "--json")
    assert calls == []
    summary = json.loads(out)
    audio = [file for file in files if file.suffix != ".m3u8"]
    assert summary["seen"] == len(audio) + 1, "the reader lost some on the way"
    assert len(summary["unreadable"]) >= len(audio) - 1, "an MP4 head without tracks passes for a file of no length"


@needs_strace
def test_analysis_makes_no_network_call(tmp_path):
    """Of files that were sound when they were scanned."""
    folder = tmp_path / "music"
    folder.mkdir()
    for seed, kind in enumerate(HOSTILE):
        encode(folder / f"{kind}.wav", noise(0.5, seed=seed))
    _traced(tmp_path, "scan", str(folder))
    for kind, content in HOSTILE.items():
        (folder / f"{kind}.wav").write_bytes(content)
    calls, _ = _traced(tmp_path, "analyze")
    assert calls == []


@needs_strace
@pytest.mark.parametrize("names", ["*", "hls.m3u8"])
def test_playing_makes_no_network_call(tmp_path, names):
    hostile_files(tmp_path / "music")
    encode(tmp_path / "music" / "good.mp3", music(1.0))
    files = [str(path) for path in sorted((tmp_path / "music").glob(names))]
    calls, _ = _traced(tmp_path, "play", "--output", "null", "--speed", "max", *files)
    assert calls == []
