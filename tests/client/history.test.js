// One entry a decision, with an address and a record that stand in for the browser's.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createHistory, listenToHistory } from "../../client/experiment/history.ts";

let popstate = null;
globalThis.addEventListener = (name, listener) => {
  assert.equal(name, "popstate");
  popstate = listener;
};
listenToHistory();

// An address that writes queries as browsers do, and the entries under it.
function browser(opening) {
  const address = new URL(opening, "http://127.0.0.1:8050");
  const entries = [{ state: { dash: 1 }, href: address.href }];
  const enter = (state, target) => {
    address.href = new URL(target, address).href;
    return { state, href: address.href };
  };
  const record = {
    get state() {
      return entries.at(-1).state;
    },
    replaceState: (state, _, target) => entries.splice(-1, 1, enter(state, target)),
    pushState: (state, _, target) => entries.push(enter(state, target)),
  };
  const back = () => {
    entries.pop();
    address.href = entries.at(-1).href;
    return entries.at(-1).state;
  };
  return { address, record, entries, back };
}

function opened(opening = "/") {
  const it = browser(opening);
  const returned = [];
  const page = { here: true };
  const onReturn = (experiment, published) => returned.push(published ? [experiment, published] : experiment);
  const history = createHistory({ ...it, isHere: () => page.here, onReturn });
  const targets = () => it.entries.map(({ href }) => href.replace("http://127.0.0.1:8050", ""));
  return { ...it, history, returned, page, targets };
}

test("the first experiment joins the address that led to it and keeps what the record holds", () => {
  const { history, entries, targets } = opened("/?experiment=gallery/saddle");
  history.commit("surface=saddle&start=1,1", "first", "open", "gallery/saddle");
  assert.deepEqual(targets(), ["/?experiment=gallery/saddle"]);
  assert.deepEqual(entries[0].state, { dash: 1, experiment: "first", published: "gallery/saddle" });
});

test("another reason is a new entry, the same reason replaces it", () => {
  const { history, entries, targets } = opened();
  history.commit("a=0", "first", "open");
  history.commit("a=1", "second", "run-0 gamma");
  history.commit("a=2", "third", "run-0 gamma");
  history.commit("a=3", "fourth", "start");
  assert.deepEqual(targets(), ["/", "/?a=2", "/?a=3"]);
  assert.deepEqual(
    entries.map(({ state }) => state.experiment),
    ["first", "third", "fourth"],
  );
});

test("the same address again is no entry", () => {
  const { history, targets } = opened();
  history.commit("a=0", "first", "open");
  history.commit("a=1", "second", "start");
  history.commit("a=1", "second", "choice");
  assert.deepEqual(targets(), ["/", "/?a=1"]);
});

test("a name that the address writes differently makes no second entry", () => {
  const { history, targets } = opened();
  history.commit("a=0", "first", "open");
  history.commit("run=adam,label=Anna's", "second", "rename");
  history.commit("run=adam,label=Anna's", "second", "choice");
  assert.equal(targets().length, 2);
});

test("going back gives the experiment that stood there and makes no entry of it", () => {
  const { history, returned, targets, back } = opened();
  history.commit("a=0", "first", "open");
  history.commit("a=1", "second", "start");
  history.commit("a=2", "third", "view");
  assert.equal(history.returned(back()), true);
  assert.deepEqual(returned, ["second"]);
  history.commit("a=1", "second", "return");
  assert.deepEqual(targets(), ["/", "/?a=1"]);
});

test("going back gives the published name that stood there too", () => {
  const { history, returned, back } = opened();
  history.commit("a=0", "first", "open", null);
  history.commit("a=1", "second", "published gallery/saddle", "gallery/saddle");
  history.commit("a=2", "third", "published cross-method/wobbly", "cross-method/wobbly");
  history.returned(back());
  history.returned(back());
  assert.deepEqual(returned, [["second", "gallery/saddle"], "first"]);
});

test("a change after going back is a new entry, also of the kind that came last", () => {
  const { history, targets, back } = opened();
  history.commit("a=0", "first", "open");
  history.commit("a=1", "second", "start");
  history.commit("a=2", "third", "view");
  history.returned(back());
  history.commit("a=1", "second", "return");
  history.commit("a=4", "fourth", "view");
  assert.deepEqual(targets(), ["/", "/?a=1", "/?a=4"]);
});

test("a state that isn't the page's, and one for a page that has gone, are refused", () => {
  const { history, returned, page } = opened();
  for (const state of [null, undefined, {}, { dash: 1 }]) assert.equal(history.returned(state), false);
  page.here = false;
  assert.equal(history.returned({ experiment: "first" }), false);
  assert.deepEqual(returned, []);
});

test("Dash doesn't hear of a return that the page has handled, and hears of every other", () => {
  const { returned } = opened();
  let stopped = 0;
  const event = (state) => ({ state, stopImmediatePropagation: () => (stopped += 1) });
  popstate(event({ experiment: "first" }));
  assert.deepEqual([returned, stopped], [["first"], 1]);
  popstate(event({ dash: 2 }));
  popstate(event(null));
  assert.deepEqual([returned, stopped], [["first"], 1]);
});

test("a return to another page is left to Dash", () => {
  const { history, returned, address } = opened("/response?a=0");
  history.commit("a=1", "second", "start");
  address.href = new URL("/?surface=booth", address).href;
  assert.equal(history.returned({ experiment: "another page's" }), false);
  assert.deepEqual(returned, []);
});

test("another link to the same experiment is no entry of its own, and Back still leads to the one before", () => {
  const { history, entries, targets, returned, back } = opened();
  history.follow("a=0&step=3"); // before the first experiment is there
  assert.deepEqual(targets(), ["/"]);
  history.commit("a=0", "first", "open");
  history.commit("a=1", "second", "start");
  history.follow("a=1&step=3");
  assert.deepEqual(targets(), ["/", "/?a=1&step=3"]);
  assert.equal(entries[1].state.experiment, "second");
  history.returned(back());
  assert.deepEqual(returned, ["first"]);
});
