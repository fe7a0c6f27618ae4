"""The rivals of ``rivals.py``: for each engine how it is filled, and the one hybrid search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rival_data import DEPTH, FACETS, TOP, Columns, Data, fuse

BATCH = 500


class Zvec:
    name, notes = "zvec", "HNSW ef 300, its own fusion; facets in numpy"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, data: Data) -> None:
        import zvec

        self.zvec = zvec
        exact, ranged = zvec.InvertIndexParam(), zvec.InvertIndexParam(enable_range_optimization=True)
        words = zvec.FtsIndexParam(tokenizer_name="whitespace")
        graph = zvec.HnswIndexParam(metric_type=zvec.MetricType.IP, m=16, ef_construction=200)
        kinds = zvec.DataType
        schema = zvec.CollectionSchema(
            name="shop",
            fields=[
                zvec.FieldSchema("text", kinds.STRING, index_param=words),
                zvec.FieldSchema("department", kinds.STRING, index_param=exact),
                zvec.FieldSchema("price", kinds.DOUBLE, index_param=ranged),
                zvec.FieldSchema("in_stock", kinds.INT32, index_param=exact),
            ],
            vectors=[zvec.VectorSchema(field, kinds.VECTOR_FP32, 384, graph) for field in ("texts", "photos")],
        )
        self.collection = zvec.create_and_open(str(self.folder / "zvec"), schema)
        for start in range(0, len(data.rows), BATCH):
            self.collection.insert(
                [
                    zvec.Doc(
                        id=str(row["id"]),
                        fields={name: row[name] for name in ("text", "department", "price", "in_stock")},
                        vectors={"texts": data.texts[row["id"]].tolist(), "photos": data.photos[row["id"]].tolist()},
                    )
                    for row in data.rows[start : start + BATCH]
                ]
            )
        self.collection.optimize()
        self.collection.flush()
        self.columns = Columns(data.rows)

    def search(self, request: dict[str, Any], vectors: np.ndarray) -> list[int]:
        zvec, beam = self.zvec, self.zvec.HnswQueryParam(ef=300)
        where = f"department = '{request['department']}' AND price >= {request['low']} AND price <= {request['high']}"
        found = self.collection.query(
            [
                zvec.Query("text", fts=zvec.Fts(match_string=request["text"])),
                zvec.Query("texts", vector=vectors[0].tolist(), param=beam),
                zvec.Query("photos", vector=vectors[1].tolist(), param=beam),
            ],
            topk=DEPTH,
            filter=f"{where} AND in_stock = 1",
            output_fields=["price"],
            reranker=zvec.RrfReRanker(),
        )
        self.columns.facets(request)
        return [int(doc.id) for doc in list(found)[:TOP]]


class QdrantEdge:
    name, notes = "qdrant-edge-py", "HNSW, prefetch + RRF, its own facets (exact)"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, data: Data) -> None:
        import qdrant_edge as q

        self.q = q
        params = q.EdgeVectorParams(384, q.Distance.Dot)
        (self.folder / "qdrant").mkdir()
        self.shard = q.EdgeShard.create(
            str(self.folder / "qdrant"), q.EdgeConfig(vectors={"texts": params, "photos": params})
        )
        scored = q.TextIndexParams(
            tokenizer=q.TokenizerType.Whitespace, lowercase=False, enable_hnsw=False, scoring=q.TextScoringParams()
        )
        indexes: dict[str, Any] = {
            "text": scored,
            "price": q.FloatIndexParams(enable_hnsw=False),
            "in_stock": q.IntegerIndexParams(enable_hnsw=False),
        }
        for field in ("department", *FACETS):
            indexes[field] = q.KeywordIndexParams(enable_hnsw=False)
        for field, index in indexes.items():
            self.shard.update(q.UpdateOperation.create_field_index(field, index))
        for start in range(0, len(data.rows), BATCH):
            points = [
                q.Point(
                    row["id"],
                    {"texts": data.texts[row["id"]].tolist(), "photos": data.photos[row["id"]].tolist()},
                    row,
                )
                for row in data.rows[start : start + BATCH]
            ]
            self.shard.update(q.UpdateOperation.upsert_points(points))
        self.shard.optimize()
        self.shard.flush()

    def search(self, request: dict[str, Any], vectors: np.ndarray) -> list[int]:
        q = self.q
        where = q.Filter(
            must=[
                q.FieldCondition("department", match=q.MatchValue(request["department"])),
                q.FieldCondition("in_stock", match=q.MatchValue(1)),
                q.FieldCondition("price", range=q.RangeFloat(gte=request["low"], lte=request["high"])),
            ]
        )
        prefetches = [
            q.Prefetch(DEPTH, query=q.TextQuery("text", request["text"]), filter=where),
            q.Prefetch(DEPTH, query=q.Query.Nearest(vectors[0].tolist(), using="texts"), filter=where),
            q.Prefetch(DEPTH, query=q.Query.Nearest(vectors[1].tolist(), using="photos"), filter=where),
        ]
        found = self.shard.query(q.QueryRequest(TOP, query=q.Fusion.Rrf(60), prefetches=prefetches, with_payload=True))
        for field in FACETS:
            self.shard.facet(q.FacetRequest(field, limit=20, exact=True, filter=where))
        return [int(point.id) for point in found]


class LanceDb:
    name, notes = "lancedb", "IVF-HNSW-SQ + FTS, fused outside; facets in numpy"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, data: Data) -> None:
        import lancedb
        import pyarrow as pa

        def vectors(rows: np.ndarray) -> Any:
            return pa.FixedSizeListArray.from_arrays(pa.array(rows.ravel()), 384)

        columns: dict[str, Any] = {
            name: pa.array([row[name] for row in data.rows])
            for name in ("id", "text", "department", "price", "in_stock", "color", "brand", "category")
        }
        table = pa.table(columns | {"texts": vectors(data.texts), "photos": vectors(data.photos)})
        self.table = lancedb.connect(self.folder / "lance").create_table("shop", table)
        for field in ("texts", "photos"):
            self.table.create_index(metric="dot", vector_column_name=field, index_type="IVF_HNSW_SQ")
        self.table.create_fts_index("text", base_tokenizer="whitespace", stem=False, remove_stop_words=False)
        self.table.create_scalar_index("department", index_type="BITMAP")
        self.table.create_scalar_index("price", index_type="BTREE")
        self.table.create_scalar_index("in_stock", index_type="BITMAP")
        self.columns = Columns(data.rows)

    def search(self, request: dict[str, Any], vectors: np.ndarray) -> list[int]:
        where = f"department = '{request['department']}' AND in_stock = 1"
        where = f"{where} AND price >= {request['low']} AND price <= {request['high']}"

        def run(search: Any) -> list[int]:
            return search.where(where, prefilter=True).select(["id"]).limit(DEPTH).to_arrow()["id"].to_pylist()

        rankings = [
            run(self.table.search(request["text"], query_type="fts", fts_columns="text")),
            run(self.table.search(vectors[0], vector_column_name="texts").ef(400).refine_factor(2)),
            run(self.table.search(vectors[1], vector_column_name="photos").ef(400).refine_factor(2)),
        ]
        self.columns.facets(request)
        return fuse(*rankings)


class MilvusLite:
    name, notes = "milvus-lite", "HNSW + BM25 function (standard tokenizer), its own RRF; facets in numpy"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, data: Data) -> None:
        from pymilvus import DataType, Function, FunctionType, MilvusClient

        self.client = MilvusClient(str(self.folder / "milvus.db"))
        schema = self.client.create_schema(auto_id=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        analyzer = {"tokenizer": "standard"}
        schema.add_field("text", DataType.VARCHAR, max_length=8_000, enable_analyzer=True, analyzer_params=analyzer)
        schema.add_field("department", DataType.VARCHAR, max_length=100)
        schema.add_field("price", DataType.DOUBLE)
        schema.add_field("in_stock", DataType.INT64)
        schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
        for field in ("texts", "photos"):
            schema.add_field(field, DataType.FLOAT_VECTOR, dim=384)
        schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["terms"]))
        index = self.client.prepare_index_params()
        index.add_index("terms", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        for field in ("texts", "photos"):
            index.add_index(field, index_type="HNSW", metric_type="IP", params={"M": 16, "efConstruction": 200})
        self.client.create_collection("shop", schema=schema, index_params=index)
        for start in range(0, len(data.rows), BATCH):
            batch = [
                {name: row[name] for name in ("id", "text", "department", "price", "in_stock")}
                | {"texts": data.texts[row["id"]], "photos": data.photos[row["id"]]}
                for row in data.rows[start : start + BATCH]
            ]
            self.client.insert("shop", batch)
        self.client.load_collection("shop")
        self.columns = Columns(data.rows)

    def search(self, request: dict[str, Any], vectors: np.ndarray) -> list[int]:
        from pymilvus import AnnSearchRequest, RRFRanker

        where = f"department == '{request['department']}' and in_stock == 1"
        where = f"{where} and price >= {request['low']} and price <= {request['high']}"
        beam = {"metric_type": "IP", "params": {"ef": 200}}
        legs = [
            AnnSearchRequest([request["text"]], "terms", {"metric_type": "BM25"}, DEPTH, expr=where),
            AnnSearchRequest([vectors[0].tolist()], "texts", beam, DEPTH, expr=where),
            AnnSearchRequest([vectors[1].tolist()], "photos", beam, DEPTH, expr=where),
        ]
        found = self.client.hybrid_search("shop", legs, RRFRanker(), limit=TOP, output_fields=["price"])
        self.columns.facets(request)
        return [int(hit["id"]) for hit in found[0]]


class Chroma:
    name, notes = "chromadb", "two collections, HNSW; no ranked terms (matches only); fused outside; facets in numpy"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, data: Data) -> None:
        import chromadb
        from chromadb.config import Settings

        client = chromadb.PersistentClient(str(self.folder / "chroma"), Settings(anonymized_telemetry=False))
        configuration = {"hnsw": {"space": "ip", "ef_search": 200}}
        self.collections = [
            client.create_collection(name, configuration=configuration, embedding_function=None)
            for name in ("texts", "photos")
        ]
        for collection, vectors in zip(self.collections, (data.texts, data.photos), strict=True):
            for start in range(0, len(data.rows), BATCH):
                rows = data.rows[start : start + BATCH]
                collection.add(
                    ids=[str(row["id"]) for row in rows],
                    embeddings=vectors[start : start + len(rows)],
                    documents=[row["text"] for row in rows] if collection is self.collections[0] else None,
                    metadatas=[{name: row[name] for name in ("department", "price", "in_stock")} for row in rows],
                )
        self.columns = Columns(data.rows)

    def search(self, request: dict[str, Any], vectors: np.ndarray) -> list[int]:
        where = {
            "$and": [
                {"department": request["department"]},
                {"in_stock": 1},
                {"price": {"$gte": request["low"]}},
                {"price": {"$lte": request["high"]}},
            ]
        }
        rankings = []
        for collection, vector in zip(self.collections, vectors, strict=True):
            found = collection.query(query_embeddings=[vector], n_results=DEPTH, where=where, include=[])
            rankings.append([int(key) for key in found["ids"][0]])
        contains = [{"$contains": word} for word in request["text"].split()]
        document = contains[0] if len(contains) == 1 else {"$or": contains}
        matched = self.collections[0].get(where=where, where_document=document, limit=DEPTH, include=[])
        self.columns.facets(request)
        return fuse([int(key) for key in matched["ids"]], *rankings)
