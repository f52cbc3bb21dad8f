// Turns within this program: those who want the same thing wait for one another instead of overtaking in vain.

export type Turn = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Work under one name runs one after another, in the order in which it was asked for; under other names it does not wait. */
export function turns(): Turn {
  const last = new Map<string, Promise<unknown>>()
  return (name, work) => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work)
    last.set(name, mine)
    const leave = () => {
      if (last.get(name) === mine) last.delete(name)
    }
    mine.then(leave, leave)
    return mine
  }
}
