// The schedules of runs, on pages whose runs may follow one: their kinds, and the sliders of their numbers.

import { offer, triggeredId, triggeredValue } from "../dash/dash.ts";
import * as edit from "../experiment/edit.ts";
import type { Hypers, Schedule } from "../experiment/experiment.ts";
import type { OtherNumbers } from "./numbers.ts";
import { live, type RunsEdit, type RunsPage, type RunsState } from "./page.ts";

const OWNER = /^schedule-(\d+)-(\w+)$/;

type Schedules = Readonly<Record<string, Hypers>>;

/** What a slider of the owner `schedule-2-momentum` belongs to. */
function placeOf(owner: string): { run: number; name: string } {
  const [, run, name] = OWNER.exec(owner) ?? [];
  return { run: Number(run), name };
}

function scheduleOf({ experiment }: Pick<RunsState, "experiment">, run: number, name: string): Schedule | undefined {
  return experiment.runs[run]?.schedules?.[name];
}

const withSchedule =
  (run: number, name: string, schedule: Schedule): RunsEdit =>
  (experiment) => {
    const { [name]: _, ...others } = experiment.runs[run]?.schedules ?? {};
    const schedules = schedule.kind === "constant" ? others : { ...others, [name]: schedule };
    return edit.withRun(experiment, run, { schedules });
  };

/** A schedule of this kind, with the numbers with which one begins. */
export function firstSchedule(kind: string, schedules: Schedules = {}): Schedule {
  const hypers = Object.entries(schedules[kind] ?? {});
  return { kind, ...Object.fromEntries(hypers.map(([key, hyper]) => [key, hyper.default])) };
}

/** The numbers of schedules, and `others` of owners that are none. */
export function withSchedules(
  others: OtherNumbers,
  { state, changeRuns }: Pick<RunsPage, "state" | "changeRuns">,
): OtherNumbers {
  const ofSchedules: OtherNumbers = {
    hyperOf(owner, key) {
      const { run, name } = placeOf(owner);
      return state.catalogue.schedules?.[scheduleOf(state, run, name)?.kind ?? ""]?.[key];
    },
    numberOf(owner, key) {
      const { run, name } = placeOf(owner);
      return scheduleOf(state, run, name)?.[key];
    },
    setNumber(owner, key, value) {
      const { run, name } = placeOf(owner);
      const schedule = scheduleOf(state, run, name);
      const options = { number: { owner, key } };
      if (schedule) changeRuns(withSchedule(run, name, { ...schedule, [key]: value }), `${owner} ${key}`, options);
    },
  };
  const whose = (owner: string) => (OWNER.test(owner) ? ofSchedules : others);
  return {
    hyperOf: (owner, key) => whose(owner).hyperOf(owner, key),
    numberOf: (owner, key) => whose(owner).numberOf(owner, key),
    setNumber: (owner, key, value) => whose(owner).setNumber(owner, key, value),
  };
}

function kind(): void {
  const [page, id] = [live(), triggeredId<{ run: number; schedule: string }>()];
  const chosen = triggeredValue<string>();
  if (!id || !chosen || !page?.state.opened) return;
  const { run, schedule: name } = id;
  const { experiment, catalogue } = page.state;
  if (!experiment.runs[run] || chosen === (scheduleOf(page.state, run, name)?.kind ?? "constant")) return;
  const schedule = firstSchedule(chosen, catalogue.schedules);
  page.changeRuns(withSchedule(run, name, schedule), "schedule", { structure: true });
}

/** Lets Dash call what its callback of the schedules names. */
export const offerSchedules = (): void => offer("schedules", { kind });
