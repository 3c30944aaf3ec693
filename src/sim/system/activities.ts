import type { ActivityContext, SimApp } from "../apps/app.ts";
import type { ForegroundActivity, Windows } from "../ui/windows.ts";
import {
  actionMain,
  categoryHome,
  className,
  homeActivity,
  launcherOf,
  resolveActivities,
  shortComponent,
  type ActivityRef,
} from "./intents.ts";
import type { PackageManager } from "./packages.ts";
import type { AppContext, Intent, Json } from "./services.ts";

export interface ActivityRecord {
  id: number;
  package: string;
  /** Key in `SimApp.activities`. */
  activity: string;
  intent: Intent;
  state: Json;
}

export interface Task {
  id: number;
  /** Bottom first. */
  activities: ActivityRecord[];
}

export interface StartResult {
  outcome: "started" | "taskToFront" | "delivered" | "notFound";
  /** Short component that took the intent. */
  component?: string;
}

export interface ActivitiesState {
  tasks: Task[];
  nextId: number;
  processes: [string, number][];
}

/** Flags of android.content.Intent that change how tasks are used. */
const flagNewTask = 0x10000000;
const flagClearTask = 0x00008000;
const flagClearTop = 0x04000000;

export interface ActivityHost {
  packages: PackageManager;
  context(packageName: string): AppContext;
  windows(): Windows;
  /** An app was ended, and nothing of it goes on. */
  stopped(packageName: string): void;
  /** An app has thrown: it is logged. */
  crashed(packageName: string, error: unknown): void;
}

/** Tasks and their activities: what is in front, and what the back key leads to. */
export class ActivityManager {
  readonly #host: ActivityHost;
  /** Front first. */
  #tasks: Task[] = [];
  #nextId = 1;
  #processes = new Map<string, number>();

  constructor(host: ActivityHost) {
    this.#host = host;
  }

  tasks(): readonly Task[] {
    return this.#tasks;
  }

  /** Packages with a process, and its id. */
  processes(): ReadonlyMap<string, number> {
    return this.#processes;
  }

