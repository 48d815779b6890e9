// Says that scripts run, before anything is drawn: the filter is shown and the details fold.
document.documentElement.classList.add("js");
