// The field in which a reader types a formula: described by the server while it is typed, drawn once it can be.
(function (root) {
  "use strict";

  const fallLine = (root.fallLine = root.fallLine || {});
  const PREFIX = "formula:";
  const REST = 100; // ms without a key before the formula is looked at
  const fields = new Map(); // a field's id -> what is done with its text

  const picked = (key) => (key.startsWith(PREFIX) ? PREFIX : key);

  // `id` is the panel's, `picker` that of the choice above it. `address` is asked with {[name]: key}, `current()` is the
  // key that is drawn, and `take(answer)` draws another. `keep(answer)` is told of every formula that can be used.
  function createFormulaField({ id, picker, address, name, current, take, props, tell, keep = () => {} }) {
    const panel = () => document.getElementById(id);
    const field = () => document.getElementById(`${id}-text`);
    let newest = 0; // counts what was typed, so that a late answer to an older text is dropped

    // What the server says of `key`; null, with a sentence under the field, if it can't be used.
    async function described(key) {
      const mine = (newest += 1);
      const answer = await fallLine.ask(address, { [name]: key });
      if (mine !== newest) return null;
      refuse(answer === null ? "The server does not answer; what you see is from before." : answer.problem || "");
      if (answer === null || answer.problem) return null;
      keep(answer);
      return answer;
    }

    function refuse(sentence) {
      tell(`${id}-problem`, sentence);
      if (field()) field().setAttribute("aria-invalid", String(sentence !== ""));
    }

    function show({ typeset, note }) {
      props(`${id}-preview`, { children: typeset });
      tell(`${id}-note`, note);
    }

    async function look(text) {
      if (!panel() || panel().hidden) return; // something else was chosen meanwhile
      const answer = await described(PREFIX + text);
      if (answer === null) return;
      show(answer);
      if (answer.key !== current()) take(answer);
    }

    // From the picker: the formula that stands in the field.
    function begin() {
      panel().hidden = false;
      look(field().value);
      field().focus();
    }

    // Shows the field only for a formula that is drawn; what was typed and can't be is given up.
    function tidy() {
      newest += 1;
      panel().hidden = !current().startsWith(PREFIX);
      refuse("");
    }

    // From the picker: what is drawn was chosen anew. Dash says so too when `sync` has put the picker there.
    function leave() {
      if (!current().startsWith(PREFIX)) tidy();
    }

    // Puts picker and field where the experiment says.
    function sync() {
      const key = current();
      props(picker, { value: picked(key) });
      tidy();
      if (!key.startsWith(PREFIX)) return;
      props(`${id}-text`, { value: key.slice(PREFIX.length) });
      described(key).then((answer) => answer && show(answer));
    }

    let later = null; // made at first use: the scripts are read in the order of their names
    fields.set(`${id}-text`, (text) => (later ??= fallLine.afterRest(look, REST))(text));
    return { described, begin, leave, sync };
  }

  if (root.document) {
    document.addEventListener("input", (event) => fields.get(event.target.id)?.(event.target.value));
  }

  Object.assign(fallLine, { createFormulaField, typedFormula: { PREFIX, picked } });
})(window);
