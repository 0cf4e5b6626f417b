// A number as a reader types it.

// Whether 1,000 is a thousand or 1 only the reader knows; 0,125 and 1,5 have a decimal comma.
const EITHER = /^[-+]?[1-9]\d{0,2},\d{3}$/;

/**
 * A typed text as a number, which may have a decimal comma. What is no number, or may be written with groups of
 * thousands, goes to the server as it is, whose sentence says what is allowed: `typed` in fall_line/validation.py.
 */
export function typedNumber(text: string): number | string {
  const plain = String(text).trim().replace("−", "-");
  if (EITHER.test(plain)) return String(text);
  const value = plain === "" ? Number.NaN : Number(plain.replace(",", "."));
  return Number.isFinite(value) ? value : String(text);
}
