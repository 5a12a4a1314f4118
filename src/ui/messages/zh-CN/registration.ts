import type { registration as en } from '../en/registration.ts';

export const registration: typeof en = {
  field: {
    idType: '证件类型',
    idNumber: '证件号码',
    name: '姓名（与证件一致）',
    phone: '手机号码',
    username: '用户名',
    password: '密码',
  },
  asked: (field, rule) => `${field}（${rule}）`,
  document: `请使用取得证书时所用的身份证件注册：换用其他证件，证书列表将为空。
注册之后只有密码和手机号码可以更改。`,
  idNumberRule: '居民身份证号码为 18 位，最后一位是校验码，请检查是否输错',
  documentNumberRule: '请按证件填写号码',
  nameRule: '请填写证件上的姓名',
  phoneRule: '7 至 15 位数字',
  wrong: (field, rule) => `${field}：${rule}`,
  strength: (strength) => ({ weak: '强度：弱，容易被猜中', fair: '强度：中', strong: '强度：强' })[strength],
  repeat: '再次输入密码',
  different: '两次输入不一致，请重新输入：',
  confirm: '注册该账号？',
  declined: '没有提交。',
  done: (username) => `已注册：${username}`,
  unknown: (username) => `账号是否已注册尚不清楚。再次注册之前请先试：cert login --username ${username}`,
};
