export {
  type Article,
  type Audience,
  audiences,
  checkOf,
  isOfStage,
  plainText,
  readingMinutes,
  type Source,
  type Stage,
  stages,
  type Theme,
  themes,
} from './article.ts';
export { type Essential, type PictureName, type Version, versions } from './essential.ts';
export { type ArticleEntry, createLibrarySearch, type LibraryQuery } from './search.ts';
