// The nearest whole number, of two the even one.
const roundToEven = (x) => {
  const low = Math.floor(x);
  const over = x - low;
  if (over !== 0.5) return over < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
};
