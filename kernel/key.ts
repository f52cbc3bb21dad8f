/**
 * A fresh key for a command that is given now (milliseconds since 1970): a UUID of version 7 (RFC 9562 §5.7). It begins with
 * its moment, so that the keys of one hour lie side by side in the store however many there are. Works in a browser that
 * reached us without TLS too, where `crypto.randomUUID` is missing.
 */
export function freshKey(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  view.setUint16(0, Math.floor(now / 2 ** 32))
  view.setUint32(2, now % 2 ** 32)
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f))
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
