import type { FileDamage } from '../../../errors.ts';

export function damageText(damage: FileDamage): string {
  switch (damage.kind) {
    case 'length':
      return `应有 ${damage.expected} 字节，收到 ${damage.bytes} 字节`;
    case 'too-long':
      return `超过 ${damage.maxBytes} 字节`;
    case 'digest':
      return '传输途中被改动（SHA-256 与网站给出的不符）';
    case 'start':
      return '开头不是 PDF';
    case 'end':
      return '结尾缺失';
    case 'part':
      return '收到的不是所请求的部分';
  }
}
