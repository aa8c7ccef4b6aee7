// Puts the SPARQL editor in place of the plain form, with the form's query in it.
"use strict";

(() => {
  const root = document.getElementById("yasgui");
  const form = document.getElementById("plain");
  if (!root || !form || !window.Yasgui) {
    return; // the form works by itself
  }
  const Yasgui = window.Yasgui.default || window.Yasgui;
  const field = form.querySelector("textarea");
  const endpoint = root.dataset.endpoint;
  const request = { endpoint, method: "POST" };

  root.hidden = false;
  form.hidden = true;
  const editor = new Yasgui(root, {
    requestConfig: request,
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    // A shared link brings a query; the endpoint stays ours.
    populateFromUrl: (tab) => ({ ...tab, requestConfig: { ...tab.requestConfig, ...request } }),
    persistenceId: "samenhang" + new URL(endpoint).pathname,
    autoAddOnInit: false,
  });
  const tabs = Object.values(editor._tabs);
  const same = tabs.find((tab) => tab.getQuery() === field.value);
  if (same) {
    editor.selectTabId(same.getId());
  } else if (field.dataset.filled === "true" || tabs.length === 0) {
    editor.addTab(true, {
      name: root.dataset.title,
      yasqe: { value: field.value, editorHeight: "26rem" },
      yasr: { settings: { pluginsConfig: { table: { compact: true } } } },
    });
  }
  if (field.dataset.run === "true") {
    editor.getTab().query();
  }
})();
