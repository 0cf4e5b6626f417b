// What Dash's renderer gives to this code and takes from it: the one global that both share.

import "regenerator-runtime/runtime.js"; // Dash's components were compiled for it

interface CallbackContext {
  /** The id of what was touched: a text, or the object of a pattern. */
  readonly triggered_id: unknown;
  readonly triggered: readonly { readonly prop_id: string; readonly value: unknown }[];
}

interface DashClientside {
  set_props(id: ComponentId, values: Record<string, unknown>): void;
  readonly no_update: unknown;
  readonly callback_context: CallbackContext;
  [namespace: string]: unknown;
}

declare global {
  interface Window {
    DashRenderer: new () => unknown;
    dash_clientside?: DashClientside;
    dashMantineFunctions?: Record<string, unknown>;
    React: { createElement(tag: string, settings: Record<string, unknown>, ...children: unknown[]): unknown };
  }
}

export type ComponentId = string | Readonly<Record<string, string | number>>;
export type Props = (id: ComponentId, values: Record<string, unknown>) => void;

const told = new Map<string, unknown>(); // what `props` has set and Dash hasn't yet called anybody for

const nameOf = (id: ComponentId): string =>
  typeof id === "string" ? id : JSON.stringify(Object.fromEntries(Object.entries(id).sort()));

/** Sets properties of a component, as a callback's answer would, of which no other is told. */
export const props: Props = (id, values) => {
  const name = nameOf(id);
  if (document.getElementById(name) !== null)
    for (const [property, value] of Object.entries(values)) told.set(`${name}.${property}`, value);
  dash().set_props(id, values);
};

// Dash calls for what `props` has set some time later, when the reader may have gone on: that is nobody's wish.
function isEcho(): boolean {
  const { triggered } = dash().callback_context;
  const forget = () => triggered.forEach(({ prop_id }) => told.delete(prop_id));
  const echo = triggered.length > 0 && triggered.every(({ prop_id, value }) => told.get(prop_id) === value);
  if (echo)
    setTimeout(forget); // others may be called for the same
  else forget();
  return echo;
}

/** The id of what a callback is called for. */
export const triggeredId = <Id>(): Id | undefined => dash().callback_context.triggered_id as Id | undefined;

/** The new value of what a callback is called for. */
export const triggeredValue = <Value>(): Value | undefined =>
  dash().callback_context.triggered[0]?.value as Value | undefined;

function dash(): DashClientside {
  return window.dash_clientside as DashClientside;
}

/** Starts Dash, whose scripts come with the document, now that it can call what is offered to it. */
export function renderPages(): void {
  const start = () => new window.DashRenderer();
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}

export type Callbacks = Record<string, (...given: never[]) => unknown>;

/** Lets Dash call `callbacks` as ClientsideFunction(namespace, name). One that returns nothing changes nothing. */
export function offer(namespace: string, callbacks: Callbacks): void {
  const shared = (window.dash_clientside ??= {} as DashClientside);
  shared[namespace] = Object.fromEntries(Object.entries(callbacks).map(([name, one]) => [name, answering(one)]));
}

const answering =
  (callback: (...given: never[]) => unknown) =>
  (...given: never[]): unknown => {
    if (isEcho()) return dash().no_update;
    const answer = callback(...given);
    return answer instanceof Promise ? answer.then(orNothing) : orNothing(answer);
  };

const orNothing = (answer: unknown): unknown => (answer === undefined ? dash().no_update : answer);

/** An element of React, for functions that components of Mantine call. */
export const element = (tag: string, settings: Record<string, unknown>, ...children: unknown[]): unknown =>
  window.React.createElement(tag, settings, ...children);

/** Lets components of Mantine call `functions` by name. */
export function offerToMantine(functions: Record<string, unknown>): void {
  window.dashMantineFunctions = Object.assign(window.dashMantineFunctions ?? {}, functions);
}
