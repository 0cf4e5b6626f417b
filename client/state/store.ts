// Holds the state of a page. Others read it; only its named transitions change it, and tell who listens to them.

type Transitions<State> = Record<string, (state: State, ...given: never[]) => void>;
type Given<Transition> = Transition extends (state: never, ...given: infer Rest extends unknown[]) => void
  ? Rest
  : never;
type Listener = (...given: never[]) => void;
type Named<All> = { [Name in keyof All]: (...given: Given<All[Name]>) => void };

export interface Store<State, All> {
  /** As it is now. It stays the same object. */
  readonly state: Readonly<State>;
  /** What can happen: each changes the state, then tells its listeners in the order in which they came. */
  readonly to: Named<All>;
  /** Calls `listener` after every transition of this name, with what that was given. */
  on<Name extends keyof All>(name: Name, listener: (...given: Given<All[Name]>) => void): void;
}

export function createStore<State extends object, All extends Transitions<State>>(
  state: State,
  transitions: All,
): Store<State, All> {
  const listeners = new Map<keyof All, Listener[]>();

  function happens(name: keyof All, given: never[]): void {
    transitions[name](state, ...given);
    for (const listener of listeners.get(name) ?? []) listener(...given);
  }

  const names = Object.keys(transitions).map((name) => [name, (...given: never[]) => happens(name, given)]);
  return {
    state,
    to: Object.fromEntries(names),
    on: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener as Listener]);
    },
  };
}
