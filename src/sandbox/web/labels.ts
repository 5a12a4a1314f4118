/** The words on buttons and links, as the published guides of those years have them. */
import type { WebSettings } from '../web-settings.ts';

const ALWAYS = {
  logIn: '登录',
  register: '用户注册',
  qr: '国家网络身份认证',
  recover: '找回用户名或密码',
  notice: '服务须知',
  accept: '同意',
  decline: '不同意',
  valid: '有效',
  revoked: '已撤销',
  info: '证书信息',
  open: '下载',
  annotation: '证书加注信息',
  apply: '申请证书加注',
  generating: '证书生成中…',
  expired: '加注件已过期',
  scenario: '使用场景',
  days: '加注有效期',
  submit: '提交加注申请',
} as const;

export interface Labels extends Readonly<Record<keyof typeof ALWAYS, string>> {
  /** From the first page. */
  readonly entry: string;
  /** To the holder's own certificates. */
  readonly holder: string;
  /** The PDF, to look at and to keep. */
  readonly look: string;
  readonly save: string;
}

export const LABELS: Readonly<Record<WebSettings['labels'], Labels>> = {
  2019: { ...ALWAYS, entry: '资格证书', holder: '持证人员查询', look: '查看文件', save: '下载文件' },
  2022: { ...ALWAYS, entry: '证书查验', holder: '证书下载', look: '查看', save: '下载' },
  2025: {
    ...ALWAYS,
    entry: '电子证书下载',
    holder: '持证人查询下载（含电子证书、电子文件下载）',
    look: '查看',
    save: '下载',
  },
};
