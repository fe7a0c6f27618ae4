"""Tiny models of every supported family, random weights, saved as the hub keeps them."""

from __future__ import annotations

from pathlib import Path

WORDS = (
    "red blue green shoe shoes bag running leather cotton lamp kettle steel for women men the a of with and "
    "query passage : 红 色 鞋 包 手 机 1 2 3"
).split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TINY = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
TEXTS = ["red running shoes for women", "a leather bag", "红色鞋", "steel kettle with the lamp and the bag of men", ""]


def make_tokenizer(folder: Path, max_length: int = 32):
    """A BERT tokenizer over a dozen words."""
    from transformers import BertTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join([*SPECIAL, *WORDS]), "utf-8")
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=max_length)
    tokenizer.save_pretrained(folder)
    return tokenizer


def make_bert(folder: Path):
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    tokenizer = make_tokenizer(folder)
    config = BertConfig(vocab_size=len(tokenizer), max_position_embeddings=40, initializer_range=0.4, **TINY)
    BertModel(config).eval().save_pretrained(folder)
    return tokenizer


def make_sentence_transformer(folder: Path, pooling: str = "mean", dense: int | None = None, prompts=None):
    """A sentence-transformers folder; returns the model."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules

    make_bert(folder / "bert")
    torch.manual_seed(2)
    transformer = modules.Transformer(str(folder / "bert"), max_seq_length=24)
    parts = [transformer, modules.Pooling(32, pooling)]
    if dense:
        parts.append(modules.Dense(32, dense))
    parts.append(modules.Normalize())
    model = SentenceTransformer(modules=parts, prompts=prompts, device="cpu").eval()
    model.save(str(folder / "st"), create_model_card=False)
    return model


def make_two_towers(folder: Path, family: str):
    """A CLIP, SigLIP or Chinese-CLIP folder; returns the model, its tokenizer and its image processor."""
    import torch
    import transformers

    torch.manual_seed(3)
    length = 16
    tokenizer = make_tokenizer(folder, length)
    vision = {"image_size": 32, "patch_size": 8, **TINY}
    text = {"vocab_size": len(tokenizer), "max_position_embeddings": length, **TINY}
    if family == "clip":
        # CLIP reads its text off the last token, by the end token's number.
        text |= {"bos_token_id": 2, "eos_token_id": 3, "pad_token_id": 0}
        config = transformers.CLIPConfig(text_config=text, vision_config=vision, projection_dim=24)
        model, processor = (
            transformers.CLIPModel(config),
            transformers.CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}),
        )
    elif family == "chinese_clip":
        config = transformers.ChineseCLIPConfig(text_config=text, vision_config=vision, projection_dim=24)
        model, processor = (
            transformers.ChineseCLIPModel(config),
            transformers.ChineseCLIPImageProcessorPil(size={"height": 32, "width": 32}, do_center_crop=False),
        )
    else:
        config = transformers.SiglipConfig(text_config=text, vision_config=vision)
        model, processor = (
            transformers.SiglipModel(config),
            transformers.SiglipImageProcessorPil(size={"height": 32, "width": 32}),
        )
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0, 0.3)
    model.eval().save_pretrained(folder)
    processor.save_pretrained(folder)
    return model, tokenizer, processor


def make_cross_encoder(folder: Path, family: str = "bert", labels: int = 1):
    """A cross-encoder as the hub keeps it; returns the model and its tokenizer."""
    import torch
    import transformers

    torch.manual_seed(4)
    tokenizer = make_tokenizer(folder)
    known = {"vocab_size": len(tokenizer), "max_position_embeddings": 40, "num_labels": labels}
    if family == "bert":
        config = transformers.BertConfig(**known, **TINY)
        model = transformers.BertForSequenceClassification(config)
    elif family == "xlm_roberta":
        # These are not told which text a token is of, and count positions from behind the padding.
        tokenizer.model_input_names = ["input_ids", "attention_mask"]
        tokenizer.save_pretrained(folder)
        config = transformers.XLMRobertaConfig(**known, pad_token_id=0, type_vocab_size=1, **TINY)
        model = transformers.XLMRobertaForSequenceClassification(config)
    else:
        tokenizer.model_input_names = ["input_ids", "attention_mask"]
        tokenizer.save_pretrained(folder)
        config = transformers.DistilBertConfig(**known, dim=32, n_layers=2, n_heads=4, hidden_dim=64)
        model = transformers.DistilBertForSequenceClassification(config)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0, 0.3)
    model.eval().save_pretrained(folder)
    return model, tokenizer
