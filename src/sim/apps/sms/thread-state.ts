import type { ActivityContext } from "../app.ts";

export type ThreadState = {
  address: string;
  body: string;
  selected: number[];
  open: "" | "menu" | "more" | "delete" | "deleteAll";
};

export type ThreadContext = ActivityContext<ThreadState>;
