import type { Topics } from '../en/topics.ts';
import { verification } from './verification.ts';

export const topics: Topics = {
  environment: {
    title: '环境变量。命令行选项优先于环境变量，环境变量优先于账号配置和设置。',
    variables: [
      ['CERT_PORTAL', '网站地址，同 --portal'],
      ['CERT_PROFILE', '使用的账号配置，同 --profile'],
      ['CERT_TOKEN', '网站的会话令牌；不保存任何内容（脚本用）'],
      ['CERT_USERNAME, CERT_PASSWORD', '用它们登录；不保存任何内容（脚本用）'],
      ['CERT_PASSPHRASE', '加密文件的口令（login --store file）'],
      ['CERT_LANG', '语言：zh-CN 或 en，同 --lang'],
      ['CERT_NO_INPUT', '任意值：从不提问，同 --no-input'],
      ['CERT_DEBUG', '任意值：说明所做的事，同 --debug'],
      ['CERT_CONFIG_DIR', '设置所在的文件夹，绝对路径'],
      ['CERT_STATE_DIR', '申请日志和文件记录所在的文件夹，绝对路径'],
      ['HTTPS_PROXY, HTTP_PROXY', '访问网站所用的代理'],
      ['NO_PROXY', '不经代理访问的主机'],
      ['NODE_EXTRA_CA_CERTS', '含有更多根证书的 PEM 文件'],
      ['NO_COLOR, FORCE_COLOR', '不用颜色；不在终端中也用颜色'],
      ['CI', '任意值：从不提问'],
      ['TERM=dumb', '不用颜色和动画'],
      ['LC_ALL, LC_MESSAGES, LANG', '没有另行指定时的语言'],
    ],
  },
  exitCodes: {
    title: '退出码，以及 --json 给出的 error.code。',
    gravest: (order) => `各项结果不同时，退出码取最严重的一项，由重到轻依次为：\n${order}。`,
    meanings: {
      done: '完成、没有要做的事，或列表为空',
      unexpected: '意外错误：cert 的缺陷，信息中说明如何报告',
      usage: '用法有误；或需要回答而无法询问',
      notFound: '没有这本证书、加注或文件',
      login: '需要登录、登录被拒绝、账号已锁定，或须完成验证',
      noSlot: '加注次数已用完',
      refused: '网站拒绝：已撤销、不符合条件、尚未同意服务须知等',
      verification: '文件未通过验证，或无法验证',
      generating: '到时限时仍在生成',
      outcomeUnknown: '申请结果不明：没有重复提交',
      unavailable: '网站或网络不可用：请重试',
      secretStore: '钥匙串或密码存储不可用',
      busy: '另一个 cert 正在处理同一证书',
      interrupted: '已中断（Ctrl-C）',
      terminated: '已终止',
    },
  },
  verification: {
    title: '验证结果的含义：各层的原因、说明和处理办法。',
    layers: verification.layer,
    reasons: verification.reasons,
  },
  json: `使用 --json 时，命令在标准输出上恰好输出一个 JSON 文档，失败时也是如此。
退出码与不用 --json 时相同；从不提问。

  {"schemaVersion":1,"ok":true,"data":{…},"warnings":[…]}
  {"schemaVersion":1,"ok":false,"error":{"code":"QUOTA_EXHAUSTED","message":…,
    "hint":…,"retryable":false,"requestId":…},"data":{…},"warnings":[…]}

- 字段名和代码为英文，只增不改。message 随语言而变：脚本请读 error.code。
- 日期为 YYYY-MM-DD（北京时间），时刻为带时差的 RFC 3339。
- 涉及多本证书的命令给出 data.results，每本一项：
  {certificateId, outcome, annotationId?, file?, error?}。
- 姓名和证件号码默认隐去；--show-pii 给出全文。`,
  privacy: ({ config, state }) => `cert 在本机保存的内容：
  设置       ${config}
             网站地址、用户名、密码存放的位置、信任的根证书。不含密码。
  密码       密码和登录会话：在系统钥匙串中（服务名 cert）；使用 --store file
             时在用口令加密的文件中。别处没有，从不以明文保存。
  状态       ${state}
             journal、locks：申请过什么，以免重复占用次数
             wallet.json：   每个已保存 PDF 的路径、摘要和有效期；
                             自行录入的还有持证人姓名
             view：          \`cert view\` 打开的 PDF；回答期间的验证图片
  您的 PDF   在您保存的位置。上面有您的姓名和证件号码。

离开本机的内容：只有发往您所指定网站的请求。不做统计，也不检查更新。

显示的内容：姓名和证件号码默认隐去，JSON 中也是，除非使用 --show-pii。
文件名中没有姓名和证件号码。--debug 显示请求，但不含密码、令牌、姓名和号码。
没有任何选项接受密码：否则旁人可能看到。

如何清除：
  cert logout                  本机的密码，以及网站上的登录会话
  cert profile remove 名称     连同该账号配置
  cert logout --all --purge    所有账号的上述内容，以及设置和状态；
                               只保留您保存的 PDF
网站自身保存的内容由网站负责：请拨打其服务电话。`,
};
