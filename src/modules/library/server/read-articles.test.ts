import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { audiences, countWords, isOfStage, plainText, readingMinutes, stages, themes } from '../article.ts';
import { readArticles } from './read-articles.ts';

const articles = readArticles('content');

test('at least 45 articles, and each theme, moment and kind of family has some', () => {
  expect(articles.length).toBeGreaterThanOrEqual(45);
  for (const theme of themes)
    expect(articles.filter((article) => article.themes.includes(theme)).length, theme).toBeGreaterThan(1);
  for (const { slug } of stages)
    expect(articles.filter((article) => isOfStage(article, slug)).length, slug).toBeGreaterThan(1);
  for (const audience of audiences)
    expect(
      articles.some((article) => article.audiences.includes(audience)),
      audience,
    ).toBe(true);
});

test.each<[subject: string, ...slugs: string[]]>([
  ['the early prenatal interview', 'entretien-prenatal-precoce'],
  ['the maternity stay', 'sejour-a-la-maternite'],
  ['the return home, with the postnatal interview', 'retour-a-la-maison', 'entretien-postnatal-precoce'],
  ['feeding, at the breast and by bottle', 'allaiter', 'nourrir-au-biberon', 'premiers-aliments'],
  ['sleep and safe sleeping', 'sommeil-des-premiers-mois', 'dormir-sur-le-dos'],
  ['crying and never shaking', 'pleurs', 'ne-jamais-secouer'],
  ['development and play', 'reperes-de-developpement', 'jouer-et-grandir'],
  ['screens', 'ecrans'],
  ['the air, endocrine disruptors', 'air-de-la-maison', 'perturbateurs-endocriniens'],
  ['tobacco and alcohol', 'tabac', 'alcool'],
  ['vaccination', 'vaccins'],
  ['accidents', 'accidents-de-la-maison'],
  ['the moral and the baby blues', 'baby-blues', 'depression-apres-la-naissance', 'semaines-5-et-12'],
  ['the couple', 'couple'],
  ['the father and second parent', 'place-du-second-parent', 'conge-du-second-parent'],
  ['prematurity', 'prematurite'],
  ['multiple births', 'jumeaux-et-plus'],
  ['disability of the child or of the parent', 'handicap-de-l-enfant', 'parent-en-situation-de-handicap'],
  ['grief', 'deuil-perinatal', 'droits-apres-une-perte'],
  ['single parents', 'parent-seul'],
  ['violence', 'violences-dans-le-couple', 'grandir-sans-violence'],
  ['teenage parents', 'parents-tres-jeunes'],
  ['precarity and rights', 'precarite-et-droits'],
  ['childcare choices', 'choisir-un-mode-d-accueil'],
  ['going back to work', 'reprendre-le-travail'],
  ['parent groups and respite', 'groupes-de-parents', 'souffler'],
  [
    'awakening: reading, music, nature, art',
    ...['lire-des-histoires', 'musique-et-chansons', 'sortir-dans-la-nature', 'art-et-spectacles'],
  ],
  ['going to nursery school', 'entrer-a-l-ecole'],
  ['who does what', 'qui-fait-quoi-sante', 'qui-fait-quoi-social'],
])('%s has its article', (_, ...slugs) => {
  const written = articles.map(({ slug }) => slug);
  expect(written).toEqual(expect.arrayContaining(slugs));
});

describe.each(articles)('$slug', (article) => {
  const everything = [article.title, article.summary, ...article.essentials, ...article.easy, article.body].join('\n');

  test('is 250 to 500 words long, read in one to four minutes', () => {
    expect(countWords(article.body)).toBeGreaterThanOrEqual(250);
    expect(countWords(article.body)).toBeLessThanOrEqual(500);
    expect(readingMinutes(article)).toBeGreaterThanOrEqual(1);
    expect(readingMinutes(article)).toBeLessThanOrEqual(4);
  });

  test('says where its facts come from and when', () => {
    expect(article.sources.length).toBeGreaterThan(0);
    for (const source of article.sources) expect(source.published ?? source.checkedOn, source.id).toBeDefined();
  });

  test('is easy to read in its easy version: sentences of twelve words at most, no duty', () => {
    for (const sentence of article.easy) {
      expect(countWords(sentence), sentence).toBeLessThanOrEqual(12);
      expect(sentence).toMatch(/[.?]$/);
      expect(sentence.toLowerCase()).not.toMatch(/obligatoire|vous devez/);
    }
  });

  test('never lectures, never forgets a parent, never shouts', () => {
    for (const banned of bannedWords) expect(everything.toLowerCase()).not.toMatch(banned);
  });

  test('is typeset for people: real apostrophes, spaces that do not break', () => {
    expect(everything).not.toMatch(/'| [:;?!»]|« |\d (mois|ans|jours|semaines|heures)(?![a-z])/);
  });

  test('is set under headings of the second level', () => {
    const levels = [...article.body.matchAll(/^(#+) /gm)].map(([, signs]) => signs?.length);
    expect(levels.length).toBeGreaterThan(1);
    expect(new Set(levels)).toEqual(new Set([2]));
  });
});

const bannedWords = [
  /\b(mamans?|papas?)\b/,
  /vous devez|il faut que vous|il suffit|n’oubliez pas|évidemment|bien sûr/,
  /(bonne|mauvaise) mère|(bon|mauvais) père/,
  /\p{L}·\p{L}|\(e\)|\(ne\)/u,
  /!/,
  /0 800 200 000/,
  /diagnostic/,
];

test('the sentences of the banned list are caught', () => {
  for (const sentence of ['la maman', 'vous devez', 'né(e)', 'un·e', 'courage !', '0 800 200 000'])
    expect(
      bannedWords.some((banned) => banned.test(sentence)),
      sentence,
    ).toBe(true);
});

test('a text without its signs', () => {
  expect(plainText('## Un titre\n\nUn [lien](/articles/x) et **fort**.\n\n- un\n- deux')).toBe(
    'Un titre\nUn lien et fort.\nun\ndeux',
  );
});

test.each([
  ['an unknown source', /sources: \[/, 'sources: [inconnue, ', 'no source inconnue'],
  ['an unknown related article', /related: \[[^,\]]+/, 'related: [inconnu', 'no article inconnu'],
  ['a link to nowhere in the text', /\n## /, '\n[x](/articles/nulle-part)\n\n## ', 'no article nulle-part'],
  ['a field too many', /title: /, 'titre: x\ntitle: ', 'titre'],
  ['an interval upside down', /from: .*/, 'from: 47', 'from doit précéder to'],
  [
    'a reviewer without a day',
    /reviewed_by:/,
    'reviewed_by: Une sage-femme',
    'reviewed_by et reviewed_on vont ensemble',
  ],
])('%s is refused with the name of the file', (_what, pattern, replacement, message) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'articles-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync('content/articles', path.join(directory, 'articles'), { recursive: true });
  const file = path.join(directory, 'articles', 'pleurs.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace(pattern, replacement));
  expect(() => readArticles(directory)).toThrow(message);
  expect(() => readArticles(directory)).toThrow('pleurs.md');
});
