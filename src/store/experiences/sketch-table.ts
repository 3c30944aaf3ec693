import { differingBits } from "./sketch.ts";

export interface SketchRow {
  /** Of the vector. */
  id: number;
  experienceId: number;
  subGoal: boolean;
  sketch: Uint32Array;
}

/** The sketches of all vectors of a model, in memory: 150 bytes for each vector of 768 dimensions. */
export class SketchTable {
  #length = 0;
  #words = 0;
  #ids = new Float64Array(1024);
  #experiences = new Float64Array(1024);
  #subGoals = new Uint8Array(1024);
  #sketches = new Uint32Array(0);

  /** Words of a sketch; 0 while there is none. */
  get words(): number {
    return this.#words;
  }

  /** Of the last vector that was added. */
  get lastId(): number {
    return this.#length === 0 ? 0 : this.#ids[this.#length - 1]!;
  }

  add({ id, experienceId, subGoal, sketch }: SketchRow): void {
    if (this.#words === 0) {
      this.#words = sketch.length;
      this.#sketches = new Uint32Array(this.#ids.length * sketch.length);
    }
    if (this.#length === this.#ids.length) this.#grow();
    this.#ids[this.#length] = id;
    this.#experiences[this.#length] = experienceId;
    this.#subGoals[this.#length] = Number(subGoal);
    this.#sketches.set(sketch, this.#length * this.#words);
    this.#length++;
  }

  /**
   * The ids of the `count` vectors, or all where there are fewer, whose sketches differ least; of equally far ones those
   * that were added first.
   */
  nearest(
    sketch: Uint32Array,
    count: number,
    wanted: (experienceId: number, subGoal: boolean) => boolean,
  ): number[] {
    const words = this.#words;
    const farthest = words * 32;
    const distances = new Uint16Array(this.#length);
    const histogram = new Uint32Array(farthest + 2);
    for (let row = 0, at = 0; row < this.#length; row++) {
      let distance = 0;
      for (let word = 0; word < words; word++) {
        distance += differingBits(this.#sketches[at++]!, sketch[word]!);
      }
      if (!wanted(this.#experiences[row]!, this.#subGoals[row] === 1)) distance = farthest + 1;
      distances[row] = distance;
      histogram[distance]!++;
    }
    let bound = 0;
    let nearer = 0;
    while (bound < farthest && nearer + histogram[bound]! < count) nearer += histogram[bound++]!;
    let left = count - nearer;
    const found: number[] = [];
    for (let row = 0; row < this.#length; row++) {
      const distance = distances[row]!;
      if (distance < bound || (distance === bound && left-- > 0)) found.push(this.#ids[row]!);
    }
    return found;
  }

  #grow(): void {
    const room = this.#ids.length * 2;
    const grown = <T extends Float64Array | Uint8Array | Uint32Array>(larger: T, values: T): T => {
      larger.set(values);
      return larger;
    };
    this.#ids = grown(new Float64Array(room), this.#ids);
    this.#experiences = grown(new Float64Array(room), this.#experiences);
    this.#subGoals = grown(new Uint8Array(room), this.#subGoals);
    this.#sketches = grown(new Uint32Array(room * this.#words), this.#sketches);
  }
}
