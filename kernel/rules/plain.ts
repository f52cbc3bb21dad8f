// The machine in TypeScript, where there is no WebAssembly with vectors; the same answers, bit for bit.
import { ANSWER, BLOCK, STEP, type Machine } from './machine.ts'

const WORDS = BLOCK / 32

export function plainMachine(bytes: number): Machine {
  const memory = new ArrayBuffer(bytes)
  const whole = new Int32Array(memory)
  const double = new Float64Array(memory)
  const byte = new Uint8Array(memory)

  const compare = (known: number, answer: number, flip: number, holds: (row: number) => boolean) => {
    for (let word = 0; word < WORDS; word++) {
      let bits = 0
      for (let row = 0; row < 32; row++) if (holds(word * 32 + row)) bits |= 1 << row
      bits ^= flip
      const has = whole[(known >>> 2) + word]!
      whole[(answer >>> 2) + word] = bits & has
      whole[(answer >>> 2) + WORDS + word] = bits | ~has
    }
  }

  return {
    memory,
    wholeAtLeast(column, known, answer, bound, flip) {
      compare(known, answer, flip, (row) => whole[(column >>> 2) + row]! >= bound)
    },
    numberAtLeast(column, known, answer, bound, flip) {
      compare(known, answer, flip, (row) => double[column / 8 + row]! >= bound)
    },
    codeAmong(column, known, answer, set, flip) {
      compare(known, answer, flip, (row) => {
        const code = byte[column + row]!
        return ((byte[set + (code >> 3)]! >> (code & 7)) & 1) === 1
      })
    },
    run(code, further) {
      const hand = new Int32Array(ANSWER / 4)
      for (let at = code >>> 2; ; at += 2) {
        const step = whole[at]!
        if (step === STEP.end) return
        const address = whole[at + 1]! >>> 2
        switch (step) {
          case STEP.take:
            hand.set(whole.subarray(address, address + hand.length))
            break
          case STEP.and:
            for (let word = 0; word < hand.length; word++) hand[word]! &= whole[address + word]!
            break
          case STEP.or:
            for (let word = 0; word < hand.length; word++) hand[word]! |= whole[address + word]!
            break
          default:
            whole.set(hand, step === STEP.give ? address + (further >>> 2) : address)
        }
      }
    },
  }
}
