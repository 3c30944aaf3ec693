export { type Cassette, type CassetteMode, type CassetteOptions, openCassette } from "./cassette.ts";
