import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a Chromium is on this machine, installed with apt when it can be. Ends the process with advice when it cannot. */
export const findChromium = (): string => {
  const found = () => places.find((place) => place && existsSync(place));
  if (!found() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Chromium manque : installation par apt-get…');
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const chromium = found();
  if (chromium) return chromium;
  console.error(
    [
      'Les parcours dans un navigateur ont besoin de Chromium, qui manque ici.',
      'Debian, Ubuntu : sudo apt-get install chromium',
      'macOS : brew install --cask chromium',
      'Ailleurs : donnez son chemin, CHROMIUM_PATH=/chemin/vers/chromium npm test',
    ].join('\n'),
  );
  process.exit(1);
};
