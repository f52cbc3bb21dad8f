// Which words differ between two texts: what was left out, what was put in, and what stayed.

export type Piece = { readonly text: string; readonly state: 'same' | 'removed' | 'added' }

/** Of more pairs of words than this, sentences are compared instead; of still more, the whole. */
const MOST = 400_000
/** Between two changes, so few signs that stayed are not worth being told apart. */
const FEW = 1

/** In the order in which they are read; what stayed and was removed makes the earlier text, what stayed and was added the later. */
export function wording(before: string, after: string): readonly Piece[] {
  const parts = [WORDS, SENTENCES]
    .map((pattern) => [before.match(pattern) ?? [], after.match(pattern) ?? []] as const)
    .find(([was, is]) => sizeOf(was, is) <= MOST)
  return smoothed(joined(parts ? between(...parts) : [piece(before, 'removed'), piece(after, 'added')]))
}

/** Each Chinese sign is a word; letters and digits that stand together are one. */
const WORDS = /[\p{Script=Latin}\p{N}]+|\s+|[^]/gu
const SENTENCES = /[^。；！？\n]*[。；！？\n]|[^。；！？\n]+/gu

function sizeOf(was: readonly string[], is: readonly string[]): number {
  const [head, tail] = ends(was, is)
  return (was.length - head - tail) * (is.length - head - tail)
}

/** How many words both begin and end with. */
function ends(was: readonly string[], is: readonly string[]): readonly [number, number] {
  const most = Math.min(was.length, is.length)
  let head = 0
  while (head < most && was[head] === is[head]) head += 1
  let tail = 0
  while (tail < most - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1
  return [head, tail]
}

function piece(text: string, state: Piece['state']): Piece {
  return { text, state }
}

/** By the longest words that they share in their order. */
function between(was: readonly string[], is: readonly string[]): readonly Piece[] {
  const [head, tail] = ends(was, is)
  const [old, now] = [was.slice(head, was.length - tail), is.slice(head, is.length - tail)]
  const wide = now.length + 1
  const longest = new Uint32Array((old.length + 1) * wide)
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i * wide + j] =
        old[i] === now[j]
          ? longest[(i + 1) * wide + j + 1]! + 1
          : Math.max(longest[(i + 1) * wide + j]!, longest[i * wide + j + 1]!)
  const pieces: Piece[] = was.slice(0, head).map((word) => piece(word, 'same'))
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      pieces.push(piece(old[i]!, 'same'))
      i += 1
      j += 1
    } else if (j === now.length || (i < old.length && longest[(i + 1) * wide + j]! >= longest[i * wide + j + 1]!)) {
      pieces.push(piece(old[i]!, 'removed'))
      i += 1
    } else {
      pieces.push(piece(now[j]!, 'added'))
      j += 1
    }
  }
  return [...pieces, ...was.slice(was.length - tail).map((word) => piece(word, 'same'))]
}

/** Neighbours of one state are one; between two that stayed, what was removed stands before what was added. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const made: Piece[] = []
  let [removed, added] = ['', '']
  const close = () => {
    if (removed !== '') made.push(piece(removed, 'removed'))
    if (added !== '') made.push(piece(added, 'added'))
    removed = added = ''
  }
  for (const { text, state } of pieces) {
    if (state === 'removed') removed += text
    else if (state === 'added') added += text
    else {
      close()
      const last = made.at(-1)
      if (last?.state === 'same') made[made.length - 1] = piece(last.text + text, 'same')
      else made.push(piece(text, 'same'))
    }
  }
  close()
  return made
}

/** A single sign that happens to stand on both sides, amid what is otherwise another wording, belongs to both. */
function smoothed(pieces: readonly Piece[]): readonly Piece[] {
  const loose = pieces.map(
    ({ text, state }, place) => state === 'same' && text.length <= FEW && place > 0 && place < pieces.length - 1,
  )
  return joined(
    pieces.flatMap((one, place) => (loose[place] ? [piece(one.text, 'removed'), piece(one.text, 'added')] : [one])),
  )
}
