// Numbers as the engine writes them.

/** `value` with so many significant digits, as Python's format `g` has it. */
export function general(value: number, digits: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < digits) return shortened(value.toFixed(digits - 1 - power));
  return `${shortened(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const shortened = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** With true minus signs. */
export const signed = (text: string): string => text.replace(/-/g, "−");

/** For a table: five significant digits, NaN and infinities by their names. */
export function tabled(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return signed(general(value + 0, 5));
}
