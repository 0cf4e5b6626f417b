// The button that opens a JSON file, on every page that has one: a label, into which the input comes.

import { props } from "../dash/dash.ts";
import { byId, make, tell } from "./document.ts";

const LARGEST = 1_000_000; // bytes

/** Lets the button `id` take a file, chosen or dropped on it: its text goes to Dash's store `ID-read`. */
export function takeFiles(id: string): void {
  const label = byId(id);
  if (label.querySelector("input")) return;
  const input = make("input", { type: "file", accept: ".json", className: "only-spoken" });
  input.setAttribute("aria-label", "Open an experiment from a JSON file");
  input.addEventListener("change", async () => {
    await read(id, input.files?.[0]);
    input.value = ""; // so that the same file can be opened again once it was mended
  });
  label.addEventListener("dragover", (event) => event.preventDefault());
  label.addEventListener("drop", (event) => {
    event.preventDefault();
    read(id, event.dataTransfer?.files[0]);
  });
  label.append(input);
}

async function read(id: string, file: File | undefined): Promise<void> {
  if (file === undefined) return;
  if (file.size > LARGEST) return tell("problem", `The file ${file.name} can't be used: it is larger than 1 MB.`);
  try {
    props(`${id}-read`, { data: { name: file.name, text: await file.text(), when: Date.now() } });
  } catch {
    tell("problem", `The file ${file.name} can't be read.`);
  }
}
