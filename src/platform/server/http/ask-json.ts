/** An answer larger than this is not one that we asked for: what we ask for is a few lines. */
const MOST_BYTES = 200_000;

/**
 * The JSON that a public service answers at an address. Throws when it does not answer well in time, sends somewhere else,
 * or answers too much; the name of the error may be logged, its address may not: it holds what somebody typed.
 */
export const askJson = async (address: URL, timeout: number): Promise<unknown> => {
  const response = await fetch(address, {
    signal: AbortSignal.timeout(timeout),
    headers: { accept: 'application/json' },
    redirect: 'error',
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new TroubleError(`HttpStatus${response.status}`);
  }
  return JSON.parse(await readText(response));
};

const readText = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) throw new TroubleError('TooLarge');
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
};

/** A trouble whose name may be logged. */
class TroubleError extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}
