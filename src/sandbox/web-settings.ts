/** How the web pages are laid out, labelled and guarded; `/sandbox/settings` changes it while they are served. */
import * as v from 'valibot';

export const webSettings = v.object({
  /** A: tables and addresses that end in `.do?method=`; B: cards and a layer on one page; C: frames and windows. */
  layout: v.picklist(['A', 'B', 'C']),
  /** The year whose words the pages use. */
  labels: v.picklist(['2019', '2022', '2025']),
  /** How a file is given out; null for the layout's own way. */
  download: v.nullable(v.picklist(['attachment', 'inline', 'inline-new-tab', 'post-new-tab', 'viewer'])),
  /** What stops the same application from being made twice; null for what the layout has. */
  guard: v.nullable(v.picklist(['none', 'interval', 'token'])),
  /** Whether an announcement covers the first page and the list until it is closed. */
  announcement: v.boolean(),
});

export type WebSettings = v.InferOutput<typeof webSettings>;
export type DownloadWay = NonNullable<WebSettings['download']>;
export type Guard = NonNullable<WebSettings['guard']>;

export const WEB_DEFAULTS: WebSettings = {
  layout: 'A',
  labels: '2025',
  download: null,
  guard: null,
  announcement: false,
};
