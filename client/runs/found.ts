// Which options of a picker a reader's words mean. Pure functions.

/** An option: fall_line/components/searching.py. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly also?: readonly string[];
  readonly note?: string;
  readonly about?: readonly string[];
}

export interface Group {
  readonly group: string;
  readonly items: readonly Option[];
}

const GREEK: Readonly<Record<string, string>> = {
  ...{ α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", κ: "kappa", λ: "lambda" },
  ...{ μ: "mu", π: "pi", ρ: "rho", σ: "sigma", φ: "phi", ψ: "psi", ω: "omega" },
};

/** `text` in small Latin letters and digits, words apart: `Lévy, ε₀` is `levy epsilon 0`. */
export function plain(text: string): string {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const spelled = letters.replace(/[α-ω]/g, (one) => ` ${GREEK[one] ?? one} `);
  return spelled
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

// Each phrase with its words apart and together: who types lbfgs means L-BFGS.
function searched(phrases: readonly string[]): string {
  return phrases.map((phrase) => `${plain(phrase)}\n${plain(phrase).replaceAll(" ", "")}`).join("\n");
}

function matching(options: readonly (Option | Group)[], words: readonly string[], phrases: Phrases) {
  const fits = (one: Option): boolean => {
    const text = searched(phrases(one));
    return words.every((word) => text.includes(word));
  };
  return options.flatMap((one): (Option | Group)[] => {
    if (!("items" in one)) return fits(one) ? [one] : [];
    const items = one.items.filter(fits);
    return items.length > 0 ? [{ ...one, items }] : [];
  });
}

type Phrases = (one: Option) => readonly string[];

const named: Phrases = ({ label, also = [] }) => [label, ...also];
const described: Phrases = ({ note = "", about = [], ...names }) => [...named(names), note, ...about];

/** The options whose names have all words of `search`; if there are none, those that are about them. */
export function found(options: readonly (Option | Group)[], search: string): readonly (Option | Group)[] {
  const words = plain(search).split(" ").filter(Boolean);
  if (words.length === 0) return search.trim() === "" ? options : [];
  const called = matching(options, words, named);
  return called.length > 0 ? called : matching(options, words, described);
}
