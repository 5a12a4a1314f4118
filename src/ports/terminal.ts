/** What a person sees and answers. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

/** One line that changes in place on a terminal, one plain line a change elsewhere. */
export interface Progress {
  update(line: string): void;
  stop(): void;
}

export interface Terminal {
  /** A prompt may appear: a person is there and allows it. */
  readonly interactive: boolean;
  /** A person sees what changes in place on standard error. */
  readonly watched: boolean;
  /** Width of standard output in columns; infinite where it is no terminal. */
  readonly columns: number;
  /** Styles for standard output; identities when it has no colour. */
  readonly style: Style;
  /** The one result of a command: the JSON document with `--json`, else the text. Standard output. */
  result(data: Record<string, unknown>, text: () => string): void;
  /** What was done before a failure, as text on standard output; with `--json` the failure's `data` tells it. */
  partial(text: string): void;
  /** The one failure of a command, in the same way; as text it goes to standard error. */
  failure(failure: Failure, data?: Record<string, unknown>): void;
  /** Raw bytes to standard output. @throws CertError as `written` */
  bytes(chunk: Uint8Array): Promise<void>;
  /** Waits until standard output has all. @throws CertError FILE_NOT_WRITABLE, unless its reader just went away */
  written(): Promise<void>;
  /** A line for people on standard error; nothing with `--quiet` or `--json`. */
  say(line: string): void;
  /** As `say`, with `--quiet` too: what has to be seen before an answer, or a failure besides the one that ends it. */
  tell(line: string): void;
  /** A warning: a line on standard error, and an entry of `warnings` in the JSON document. */
  warn(line: string): void;
  /** Shows a PNG inside the terminal, on standard error; false where that is not possible. */
  picture(image: Uint8Array): boolean;
  /** Draws a QR code that a phone can read, on standard error; false where there is no room for it. */
  qrCode(payload: string): Promise<boolean>;
  /** A text as it may be shown, for what asks a person by itself. */
  shown(text: string): string;
  progress(line: string): Progress;
  /** Rows under titles, aligned by display width and fitted to `columns`. */
  table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string;
  /** Labels and texts, the texts under each other, in as many lines as they need. */
  entries(pairs: readonly (readonly [label: string, text: string])[], indent?: string): string;
  /** Labels and values, one a line, aligned by display width. */
  details(pairs: readonly (readonly [label: string, value: string])[]): string;
}

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut short with … when the terminal is narrow. */
  readonly flexible?: boolean;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly retryable: boolean;
  readonly requestId?: string | undefined;
}
