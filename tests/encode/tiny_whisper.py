"""A Whisper model of some thirty thousand weights, made from a config and converted: it says nonsense, but it runs."""

from __future__ import annotations

import json
from pathlib import Path


def make_tiny_whisper(folder: Path) -> Path:
    """An English model in CTranslate2's format, under ``folder``."""
    import torch
    from ctranslate2.converters import TransformersConverter
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, WhisperConfig, WhisperForConditionalGeneration

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    specials = ["<|endoftext|>", "<|startoftranscript|>", *(f"<|{name}|>" for name in ("en", *tasks))]
    specials += [f"<|{n / 50:.2f}|>" for n in range(1501)]
    tokenizer = Tokenizer(models.BPE(vocab={letter: n for n, letter in enumerate(letters)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(specials)
    end, start = (tokenizer.token_to_id(token) for token in specials[:2])
    raw = folder / "raw"
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token=specials[0], bos_token=specials[0])
    fast.save_pretrained(raw)
    torch.manual_seed(3)
    sizes = {
        f"{side}_{what}": n for side in ("encoder", "decoder") for what, n in (("layers", 1), ("attention_heads", 2))
    }
    config = WhisperConfig(
        vocab_size=tokenizer.get_vocab_size(),
        d_model=16,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        bos_token_id=end,
        eos_token_id=end,
        pad_token_id=end,
        decoder_start_token_id=start,
        begin_suppress_tokens=[end],
        suppress_tokens=[],
        **sizes,
    )
    model = WhisperForConditionalGeneration(config)
    model.save_pretrained(raw)
    features = {"feature_size": 80, "sampling_rate": 16000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (raw / "preprocessor_config.json").write_text(json.dumps(features))
    tokenizer.save(str(raw / "tokenizer.json"))
    files = ["tokenizer.json", "preprocessor_config.json"]
    TransformersConverter(str(raw), copy_files=files).convert(str(folder / "tiny"))
    return folder / "tiny"
