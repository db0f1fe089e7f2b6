/** One server-sent event. `id` is the last id seen, as the standard has it. */
export interface ServerSentEvent {
  event: string;
  data: string;
  id: string;
}

/**
 * Reads `text/event-stream` piece by piece (HTML standard, "Interpreting an event stream").
 * Feed it decoded text in any cuts; it calls back per event. Comments only count as a sign of life.
 */
export class EventStreamParser {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private id = '';

  constructor(private readonly onEvent: (event: ServerSentEvent) => void) {}

  get lastId(): string {
    return this.id;
  }

  push(text: string): void {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.line(line);
  }

  private line(line: string): void {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) return;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.data.push(value);
    else if (field === 'event') this.event = value;
    else if (field === 'id' && !value.includes('\0')) this.id = value;
  }

  private dispatch(): void {
    if (this.data.length > 0) {
      this.onEvent({
        event: this.event === '' ? 'message' : this.event,
        data: this.data.join('\n'),
        id: this.id,
      });
    }
    this.event = '';
    this.data = [];
  }
}
