// The functions that JavaScript lacks; a program has those that it calls.

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

// As IEEE 754 has it: 1 to any power and ±1 to an infinite one are 1.
const power = (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y);

const roundToEven = (x) => {
  const low = Math.floor(x);
  const over = x - low;
  if (over !== 0.5) return over < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
};

// Eigenvalues of the symmetric matrix of a, b and c, the lower first, and their eigenvectors: by one Jacobi rotation.
const spectrum = (a, b, c, out) => {
  const tau = (c - a) / (2 * b);
  const tangent = b === 0 ? 0 : (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  const [first, second] = [a - tangent * b, c + tangent * b];
  if (first <= second) out.set([first, second, cosine, sine, -sine, cosine]);
  else out.set([second, first, sine, cosine, cosine, -sine]);
};
