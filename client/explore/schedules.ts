// The schedules of runs on the Explore page: their kinds, and the sliders of their numbers.

import { offer, triggeredId, triggeredValue } from "../dash/dash.ts";
import * as edit from "../experiment/edit.ts";
import type { Experiment, Schedule } from "../experiment/experiment.ts";
import type { OtherNumbers } from "../runs/numbers.ts";
import { change } from "./changing.ts";
import { mounted } from "./plots.ts";
import { state } from "./state.ts";

const OWNER = /^schedule-(\d+)-(\w+)$/;

/** What a slider of the owner `schedule-2-momentum` belongs to. */
function placeOf(owner: string): { run: number; name: string } {
  const [, run, name] = OWNER.exec(owner) ?? [];
  return { run: Number(run), name };
}

/** Whether the numbers of `owner` are a schedule's. */
export const isSchedule = (owner: string): boolean => OWNER.test(owner);

function scheduleOf(run: number, name: string): Schedule | undefined {
  return state.experiment.runs[run]?.schedules?.[name];
}

function withSchedule(run: number, name: string, schedule: Schedule): Experiment {
  const { [name]: _, ...others } = state.experiment.runs[run]?.schedules ?? {};
  const schedules = schedule.kind === "constant" ? others : { ...others, [name]: schedule };
  return edit.withRun(state.experiment, run, { schedules });
}

export const scheduleNumbers: OtherNumbers = {
  hyperOf(owner, key) {
    const { run, name } = placeOf(owner);
    return state.catalogue.schedules[scheduleOf(run, name)?.kind ?? ""]?.[key];
  },
  numberOf(owner, key) {
    const { run, name } = placeOf(owner);
    return scheduleOf(run, name)?.[key];
  },
  setNumber(owner, key, value) {
    const { run, name } = placeOf(owner);
    const schedule = scheduleOf(run, name);
    if (!schedule) return;
    change(withSchedule(run, name, { ...schedule, [key]: value }), `${owner} ${key}`, { number: { owner, key } });
  },
};

function kind(): void {
  const id = triggeredId<{ run: number; schedule: string }>();
  const chosen = triggeredValue<string>();
  if (!id || !chosen || !state.opened || !mounted()) return;
  const { run, schedule: name } = id;
  if (!state.experiment.runs[run] || chosen === (scheduleOf(run, name)?.kind ?? "constant")) return;
  const hypers = Object.entries(state.catalogue.schedules[chosen] ?? {});
  const numbers = Object.fromEntries(hypers.map(([key, hyper]) => [key, hyper.default]));
  change(withSchedule(run, name, { kind: chosen, ...numbers }), "schedule", { structure: true });
}

/** Lets Dash call what its callback of the schedules names. */
export const offerSchedules = (): void => offer("schedules", { kind });
