// As IEEE 754 has it: 1 to any power and ±1 to an infinite one are 1.
const power = (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y);
