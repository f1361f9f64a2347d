"""Images in every form of PNG and PNM, written here from the formats' specifications, with the pixels that Pillow reads from them.

    /usr/bin/python3 tests/golden/images.py      (Debian: python3-pil)
"""
import io
import struct
import zlib

import numpy as np
import PIL
from PIL import Image

import golden

random = np.random.default_rng(3)
tensors = {}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(row, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", int(v)) for v in row)
    bits = "".join(format(int(v), f"0{depth}b") for v in row)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(kind, row, above, back):
    out = []
    for i, value in enumerate(row):
        left, up, corner = (row[i - back] if i >= back else 0), above[i], (above[i - back] if i >= back else 0)
        out.append((value - [0, left, up, (left + up) // 2, paeth(left, up, corner)][kind]) % 256)
    return bytes([kind]) + bytes(out)


def encode(values, colour, depth, interlaced=False, palette=None, opacity=None):
    height, width = values.shape[:2]
    values = values.reshape(height, width, -1)
    data = b""
    for x, y, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = values[y::dy, x::dx]
        if part.size == 0:
            continue
        above = None
        for number, row in enumerate(part):
            raw = pack(row.ravel(), depth)
            data += filtered(number % 5, raw, above or bytes(len(raw)), max(1, SAMPLES[colour] * depth // 8))
            above = raw
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced)))
    if palette is not None:
        file += chunk(b"PLTE", bytes(palette.tolist()))
    if opacity is not None:
        file += chunk(b"tRNS", bytes(opacity.tolist()))
    packed = zlib.compress(data)
    half = len(packed) // 2
    return file + chunk(b"tEXt", b"Comment\0made up") + chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:]) + chunk(b"IEND", b"")


def keep(case, file, mode, **more):
    image = Image.open(io.BytesIO(file))
    pixels = np.asarray(image.convert(mode)) if image.mode != "I" else np.asarray(image) >> 8  # Pillow reads 16-bit grey to 32 bits
    tensors[f"{case}/in.file"] = np.frombuffer(file, np.uint8).astype(np.int32)
    tensors[f"{case}/out.pixels"] = pixels.reshape(*pixels.shape[:2], -1).astype(np.int32)
    for name, value in more.items():
        tensors[f"{case}/out.{name}"] = value


def png(case, colour, depth, mode, width=13, height=11, interlaced=False, entries=0, opaque=True):
    top = entries or 1 << depth
    values = random.integers(0, top, (height, width, SAMPLES[colour]))
    palette = random.integers(0, 256, entries * 3) if entries else None
    opacity = None if opaque else random.integers(0, 256, entries // 2)
    keep(case, encode(values, colour, depth, interlaced, palette, opacity), mode)


for depth in (1, 2, 4, 8, 16):
    png(f"grey{depth}", 0, depth, "L")
png("greyalpha8", 4, 8, "LA")
png("rgb8", 2, 8, "RGB")
png("rgba8", 6, 8, "RGBA")
for depth in (1, 2, 4, 8):
    png(f"palette{depth}", 3, depth, "RGB", entries=min(1 << depth, 200))
png("palettealpha", 3, 8, "RGBA", entries=20, opaque=False)
png("rgb8i", 2, 8, "RGB", interlaced=True)
png("grey1i", 0, 1, "L", interlaced=True)
png("palette4i", 3, 4, "RGB", interlaced=True, entries=16)
png("tinyi", 2, 8, "RGB", width=3, height=2, interlaced=True)
grey, colour = random.integers(0, 256, (5, 7)), random.integers(0, 256, (5, 7, 3))
bits = random.integers(0, 2, (5, 11))
keep("pgm", b"P5\n# made up\n7 5\n255\n" + bytes(grey.ravel().tolist()), "L")
keep("ppm", b"P6 7 5 255\n" + bytes(colour.ravel().tolist()), "RGB")
keep("pgmtext", ("P2\n7 5\n255\n" + " ".join(map(str, grey.ravel()))).encode(), "L")
keep("ppmtext", ("P3\n7 5\n255\n" + "\n".join(map(str, colour.ravel()))).encode(), "RGB")
keep("pbm", b"P4\n11 5\n" + b"".join(pack(row, 1) for row in bits), "L")
keep("pbmtext", ("P1\n11 5\n" + "\n".join("".join(map(str, row)) for row in bits)).encode(), "L")
large = np.clip(np.add.outer(np.arange(24) * 6, np.arange(31) * 4)[:, :, None] + random.integers(0, 60, (24, 31, 3)), 0, 255).astype(np.uint8)
image = Image.fromarray(large)
file = encode(large, 2, 8)
keep("resize", file, "RGB", grey=np.asarray(image.convert("L")).astype(np.int32),
     smaller=np.asarray(image.resize((10, 9), Image.BILINEAR)).astype(np.int32), larger=np.asarray(image.resize((40, 50), Image.BILINEAR)).astype(np.int32))
golden.save("images", tensors, pillow=PIL.__version__)
