/** The part of a minute's allowance that may be used at once. */
const burstShare = 1 / 6;

/**
 * A token bucket: `perMinute` flows in evenly, up to a sixth of it is kept. What needs more than the bucket holds
 * is let through when it is full, and what comes after waits until the debt is paid.
 */
export class Bucket {
  readonly capacity: number;
  readonly #perMs: number;
  #level: number;
  #at: number;

  constructor(perMinute: number, now: number) {
    this.capacity = Math.max(1, perMinute * burstShare);
    this.#perMs = perMinute / 60_000;
    this.#level = this.capacity;
    this.#at = now;
  }

  /** Milliseconds until so much may be taken; 0 where it may be now. */
  msUntil(amount: number, now: number): number {
    this.#fill(now);
    const missing = Math.min(amount, this.capacity) - this.#level;
    // Less than a thousandth is what adding fractions up leaves.
    return missing < 1e-3 ? 0 : missing / this.#perMs;
  }

  take(amount: number, now: number): void {
    this.#fill(now);
    this.#level -= amount;
  }

  /** What was taken too much; less than nothing where it was too little. */
  giveBack(amount: number): void {
    this.#level = Math.min(this.capacity, this.#level + amount);
  }

  #fill(now: number): void {
    this.#level = Math.min(this.capacity, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
  }
}
