// Which fields are shown as facets, as what, and what is asked of the service for each.
const RATING_STEPS = [4, 3, 2];
const MOST_VALUES = 120;
const NOT_SHOWN = ["in_stock", "availability"];

/** The facets to show: [{field, as}], the ways being tree, rating, range and list. */
export function facetFields({ fields, facets }) {
  const kinds = new Map(fields.map((field) => [field.name, field.kind]));
  return facets.filter((name) => kinds.has(name) && !NOT_SHOWN.includes(name)).map((name) => ({ field: name, as: wayOf(name, kinds.get(name)) }));
}

function wayOf(name, kind) {
  if (kind === "path") return "tree";
  if (name === "rating") return "rating";
  return kind === "number" ? "range" : "list";
}

/** Whether products of this shop can be filtered by being in stock. */
export const knowsStock = ({ fields }) => fields.some((field) => field.name === "in_stock");

/** The service's facet requests for what is shown. */
export function facetRequests(shop) {
  const asked = facetFields(shop).map(({ field, as }) => {
    if (as === "rating") return { field, ranges: RATING_STEPS.map((step) => [step, null]) };
    if (as === "range") return { field, limit: 1 };
    return { field, limit: as === "tree" ? 400 : MOST_VALUES };
  });
  return knowsStock(shop) ? [...asked, { field: "in_stock", limit: 2 }] : asked;
}

/** The steps of "so many stars and up". */
export const ratingSteps = RATING_STEPS;
