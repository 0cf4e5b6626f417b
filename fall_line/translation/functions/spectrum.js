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
