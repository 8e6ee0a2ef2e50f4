/** Words read aloud by the device itself. */
export interface Reading {
  stop(): void;
}

/**
 * A voice of the device for a language (`fr`, `ar`…), or nothing. Voices that live on a server are left aside: they would
 * send somewhere what a parent reads. Waits a moment, because some browsers list their voices late.
 */
export const localVoice = async (language: string): Promise<SpeechSynthesisVoice | undefined> => {
  if (!('speechSynthesis' in globalThis)) return undefined;
  const listed = speechSynthesis.getVoices();
  const voices = listed.length > 0 ? listed : await lateVoices();
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
};

/** Reads sentences one after the other, so that stopping is immediate and long texts are not cut. Calls `done` at the end. */
export const readAloud = (sentences: readonly string[], voice: SpeechSynthesisVoice, done: () => void): Reading => {
  speechSynthesis.cancel();
  let stopped = false;
  const next = (index: number): void => {
    const sentence = sentences[index];
    if (stopped) return;
    if (sentence === undefined) {
      done();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.95;
    utterance.onend = () => next(index + 1);
    utterance.onerror = () => {
      if (!stopped) done();
    };
    speechSynthesis.speak(utterance);
  };
  next(0);
  return {
    stop: () => {
      stopped = true;
      speechSynthesis.cancel();
    },
  };
};

const lateVoices = (): Promise<SpeechSynthesisVoice[]> =>
  new Promise((resolve) => {
    const answer = (): void => resolve(speechSynthesis.getVoices());
    speechSynthesis.addEventListener('voiceschanged', answer, { once: true });
    setTimeout(answer, 1000);
  });
