import '@otelscope/ui/layout-worker';
