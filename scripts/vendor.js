// Makes the part of Plotly that is used here, contours and what comes with them, from the version that package.json
// names. With --check nothing is written: it says whether the committed file is this one.

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const FOLDER = "assets/vendor";

const { version } = JSON.parse(await readFile("node_modules/plotly.js/package.json", "utf8"));
const path = `${FOLDER}/plotly-${version}.min.js`;

const source = `
  import Plotly from "plotly.js/lib/core";
  import contour from "plotly.js/lib/contour";
  import heatmap from "plotly.js/lib/heatmap";
  Plotly.register([contour, heatmap]);
  window.Plotly = Plotly;
`;

const { outputFiles } = await build({
  stdin: { contents: source, resolveDir: "." },
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome120", "firefox121", "safari17.2"],
  define: { global: "window" },
  loader: { ".css": "empty" }, // of maps, which are not drawn
  banner: { js: `/* plotly.js ${version}, with contour, heatmap and scatter. MIT licence: plotly-LICENSE.txt */` },
  legalComments: "none",
  write: false,
  logLevel: "error",
});
const [{ contents }] = outputFiles;

if (process.argv.includes("--check")) {
  const committed = await readFile(path).catch(() => Buffer.alloc(0));
  if (!committed.equals(contents)) {
    console.error(`${path} is not what plotly.js ${version} makes. Run: make vendor`);
    process.exit(1);
  }
} else {
  const others = (await readdir(FOLDER)).filter((name) => name.startsWith("plotly-") && name.endsWith(".js"));
  for (const name of others) await rm(`${FOLDER}/${name}`);
  await writeFile(path, contents);
}
console.log(`${path} ${contents.length} bytes`);
