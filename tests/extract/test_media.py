"""Audio and video: time, place, device, words; never more than is said of the recording."""

from __future__ import annotations

import io
import random
import struct
import wave
from pathlib import Path
from typing import Any

import pytest

from evidencebox.model.documents import Status

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def said(kind: bytes, text: str) -> bytes:
    raw = text.encode()
    return box(kind, struct.pack(">HH", len(raw), 0) + raw)


def mp4(udta: bytes = b"", more: bytes = b"") -> bytes:
    made = 3_700_000_000
    mvhd = box(b"mvhd", struct.pack(">IIIII", 0, made, made, 1_000, 65_000) + bytes(80))
    tkhd = box(b"tkhd", bytes(76) + struct.pack(">II", 1_920 << 16, 1_080 << 16))
    stsd = box(b"stsd", struct.pack(">II", 0, 1) + box(b"avc1", bytes(78)))
    trak = box(b"trak", tkhd + box(b"mdia", box(b"minf", box(b"stbl", stsd))))
    return (
        box(b"ftyp", b"isom\0\0\2\0isom")
        + box(b"moov", mvhd + trak + box(b"udta", udta) + more)
        + box(b"mdat", bytes(64))
    )


def test_mp4_time_place_device_and_words(read: Any) -> None:
    udta = (
        said(b"\xa9xyz", "+12.5000-070.2500+010/")
        + said(b"\xa9mak", "Maker")
        + said(b"\xa9mod", "Phone 9")
        + said(b"\xa9cmt", "filmed from the bridge")
    )
    found = read(mp4(udta), "x.mp4")
    assert found.metadata["gps"] == ["+12.5000-070.2500+010"]
    assert found.metadata["created"] == found.metadata["date"] == ["2021-03-31T01:46:40Z"]
    assert found.metadata["duration"] == ["0:01:05"]
    assert found.metadata["dimensions"] == ["1920 x 1080"]
    assert found.metadata["device_model"] == ["Phone 9"]
    assert "avc1" in found.metadata["codec"]
    assert found.spans("caption") == ["filmed from the bridge"]
    assert found.status == "ok"


def test_a_title_whose_type_was_left_out(read: Any) -> None:
    """Only where the item's name says that it is words."""
    items = b"".join(
        box(kind, box(b"data", bytes(8) + text))
        for kind, text in ((b"\xa9nam", b"Roll call"), (b"disk", b"\0\0\0\x06"))
    )
    handler = box(b"hdlr", bytes(8) + b"mdirappl" + bytes(8))
    meta = box(b"meta", bytes(4) + handler + box(b"ilst", items))
    found = read(mp4(meta), "x.m4a")
    assert found.spans("caption") == ["Roll call"]
    assert found.metadata["title"] == ["Roll call"]


def test_quicktime_keys(read: Any) -> None:
    names = [b"com.apple.quicktime.location.ISO6709", b"com.apple.quicktime.model",
             b"com.apple.quicktime.description"]  # fmt: skip
    values = [b"+01.0000+002.0000/", b"Phone 9", b"at the depot"]
    keys = struct.pack(">II", 0, len(names)) + b"".join(box(b"mdta", name) for name in names)
    items = b"".join(
        box(struct.pack(">I", at), box(b"data", struct.pack(">II", 1, 0) + value))
        for at, value in enumerate(values, 1)
    )
    meta = box(b"meta", box(b"hdlr", bytes(25)) + box(b"keys", keys) + box(b"ilst", items))
    found = read(mp4(more=meta), "x.mov")
    assert found.metadata["gps"] == ["+01.0000+002.0000"]
    assert found.metadata["device_model"] == ["Phone 9"]
    assert "at the depot" in found.text


def test_a_recording_of_which_nothing_is_said_is_empty(read: Any) -> None:
    found = read(mp4(), "x.mp4")
    assert found.status == "empty"
    assert found.metadata["duration"] == ["0:01:05"]


def element(kind: int, data: bytes, size: bytes = b"") -> bytes:
    raw = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    return raw + (size or (len(data) | 1 << 56).to_bytes(8, "big")) + data


