/** A ZIP archive by hand: empty files of these names, nothing compressed. */
export function archive(names: readonly string[], comment = ''): Buffer {
  const entries = names.map((name) => Buffer.from(name));
  const local = entries.map((name) => {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(name.length, 26);
    return Buffer.concat([head, name]);
  });
  const central = entries.map((name, index) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(
      local.slice(0, index).reduce((sum, { length }) => sum + length, 0),
      42,
    );
    return Buffer.concat([head, name]);
  });
  const [files, list] = [Buffer.concat(local), Buffer.concat(central)];
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(files.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([files, list, end, Buffer.from(comment)]);
}
