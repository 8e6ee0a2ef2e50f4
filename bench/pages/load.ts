import { Agent, get } from 'node:http';

/** Asks for an address `amount` times over four connections. Milliseconds of each answer; throws for any that is not 200. */
export const load = async (url: string, amount: number): Promise<number[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  let left = amount;
  const visitor = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      times.push(await ask(url, agent));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, visitor));
  agent.destroy();
  return times;
};

const CONNECTIONS = 4;

const ask = (url: string, agent: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = performance.now();
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume();
      response.once('end', () => resolve(performance.now() - asked));
    }).once('error', reject);
  });
