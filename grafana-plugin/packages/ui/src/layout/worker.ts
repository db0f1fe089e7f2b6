import { layOut } from './layout';
import type { LayoutInput, LayoutResult } from './types';

export interface LayoutRequest {
  ticket: number;
  input: LayoutInput;
}

export interface LayoutAnswer {
  ticket: number;
  result: LayoutResult;
}

interface WorkerScope {
  onmessage: ((event: MessageEvent<LayoutRequest>) => void) | null;
  postMessage(answer: LayoutAnswer): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data: { ticket, input } }) =>
  scope.postMessage({ ticket, result: layOut(input) });
