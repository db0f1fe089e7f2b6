import '@otelscope/ui/stream-worker';
