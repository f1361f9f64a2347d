#!/usr/bin/env python3
"""OpenBLAS's matrix product, one thread, for bench/compare.

Reads lines "m n k transposeA transposeB seconds" from standard input. For each it multiplies for that long and answers with the
median processor time of one product in seconds. The operands stay from line to line as long as the shape does.
Needs libopenblas (Debian: libopenblas0-pthread).
"""
import array
import ctypes
import os
import random
import statistics
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
ROW_MAJOR, PLAIN, TRANSPOSED = 101, 111, 112


def load():
    for name in ("libopenblas.so.0", "libopenblas.so"):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    sys.exit("sgemm.py: OpenBLAS is not installed. On Debian: apt-get install libopenblas0-pthread")


def matrix(length):
    # A random piece over and over: the values do not matter as long as they are ordinary.
    piece = array.array("f", (random.random() - 0.5 for _ in range(4096)))
    return (ctypes.c_float * length).from_buffer(array.array("f", (piece * (length // 4096 + 1))[:length]))


def main():
    blas = load()
    blas.openblas_get_config.restype = ctypes.c_char_p
    print(blas.openblas_get_config().decode(), flush=True)
    shape = None
    for line in sys.stdin:
        fields = line.split()
        m, n, k, transpose_a, transpose_b = (int(field) for field in fields[:5])
        if shape != (m, n, k):
            shape, a, b, c = (m, n, k), matrix(m * k), matrix(k * n), matrix(m * n)
        arguments = (
            ROW_MAJOR, TRANSPOSED if transpose_a else PLAIN, TRANSPOSED if transpose_b else PLAIN, m, n, k,
            ctypes.c_float(1), a, m if transpose_a else k, b, k if transpose_b else n, ctypes.c_float(0), c, n)
        times, until = [], time.monotonic() + float(fields[5])
        blas.cblas_sgemm(*arguments)
        while len(times) < 3 or time.monotonic() < until:
            start = time.thread_time()
            blas.cblas_sgemm(*arguments)
            times.append(time.thread_time() - start)
        print(statistics.median(times), flush=True)


main()
