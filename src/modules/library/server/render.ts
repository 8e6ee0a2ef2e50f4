import { Marked } from 'marked';
import type { Article } from '../article.ts';

const marked = new Marked({ gfm: true });

/** The text of an article as HTML. What is written in `content/` is ours: reviewed like code, never typed by visitors. */
export const articleHtml = (article: Pick<Article, 'body'>): string => marked.parse(article.body, { async: false });
