import { type Logger, pino } from 'pino';

export type { Logger };

/**
 * Structured logs, one JSON object a line on the standard output: several lines at once, within half a second, and at once
 * from a warning on. A line for each answer, written on its own, was a tenth of what an answer costs.
 * What identifies a person has no place here: no address, no query string, no header, no body. `redact` is the
 * safety net for an object that drags one along, not a licence to log it.
 */
export const createLogger = (level: string): Logger => {
  output ??= pino.destination({ minLength: 4_000, periodicFlush: 500, sync: false });
  const lines = output;
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorInLog },
      redact: { paths: ['*.email', '*.to', '*.password', '*.parameters', '*.headers'], remove: true },
      hooks: {
        logMethod(inputs, method, weight) {
          method.apply(this, inputs);
          if (weight >= WARN) lines.flushSync();
        },
      },
    },
    lines,
  );
};

/** pino’s own number of the level. */
const WARN = 40;

/** One for the process, whose end it does not miss: pino writes what is left when the process exits. */
let output: ReturnType<typeof pino.destination> | undefined;

interface LoggedError {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
  /** Where in the code, without the message that Node writes above. */
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/**
 * What is said of an error: its kind, its code and where it comes from. Nothing else that it carries is kept, and what
 * its message quotes is cut out, because PostgreSQL and JSON.parse quote the very value that they refuse.
 */
export const errorInLog = (error: unknown): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, table, constraint } = error as { code?: unknown; table?: unknown; constraint?: unknown };
  return {
    type: error.constructor.name,
    message: messageOf(error.message, code),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .join('\n'),
    ...(error.cause === undefined ? {} : { cause: errorInLog(error.cause) }),
  };
};

/** Class 42 of PostgreSQL is about our own queries: what it quotes are names of tables and columns. */
const messageOf = (message: string, code: unknown): string =>
  typeof code === 'string' && /^42[0-9A-Z]{3}$/.test(code) ? message : message.replace(/".*"/gs, '"…"');
