// The button that opens a JSON file, on every page that has one: a label, into which the input comes.

import { props } from "../dash/dash.ts";
import { byId, make, tell } from "./document.ts";

const LARGEST = 1_000_000; // bytes

/** Lets the button `id` take a file: its text goes to Dash's store `ID-read`. */
export function takeFiles(id: string): void {
  const label = byId(id);
  if (label.querySelector("input")) return;
  const input = make("input", { type: "file", accept: ".json", className: "only-spoken" });
  input.setAttribute("aria-label", "Open an experiment from a JSON file");
  input.addEventListener("change", async () => {
    await read(id, input.files?.[0]);
    input.value = ""; // so that the same file can be opened again once it was mended
  });
  label.append(input);
}

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;

/** A file that is dropped beside the button is taken too: the browser would leave the page for it. */
export function listenToDrops(): void {
  document.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const label = document.querySelector("label.upload");
    if (label !== null) read(label.id, event.dataTransfer?.files[0]);
  });
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
