/** Reads a stream of events (text/event-stream, as the HTML standard words it) from the bytes that come. Pure. */

/** @typedef {{event: string, data: string, id: string}} StreamEvent */

/**
 * Puts pieces of bytes together to events. A piece may end within an event, a line end, even within a letter; an event
 * that the stream broke off in is none.
 * @param {(event: StreamEvent) => void} onEvent
 */
export function createEventReader(onEvent) {
  const decoder = new TextDecoder();
  let rest = '';
  let data = /** @type {string[]} */ ([]);
  let event = '';
  let id = '';

  function dispatch() {
    if (data.length) onEvent({ event: event || 'message', data: data.join('\n'), id });
    [data, event] = [[], ''];
  }

  /** @param {string} line */
  function takeLine(line) {
    if (line === '') return dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return undefined; // a comment
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    return undefined;
  }

  return {
    /** @param {Uint8Array} bytes */
    push(bytes) {
      const text = rest + decoder.decode(bytes, { stream: true });
      // A carriage return at the very end may be the first half of a line end.
      const whole = text.endsWith('\r') ? text.length - 1 : text.length;
      const ends = /\r\n|\n|\r/g;
      let from = 0;
      for (let end = ends.exec(text); end && end.index < whole; end = ends.exec(text)) {
        takeLine(text.slice(from, end.index));
        from = ends.lastIndex;
      }
      rest = text.slice(from);
    },
  };
}
