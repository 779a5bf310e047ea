import { Duplex } from 'node:stream'

/** What a connection needs from the bridge. */
export type Line = {
  /** Resolves once the worker listens to this stream, and to no other. */
  open(stream: SessionStream): Promise<void>
  send(stream: SessionStream, bytes: Uint8Array<ArrayBuffer>): void
  close(stream: SessionStream): void
  keepProcessAlive(yes: boolean): void
}

/** What the `pg` driver takes for a network socket: bytes written here go to the worker, its answers are read here. */
export class SessionStream extends Duplex {
  readonly #line: Line

  constructor(line: Line) {
    super()
    this.#line = line
  }

  connect(): this {
    this.#line.open(this).then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    )
    return this
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, written: () => void): void {
    this.#line.send(this, new Uint8Array(bytes)) // a copy: the driver's buffer is part of a pool and cannot be moved
    written()
  }

  /** The driver sends the parts of a statement together, and they are answered together. */
  override _writev(parts: ReadonlyArray<{ chunk: Buffer }>, written: () => void): void {
    this.#line.send(this, new Uint8Array(Buffer.concat(parts.map((part) => part.chunk))))
    written()
  }

  override _final(finished: () => void): void {
    this.#line.close(this)
    this.push(null)
    finished()
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    this.#line.close(this)
    destroyed(error)
  }

  ref(): this {
    this.#line.keepProcessAlive(true)
    return this
  }

  unref(): this {
    this.#line.keepProcessAlive(false)
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }
}
