// The error function and one minus it, which JavaScript lacks.
const erf = (x) => {
  const size = Math.abs(x);
  if (!(size < 2.5)) return Number.isNaN(x) ? x : Math.sign(x) * (1 - erfc(size));
  // 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms have one sign.
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
};

const erfc = (x) => {
  if (!(x >= 2.5)) return 1 - erf(x);
  // e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))), from the inside.
  let fraction = x;
  for (let n = 120; n > 0; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
};