@pytest.mark.parametrize("unknown", [b"", b"\x01" + b"\xff" * 7])
def test_matroska(read: Any, unknown: bytes) -> None:
    info = (
        element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
        + element(0x4489, struct.pack(">d", 61_000.0))
        + element(0x4461, struct.pack(">q", 640_000_000 * 10**9))
        + element(0x7BA9, b"The interview")
    )
    video = element(0xE0, element(0xB0, b"\x05\x00") + element(0xBA, b"\x02\xd0"))
    tracks = element(0x1654AE6B, element(0xAE, element(0x86, b"V_VP9") + video))
    tags = element(0x1254C367, element(0x7373, element(0x67C8,
           element(0x45A3, b"COMMENT") + element(0x4487, b"second camera"))))  # fmt: skip
    attached = element(0x1941A469, element(0x61A7, element(0x466E, b"note.txt")
               + element(0x4660, b"text/plain") + element(0x465C, b"attached words")))  # fmt: skip
    segment = element(0x1549A966, info) + tracks + tags + attached
    found = read(element(0x1A45DFA3, b"") + element(0x18538067, segment, unknown), "x.mkv")
    assert found.metadata["duration"] == ["0:01:01"]
    assert found.metadata["created"] == ["2021-04-13T09:46:40Z"]
    assert found.metadata["dimensions"] == ["1280 x 720"]
    assert found.metadata["title"] == ["The interview"]
    assert "second camera" in found.text
    assert [(c.head.name, c.data) for c in found.children] == [("note.txt", b"attached words")]


def chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)


def test_avi(read: Any) -> None:
    avih = struct.pack("<10I", 40_000, 0, 0, 0, 250, 0, 1, 0, 640, 480)
    hdrl = chunk(b"avih", avih) + chunk(b"LIST", b"strl" + chunk(b"strh", b"vidsH264" + bytes(40)))
    words = chunk(b"INAM", b"Dashcam\0") + chunk(b"IDIT", b"THU APR 01 2021\0")
    data = b"AVI " + chunk(b"LIST", b"hdrl" + hdrl) + chunk(b"LIST", b"INFO" + words)
    found = read(chunk(b"RIFF", data), "x.avi")
    assert found.metadata["duration"] == ["0:00:10"]
    assert found.metadata["dimensions"] == ["640 x 480"]
    assert found.metadata["codec"] == ["H264"]
    assert found.metadata["title"] == ["Dashcam"]
    assert "THU APR 01 2021" in found.text


def wav(more: bytes = b"") -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(bytes(32_000))
    data = bytearray(out.getvalue() + more)
    data[4:8] = struct.pack("<I", len(data) - 8)
    return bytes(data)


def test_wav_of_a_recorder(read: Any) -> None:
    bext = (
        b"Interview room 2".ljust(256, b"\0")
        + b"Recorder".ljust(32, b"\0")
        + b"REF1".ljust(32, b"\0")
        + b"2021-04-0112:30:00"
        + bytes(264)
    )
    found = read(wav(chunk(b"bext", bext)), "x.wav")
    assert found.metadata["duration"] == ["0:00:02"]
    assert found.metadata["created"] == ["2021-04-01 12:30:00"]
    assert "Interview room 2" in found.text


def id3() -> bytes:
    def frame(kind: bytes, data: bytes) -> bytes:
        return kind + struct.pack(">IH", len(data), 0) + data

    frames = (
        frame(b"TIT2", b"\3Statement")
        + frame(b"TPE1", b"\1" + "Zoë".encode("utf-16"))
        + frame(b"COMM", b"\3eng\0kept at the station")
        + frame(b"APIC", b"\0image/png\0\3cover\0" + PNG)
    )
    size = len(frames)
    sync = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    sound = b"\xff\xfb\x90\x64" + bytes(413)
    return b"ID3\3\0\0" + sync + frames + sound * 8


def test_mp3_words_and_picture(read: Any) -> None:
    found = read(id3(), "x.mp3")
    assert found.metadata["title"] == ["Statement"]
    assert found.metadata["author"] == ["Zoë"]
    assert "kept at the station" in found.text
    assert [c.data for c in found.children] == [PNG]


SEEDS = [mp4(said(b"\xa9xyz", "+1+2/")), wav(), id3()]


def _mutate(read: Any, times: int) -> None:
    dice = random.Random("evidencebox media")
    for _ in range(times):
        data = bytearray(dice.choice(SEEDS))
        for _ in range(dice.choice([1, 5, 50])):
            data[dice.randrange(8, min(len(data), 600))] = dice.randrange(256)
        assert isinstance(read(bytes(data), "x").outcome.status, Status)


def test_mutations_give_an_outcome(read: Any) -> None:
    _mutate(read, 200)


@pytest.mark.long
def test_three_thousand_mutations(read: Any) -> None:
    _mutate(read, 3_000)


def test_the_corpora(read: Any, corpora: Path) -> None:
    folder = corpora / "tika-docs/files/tika-parser-audiovideo-module"
    found = read((folder / "testMP4_QuickTimeMetadata.mov").read_bytes(), "x.mov")
    assert found.metadata["gps"] == ["+12.3456-098.7654+010.500"]
    for name in ("testMP3id3v24.mp3", "testFLAC_coverArt.flac", "testVORBIS.ogg", "testMP4.m4a"):
        found = read((folder / name).read_bytes(), name)
        assert found.metadata["title"] == ["Test Title"]
        assert found.metadata["author"] == ["Test Artist"]
        assert "Test Album" in found.text
