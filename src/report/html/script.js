"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const NOT_TOO_MANY = 500;

  // Filters: what is shown is a pure function of the form, and the form is kept in the address.
  const form = document.getElementById("filters");
  const findings = all(".f").map((element) => {
    const boxes = [];
    for (let box = element.closest(".box"); box; box = box.parentElement.closest(".box")) boxes.push(box);
    const { level, rule, who } = element.dataset;
    const name = boxes.length ? boxes[boxes.length - 1].dataset.package : "";
    return { element, boxes, level, rule, who: who.split(" "), package: name, text: null };
  });
  const boxes = all(".box");
  const folds = boxes.filter((box) => box.tagName === "DETAILS");
  const opened = new Map(folds.map((fold) => [fold, fold.open]));
  let aim = "";
  let wasActive = false;

  const read = () => {
    const data = new FormData(form);
    return {
      q: data.get("q").trim(),
      level: data.getAll("level"),
      party: data.getAll("party"),
      package: data.get("package") || "",
      rule: data.get("rule") || "",
    };
  };

  const write = (params) => {
    const one = (name) => params.get(name) || "";
    const many = (name) => one(name).split(",");
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = many(field.name).includes(field.value);
      else if (field.name) field.value = one(field.name);
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
    }
  };

  const address = ({ q, level, party, package: name, rule }) => {
    const params = new URLSearchParams();
    if (q) params.set("q", q);
    if (level.length) params.set("level", level.join(","));
    if (party.length) params.set("party", party.join(","));
    if (name) params.set("package", name);
    if (rule) params.set("rule", rule);
    return params.toString();
  };

  const text = (finding) => {
    if (finding.text === null) {
      const card = finding.element.closest(".card");
      const table = card && card.querySelector(".diff");
      const near = finding.boxes.filter((box) => box.tagName === "DETAILS").map((box) => box.querySelector("h3").textContent);
      finding.text = [finding.element.textContent, table ? table.textContent : "", finding.package, ...near].join(" ").toLowerCase();
    }
    return finding.text;
  };

  const apply = () => {
    const want = read();
    const words = want.q.toLowerCase().split(/\s+/).filter(Boolean);
    const active = address(want) !== "";
    const counts = new Map();
    let shown = 0;
    for (const finding of findings) {
      const fits = (!want.level.length || want.level.includes(finding.level))
        && (!want.party.length || want.party.some((party) => finding.who.includes(party)))
        && (!want.package || want.package === finding.package)
        && (!want.rule || want.rule === finding.rule)
        && words.every((word) => text(finding).includes(word));
      if (fits) shown += 1;
      const visible = fits || finding.element.id === aim;
      if (finding.element.hidden === visible) finding.element.hidden = !visible;
      if (visible) for (const box of finding.boxes) counts.set(box, (counts.get(box) || 0) + 1);
    }
    if (active && !wasActive) folds.forEach((fold) => opened.set(fold, fold.open));
    for (const box of boxes) {
      const hidden = active && !counts.has(box);
      if (box.hidden !== hidden) box.hidden = hidden;
      if (box.tagName !== "DETAILS") continue;
      const open = active && shown <= NOT_TOO_MANY ? counts.has(box) : active ? box.open : wasActive ? opened.get(box) : box.open;
      if (box.open !== open) box.open = open;
    }
    wasActive = active;
    document.getElementById("nothing").hidden = shown > 0 || findings.length === 0;
    document.body.classList.toggle("filtered", active);
    form.querySelector("[type=reset]").disabled = !active;
    const noun = findings.length === 1 ? "finding" : "findings";
    document.getElementById("count").value = active ? `${shown} of ${findings.length} ${noun}` : `${findings.length} ${noun}`;
    return address(want);
  };

  const keep = (state) => {
    const hash = [aim, state].filter(Boolean).join("&");
    if (location.hash.slice(1) === hash) return;
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  // Counts what was followed: only the last is kept in sight.
  let followed = 0;

  // `#f-…` leads to a finding, `#rule=…` filters, `#f-…&rule=…` does both.
  const follow = (isFirst) => {
    const hash = location.hash.slice(1);
    const [first, ...rest] = hash.split("&");
    const target = first && !first.includes("=") && document.getElementById(first);
    const filters = target ? rest.join("&") : hash;
    all(".aim").forEach((element) => element.classList.remove("aim"));
    aim = target ? target.id : "";
    if (form && (filters.includes("=") || (isFirst && !target))) write(new URLSearchParams(filters.includes("=") ? filters : ""));
    if (form) keep(apply());
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target.classList.contains("f")) target.classList.add("aim");
    const show = () => target.scrollIntoView({ block: target.classList.contains("f") ? "center" : "start" });
    show();
    // What comes into sight on the way may have another height than was thought: until all stands still, or somebody
    // scrolls.
    const asked = (followed += 1);
    let [stood, still, frames] = [NaN, 0, 60];
    const hold = () => {
      if (asked !== followed) return;
      const top = target.getBoundingClientRect().top;
      still = top === stood ? still + 1 : 0;
      if (!still) show();
      stood = target.getBoundingClientRect().top;
      if (still < 5 && (frames -= 1)) requestAnimationFrame(hold);
    };
    requestAnimationFrame(hold);
  };
  for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(name, () => (followed += 1), { passive: true });

  if (form) {
    form.hidden = false;
    let waits = false;
    form.addEventListener("input", () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => {
        waits = false;
        aim = "";
        keep(apply());
      });
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      aim = "";
      write(new URLSearchParams());
      keep(apply());
      form.elements.q.focus();
    });
    document.addEventListener("keydown", (event) => {
      const field = event.target.closest("input:not([type=checkbox]), select, textarea");
      if (event.key === "/" && !field && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        form.elements.q.focus();
        form.elements.q.select();
      } else if (event.key === "Escape" && event.target === form.elements.q && form.elements.q.value) {
        event.preventDefault();
        form.elements.q.value = "";
        form.elements.q.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  }
  addEventListener("hashchange", () => follow(false));
  follow(true);

  // The picture: what a node reaches is lit while it is pointed at or focused.
  for (const svg of all(".graph svg")) {
    const nodes = new Map(all(".node", svg).map((node) => [node.dataset.n, node]));
    const edges = all(".edges path", svg).map((element) => ({ element, from: element.dataset.a, to: element.dataset.b }));
    const next = new Map();
    for (const { from, to } of edges) next.set(from, (next.get(from) || new Set()).add(to));
    const light = (event) => {
      const start = event.target.closest(".node");
      if (!start) return dim();
      const reached = new Set([start.dataset.n]);
      for (const at of reached) for (const to of next.get(at) || []) reached.add(to);
      svg.classList.add("lit");
      nodes.forEach((node, index) => node.classList.toggle("on", reached.has(index)));
      edges.forEach(({ element, from }) => element.classList.toggle("on", reached.has(from)));
    };
    const dim = () => {
      svg.classList.remove("lit");
      all(".on", svg).forEach((element) => element.classList.remove("on"));
    };
    svg.addEventListener("pointerover", light);
    svg.addEventListener("focusin", light);
    svg.addEventListener("pointerleave", dim);
    svg.addEventListener("focusout", dim);
  }

  // On paper nothing is folded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    folded.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((fold) => { fold.open = false; }));
})();
