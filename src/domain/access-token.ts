/**
 * The token of a session: visible ASCII without spaces, which a header can carry. Its length is bounded so that it fits
 * into an entry of every keychain, with what else is kept of a session.
 */
export const ACCESS_TOKEN = /^[\x21-\x7e]{8,1500}$/;
