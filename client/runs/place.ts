// Where the page is found.

/** What the server knows of it: fall_line/pages/sharing/answers.py. */
export interface Place {
  /** The address at which other machines find the server, "" if it is not known. */
  readonly network: string;
  /** Whose pages may show this one in a frame, besides the server's own. */
  readonly framed_by: readonly string[];
}

/** Whether a host's name means the machine on which it is asked. */
export const loopback = (host: string): boolean =>
  /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(host);

/** `link` with the address `home` instead of its own. */
export const moved = (link: string, home: string): string => link.replace(/^https?:\/\/[^/]+/, home);
