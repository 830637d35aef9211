// What stays in the reader's browser: drafts, own comments and their edit tokens, votes; names only with consent. What a
// browser does not keep, the page keeps as long as it is there.

const PREFIX = "tribune.";
const unkept = {};

/** What is kept under a name, null where nothing is; `tab`: in this tab only. */
export function recall(name, tab) {
  try {
    return JSON.parse(unkept[name] ?? area(tab)[PREFIX + name]);
  } catch {
    return null;
  }
}

/** Keep something under a name; null forgets it. */
export function keep(name, value, tab) {
  const text = JSON.stringify(value ?? null);
  try {
    delete unkept[name];
    if (value == null) delete area(tab)[PREFIX + name];
    else area(tab)[PREFIX + name] = text;
  } catch {
    // Storage is denied, or full.
    unkept[name] = text;
  }
}

function area(tab) {
  return tab ? sessionStorage : localStorage;
}
