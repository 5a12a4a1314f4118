/** Logging in by password and challenge, and by QR code. */
import { askChallenge, qrPayload } from '../accounts.ts';
import { Refusal } from '../refusal.ts';
import { redirectTo } from './answers.ts';
import type { Answer, Html } from './layout.ts';
import { sentenceOf } from './sentences.ts';
import { sessionCookie, type Visit } from './visit.ts';

/** A challenge stands on it from the start. */
export function loginPage(visit: Visit, sentence?: string): Html {
  const challenge = askChallenge(visit.registry);
  return visit.layout.login(visit.view, { challenge, username: '', sentence });
}

export async function logIn(visit: Visit): Promise<Answer> {
  if (visit.request.method !== 'POST') return loginPage(visit);
  const [username, id] = [visit.field('username').trim(), visit.field('challengeId')];
  const challenge = id === '' ? {} : { challenge: { id, answer: visit.field('answer') } };
  try {
    const session = await visit.call('logIn', { body: { username, password: visit.field('password'), ...challenge } });
    return redirectTo(visit.view.url('list'), sessionCookie(session.accessToken));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const asked = error.details.challenge ?? askChallenge(visit.registry);
    return visit.layout.login(visit.view, { challenge: asked, username, sentence: sentenceOf(error) });
  }
}

/** Shows a code, and looks whether it was confirmed each time that the page comes back with its id. */
export async function qrLogin(visit: Visit): Promise<Answer> {
  const id = visit.field('id');
  if (id === '') return visit.layout.qr(visit.view, await visit.call('startQrLogin', { body: undefined }));
  const login = await visit.call('qrLogin', { id, body: undefined });
  if ('session' in login) return redirectTo(visit.view.url('list'), sessionCookie(login.session.accessToken));
  if (login.status === 'expired')
    return visit.layout.message(visit.view, '二维码已过期，请刷新', { href: visit.view.url('qr') });
  return visit.layout.qr(visit.view, { id, payload: qrPayload(id), sentence: '等待确认…' });
}
