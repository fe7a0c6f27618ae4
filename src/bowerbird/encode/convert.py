"""Pretrained models in the hub's formats to model folders; needs the ``train`` extra.

Sentence-transformers, CLIP, SigLIP, Chinese-CLIP and cross-encoders. What a model does to its input is read from its
own files: pooling and projections run inside the exported graph, the rest goes into the manifest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ModelError
from bowerbird.encode.calibration_texts import make_texts
from bowerbird.encode.cross_encoder import PairGraph, check_one_number, longest_pair
from bowerbird.encode.export_onnx import export_image, export_text, quiet
from bowerbird.encode.model_folder import ImagePart, Manifest, ModelKind, TextPart, replace_folder, write_manifest
from bowerbird.encode.quantise import compare, quantise_graph, smoothed
from bowerbird.encode.sessions import count_cores
from bowerbird.encode.text import TextGraph

Rows: TypeAlias = NDArray[np.float32]

TWO_TOWERS = ("clip", "siglip", "siglip2", "chinese_clip")
_LOAD_ERRORS = (OSError, ValueError, KeyError, ImportError, RuntimeError, AttributeError, TypeError)
_COMPARED_TEXTS = 192
_QUERIES = 8
_TEXT_INPUTS = ("input_ids", "attention_mask")


def convert_model(source: Path, target: Path, *, name: str, wanted: ModelKind) -> Manifest:
    """Convert the model in ``source`` to a model folder at ``target``, of kind ``wanted`` or joint.

    Raises ModelError when the files hold no such model.
    """
    source = _inside(source)
    model_type = _read_json(source / "config.json").get("model_type", "")
    with quiet(), replace_folder(target) as folder:
        try:
            if model_type in TWO_TOWERS and wanted != "pair":
                manifest = _convert_two_towers(source, folder, name, wanted, model_type)
            elif wanted == "text":
                manifest = _convert_sentence_transformer(source, folder, name)
            elif wanted == "pair":
                manifest = _convert_cross_encoder(source, folder, name)
            else:
                raise ModelError(
                    f"{name} is a {model_type or 'nameless'} model; "
                    f"as {wanted} model this takes one of {', '.join(TWO_TOWERS)}"
                )
        except _LOAD_ERRORS as error:
            raise ModelError(f"{name} cannot be converted: {_first_line(error)}") from error
        return write_manifest(folder, manifest)


def _convert_sentence_transformer(source: Path, folder: Path, name: str) -> Manifest:
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(source), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
    ).eval()
    prompts = {key: value or "" for key, value in model.prompts.items()}
    usual = prompts.get(model.default_prompt_name or "", "")
    if any(getattr(module, "include_prompt", True) is False for module in model) and any(prompts.values()):
        raise ModelError(f"{name} pools without its prompt, which is not supported")

    def encode(ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        vectors = model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
        return torch.nn.functional.normalize(vectors, dim=-1)

    part = TextPart(
        dim=_width(encode(torch.full((1, 3), 1), torch.ones((1, 3), dtype=torch.long))),
        max_length=int(model.max_seq_length or 512),
        pad_id=model.tokenizer.pad_token_id or 0,
        pooling=_pooling(source),
        query_prefix=prompts.get("query") or usual,
        passage_prefix=prompts.get("document") or prompts.get("passage") or usual,
        lowercase=bool(_read_json(source / "sentence_bert_config.json").get("do_lower_case", False)),
    )
    _save_tokenizer(model.tokenizer, folder)
    part, measured = _write_text_graph(encode, model, folder, part)
    return Manifest(name, "text", text=part, source=str(source), measured=measured)


def _convert_cross_encoder(source: Path, folder: Path, name: str) -> Manifest:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    check_one_number(_read_json(source / "config.json"), name)
    model = AutoModelForSequenceClassification.from_pretrained(
        str(source), attn_implementation="eager", local_files_only=True
    ).eval()
    tokenizer = AutoTokenizer.from_pretrained(str(source), local_files_only=True)
    config = model.config.to_dict()
    # Only some are told which of the two texts a token is of; others' tokenizers say so and their networks do not.
    typed = (config.get("type_vocab_size") or 1) > 1 and "token_type_ids" in tokenizer.model_input_names
    names = (*_TEXT_INPUTS, *(["token_type_ids"] if typed else []))

    def encode(*given: torch.Tensor) -> Any:
        return model(**dict(zip(names, given, strict=True))).logits

    pad_id = tokenizer.pad_token_id or 0
    length = longest_pair(config, pad_id, tokenizer.model_max_length)
    part = TextPart(dim=1, max_length=length, pad_id=pad_id, pooling="logit")
    _save_tokenizer(tokenizer, folder)
    texts = make_texts(2 * _COMPARED_TEXTS)
    compared, calibrating = texts[:_COMPARED_TEXTS], texts[_COMPARED_TEXTS:]

    def calibrate() -> None:
        graph = PairGraph(folder, part, 1)
        given = graph.feed_pairs(graph.pair(compared[0], calibrating))
        encode(*(torch.from_numpy(given[name]) for name in names))

    def numbers(part: TextPart) -> Callable[[], Rows]:
        graph = PairGraph(folder, part, 1)

        def score() -> Rows:
            # Each query is one of the texts, so that there is something to find among what does not fit.
            found = [graph.score(texts[0], texts) for texts in (compared[at::_QUERIES] for at in range(_QUERIES))]
            numbers = np.concatenate(found)[None]
            # The cosine of centred numbers is their correlation: an order is all that is wanted of them.
            return np.asarray(numbers - numbers.mean())

        return score

    export = partial(export_text, encode, [model], names=names)
    part, measured = _keep_faster(model, folder, part, export, calibrate, numbers)
    return Manifest(name, "pair", text=part, source=str(source), measured=measured)


def _convert_two_towers(source: Path, folder: Path, name: str, wanted: ModelKind, model_type: str) -> Manifest:
    import torch
    from transformers import AutoModel, AutoTokenizer

    model = AutoModel.from_pretrained(str(source), attn_implementation="eager", local_files_only=True).eval()
    text = image = None
    measured: dict[str, Any] = {}
    # SigLIP was trained on texts padded to the end, and sees the padding.
    padded = model_type.startswith("siglip")

    def encode_text(ids: torch.Tensor, mask: torch.Tensor) -> Any:
        given = {} if padded else {"attention_mask": mask}
        return _unit(model.get_text_features(input_ids=ids, **given))

    def encode_image(pixels: torch.Tensor) -> Any:
        return _unit(model.get_image_features(pixel_values=pixels))

    if wanted in ("text", "joint"):
        tokenizer = AutoTokenizer.from_pretrained(str(source), local_files_only=True)
        longest = int(model.config.text_config.max_position_embeddings)
        length = min(longest, tokenizer.model_max_length)
        example = torch.full((1, length), 1)
        text = TextPart(
            dim=_width(encode_text(example, torch.ones_like(example))),
            max_length=length,
            pad_id=tokenizer.pad_token_id or 0,
            pooling=model_type,
            pad_to_max=padded,
        )
        _save_tokenizer(tokenizer, folder)
        text, measured = _write_text_graph(encode_text, model, folder, text)
    if wanted in ("image", "joint"):
        part = read_preprocessing(source, dim=0)
        dim = _width(encode_image(torch.zeros(1, 3, *part.crop)))
        image = read_preprocessing(source, dim=dim)
        export_image(encode_image, [model], folder / image.graph, image.crop)
    return Manifest(name, wanted, text=text, image=image, source=str(source), measured=measured)


def read_preprocessing(source: Path, dim: int) -> ImagePart:
    """The image preprocessing that a model's own ``preprocessor_config.json`` asks for.

    Also reads ``processor_config.json``, where newer files keep it. Raises ModelError without either.
    """
    content = _read_json(source / "preprocessor_config.json")
    if not content:
        content = _read_json(source / "processor_config.json").get("image_processor", {})
    if not content:
        raise ModelError(f"{source} has no preprocessor_config.json, so its photos cannot be prepared")
    size, shortest = _side(content.get("size", 224))
    cropped = content.get("do_center_crop")
    crop, _ = _side(content.get("crop_size", size)) if cropped else (size, False)
    normalised = content.get("do_normalize", True)
    scale = content.get("rescale_factor", 1 / 255) if content.get("do_rescale", True) else 1.0
    return ImagePart(
        dim=dim,
        size=size,
        crop=crop,
        mean=_three(content["image_mean"] if normalised else 0.0),
        std=_three(content["image_std"] if normalised else 1.0),
        resize=("shortest" if shortest else "exact") if content.get("do_resize", True) else "none",
        resample=int(content.get("resample", 3)),
        scale=float(scale),
    )


def _write_text_graph(
    encode: Callable[[Any, Any], Any], model: Any, folder: Path, part: TextPart
) -> tuple[TextPart, dict[str, Any]]:
    import torch

    texts = make_texts(2 * _COMPARED_TEXTS)
    compared, calibrating = texts[:_COMPARED_TEXTS], texts[_COMPARED_TEXTS:]

    def calibrate() -> None:
        reference = TextGraph(folder, part, 1)
        given = reference.feed(reference.tokenize(calibrating, part.passage_prefix))
        encode(*map(torch.from_numpy, given.values()))

    def vectors(part: TextPart) -> Callable[[], Rows]:
        return partial(TextGraph(folder, part, count_cores()).encode, compared)

    return _keep_faster(model, folder, part, partial(export_text, encode, [model]), calibrate, vectors)


def _keep_faster(
    model: Any,
    folder: Path,
    part: TextPart,
    export: Callable[[Path], None],
    calibrate: Callable[[], None],
    encoder: Callable[[TextPart], Callable[[], Rows]],
) -> tuple[TextPart, dict[str, Any]]:
    """Export in fp32 and in int8, and keep int8 if it is faster and loses little."""
    exact, small = folder / part.graph, folder / "int8.onnx"
    export(exact)
    with smoothed([model], calibrate):
        export(folder / "smooth.onnx")
    quantise_graph(folder / "smooth.onnx", small)
    measured = compare(encoder(part), encoder(replace(part, graph=small.name)))
    (folder / "smooth.onnx").unlink()
    if measured["accepted"]:
        small.replace(exact)
    else:
        small.unlink()
    precision = "int8" if measured["accepted"] else "fp32"
    return replace(part, precision=precision), dict(measured)


def _save_tokenizer(tokenizer: Any, folder: Path) -> None:
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("its tokenizer has no tokenizer.json form")
    (folder / "tokenizer.json").write_text(backend.to_str(), "utf-8")


def _pooling(source: Path) -> str:
    """Name the pooling, for people to read in the manifest: the graph has it built in."""
    content = _read_json(source / "1_Pooling" / "config.json")
    modes = [key.removeprefix("pooling_mode_") for key, on in content.items() if on is True and "mode_" in key]
    return str(content.get("pooling_mode") or "+".join(modes) or "mean_tokens")


def _inside(source: Path) -> Path:
    """Sentence-transformers wraps CLIP in a folder of its own: go in."""
    modules = json.loads(path.read_text("utf-8")) if (path := source / "modules.json").is_file() else []
    if modules and str(modules[0].get("type", "")).endswith("CLIPModel"):
        return source / str(modules[0].get("path", ""))
    return source


def _unit(found: Any) -> Any:
    import torch

    # A tensor in transformers 4, a record with the pooled output in 5.
    vectors = getattr(found, "pooler_output", found)
    return torch.nn.functional.normalize(vectors, dim=-1)


def _width(vectors: Any) -> int:
    return int(vectors.shape[-1])


def _side(size: Any) -> tuple[tuple[int, int], bool]:
    """(height, width), and whether only the shorter side is meant."""
    if isinstance(size, int):
        return (size, size), True
    if "shortest_edge" in size:
        return (int(size["shortest_edge"]), int(size["shortest_edge"])), True
    return (int(size["height"]), int(size["width"])), False


def _three(value: Any) -> tuple[float, float, float]:
    first, second, third = value if isinstance(value, list | tuple) else (value, value, value)
    return float(first), float(second), float(third)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    return content if isinstance(content, dict) else {}


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
