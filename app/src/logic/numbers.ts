/** Numbers as they are typed. */

/** Whether it is a whole number within these ends, which are included. */
export function isWhole(text: string, low: number, high: number): boolean {
  return /^\d{1,6}$/.test(text.trim()) && Number(text) >= low && Number(text) <= high;
}
