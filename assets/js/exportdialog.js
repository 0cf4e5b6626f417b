// The export dialog: what is chosen, what the server is asked, and what Dash calls.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { exportChoices: choices } = fallLine; // the other files are loaded after this one
  const CHOICES = "fall-line-export-choices";
  const EXPORTS = "fall-line-exports";
  const MINE = "fall-line-my-exports"; // those that this tab started and will download, over a reload

  const state = { offer: null, typed: null, range: "", jobs: null, sending: false, refused: "", announced: "" };
  const parts = {};
  const files = new Map(); // addresses of files that were made at once, as long as the page is open
  const memory = new Map(); // for a browser that allows no storage

  function stored(place, key, otherwise) {
    try {
      return JSON.parse(root[place].getItem(key)) ?? otherwise;
    } catch {
      return memory.get(key) ?? otherwise;
    }
  }

  function store(place, key, value) {
    memory.set(key, value);
    try {
      root[place].setItem(key, JSON.stringify(value));
    } catch {
      // Without storage it is kept until the page is left.
    }
  }

  function question() {
    const { offer, typed } = state;
    const { kind, experiment } = fallLine.live().exported();
    return { kind, experiment, format: typed.format, choices: choices.asked(typed, offer, fallLine.theme.current()) };
  }

  const request = (address, settings) => fallLine.exportServer.request(address, settings);
  const address = ({ id, kind }) => (kind === "done" ? `export/jobs/${id}/file` : files.get(id) || null);

  function save(entry) {
    const link = fallLine.exportElements.make("a", { href: address(entry), download: entry.name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
  }

  // ---- exporting ----

  async function start() {
    if (state.sending) return;
    const wish = question();
    const { animated } = choices.formatOf(state.offer, wish.format);
    Object.assign(state, { sending: true, refused: "" });
    draw();
    const answer = await request(animated ? "export/jobs" : "export/file", { question: wish });
    state.sending = false;
    if (answer === null) state.refused = "The server does not answer; try again in a moment.";
    else if (answer.problem && !answer.id) refuseExport(answer.problem);
    else if (animated) follow(answer, JSON.stringify(wish));
    else keep(answer, wish.format, JSON.stringify(wish));
    draw();
  }

  function follow(job, wish) {
    store("sessionStorage", MINE, [...stored("sessionStorage", MINE, []), job.id].slice(-20));
    state.jobs.add({ ...job, wish });
  }

  function keep({ file, name }, format, wish) {
    const entry = { id: `saved-${Date.now()}`, format, name, kind: "saved", size: file.size, wish };
    files.set(entry.id, URL.createObjectURL(file));
    state.jobs.add(entry);
    save(entry);
  }

  function onDone(entry) {
    if (!stored("sessionStorage", MINE, []).includes(entry.id)) return;
    store("sessionStorage", MINE, stored("sessionStorage", MINE, []).filter((id) => id !== entry.id));
    save(entry);
  }

  // ---- drawing ----

  function refuse(problem) {
    const { name, sentence } = choices.refusal(problem, state.offer.counted);
    parts.preview.tell(sentence);
    parts.form.mark(name, parts.preview.PROBLEM);
  }

  // What isn't about one of the choices is told beside the button that was pressed.
  function refuseExport(problem) {
    if (choices.refusal(problem).name === null) state.refused = problem;
    else refuse(problem);
  }

  function draw() {
    mark();
    if (!parts.node || !parts.node.isConnected || fallLine.live() === null) return;
    const entries = state.jobs.all();
    const about = { address, lost: state.jobs.lost(), sending: state.sending, refused: state.refused };
    parts.list.update(entries, about);
    const wish = JSON.stringify(question());
    const mine = entries.find((entry) => entry.wish === wish && entry.kind !== "expired");
    parts.action.update(mine, about);
    announce(mine, about.lost);
  }

  // A screen reader hears of beginning, quarters and end, not of every frame.
  function announce(entry, lost) {
    const { share, standing } = fallLine.exportWords;
    const quarter = entry && entry.kind === "drawing" ? Math.floor(4 * share(entry)) / 4 : null;
    const key = entry ? `${entry.id} ${entry.kind} ${quarter} ${entry.ahead}` : "";
    if (key === state.announced) return;
    state.announced = key;
    fallLine.exportElements.write(parts.spoken, entry ? `${entry.name}: ${entry.kind === "done" ? "done, " : ""}${standing(entry, lost)}` : "");
    parts.spoken.hidden = false;
  }

  // The button in the header tells of exports under way while the dialog is closed.
  function mark() {
    const button = document.getElementById("export");
    if (!button) return;
    const under = state.jobs.all().filter(fallLine.exportJobs.running);
    const share = under.reduce((sum, entry) => sum + fallLine.exportWords.share(entry), 0) / (under.length || 1);
    const sign = button.querySelector(".export-mark");
    sign.hidden = under.length === 0;
    sign.style.setProperty("--share", `${Math.round(100 * share)}%`);
    const going = under.length === 1 ? "1 export is under way" : `${under.length} exports are under way`;
    button.title = under.length ? `${going}, ${Math.round(100 * share)} %` : "Export a video, a picture or the numbers";
  }

  function changed(read) {
    const next = read(state.typed);
    const page = fallLine.theme.current();
    // Until a reader chooses the other one, the file has the page's colours.
    state.typed = state.typed.theme === "" && next.theme === page ? { ...next, theme: "" } : next;
    parts.form.arrange(state.typed);
    state.refused = "";
    store("localStorage", CHOICES, choices.remembered(state.typed));
    parts.preview.draw(question());
    draw();
  }

  function build() {
    const { make } = fallLine.exportElements;
    parts.form = fallLine.createExportForm(state.offer, changed);
    parts.preview = fallLine.createExportPreview({ request, onAnswer: refuse });
    parts.list = fallLine.createExportList({ onCancel: state.jobs.cancel });
    parts.action = fallLine.createExportAction({ onExport: start, onCancel: state.jobs.cancel });
    parts.spoken = make("p", { className: "only-spoken", role: "status" });
    const aside = make("div", { className: "export-aside" }, [parts.preview.node, parts.list.node]);
    const columns = make("div", { className: "export-columns" }, [aside, parts.form.node]);
    parts.node = make("div", { className: "export-inside" }, [columns, parts.action.node, parts.spoken]);
  }

  function open() {
    if (fallLine.live() === null) return;
    const { first, last, stands } = fallLine.live().exported();
    if (!parts.node) build();
    const body = document.getElementById("export-body");
    body.replaceChildren(parts.node);
    body.addEventListener("focus", parts.form.focus); // that is where the dialog puts the focus
    const range = `${first} ${last}`;
    if (range !== state.range) Object.assign(state.typed, { first_step: String(first), last_step: String(last) });
    state.range = range;
    if (state.typed.theme === "") parts.form.write({ ...state.typed, theme: fallLine.theme.current() });
    else parts.form.write(state.typed);
    parts.form.offerStep(first <= stands && stands < last ? stands : null);
    parts.form.focus();
    parts.preview.draw(question());
    state.jobs.refresh();
    draw();
  }

  // Exports of an earlier visit may still be under way; they need no dialog.
  function prepare() {
    const entries = { load: () => stored("localStorage", EXPORTS, []), save: (all) => store("localStorage", EXPORTS, all) };
    state.jobs = fallLine.exportJobs.create({ store: entries, request, onChange: draw, onDone });
    root.addEventListener("storage", (event) => event.key === EXPORTS && draw());
    state.jobs.watch();
  }

  // Each page offers what suits its kind of experiment; what was chosen on one is chosen on the other.
  function take(offer) {
    const before = state.typed ? choices.remembered(state.typed) : stored("localStorage", CHOICES, null);
    Object.assign(state, { offer, typed: choices.restored(before, offer), range: "" });
    parts.node = null;
  }

  // The dialog's body comes a moment after Dash has been told to open it.
  function attempt(left) {
    if (document.getElementById("export-body")) open();
    else if (left > 0) requestAnimationFrame(() => attempt(left - 1));
  }

  root.dash_clientside = Object.assign(root.dash_clientside || {}, {
    exporting: {
      show: (clicks) => (clicks ? true : root.dash_clientside.no_update),

      opened(opened, offer) {
        if (state.offer === null || state.offer.kind !== offer.kind) take(offer);
        if (opened) attempt(120);
        else mark();
      },
    },
  });

  root.addEventListener("DOMContentLoaded", prepare);
})(window);
