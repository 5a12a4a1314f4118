import { shanghaiMinute } from '../../../domain/calendar.ts';
import type { ErrorTexts } from '../error-text.ts';

const CHALLENGES = { image: 'characters in a picture', sms: 'a code by SMS', qr: 'a QR code' };

/** Logging in, and the session that comes of it. */
export const accountErrors: Pick<
  ErrorTexts,
  | 'LOGIN_REQUIRED'
  | 'INVALID_CREDENTIALS'
  | 'ACCOUNT_LOCKED'
  | 'CHALLENGE_REQUIRED'
  | 'CHALLENGE_FAILED'
  | 'SESSION_EXPIRED'
  | 'TOKEN_REFUSED'
> = {
  LOGIN_REQUIRED: ({ portal }) => ({
    message: 'You are not logged in.',
    hint: `Run \`cert login${portal === undefined ? '' : ` --portal ${portal}`}\`; in scripts set CERT_TOKEN, or CERT_USERNAME and CERT_PASSWORD.`,
  }),
  INVALID_CREDENTIALS: ({ attemptsLeft }) => ({
    message: `The portal refused the user name or the password${
      attemptsLeft === undefined ? '.' : `; ${attemptsLeft} more attempts before the account is locked.`
    }`,
    hint: 'User names are case-sensitive. cert tries a password once only: log in again. Forgotten? The registration platform tells the user name and resets the password (找回用户名或密码).',
  }),
  ACCOUNT_LOCKED: ({ until, helplines = [] }) => ({
    message: `The account is locked after several wrong passwords${
      until ? `, until ${shanghaiMinute(until)} (Beijing time)` : ''
    }.`,
    hint: `Wait until then, or reset the password on the registration platform (找回用户名或密码); then log in again.${
      helplines.length > 0 ? ` Helpline of the portal: ${helplines.join(', ')}` : ''
    }`,
  }),
  CHALLENGE_REQUIRED: ({ kind, command }) => ({
    message: `The portal asks for a confirmation by a person${kind === undefined ? '' : `: ${CHALLENGES[kind]}`}.`,
    hint: command === undefined ? 'Log in once in a terminal: `cert login`' : `In a terminal: \`cert ${command}\``,
  }),
  CHALLENGE_FAILED: ({ kind, command = 'login' }) => ({
    message: `The answer${kind === undefined ? '' : ` (${CHALLENGES[kind]})`} was not right, or came too late.`,
    hint: `Try again: \`cert ${command}\``,
  }),
  SESSION_EXPIRED: ({ source, endedAt }) =>
    source === 'environment'
      ? { message: 'The portal no longer takes CERT_TOKEN: its session has ended.', hint: 'Give a fresh CERT_TOKEN.' }
      : {
          message: `The session has ended${endedAt === undefined ? '' : ` (${shanghaiMinute(endedAt)}, Beijing time)`}${
            source === undefined ? '.' : ', and no password is kept to renew it.'
          }`,
          hint: 'Log in again: `cert login`, or `cert login --with-token`.',
        },
  TOKEN_REFUSED: () => ({
    message: 'The portal does not take this token: nothing was kept.',
    hint: 'It may have ended, or be for another portal. Make a fresh one.',
  }),
};
