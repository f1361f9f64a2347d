"""What the peers' scripts share: libtorch with the number of threads asked for, the clock, and the conversation with bench/compare.

A script answers each line of standard input with a line. Its first line says what it is.
"""
import os
import sys
import time

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1

# Debian's libtorch multiplies with OpenBLAS, which has threads of its own: torch.set_num_threads does not reach them. With two pools
# on as many processors, waiting threads must not spin or they slow the others: passive waiting is the fastest setting found for libtorch
# (LSTM training on two threads 2,200 tokens/s instead of 1,250). OpenBLAS's look for work for 2^22 cycles instead of 2^26, so that they
# are asleep when it is the other's turn.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(THREADS)
os.environ["OMP_WAIT_POLICY"] = "passive"
os.environ["OPENBLAS_THREAD_TIMEOUT"] = "22"

try:
    import torch
except ImportError:
    sys.exit("this Python cannot import torch. On Debian: apt-get install python3-torch libopenblas0-pthread, and use /usr/bin/python3")

torch.set_num_threads(THREADS)

# One thread: processor time, so that other programs do not count. All of the process, in case there is a second thread after all.
clock = time.process_time if THREADS == 1 else time.perf_counter


def describe():
    """Version, library and the threads really at work: processor time over wall time of a large product."""
    a, c = torch.rand(1024, 1024), torch.empty(1024, 1024)
    torch.mm(a, a, out=c)
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(4 * THREADS):
        torch.mm(a, a, out=c)
    at_work = (time.process_time() - processor) / (time.perf_counter() - wall)
    with open("/proc/self/maps") as maps:
        if "openblas" not in maps.read():
            sys.exit("torch multiplies with the slow reference BLAS. On Debian: apt-get install libopenblas0-pthread")
    if THREADS == 1 and at_work > 1.2:
        sys.exit(f"one thread was asked for, but {at_work:.1f} are at work")
    return f"libtorch {torch.__version__} (eager, Python) with OpenBLAS, {THREADS} thread{'s'[:THREADS > 1]} ({at_work:.2f} at work)"


def serve(answer):
    """Says what this is, then answers lines by answer(words), which returns a number or several."""
    print(describe(), flush=True)
    for line in sys.stdin:
        result = answer(line.split())
        time.sleep(0.003 * (THREADS > 1))  # until OpenBLAS's threads sleep
        print(*(result if isinstance(result, list) else [result]), flush=True)


def read(folder, name, *shape):
    """An array that bench/compare wrote: NAME.f32 or NAME.i32, numbers only."""
    floats = os.path.exists(os.path.join(folder, name + ".f32"))
    with open(os.path.join(folder, name + (".f32" if floats else ".i32")), "rb") as file:
        values = torch.frombuffer(bytearray(file.read()), dtype=torch.float32 if floats else torch.int32)
    return (values if floats else values.long()).reshape(shape)


def serve_training(prepare):
    """Trains on demand. prepare(folder) builds the network from the weights there and returns step(), which returns the loss tensor."""
    step = None

    def answer(words):
        nonlocal step
        if words[0] == "start":
            step = prepare(words[1])
            return "ready"
        if words[0] == "losses":
            return [step().item() for _ in range(int(words[1]))]
        steps, start, until = 0, clock(), time.perf_counter() + float(words[1])
        while steps == 0 or time.perf_counter() < until:
            step()
            steps += 1
        return steps / (clock() - start)

    serve(answer)
