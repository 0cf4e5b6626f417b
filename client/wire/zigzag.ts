// Numbers with their sign in the lowest bit.

/** 0, 1, 2, 3 → 0, −1, 1, −2 */
export const signed = (zigzag: number): number => (zigzag >>> 1) ^ -(zigzag & 1);
