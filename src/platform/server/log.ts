import { type Logger, pino } from 'pino';

export type { Logger };

/**
 * Structured logs, one JSON object a line on the standard output.
 * What identifies a person has no place here: no address, no query string, no header, no body. `redact` is the
 * safety net for an error object that drags one along, not a licence to log it.
 */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['*.email', '*.to', '*.password', '*.parameters', 'err.detail', 'err.where', '*.headers'],
      remove: true,
    },
  });
