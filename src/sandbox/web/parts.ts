/** What the pages of all layouts share. Whatever is drawn here bears 样张 SAMPLE and looks like no authority's. */
import { html, raw } from 'hono/html';
import type { Challenge } from '../../contract/schemas.ts';
import type { Html, LoginPage, View } from './layout.ts';
import { qrPicture } from './pictures.ts';

export const SITE_NAME = '电子证书演示网站（样张）';

const SAMPLE = html`<p class="sample"><b>样张 SAMPLE</b> 演示网站，人物、号码均为虚构</p>`;

const BASE_STYLE = `
*{box-sizing:border-box}
body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
.sample{position:relative;z-index:10;margin:0;padding:4px 12px;background:#3b2a63;color:#fff;font-size:13px;text-align:center}
img{max-width:100%}
.announcement{position:fixed;inset:0;z-index:9;background:#0009;display:grid;place-items:center;padding:16px}
.announcement>div{background:#fff;color:#222;max-width:480px;padding:20px}
.sentence{color:#a3261e;font-weight:bold}
.help{color:#555;font-size:14px}
`;

/** A whole page. `attributes` are the body's, from this code alone. */
export const documentOf = (title: string, style: string, content: Html, attributes: Html | '' = ''): Html =>
  html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} - 样张 SAMPLE</title><link rel="icon" href="data:,"><style>${raw(BASE_STYLE + style)}</style></head>
<body ${attributes}>${SAMPLE}${content}</body></html>`;

/** Lies over the page until it is closed. */
export const announcementOf = ({ hasAnnouncement, labels }: View): Html | '' =>
  (hasAnnouncement &&
    html`<div class="announcement" role="dialog" aria-label="公告"><div><h2>公告（样张）</h2>
<p>近期申请量较大，提交后显示［${labels.generating}］的，请在 24 小时内耐心等待，不要重复提交。</p>
<p><button type="button" onclick="this.closest('.announcement').remove()">关闭</button></p></div></div>`) ||
  '';

/** Quotes the labels, as such texts do. */
export const helpOf = ({ labels }: View): Html =>
  html`<div class="help"><b>温馨提示</b><ol>
<li>状态为［${labels.valid}］的证书可以办理；状态为［${labels.revoked}］的，请咨询发证机构。</li>
<li>点击［${labels.apply}］，选择${labels.scenario}，填写${labels.days}，再点击［${labels.submit}］。</li>
<li>显示［${labels.generating}］的，请在 24 小时内再来查看；显示［${labels.expired}］的，请重新申请。</li>
<li>加注件在有效期内可以［${labels.look}］和［${labels.save}］。</li></ol></div>`;

export const NEWS = html`<ul><li>关于开通电子证书［证书查验］服务的说明（样张）</li>
<li>［电子证书下载］常见问题解答（样张）</li><li>办理证书加注前请核对［证书信息］（样张）</li></ul>`;

export const EMPTY_LIST = html`<div class="empty"><p>没有查到您的证书，可能的原因：</p><ol><li>尚未取得证书；</li>
<li>证书尚未上网，或不在本网站的范围内；</li><li>注册时使用的证件与取得证书时的证件不同；</li>
<li>姓名或证件号码更正后尚未更新。</li></ol></div>`;

export const sentenceIn = (sentence: string | undefined): Html | '' =>
  sentence === undefined ? '' : html`<p class="sentence" role="alert">${sentence}</p>`;

export const hidden = (fields: Readonly<Record<string, string | undefined>>): Html[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}">`],
  );

/** User name, password and what else a login asks, each as a label and a field. */
export function loginFields({ username, challenge }: LoginPage): (readonly [label: string, field: Html])[] {
  return [
    ['用户名', html`<input name="username" autocomplete="username" required value="${username}">`],
    ['密码', html`<input name="password" type="password" autocomplete="current-password" required>`],
    ...(challenge === undefined ? [] : challengeFields(challenge)),
  ];
}

function challengeFields({ id, kind, image, payload }: Challenge): (readonly [string, Html])[] {
  const carried = hidden({ challengeId: id });
  if (kind === 'qr')
    return [
      [
        '扫码确认',
        html`${carried}<img alt="二维码" width="200" src="${qrPicture(payload ?? '')}"><br>请先扫码确认，再登录`,
      ],
    ];
  const field = html`${carried}<input name="answer" inputmode="numeric" autocomplete="off" required>`;
  if (kind === 'sms') return [['短信验证码', field]];
  return [['验证码', html`${field}<br><img alt="验证码" src="${image ?? ''}">`]];
}

/** So that a newcomer gets in. */
export const ACCOUNTS_HINT = html`<p class="help">演示账号：demo_nurse、demo_mixed、demo_full、demo_empty、demo_new，密码均为 Sandbox2026。
需要验证时，答案见运行演示网站的终端。</p>`;

/** A moment for the phone, then the same page again. */
export const RETURN_SECONDS = 3;
