import { shanghaiMinute } from '../../../domain/calendar.ts';
import type { ErrorTexts } from '../error-text.ts';

const CHALLENGES = { image: '图片验证码', sms: '短信验证码', qr: '二维码' };

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
    message: '尚未登录。',
    hint: `请运行 \`cert login${portal === undefined ? '' : ` --portal ${portal}`}\`；脚本中请设置 CERT_TOKEN，或 CERT_USERNAME 与 CERT_PASSWORD。`,
  }),
  INVALID_CREDENTIALS: ({ attemptsLeft }) => ({
    message: `用户名或密码错误${attemptsLeft === undefined ? '。' : `；再错 ${attemptsLeft} 次账号将被锁定。`}`,
    hint: '用户名区分大小写。cert 只尝试一次，请重新登录。忘记用户名或密码，请到报名服务平台“找回用户名或密码”。',
  }),
  ACCOUNT_LOCKED: ({ until, helplines = [] }) => ({
    message: `多次输错密码，账号已锁定${until ? `，至 ${shanghaiMinute(until)}（北京时间）` : ''}。`,
    hint: `请等到该时间，或在报名服务平台“找回用户名或密码”，然后重新登录。${
      helplines.length > 0 ? `服务电话：${helplines.join('、')}` : ''
    }`,
  }),
  CHALLENGE_REQUIRED: ({ kind, command }) => ({
    message: `网站要求本人验证${kind === undefined ? '' : `：${CHALLENGES[kind]}`}。`,
    hint: command === undefined ? '请在终端中登录一次：`cert login`' : `请在终端中运行：\`cert ${command}\``,
  }),
  CHALLENGE_FAILED: ({ kind, command = 'login' }) => ({
    message: `${kind === undefined ? '答案' : CHALLENGES[kind]}有误或已超时。`,
    hint: `请重试：\`cert ${command}\``,
  }),
  SESSION_EXPIRED: ({ source, endedAt }) =>
    source === 'environment'
      ? { message: '网站不再接受 CERT_TOKEN：登录已失效。', hint: '请更换 CERT_TOKEN。' }
      : {
          message: `登录已失效${endedAt === undefined ? '' : `（${shanghaiMinute(endedAt)}，北京时间）`}${
            source === undefined ? '。' : '，且没有保存密码，无法自动重新登录。'
          }`,
          hint: '请重新登录：`cert login` 或 `cert login --with-token`。',
        },
  TOKEN_REFUSED: () => ({
    message: '网站不接受该令牌：未作保存。',
    hint: '令牌可能已失效，或属于其他网站。请重新获取。',
  }),
};
