from dataclasses import replace

import numpy as np
import pytest
from index_world import VectorWorld, brute_force

from bowerbird.domain.filters import parse_filter
from bowerbird.domain.ports import VectorRows
from bowerbird.index.build import IndexSettings, build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.index.vector_scan import ScanSettings

WORLD = VectorWorld()


def built(folder, documents, **scan):
    settings = IndexSettings(scan=ScanSettings(**scan))
    build_index(folder, documents, applied=len(documents), settings=settings)
    return EmbeddedIndex(folder, settings)


@pytest.mark.parametrize("most_rows", [1, 3])
@pytest.mark.parametrize("condition", ["", "part < 2", "part < 60"])
def test_the_scan_with_re_ordering_finds_what_brute_force_finds(tmp_path, most_rows, condition):
    documents = WORLD.documents(1500, most_rows=most_rows)
    changed = WORLD.documents(50, 2000, most_rows=most_rows)
    index = built(tmp_path / "index", documents)
    index.apply(changed, list(range(1, 40)), 2050)
    view = index.view()
    within = view.select(parse_filter(condition))
    living = [one for one in documents[39:] + changed if within.mask[view.find(np.array([one.seq]))[0]]]
    for number in range(5):
        query = WORLD.query(number)
        matches = view.nearest("photo", query, 20, within)
        assert view.seqs(matches.documents).tolist() == brute_force(living, query, 20)
        assert matches.total == sum(len(one.vectors["photo"].vectors) > 0 for one in living)
        exact = view.similarities("photo", query, matches.documents)
        np.testing.assert_allclose(exact, matches.scores, atol=1e-5)
    index.close()


def test_lists_find_nearly_all_and_filtered_ones_all(tmp_path):
    documents = WORLD.documents(3000, most_rows=1)
    index = built(tmp_path / "index", documents, flat_up_to=1000, whole_below=0.5)
    view = index.view()
    hits = 0
    for number in range(40):
        query = WORLD.query(number)
        hits += len(
            set(view.seqs(view.nearest("photo", query, 10).documents).tolist()) & set(brute_force(documents, query, 10))
        )
    assert hits >= 0.95 * 400
    within = view.select(parse_filter("part < 30"))
    few = [one for one in documents if one.seq % 100 < 30]
    for number in range(10):
        query = WORLD.query(number)
        assert view.seqs(view.nearest("photo", query, 10, within).documents).tolist() == brute_force(few, query, 10)
    index.close()


def test_lists_find_what_a_filter_keeps_far_from_the_query(tmp_path):
    generator = np.random.default_rng(3)
    documents = []
    for one in WORLD.documents(3000, most_rows=1):
        side = 1.0 if one.seq % 100 < 50 else -1.0
        rows = generator.normal(size=(1, 24)).astype(np.float32) * 0.1
        rows[0, 0] = side
        rows /= np.linalg.norm(rows)
        documents.append(replace(one, vectors={"photo": VectorRows(rows, (-1,))}))
    index = built(tmp_path / "index", documents, flat_up_to=1000)
    view = index.view()
    within = view.select(parse_filter("part >= 50"))
    query = np.eye(24, dtype=np.float32)[0]
    there = [one for one in documents if one.seq % 100 >= 50]
    assert view.seqs(view.nearest("photo", query, 10, within).documents).tolist() == brute_force(there, query, 10)
    index.close()


def test_a_limit_beyond_the_field_gives_every_document_once(tmp_path):
    documents = WORLD.documents(60)
    index = built(tmp_path / "index", documents)
    matches = index.view().nearest("photo", WORLD.query(0), 1000)
    assert len(set(matches.documents.tolist())) == len(matches.documents) == matches.total
    index.close()


def test_an_all_zero_query_is_answered(tmp_path):
    index = built(tmp_path / "index", WORLD.documents(10))
    assert len(index.view().nearest("photo", np.zeros(24, np.float32), 3).documents) == 3
    index.close()


@pytest.mark.parametrize("most_rows", [1, 3])
def test_about_the_nearest_are_nearly_all_of_the_nearest_and_keep_to_filters(tmp_path, most_rows):
    documents = WORLD.documents(3000, most_rows=most_rows)
    changed = WORLD.documents(50, 4000, most_rows=most_rows)
    index = built(tmp_path / "index", documents, signs_from=1000)
    index.apply(changed, list(range(1, 40)), 4050)
    view = index.view()
    for condition in ("", "part < 60", "part < 2"):
        within = view.select(parse_filter(condition))
        living = [one for one in documents[39:] + changed if within.mask[view.find(np.array([one.seq]))[0]]]
        hits = 0
        for number in range(20):
            query = WORLD.query(number)
            found = view.about_nearest("photo", query, 10, within)
            assert within.mask[found.documents].all()
            assert len(found.documents) == len(set(found.documents.tolist())) == 10
            np.testing.assert_allclose(view.similarities("photo", query, found.documents), found.scores, atol=1e-5)
            hits += len(set(view.seqs(found.documents).tolist()) & set(brute_force(living, query, 10)))
        assert hits >= 0.9 * 200
    index.close()


def test_few_rows_are_looked_through_exactly_also_for_about_the_nearest(tmp_path):
    index = built(tmp_path / "index", WORLD.documents(500, most_rows=2))
    view = index.view()
    for number in range(5):
        exact, about = (find("photo", WORLD.query(number), 20) for find in (view.nearest, view.about_nearest))
        assert exact.documents.tolist() == about.documents.tolist()
    assert view.about_nearest("smell", WORLD.query(0), 3).total == 0
    index.close()
