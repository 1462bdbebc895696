#!/usr/bin/env python3
"""Exports the encoders of encoders.zip with PyTorch: which, is a table below; one argument picks the exporter.

    export_encoders.py legacy OUT     torch.onnx.export by tracing (Debian 12: torch 1.13; Debian 13: torch 2.6)
    export_encoders.py dynamo OUT     torch.onnx.export(dynamo=True), which needs onnxscript
    export_encoders.py optimized OUT  the same with optimize=True, the default of later versions

Needs torch and onnx; zip the files of all runs into encoders.zip. Names of nodes' sources and shapes of inner values are left out.
"""
import math
import pathlib
import sys

import onnx
import torch
import torch.nn.functional as F
from torch import nn

SAMPLES, CHANNELS, WIDTH, CLASSES = 24, 6, 8, 3

# front, blocks, norm_first, heads, activation, mask, pool
ENCODERS = [
    ("linear", "torch", False, 1, "relu", "none", "mean"),
    ("linear", "torch", True, 2, "gelu", "none", "last"),
    ("positions", "torch", True, 4, "relu", "none", "class"),
    ("sinus", "torch", False, 2, "gelu", "none", "weighted"),
    ("conv", "torch", True, 2, "relu", "causal", "mean"),
    ("batchnorm", "torch", False, 4, "gelu", "none", "flat"),
    ("patch", "torch", True, 1, "gelu", "none", "mean"),
    ("sensors", "torch", False, 2, "relu", "none", "last"),
    ("causal", "torch", True, 2, "gelu", "causal", "last"),
    ("first", "torch", True, 2, "relu", "none", "mean"),
    ("unfold", "torch", False, 2, "gelu", "none", "class"),
    ("positions", "sdpa", True, 2, "silu", "none", "mean"),
    ("conv", "sdpa", False, 1, "relu", "causal", "last"),
    ("batchnorm", "matmul", True, 2, "gelu", "window", "weighted"),
    ("patch", "matmul", False, 4, "relu", "fill", "flat"),
    ("scaled", "matmul", True, 2, "tanh", "none", "mean"),
]


class Block(nn.Module):
    """Self-attention as people write it, and a feed-forward part."""

    def __init__(self, kind, norm_first, heads, activation, mask):
        super().__init__()
        self.kind, self.norm_first, self.heads, self.mask = kind, norm_first, heads, mask
        self.activation = activation
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.expand, self.contract = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)

    def attend(self, x):
        batch, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if self.kind == "sdpa" and hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v, is_causal=self.mask == "causal")
        else:
            scores = q @ k.transpose(-2, -1) / math.sqrt(width // self.heads)
            if self.mask in ("fill", "causal"):
                hidden = torch.ones(tokens, tokens, dtype=torch.bool).triu(1)
                scores = scores.masked_fill(hidden, -1e9)
            if self.mask == "window":
                i = torch.arange(tokens)
                near = (i[:, None] - i[None, :]).abs() <= 2
                scores = torch.where(near, scores, torch.tensor(float("-inf")))
            y = scores.softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(batch, tokens, width))

    def feed(self, x):
        return self.contract(self.activation(self.expand(x)))

    def forward(self, x):
        if self.norm_first:
            x = x + self.attend(self.norm1(x))
            return x + self.feed(self.norm2(x))
        x = self.norm1(x + self.attend(x))
        return self.norm2(x + self.feed(x))


