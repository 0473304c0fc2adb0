"""The way of a play's sound, from what the parts on it know."""

from __future__ import annotations

from player.audio._samples import CHANNELS
from player.audio._values import Obstacle, SignalPath
from player.audio.engine._mixer import Mixer
from player.audio.engine._port import Port
from player.audio.engine._timeline import Line

FILE_BITS = {"s16": 16, "s32": 24}
"""Bits a sample of integer formats; of 32 the lowest eight are hardly ever used."""


def signal_path(line: Line, mixer: Mixer, port: Port, speed: float) -> SignalPath | None:
    """Return the way of a line's sound; None while its file is not open yet."""
    info, source, place = line.voice.info, line.voice.play.source, port.place
    if info is None:
        return None
    bits = FILE_BITS.get(info.sample_format.removesuffix("p"), 0)
    obstacles = {
        Obstacle.GAIN: source.gain_db != 0.0,
        Obstacle.VOLUME: mixer.volume.after != 1.0,
        Obstacle.EQUALISER: mixer.equalised,
        Obstacle.SPEED: speed != 1.0,
        Obstacle.RESAMPLED: port.is_open and info.rate != port.rate,
        Obstacle.MIXED_DOWN: info.channels > CHANNELS,
        Obstacle.FEWER_BITS: 0 < place.bits < bits,
    }
    return SignalPath(
        token=line.voice.play.token,
        path=source.path,
        codec=info.codec,
        sample_format=info.sample_format,
        rate=info.rate,
        channels=info.channels,
        gain_db=source.gain_db,
        gain_reason=source.gain_reason,
        volume=mixer.volume.after,
        equaliser=mixer.equalised,
        speed=speed,
        output=port.kind,
        device=place.device,
        device_rate=port.rate,
        device_format=place.sample_format,
        device_bits=place.bits,
        latency_s=round(port.latency_s, 2),
        obstacles=tuple(obstacle for obstacle, there in obstacles.items() if there),
    )
