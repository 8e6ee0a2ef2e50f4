import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * The one inline script, « Quitter vite », is allowed by its hash and not by a nonce: SvelteKit sends no nonce with pages
 * that carry no other script (`csr = false`).
 */
const quickExit = /<script>([\s\S]*?)<\/script>/.exec(
  readFileSync(new URL('./src/app.html', import.meta.url), 'utf8'),
)?.[1];
if (!quickExit) throw new Error('src/app.html has lost its inline script, « Quitter vite »');
const quickExitHash = `sha256-${createHash('sha256').update(quickExit).digest('base64')}` as const;

/**
 * Pages without SvelteKit's client (`csr = false`) bring at most one script, a file of `src/page-scripts`
 * (docs/decisions/0021-own-script.md). Its name is fixed, so that a page can ask for it (`PageScript.svelte`); the version
 * in its address makes it new with each build.
 */
const pageScripts: Plugin = {
  name: 'page-scripts',
  // In development PageScript.svelte asks for the file itself.
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'client',
  buildStart() {
    for (const file of readdirSync('src/page-scripts')) {
      const name = file.replace(/\.ts$/, '');
      this.emitFile({ type: 'chunk', id: `./src/page-scripts/${file}`, fileName: `_app/immutable/page-${name}.js` });
    }
  },
};

/** The faces of modules (`index.ts`) do nothing by themselves: one name taken from them must not bring the others. */
const faces: Plugin = {
  name: 'faces',
  applyToEnvironment: ({ name }) => name === 'client',
  transform: {
    filter: { id: /\/src\/modules\/[\w/-]+\/index\.ts$/ },
    handler: (code) => ({ code, map: null, moduleSideEffects: false }),
  },
};

/**
 * On the server SvelteKit keeps closures on the address and on the event of each request, for its client and for mistakes
 * of ours. V8 keeps those, and all that a request made with them, until its next full collection: 60 kB a page. Without
 * them, its frequent collections take the whole. A SvelteKit that no longer has these words ends the build
 * (docs/decisions/0131-garbage-of-a-request.md).
 */
const forgetRequests: Plugin = {
  name: 'forget-requests',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'ssr',
  transform: {
    filter: { id: /\/@sveltejs\/kit\/src\/runtime\/server\/(respond|page\/load_data)\.js$/ },
    handler(code, id) {
      const replaced = id.endsWith('respond.js')
        ? code
            .replace(/\(\) => \{\s+e\.cookies_set_after_response\(\);\s+\}/, 'e.cookies_set_after_response')
            .replace(/\(\) => \{\s+e\.set_headers_after_response\(\);\s+\}/, 'e.set_headers_after_response')
        : // No page of ours has the client that would ask again when an address changes.
          code.replace(/make_trackable\(\s+event\.url,[\s\S]+?\n\t\);/, 'new URL(event.url);');
      if (/\(\) => \{\s+e\.\w+_after_response\(\)|= make_trackable\(/.test(replaced) || replaced === code)
        this.error(`${id} has changed: docs/decisions/0131-garbage-of-a-request.md`);
      return { code: replaced, map: null };
    },
  },
};

export default defineConfig({
  plugins: [
    pageScripts,
    faces,
    forgetRequests,
    sveltekit({
      adapter: adapter({ precompress: true }),
      csrf: { trustedOrigins: [] },
      // Pages without SvelteKit’s client need it too: src/app.html registers it.
      serviceWorker: { register: false },
      csp: {
        // No page needs a nonce: the scripts are files, and the inline one has its hash.
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', quickExitHash],
          'style-src': ['self'],
          // Kit's route announcer and the wrapper of app.html carry a style attribute.
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'worker-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: { assetsInlineLimit: 0 },
  test: {
    // Only to end what hangs: how fast it goes is measured in bench/.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // A stray .env of the developer must not reach the tests.
    env: { DATABASE_URL: '' },
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          globalSetup: ['src/testing/global-setup.ts'],
          // One of two cores would wait while the other asks the database.
          maxWorkers: '100%',
        },
      },
      // What can only be seen on the built site and whole processes: starting, stopping, dying.
      {
        extends: true,
        test: {
          name: 'process',
          include: ['e2e/process/**/*.test.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
});
