// Builds the page's own code: client/ becomes scripts and style sheets in assets/built/, which are committed, so that
// running the app needs no Node. With --check nothing is written: it says what differs from what is committed.

import { readFile, rm, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { build } from "esbuild";

const OUT = "assets/built";
const check = process.argv.includes("--check");

const shared = {
  bundle: true,
  minify: true,
  legalComments: "none",
  target: ["chrome120", "firefox121", "safari17.2"],
  outdir: OUT,
  write: false,
  logLevel: "error",
};

// What the page loads, with the source beside it; what is written into a file that works offline, without.
const parts = [
  { entryPoints: { "fall-line": "client/main.ts" }, format: "esm", sourcemap: true },
  { entryPoints: { "fall-line": "client/styles/all.css" }, sourcemap: true },
  { entryPoints: { first: "client/first.ts" }, format: "iife" },
  {
    entryPoints: {
      "offline-explore": "client/standalone/explore.ts",
      "offline-response": "client/standalone/response.ts",
      "offline-train": "client/standalone/train.ts",
    },
    format: "iife",
  },
  {
    entryPoints: {
      "offline-explore": "client/standalone/explore.css",
      "offline-response": "client/standalone/response.css",
      "offline-train": "client/standalone/train.css",
    },
  },
];

const built = (await Promise.all(parts.map((part) => build({ ...shared, ...part })))).flatMap((one) => one.outputFiles);

async function committed(path) {
  return readFile(path).catch(() => Buffer.alloc(0));
}

if (check) {
  const stale = [];
  for (const { path, contents } of built)
    if (!(await committed(path)).equals(contents)) stale.push(relative(".", path));
  if (stale.length) {
    console.error(`Not built from what is in client/: ${stale.join(", ")}. Run: make client`);
    process.exit(1);
  }
} else {
  await rm(OUT, { recursive: true, force: true });
  await import("node:fs/promises").then(({ mkdir }) => mkdir(OUT, { recursive: true }));
  for (const { path, contents } of built) await writeFile(path, contents);
}
console.log(built.map(({ path, contents }) => `${relative(".", path)} ${contents.length} bytes`).join("\n"));
