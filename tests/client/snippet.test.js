// The lines that show an experiment in another page: an address in quotes, and who will see it.
import assert from "node:assert/strict";
import test from "node:test";
import { seenBy, snippet } from "../../client/exporting/snippet.ts";
import { loopback, moved } from "../../client/runs/place.ts";

const EMBEDDED = { link: "https://a.example/?surface=booth&run=adam", title: "Fall Line: booth, 1 run", runs: 1 };
const shown = (...parts) => snippet({ ...EMBEDDED, shown: new Set(parts) });

test("what is left out is named unless it is the usual", () => {
  const head = 'src="https://a.example/?surface=booth&amp;run=adam&amp;embed=1';
  assert.ok(shown("player", "outcomes").startsWith(`<iframe ${head}"\n`));
  assert.ok(shown("player", "outcomes", "loss").startsWith(`<iframe ${head}&amp;hide=rail,header"\n`));
  assert.ok(shown("player", "outcomes", "loss", "rail", "header").startsWith(`<iframe ${head}&amp;hide="\n`));
});

test("nothing in an address or a title ends its quotes", () => {
  const strange = { ...EMBEDDED, link: 'https://a.example/?x="><script>', title: 'a "b" <c> & d', shown: new Set() };
  const [frame] = snippet(strange).split("<script>\n");
  assert.equal(frame.match(/"/g).length, 12);
  assert.ok(frame.includes('title="a &quot;b&quot; &lt;c> &amp; d"'));
});

test("it says who can see the frame", () => {
  assert.match(
    seenBy("127.0.0.1", { network: "", framed_by: [] }),
    /^The address opens only on this machine. This server/,
  );
  assert.equal(seenBy("a.example", { network: "", framed_by: ["*"] }), "Any site may show this page.");
  assert.equal(seenBy("a.example", null), "");
});

test("addresses of this machine alone are told from others", () => {
  for (const host of ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "a.localhost", "0.0.0.0"])
    assert.ok(loopback(host), host);
  for (const host of ["192.168.1.7", "localhost.example", "127.example", "10.127.0.1"])
    assert.ok(!loopback(host), host);
});

test("a link moves to another address whole", () => {
  assert.equal(
    moved("http://localhost:8050/response?signal=x", "http://10.0.0.2:80"),
    "http://10.0.0.2:80/response?signal=x",
  );
});
