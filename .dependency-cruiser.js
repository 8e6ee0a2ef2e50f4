/** The doors of the house (docs: the plan is in src/README.md). A wrong import fails with the sentence that says why. */
const modules = 'src/modules/([^/]+)/';

/** What each module may import from, downwards only. A module that is not listed may import no other. */
const below = {
  territory: [],
  priorities: [],
  help: [],
  screening: ['library', 'journey', 'help'],
  initiatives: ['territory', 'priorities'],
  directory: ['territory', 'priorities'],
  professionals: ['directory', 'territory', 'priorities'],
  agenda: ['professionals', 'directory', 'territory', 'priorities'],
  houses: ['agenda', 'professionals', 'directory', 'territory', 'priorities'],
  networks: ['professionals', 'directory', 'territory', 'priorities'],
  tours: ['agenda', 'professionals', 'directory', 'territory', 'priorities'],
  respite: ['professionals', 'directory', 'territory', 'priorities'],
  callback: ['directory', 'territory'],
  groups: ['agenda', 'professionals', 'directory', 'territory', 'priorities'],
  journey: ['library', 'priorities', 'territory', 'help', 'groups'],
  calls: ['initiatives', 'professionals', 'directory', 'territory', 'priorities'],
  library: ['priorities', 'help'],
};

export default {
  forbidden: [
    {
      name: 'platform-knows-no-module',
      comment: 'The platform carries the modules and knows none of them. Move the rule to a module, or pass it in.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules|routes|house|messages)/' },
    },
    {
      name: 'modules-know-no-route',
      comment: 'Routes compose modules; a module never imports a route or the composition of the house.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/(routes|house)/' },
    },
    {
      name: 'only-through-the-doors',
      comment: 'Another module opens only through index.ts, server/index.ts, device/index.ts or a ui/*.svelte.',
      severity: 'error',
      from: { path: `^${modules}` },
      to: {
        path: `^${modules}`,
        pathNot: [
          '^src/modules/$1/',
          '^src/modules/[^/]+/(index|server/index|device/index)\\.ts$',
          '^src/modules/[^/]+/ui/[^/]+\\.svelte$',
        ],
      },
    },
    {
      name: 'routes-through-the-doors',
      comment:
        'Routes and the house open modules only through index.ts, server/index.ts, device/index.ts or a ui/*.svelte.',
      severity: 'error',
      from: { path: '^src/(routes|house|hooks)' },
      to: {
        path: `^${modules}`,
        pathNot: [
          '^src/modules/[^/]+/(index|server/index|device/index)\\.ts$',
          '^src/modules/[^/]+/ui/[^/]+\\.svelte$',
        ],
      },
    },
    ...Object.entries(below).map(([name, allowed]) => ({
      name: `${name}-looks-down`,
      comment: `${name} may only import ${allowed.length ? allowed.join(', ') : 'no other module'}: modules depend downwards.`,
      severity: 'error',
      from: { path: `^src/modules/${name}/` },
      to: { path: '^src/modules/', pathNot: `^src/modules/(${[name, ...allowed].join('|')})/` },
    })),
    {
      name: 'pure-stays-pure',
      comment: 'A pure file of a module imports no server, device, ui or framework code: it runs anywhere.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/(?!(server|device|ui)/).+\\.ts$', pathNot: '\\.test\\.ts$' },
      to: {
        dependencyTypesNot: ['type-only'],
        path: [
          // What reads the three fields of a date is as pure as who reads the form around them.
          '/(server|device)/|/ui/(?!date-fields\\.ts$)',
          'node_modules/(svelte|@sveltejs|kysely|pg)/',
          '^(node:)?(fs|path|net|http|child_process|crypto)$',
        ],
      },
    },
    {
      name: 'no-circles',
      comment: 'A circle means that two files are one concept, or that one knows too much.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: [
          '^(geojson|topojson-specification)$',
          '^\\$app/',
          '^svelte/(internal|server)',
          '^@sveltejs/kit',
          '^\\./\\$types',
          'build/handler\\.js$',
        ],
      },
    },
    {
      name: 'tests-stay-home',
      comment: 'Code that ships never imports tests.',
      severity: 'error',
      from: { path: '^(src|server)', pathNot: '(\\.test\\.ts$|^src/testing/)' },
      to: { path: '^(src/testing/|.*\\.test\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.svelte-kit|build|node_modules/\\$app)' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'require', 'default', 'types'],
    },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