class Encoder(nn.Module):
    def __init__(self, front, blocks, norm_first, heads, activation, mask, pool):
        super().__init__()
        self.front, self.blocks, self.mask, self.pool = front, blocks, mask, pool
        self.linear = nn.Linear(CHANNELS * 4 if front == "unfold" else CHANNELS, WIDTH)
        stride = 4 if front == "patch" else 2
        self.conv = nn.Conv1d(CHANNELS, WIDTH, stride if front == "patch" else 5, stride, 0 if front in ("patch", "causal") else 2)
        self.conv2 = nn.Conv1d(WIDTH, WIDTH, 3, 1, 1)
        self.batch = nn.BatchNorm1d(WIDTH)
        self.accelerometer, self.gyroscope = nn.Linear(3, WIDTH // 2), nn.Linear(3, WIDTH // 2)
        tokens = {"patch": 6, "unfold": 6, "conv": 12, "batchnorm": 12, "causal": 12, "first": 12}.get(front, SAMPLES)
        extra = 1 if pool == "class" else 0
        self.token = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.positions = nn.Parameter(torch.randn(1, tokens + extra, WIDTH))
        place = torch.arange(tokens + extra).unsqueeze(1) * torch.exp(torch.arange(0, WIDTH, 2) * (-math.log(1e4) / WIDTH))
        self.register_buffer("sinus", torch.stack([place.sin(), place.cos()], 2).reshape(1, tokens + extra, WIDTH))
        act = {"relu": F.relu, "gelu": F.gelu, "silu": F.silu, "tanh": torch.tanh}[activation]
        if blocks == "torch":
            layer = nn.TransformerEncoderLayer(WIDTH, heads, 2 * WIDTH, 0.0, act, batch_first=True, norm_first=norm_first)
            norm = nn.LayerNorm(WIDTH) if norm_first else None
            self.encoder = nn.TransformerEncoder(layer, 1 if heads == 4 else 2, norm, enable_nested_tensor=False)
        else:
            self.encoder = nn.Sequential(*[Block(blocks, norm_first, heads, act, mask) for _ in range(1 if heads == 4 else 2)])
        self.score = nn.Linear(WIDTH, 1)
        self.head = nn.Linear(WIDTH * (tokens if pool == "flat" else 1), CLASSES)

    def tokens(self, x):
        if self.front == "first":
            return F.relu(self.batch(self.conv(x))).transpose(1, 2)
        if self.front == "unfold":
            return self.linear(x.reshape(x.shape[0], -1, 4 * CHANNELS))
        if self.front == "sensors":
            return torch.cat([self.accelerometer(x[:, :, :3]), self.gyroscope(x[..., 3:])], 2)
        if self.front == "scaled":
            x = (x - 0.25) / 2.0
        if self.front == "causal":
            return F.relu(self.conv(F.pad(x.transpose(1, 2), (4, 0)))).transpose(1, 2)
        if self.front in ("conv", "patch", "batchnorm"):
            y = self.conv(x.transpose(1, 2))
            if self.front == "batchnorm":
                y = self.conv2(F.relu(self.batch(y)))
            return (y if self.front == "patch" else F.relu(y)).transpose(1, 2)
        return self.linear(x)

    def forward(self, x):
        x = self.tokens(x)
        if self.pool == "class":
            x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1)
        if self.front == "sinus":
            x = x * math.sqrt(WIDTH) + self.sinus
        elif self.front != "linear":
            x = x + self.positions
        if self.blocks == "torch" and self.mask == "causal":
            tokens = x.shape[1]
            known = {} if torch.__version__ < "2" else {"is_causal": True}
            x = self.encoder(x, mask=torch.triu(torch.full((tokens, tokens), float("-inf")), 1), **known)
        else:
            x = self.encoder(x)
        if self.pool == "class":
            return self.head(x[:, 0])
        if self.pool == "last":
            return self.head(x[:, -1])
        if self.pool == "flat":
            return self.head(x.flatten(1))
        if self.pool == "weighted":
            return self.head((self.score(x).softmax(1) * x).sum(1))
        return self.head(x.mean(1)).softmax(-1)


def randomize(model):
    """Norms of an untrained network change nothing; a test needs ones that do."""
    for name, values in list(model.named_parameters()) + list(model.named_buffers()):
        if "norm" in name or "batch" in name or name.endswith("bias"):
            if values.is_floating_point():
                noise = 0.4 * torch.rand_like(values)
                values.data = 0.8 + noise if name.endswith(("weight", "running_var")) else noise - 0.2


def export(model, window, path, exporter):
    names = {"input_names": ["window"], "output_names": ["output"]}
    if exporter == "legacy":
        more = {"dynamo": False} if torch.__version__ >= "2.5" else {}
        torch.onnx.export(model, window, str(path), opset_version=17 if len(path.stem) % 2 else 14,
                          dynamic_axes={"window": {0: "batch"}}, **names, **more)
    else:
        program = torch.onnx.export(model, (window,), dynamo=True, optimize=exporter == "optimized", **names)
        program.save(str(path))


def strip(path):
    model = onnx.load(str(path))
    del model.graph.value_info[:]
    for part in [model.graph, *model.functions]:
        part.doc_string = ""
        if hasattr(part, "metadata_props"):
            del part.metadata_props[:]
        if hasattr(part, "value_info") and part is not model.graph:
            del part.value_info[:]
        for node in part.node:
            node.doc_string = ""
            if hasattr(node, "metadata_props"):
                del node.metadata_props[:]
    onnx.save(model, str(path))


def main():
    exporter, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    version = torch.__version__.split("+")[0].replace("a0", "")
    if hasattr(torch.backends, "mha"):
        torch.backends.mha.set_fastpath_enabled(False)
    for index, encoder in enumerate(ENCODERS):
        torch.manual_seed(index)
        model = Encoder(*encoder)
        randomize(model)
        model.eval()
        shape = (1, CHANNELS, SAMPLES) if encoder[0] == "first" else (1, SAMPLES, CHANNELS)
        norm = "normfirst" if encoder[2] else "normlast"
        name = f"{version}-{exporter}-{encoder[0]}-{encoder[1]}-{norm}-{encoder[3]}heads-{encoder[4]}-{encoder[5]}-{encoder[6]}"
        path = folder / (name + ".onnx")
        try:
            export(model, torch.zeros(shape), path, exporter)
            strip(path)
        except Exception as fault:  # noqa: BLE001 - an exporter that cannot is told, and the others go on
            print(f"{name}: {type(fault).__name__}: {fault}"[:500])


if __name__ == "__main__":
    main()
