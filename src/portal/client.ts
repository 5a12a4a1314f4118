/** What the first request needs, loaded in one piece: each file more that is read costs start-up time. */
export { createHolderPortal } from './holder-portal.ts';
export { createHttp } from './http.ts';
export { createPortal } from './portal.ts';
