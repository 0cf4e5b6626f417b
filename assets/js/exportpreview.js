// One frame of what will be exported, its facts, and what is wrong with it. The newest wish wins.
(function (root) {
  "use strict";

  const { fallLine } = root;
  const { make, write } = fallLine.exportElements;
  const PROBLEM = "export-problem";
  const REST = 180; // ms without a change before the server is asked
  const AGAIN = 2000; // ms before a server that did not answer is asked again

  function createExportPreview({ request, onAnswer }) {
    const image = make("img", { alt: "", hidden: true });
    const lines = make("pre", { className: "export-lines", hidden: true, tabIndex: 0, "aria-label": "The first lines of the file" });
    const frame = make("div", { className: "export-frame" }, [image, lines]);
    const facts = make("p", { className: "export-facts" });
    const notes = make("p", { className: "export-notes", hidden: true });
    const problem = make("p", { className: "export-problem", id: PROBLEM, role: "alert", hidden: true });
    const node = make("section", { className: "export-preview", "aria-label": "Preview" }, [frame, facts, notes, problem]);
    let wish = null;

    const gate = fallLine.createGate({
      async send(lane, sequence, question) {
        frame.setAttribute("aria-busy", "true");
        const answer = await request("export/preview", { question });
        gate.settle(lane, sequence);
        if (gate.idle()) frame.removeAttribute("aria-busy");
        if (answer === null) setTimeout(() => node.isConnected && question === wish && gate.request(question), AGAIN);
        if (question === wish) take(answer || { problem: "The server does not answer; trying again…" });
      },
    });
    const rested = fallLine.afterRest(() => gate.request(wish), REST);

    function take(answer) {
      frame.classList.toggle("export-stale", Boolean(answer.problem));
      onAnswer(answer.problem || "");
      write(facts, answer.problem ? "" : fallLine.exportWords.facts(answer).join(" · "));
      write(notes, answer.problem ? "" : answer.notes.join(" "));
      if (answer.problem) return;
      image.hidden = !answer.image;
      lines.hidden = !answer.text;
      if (answer.image) image.src = answer.image;
      const { surface, signal } = wish.experiment;
      image.alt = answer.image ? `The last frame: ${(surface || signal).replace("formula:", "").replaceAll("_", " ")}` : "";
      lines.textContent = answer.text || "";
    }

    return {
      node,
      draw: (question) => {
        wish = question;
        frame.classList.toggle("export-see-through", Boolean(question.choices.transparent));
        rested();
      },
      tell: (sentence) => write(problem, sentence),
      PROBLEM,
    };
  }

  fallLine.createExportPreview = createExportPreview;
})(window);
