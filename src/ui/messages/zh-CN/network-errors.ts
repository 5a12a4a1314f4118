import type { ProtocolFault, ProxyFault } from '../../../errors.ts';
import type { ErrorTexts } from '../error-text.ts';

/** A length of time in words. */
export const seconds = (ms: number) => `${Math.round(ms / 1000)} 秒`;

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
    hint: retryAfterSeconds === undefined ? '请稍后重试。' : `请在 ${retryAfterSeconds} 秒后重试。`,
  }),
  PORTAL_PROTOCOL: ({ route, fault }) => ({
    message: `网站的应答不符合接口约定：${route === undefined ? '' : `${route}：`}${protocolFault(fault)}`,
    hint: '网址是否正确？应答的可能是登录页面或代理。',
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
    case 'field':
      return fault.field === '' ? '应答整体有误' : `字段 ${fault.field} 有误`;
    case 'redirect':
      return `跳转（${fault.status}）`;
    case 'no-problem':
      return `${fault.status}，未说明原因`;
    case 'not-json':
      return '不是 JSON';
    case 'not-http':
      return '不是 HTTP';
    case 'pages':
      return '列表翻页没有尽头';
    case 'part':
      return '不是所请求的那一部分文件';
  }
}
