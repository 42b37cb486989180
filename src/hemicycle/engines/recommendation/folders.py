"""Models of a site's own, as folders: static vectors (model2vec, NumPy only) or ONNX (with the optional runtime).

A folder holds `tokenizer.json` (WordPiece or Unigram) and either `model.safetensors` with one matrix of vectors
(model2vec; Tulkens, van Dongen 2024) or `model.onnx` (mean over the last layer).
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from hemicycle.engines.recommendation.embedders import Embedder, Kind, NoEmbedder, unit_rows
from hemicycle.engines.recommendation.lexicon import Floats

PIECE = re.compile(r"\w+|[^\w\s]")
LONGEST = 512
KINDS: dict[str, Any] = {"F32": "<f4", "F16": "<f2"}


class Tokenizer:
    """Numbers of the pieces of a text, as `tokenizer.json` lists them."""

    def __init__(self, path: Path) -> None:
        """Read the vocabulary.

        Raises:
            NoEmbedder: the file is none, or of another kind.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            model = data["model"]
            kind = model.get("type") or ("Unigram" if isinstance(model["vocab"], list) else "WordPiece")
            if kind not in ("WordPiece", "Unigram"):
                raise NoEmbedder(f"{path}: a tokenizer of the kind {kind} is not supported")
            self.unigram = kind == "Unigram"
            pairs = enumerate(model["vocab"]) if self.unigram else ((n, (w, 0.0)) for w, n in model["vocab"].items())
            self.number = {str(word): (int(number), float(value)) for number, (word, value) in pairs}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as broken:
            if isinstance(broken, NoEmbedder):
                raise
            raise NoEmbedder(f"{path}: not a tokenizer: {type(broken).__name__}") from broken
        self.small = '"lowercase": true' in json.dumps(data.get("normalizer"))
        self.longest = max(map(len, self.number), default=1)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of known pieces, at most 512."""
        text = unicodedata.normalize("NFKC", text)
        if self.unigram:
            found = [n for word in text.split() for n in self._likeliest("▁" + word)]
        else:
            found = [
                n for word in PIECE.findall(text.lower() if self.small else text) for n in self._longest_first(word)
            ]
        return found[:LONGEST]

    def _longest_first(self, word: str) -> list[int]:
        """Cut as WordPiece does (Wu et al. 2016): the longest known piece first; nothing for an unknown word."""
        found, at = [], 0
        while at < len(word):
            for end in range(min(len(word), at + self.longest), at, -1):
                piece = ("##" if at else "") + word[at:end]
                if piece in self.number:
                    found.append(self.number[piece][0])
                    at = end
                    break
            else:
                return []
        return found

    def _likeliest(self, word: str) -> list[int]:
        """Cut into the likeliest pieces (Kudo 2018, Viterbi); letters that are not known are left out."""
        best: list[tuple[float, int, int]] = [(0.0, 0, -1)]
        for end in range(1, len(word) + 1):
            ways = [(best[end - 1][0] - 100.0, end - 1, -1)]
            for start in range(max(0, end - self.longest), end):
                known = self.number.get(word[start:end])
                if known:
                    ways.append((best[start][0] + known[1], start, known[0]))
            best.append(max(ways))
        found, end = [], len(word)
        while end:
            _, start, number = best[end]
            found += [number] if number >= 0 else []
            end = start
        return found[::-1]


class StaticFolder:
    """A folder of model2vec: the vector of a text is the mean of those of its pieces."""

    def __init__(self, folder: Path) -> None:
        """Read vectors and tokenizer.

        Raises:
            NoEmbedder: a file is missing or of another form.
        """
        path = folder / "model.safetensors"
        self._vectors = read_matrix(path)
        self._tokenizer = Tokenizer(folder / "tokenizer.json")
        self.name, self.version, self.dim = folder.name, version_of(path), int(self._vectors.shape[1])

    def embed(self, texts: Sequence[str], kind: Kind) -> Floats:
        """Return unit rows; the kind plays no part."""
        del kind
        found = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            numbers = [number for number in self._tokenizer.numbers(text) if number < len(self._vectors)]
            if numbers:
                found[row] = self._vectors[numbers].mean(axis=0)
        return unit_rows(found)


class OnnxFolder:
    """A folder with `model.onnx`; needs the optional package `onnxruntime`."""

    def __init__(self, folder: Path) -> None:
        """Load the model; one thread.

        Raises:
            NoEmbedder: the package is not installed, or the model cannot be read.
        """
        try:
            onnxruntime = import_module("onnxruntime")  # optional
        except ImportError as missing:
            raise NoEmbedder(
                "a folder with model.onnx needs the package onnxruntime: pip install onnxruntime"
            ) from missing
        path = folder / "model.onnx"
        self._tokenizer = Tokenizer(folder / "tokenizer.json")
        try:
            self._model: Any = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        except Exception as broken:  # the runtime has its own errors
            raise NoEmbedder(f"{path}: not a model: {type(broken).__name__}") from broken
        self._wanted = {entry.name for entry in self._model.get_inputs()}
        self.name, self.version = folder.name, version_of(path)
        self.dim = int(self._run("a").shape[0])

    def embed(self, texts: Sequence[str], kind: Kind) -> Floats:
        """Return unit rows; the kind plays no part."""
        del kind
        return unit_rows(np.array([self._run(text) for text in texts], np.float32).reshape(len(texts), self.dim))

    def _run(self, text: str) -> Floats:
        """Return the mean over the pieces of one text, framed as the tokenizer's models expect."""
        known = self._tokenizer.number
        first, last = (
            [known[word][0] for word in names if word in known][:1] for names in (("[CLS]", "<s>"), ("[SEP]", "</s>"))
        )
        numbers = np.array([[*first, *self._tokenizer.numbers(text), *last]], np.int64)
        inputs = {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        }
        layer, *_ = self._model.run(None, {name: inputs[name] for name in self._wanted})
        return np.array(np.asarray(layer[0], np.float32).mean(axis=0), np.float32)


def open_folder(folder: Path) -> Embedder:
    """Return the model in a folder.

    Raises:
        NoEmbedder: there is none.
    """
    if (folder / "model.onnx").is_file():
        return OnnxFolder(folder)
    if (folder / "model.safetensors").is_file():
        return StaticFolder(folder)
    raise NoEmbedder(f"{folder}: neither model.safetensors nor model.onnx is there")


def read_matrix(path: Path) -> Floats:
    """Return the only matrix of a safetensors file: 8 bytes length, a header in JSON, then the numbers.

    Raises:
        NoEmbedder: the file is of another form.
    """
    try:
        raw = path.read_bytes()
        size = int.from_bytes(raw[:8], "little")
        header = {name: entry for name, entry in json.loads(raw[8 : 8 + size]).items() if name != "__metadata__"}
        entry = header.get("embeddings") or next(iter(header.values()))
        start, end = entry["data_offsets"]
        numbers = np.frombuffer(raw[8 + size + start : 8 + size + end], KINDS[entry["dtype"]])
        matrix: Floats = numbers.reshape(entry["shape"]).astype(np.float32)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as broken:
        raise NoEmbedder(f"{path}: not a matrix of vectors: {type(broken).__name__}") from broken
    if matrix.ndim != 2 or not np.isfinite(matrix).all():  # noqa: PLR2004
        raise NoEmbedder(f"{path}: not a matrix of finite vectors")
    return matrix


def version_of(path: Path) -> str:
    """Return the first letters of the hash of a model: other vectors, other version."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
