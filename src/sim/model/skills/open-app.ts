import { finish, openApp } from "../moves.ts";
import type { Skill } from "../skill.ts";
import { type AppName, apps } from "../ways.ts";

export const openAppSkill: Skill = {
  name: "open an app",
  goals: [/^(?:please )?(?:open|start|launch) (?:the )?(?<app>.+?)(?: app)?\.?$/iu],
  plan: ({ app }) => [`Open the ${app} app.`],
  next({ page }, { app = "" }) {
    const name = (Object.keys(apps) as AppName[]).find((known) => known.toLowerCase() === app.toLowerCase());
    if (name !== undefined && page.package === apps[name]) return finish(`${name} is open.`);
    return openApp(1, name ?? app);
  },
};
