// Runs before the first paint, so that a chosen theme or language does not flash into place.
(() => {
  let theme = null, language = null;
  try {
    theme = localStorage.getItem("bowerbird-theme");
    language = localStorage.getItem("bowerbird-language");
  } catch { /* Storage is not allowed here: the system's theme and the browser's language. */ }
  document.documentElement.dataset.theme = theme === "light" || theme === "dark" ? theme : "auto";
  const chinese = language ? language === "zh" : /^zh/i.test(navigator.language);
  // The description of the API is in English.
  if (chinese && location.pathname !== "/docs") document.documentElement.lang = "zh-CN";
})();
