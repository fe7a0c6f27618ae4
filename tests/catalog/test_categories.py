from bowerbird.catalog.categories import category_path, path_of_names, split_list, without_ancestors


def test_paths_come_in_one_form():
    assert category_path("Women > Tops > Jackets") == "Women/Tops/Jackets"
    assert category_path("Women/Tops / Jackets/") == "Women/Tops/Jackets"
    assert category_path("Default Category/Men/Tops", "/") == "Men/Tops"
    assert category_path("Default Category") == ""
    assert category_path("Food &amp; Drink") == "Food & Drink"


def test_a_slash_inside_a_name_is_kept_apart_from_the_separator():
    assert category_path("Electronics > Audio/Video > TV") == "Electronics/Audio∕Video/TV"
    assert category_path("Audio\\/Video/TV") == "Audio∕Video/TV"
    assert path_of_names(["Audio/Video", "TV"]) == "Audio∕Video/TV"
    assert category_path(category_path("A/B > C")) == category_path("A/B > C")


def test_lists_are_cut_at_commas_that_are_not_escaped():
    assert split_list("A > B, C\\, D, ") == ["A > B", "C, D"]


def test_ancestors_of_other_paths_say_nothing():
    assert without_ancestors(["Gear", "Gear/Bags", "Sale"]) == ["Gear/Bags", "Sale"]