  /** Gives a package a process that has no screens, as a service does. */
  startProcess(packageName: string): void {
    if (!this.#processes.has(packageName)) this.#processes.set(packageName, 2000 + this.#takeId() * 7);
  }

  top(): ActivityRecord {
    const record = this.#tasks[0]?.activities.at(-1);
    if (record === undefined) throw new Error("the simulated device has no activity in front");
    return record;
  }

  foreground(): ForegroundActivity {
    const record = this.top();
    const app = this.#appOf(record);
    return {
      id: record.id,
      package: record.package,
      activity: record.activity,
      label: app.label,
      content: () =>
        this.attempt(record.package, () => app.activities[record.activity]!.view(this.#contextOf(record))),
    };
  }

  /**
   * Runs what an app does. Where it throws, the app has crashed: its process and its screens are gone,
   * as after a first crash on Android, which shows no dialog. Without a launcher nothing can go on, so
   * its faults are thrown.
   */
  attempt<T>(packageName: string, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      if (packageName === homeActivity(this.#host.packages.apps())?.app.package) throw error;
      this.#host.crashed(packageName, error);
      this.forceStop(packageName);
      return undefined;
    }
  }

  /** As `startActivity` of an app (`caller`) or of the system, which always starts a task. */
  start(intent: Intent, caller?: string): StartResult {
    const target = resolveActivities(this.#host.packages.apps(), intent)[0];
    if (target === undefined) return { outcome: "notFound" };
    const component = shortComponent(target.app.package, target.name);
    if (intent.categories?.includes(categoryHome)) {
      this.home();
      return { outcome: "taskToFront", component };
    }
    const flags = intent.flags ?? 0;
    const home = homeActivity(this.#host.packages.apps())?.app.package;
    const newTask = caller === undefined || caller === home || (flags & flagNewTask) !== 0;
    const task = newTask ? this.#taskOf(target.app.package) : this.#tasks[0];
    if (task === undefined) {
      this.#tasks.unshift({ id: this.#takeId(), activities: [] });
      this.#push(this.#tasks[0]!, target, intent);
      return { outcome: "started", component };
    }
    this.#bringToFront(task);
    if ((flags & flagClearTask) !== 0) {
      task.activities = [];
      this.#push(task, target, intent);
      return { outcome: "started", component };
    }
    if ((flags & flagClearTop) !== 0) this.#clearAbove(task, target);
    return { outcome: this.#deliver(task, target, intent, newTask), component };
  }

  back(): void {
    const record = this.top();
    const activity = this.#appOf(record).activities[record.activity]!;
    const handled = this.attempt(record.package, () => activity.back?.(this.#contextOf(record)) === true);
    if (handled !== false) return;
    const task = this.#tasks[0]!;
    if (this.#isHome(task)) return;
    // Since Android 12 the back key sends a launcher's root activity to the back, as it is.
    const root = task.activities.length === 1 && launcherOf(this.#appOf(record))?.name === record.activity;
    if (root && this.#tasks.length > 1) {
      this.#tasks.push(this.#tasks.shift()!);
      this.#resumeTop();
    } else this.finish(record.id);
  }

  home(): void {
    const home = homeActivity(this.#host.packages.apps());
    if (home === undefined) throw new Error("no app of the simulated device has a home screen");
    const task = this.#taskOf(home.app.package);
    const intent: Intent = { action: actionMain, categories: [categoryHome] };
    if (task === undefined) {
      this.#tasks.unshift({ id: this.#takeId(), activities: [] });
      this.#push(this.#tasks[0]!, home, intent);
      return;
    }
    this.#bringToFront(task);
    task.activities = task.activities.slice(0, 1);
    this.#resumeTop(undefined, intent);
  }

  /** The launcher's overview of tasks; without one, the task before this one. */
  recents(): void {
    const home = homeActivity(this.#host.packages.apps());
    const overview = Object.keys(home?.app.activities ?? {}).find((name) => /Recents/u.test(name));
    if (home !== undefined && overview !== undefined) {
      this.home();
      this.#push(this.#tasks[0]!, { app: home.app, name: overview }, {});
      return;
    }
    const other = this.#tasks.slice(1).find((task) => !this.#isHome(task));
    if (other !== undefined) this.moveToFront(other.id);
  }

  moveToFront(taskId: number): void {
    const task = this.#tasks.find((each) => each.id === taskId);
    if (task === undefined) return;
    this.#bringToFront(task);
    this.#resumeTop();
  }

  removeTask(taskId: number): void {
    const inFront = this.#tasks[0]?.id === taskId;
    this.#tasks = this.#tasks.filter((task) => task.id !== taskId);
    if (inFront) this.home();
  }

  /** Tasks of apps, without the launcher's; the last used first. */
  appTasks(): readonly Task[] {
    return this.#tasks.filter((task) => !this.#isHome(task));
  }

  finish(id: number, result?: Json): void {
    const task = this.#tasks.find((each) => each.activities.some((record) => record.id === id));
    if (task === undefined) return;
    const wasTop = this.top().id === id;
    task.activities = task.activities.filter((record) => record.id !== id);
    if (task.activities.length === 0) this.#tasks = this.#tasks.filter((each) => each !== task);
    if (this.#tasks.length === 0) this.home();
    else if (wasTop) this.#resumeTop(result);
  }

  /** Ends an app: its process and its activities. Home comes to the front where it was there. */
  forceStop(packageName: string): void {
    const wasTop = this.#tasks[0]?.activities.at(-1)?.package === packageName;
    this.#processes.delete(packageName);
    for (const task of this.#tasks)
      task.activities = task.activities.filter((record) => record.package !== packageName);
    this.#tasks = this.#tasks.filter((task) => task.activities.length > 0);
    this.#host.stopped(packageName);
    if (wasTop || this.#tasks.length === 0) this.home();
  }

  /** A broadcast reaches the activity in front, which may have asked for it. */
  tell(intent: Intent): void {
    const record = this.#tasks[0]?.activities.at(-1);
    if (record === undefined) return;
    const activity = this.#appOf(record).activities[record.activity]!;
    this.attempt(record.package, () => activity.receive?.(this.#contextOf(record), intent));
  }

  save(): ActivitiesState {
    return structuredClone({
      tasks: this.#tasks,
      nextId: this.#nextId,
      processes: [...this.#processes],
    });
  }

  restore(state: ActivitiesState): void {
    const copy = structuredClone(state);
    this.#tasks = copy.tasks;
    this.#nextId = copy.nextId;
    this.#processes = new Map(copy.processes);
  }

  #deliver(task: Task, target: ActivityRef, intent: Intent, newTask: boolean): StartResult["outcome"] {
    const top = task.activities.at(-1)!;
    const root = task.activities[0]!;
    if (newTask && root.activity === target.name && sameIntent(root.intent, intent)) {
      this.#resumeTop();
      return "taskToFront";
    }
    if (newTask && top.package === target.app.package && top.activity === target.name) {
      top.intent = intent;
      this.#resumeTop(undefined, intent);
      return "delivered";
    }
    this.#push(task, target, intent);
    return "started";
  }

  #push(task: Task, target: ActivityRef, intent: Intent): void {
    const { app, name } = target;
    const context = this.#host.context(app.package);
    const made = this.attempt(app.package, () => ({
      state: app.activities[name]!.create(context, intent) as Json,
    }));
    if (made === undefined) return;
    const { state } = made;
    task.activities.push({ id: this.#takeId(), package: app.package, activity: name, intent, state });
    if (!this.#processes.has(app.package)) this.#processes.set(app.package, 2000 + this.#takeId() * 7);
    context.log("ActivityTaskManager", `Displayed ${shortComponent(app.package, name)}`);
  }

  #clearAbove(task: Task, target: ActivityRef): void {
    const at = task.activities.findLastIndex(
      (record) => record.package === target.app.package && record.activity === target.name,
    );
    if (at >= 0) task.activities = task.activities.slice(0, at + 1);
  }

  #resumeTop(result?: Json, intent?: Intent): void {
    const record = this.top();
    const activity = this.#appOf(record).activities[record.activity]!;
    this.attempt(record.package, () => activity.resume?.(this.#contextOf(record), result, intent));
  }

  #bringToFront(task: Task): void {
    this.#tasks = [task, ...this.#tasks.filter((each) => each !== task)];
  }

  /** A task belongs to the package of its first activity. */
  #taskOf(packageName: string): Task | undefined {
    return this.#tasks.find((task) => task.activities[0]?.package === packageName);
  }

  #isHome(task: Task): boolean {
    return task.activities[0]?.package === homeActivity(this.#host.packages.apps())?.app.package;
  }

  #takeId(): number {
    return this.#nextId++;
  }

  #appOf(record: ActivityRecord): SimApp {
    const app = this.#host.packages.app(record.package);
    if (app?.activities[record.activity] === undefined)
      throw new Error(
        `${className(record.package, record.activity)} is not an activity of the simulated device`,
      );
    return app;
  }

  #contextOf(record: ActivityRecord): ActivityContext<unknown> {
    const windows = (): Windows => this.#host.windows();
    return {
      ...this.#host.context(record.package),
      get state(): unknown {
        return record.state;
      },
      set state(value: unknown) {
        record.state = value as Json;
      },
      intent: record.intent,
      finish: (result) => this.finish(record.id, result),
      toast: (text) => windows().toast(text),
      hideKeyboard: () => windows().hideKeyboard(),
      focus: (fieldId) => windows().focusField(fieldId),
      scrollToStart: (scrollId) => windows().scrollToStart(scrollId),
    };
  }
}

function sameIntent(a: Intent, b: Intent): boolean {
  return a.action === b.action && a.data === b.data && a.type === b.type;
}
