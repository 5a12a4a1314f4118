import type { ProtocolFault, ProxyFault } from '../../../errors.ts';
import type { ErrorTexts } from '../error-text.ts';

/** A length of time in words. */
export const seconds = (ms: number) => `${Math.round(ms / 1000)} 秒`;

/** One that may be days, rounded up. */
function time(s: number): string {
  if (s < 120) return `${s} 秒`;
  if (s < 2 * 3600) return `${Math.ceil(s / 60)} 分钟`;
  return s < 48 * 3600 ? `${Math.ceil(s / 3600)} 小时` : `${Math.ceil(s / 86_400)} 天`;
}

/** The way to the portal, and a portal that cannot answer. */
export const networkErrors: Pick<
  ErrorTexts,
  | 'DNS_FAILED'
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_LOST'
  | 'TLS_FAILED'
  | 'PROXY_FAILED'
  | 'TIMED_OUT'
  | 'PORTAL_UNAVAILABLE'
  | 'RATE_LIMITED'
  | 'PORTAL_PROTOCOL'
> = {
  DNS_FAILED: ({ host }) => ({ message: `找不到主机 ${host}。`, hint: '请检查网络和网址。' }),
  CONNECTION_REFUSED: ({ host }) => ({ message: `${host} 拒绝连接。`, hint: '请检查网址，或稍后重试。' }),
  CONNECTION_LOST: ({ host }) => ({ message: `与 ${host} 的连接中断。`, hint: '请重试。' }),
  TLS_FAILED: ({ host, code }) => ({
    message: `无法与 ${host} 建立安全连接：${code}`,
    hint: '如在单位代理之后，请用 NODE_EXTRA_CA_CERTS 指定其根证书。',
  }),
  PROXY_FAILED: ({ fault }) => ({
    message: `无法使用代理：${proxyFault(fault)}`,
    hint: '请检查 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY。',
  }),
  TIMED_OUT: ({ host, afterMs }) => ({ message: `${host} 在 ${seconds(afterMs)}内没有应答。`, hint: '请稍后重试。' }),
  PORTAL_UNAVAILABLE: ({ status }) => ({ message: `网站暂时无法使用（${status}）。`, hint: '请稍后重试。' }),
  RATE_LIMITED: ({ retryAfterSeconds }) => ({
    message: '访问过于频繁。',
    hint: retryAfterSeconds ? `请在 ${time(retryAfterSeconds)}后重试。` : '请稍后重试。',
  }),
  PORTAL_PROTOCOL: ({ route, fault }) => ({
    message: `网站的应答不符合接口约定：${route === undefined ? '' : `${route}：`}${protocolFault(fault)}`,
    hint:
      fault.kind === 'elsewhere' || fault.kind === 'web-page'
        ? '当前网络可能需要先登录认证：请用浏览器打开任意网页查看。如不需要，请检查网址。'
        : '网址是否正确？应答的可能是登录页面或代理。',
  }),
};

function proxyFault(fault: ProxyFault): string {
  switch (fault.kind) {
    case 'address':
      return '不是 HTTP 代理的地址';
    case 'socks':
      return '不支持 SOCKS 代理，请改用 HTTP 代理，如 http://proxy.example:3128';
    case 'status':
      return `其应答为 ${fault.status}`;
    case 'system':
      return fault.code;
  }
}

function protocolFault(fault: ProtocolFault): string {
  switch (fault.kind) {
    case 'content-type':
      return `内容类型为 ${fault.type}`;
    case 'too-long':
      return `超过 ${fault.maxBytes} 字节`;
    case 'too-deep':
      return `JSON 嵌套超过 ${fault.most} 层`;
    case 'too-many':
      return `一次应答超过 ${fault.most} 个值`;
    case 'coding':
      return `内容经过压缩${fault.name === undefined ? '' : `（${fault.name}）`}，而本程序并未要求`;
    case 'charset':
      return fault.name === undefined ? '文字编码不是 UTF-8' : `文字编码为 ${fault.name}，不是 UTF-8`;
    case 'field':
      return fault.field === '' ? '应答整体有误' : `字段 ${fault.field} 有误`;
    case 'redirect':
      return `跳转（${fault.status}）`;
    case 'no-problem':
      return `${fault.status}，未说明原因`;
    case 'problem':
      return `内容为拒绝，状态码却表示成功（${fault.status}）`;
    case 'elsewhere':
      return `跳转到了另一网站 ${fault.host}`;
    case 'web-page':
      return '应答是网页，不是数据';
    case 'empty':
      return '应答为空';
    case 'not-json':
      return '不是 JSON';
    case 'not-http':
      return '不是 HTTP';
    case 'headers':
      return '应答头过长';
    case 'pages':
      return '列表翻页没有尽头';
    case 'list-too-long':
      return '列表过长，不可能属于一个人';
    case 'part':
      return '不是所请求的那一部分文件';
  }
}
