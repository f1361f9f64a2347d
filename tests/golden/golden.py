"""Writes golden values, made with other people's programs, where the tests read them: one safetensors file a family.

A case is a group of tensors called CASE/in.NAME (operands and parameters), CASE/out.NAME (results) and CASE/grad.NAME (gradients of
sum(out * CASE/seed.NAME) by the operands, where `seed` is a fixed random tensor). Run with Debian's python3-torch and python3-numpy:

    OPENBLAS_NUM_THREADS=1 /usr/bin/python3 tests/golden/FAMILY.py
"""
import json
import pathlib
import struct

import numpy as np

TYPES = {np.dtype(np.float32): "F32", np.dtype(np.float64): "F64", np.dtype(np.int32): "I32", np.dtype(np.int64): "I64", np.dtype(np.bool_): "BOOL"}


def save(family, tensors, **metadata):
    """Writes {name: array} beside this file as FAMILY.safetensors; float64 becomes float32."""
    header, blocks, offset = {"__metadata__": {key: str(value) for key, value in metadata.items()}}, [], 0
    for name, array in sorted(tensors.items()):
        array = np.asarray(array)
        array = np.ascontiguousarray(array, dtype=np.float32 if array.dtype == np.float64 else array.dtype).reshape(array.shape)
        header[name] = {"dtype": TYPES[array.dtype], "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        blocks.append(array.tobytes())
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path = pathlib.Path(__file__).with_name(family + ".safetensors")
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blocks))
    print(f"{path.name}: {len(tensors)} tensors, {path.stat().st_size / 1e3:.0f} KB")


class Cases:
    """Collects the cases of a family that PyTorch computes, with gradients, and writes them."""

    def __init__(self, family, seed=1):
        import torch

        self.family, self.torch, self.tensors = family, torch, {}
        self.generator = torch.Generator().manual_seed(seed)

    def random(self, *shape, low=-1.5, high=1.5):
        """A float64 operand that wants a gradient; goldens are computed in double and stored rounded to float32."""
        values = self.torch.rand(shape, generator=self.generator, dtype=self.torch.float32) * (high - low) + low
        return values.double().requires_grad_()

    def add(self, case, function, **operands):
        """Runs function(**operands) → tensor or tuple of tensors; operands that require gradients get them."""
        results = function(**operands)
        results = results if isinstance(results, (tuple, list)) else (results,)
        total = 0
        for i, result in enumerate(results):
            seed = (self.torch.rand(result.shape, generator=self.generator, dtype=self.torch.float32) * 2 - 1).double()
            self.tensors[f"{case}/out.{i}"], self.tensors[f"{case}/seed.{i}"] = result, seed
            total = total + (result * seed).sum()
        for name, operand in operands.items():
            self.tensors[f"{case}/in.{name}"] = operand
        wanting = {name: operand for name, operand in operands.items() if getattr(operand, "requires_grad", False)}
        if wanting and total.requires_grad:
            for name, gradient in zip(wanting, self.torch.autograd.grad(total, list(wanting.values()), allow_unused=True)):
                if gradient is not None:
                    self.tensors[f"{case}/grad.{name}"] = gradient

    def save(self):
        arrays = {name: value.detach().numpy() if hasattr(value, "detach") else value for name, value in self.tensors.items()}
        save(self.family, arrays, torch=self.torch.__version__)
