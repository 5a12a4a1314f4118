/** Lists that lag behind what they list: each says again and again what it said when it was first asked. */
import type { Fetch, HttpResponse } from '../../src/ports/http.ts';

/** The certificates with the latest annotation of each, or the annotations of one. */
export type StaleList = 'certificates' | 'annotations';

const LISTS: Readonly<Record<StaleList, RegExp>> = {
  certificates: /\/certificates(\/[^/]+)?$/,
  annotations: /\/certificates\/[^/]+\/annotations$/,
};

/** Whether a request is for a list that lags. */
export const isStale = (method: string, url: string, lists: readonly StaleList[]): boolean =>
  method === 'GET' && lists.some((list) => LISTS[list].test(new URL(url).pathname));

/** A `Fetch` over another one, with lists that lag. */
export function withStaleLists(fetch: Fetch, ...lists: StaleList[]): Fetch {
  const first = new Map<string, Omit<HttpResponse, 'body'> & { bytes: Buffer }>();
  return async (request) => {
    if (!isStale(request.method, request.url, lists)) return fetch(request);
    const said = first.get(request.url);
    const answer = said ?? (await kept(await fetch(request)));
    if (answer.status === 200) first.set(request.url, answer);
    return {
      ...answer,
      body: (async function* () {
        yield answer.bytes;
      })(),
    };
  };
}

async function kept({ body, ...answer }: HttpResponse) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return { ...answer, bytes: Buffer.concat(chunks) };
}
