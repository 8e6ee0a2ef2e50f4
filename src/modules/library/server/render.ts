import { Marked } from 'marked';
import type { Article } from '../article.ts';

const marked = new Marked({ gfm: true });

/**
 * The text of an article as HTML, where numbers to call are one tap away. What is written in `content/` is ours:
 * reviewed like code, never typed by visitors.
 */
export const articleHtml = (article: Pick<Article, 'body'>): string =>
  outsideLinks(marked.parse(article.body, { async: false }), (text) => text.replace(inSentence, call));

/** A line of a message as HTML. There, 15 and 17 are never anything but numbers to call. */
export const lineHtml = (line: string): string =>
  line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(anywhere, call);

/** Short numbers and free numbers. In an article, « 15 ans » is not a call: 15 and 17 count after « le », « au » or « : ». */
const inSentence =
  /(?<![\d/-])(?:3114|3919|11[2459]|0[ \u00a0]800(?:[ \u00a0]\d\d){3}|(?<=(?:le|au|:)[ \u00a0])1[57](?!\u00a0))(?!\d)/g;
const anywhere = /(?<![\d/-])(?:3114|3919|11[2459]|1[57])(?!\d)/g;

/** 114 is written to, the others are called. */
const call = (number: string): string =>
  `<a href="${number === '114' ? 'sms' : 'tel'}:${number.replace(/\D/g, '')}" dir="ltr">${number}</a>`;

const outsideLinks = (html: string, change: (text: string) => string): string =>
  html
    .split(/(<a .*?<\/a>|<[^>]*>)/s)
    .map((part) => (part.startsWith('<') ? part : change(part)))
    .join('');
